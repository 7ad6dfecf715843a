"""Nothing in the public files leads back to anybody, whatever they are packed in."""

from collections.abc import Iterator
from hashlib import md5

import pytest

from consultations.enums import Channel, QuestionType
from consultations.exports.enums import Profile, TableName
from consultations.exports.scope import Scope
from consultations.models import Answer, ConsultationPage, Contribution, Response
from consultations.services import hide_contribution
from partnership.people import guests
from partnership.people.models import GuestContact, Participant, Resident
from tests.consultations.test_exports import column, made, table
from tests.consultations.test_packages import FAR, PROFILES, files_of, lively
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_people,
    make_question,
)
from tests.factories.people import ResidentFactory
from tests.tools.turns import taken

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def everybody_else(consultation: ConsultationPage) -> None:
    """A guest, a sheet of paper, people who speak for others, words a moderator has hidden."""
    alder, _puerto = city_pair()
    about = {"email": "gast@private.example", "name": "Gudrun Gast", "language_code": "en"}
    guest = guests.recognise(guests.GuestDetails(city=alder, **about))
    said = {"consultation": consultation, "participant": guest, "city": alder}
    club = {"organisation_kind": "association", "organisation_name": "Zarzal Rowing Club"}
    Contribution.objects.create(text="Of a guest.", publication_status="published", **said, **club)
    hidden = Contribution.objects.create(
        text="Unheardof words.", publication_status="pending", is_name_hidden=True, **said
    )
    moderator = ResidentFactory(name="Mona Moderator", email="mona@private.example")
    hide_contribution(hidden, by=moderator, reason="It names Gudrun.")
    sheet = Response.objects.filter(consultation=consultation).order_by("pk").first()
    Response.objects.filter(consultation=consultation).update(**club)
    Response.objects.filter(pk=sheet.pk).update(
        participant=None, channel=Channel.PAPER, sheet="SHEET-77", entered_by=moderator
    )


def secrets() -> Iterator[str]:
    """Every name, address, account and mark of the people in the test."""
    for resident in Resident.objects.all():
        yield from (resident.name, resident.email)
    for contact in GuestContact.objects.all():
        yield from (contact.name, contact.email)
    for person in Participant.objects.exclude(resident=None):
        yield from (str(person.pk), str(person.resident_id))
    yield from filter(None, Participant.objects.values_list("guest_digest", flat=True))
    yield from (response.receipt for response in Response.objects.all())
    yield from ("Gudrun", "Mona", "Rowing", "SHEET-77", "Unheardof", "It names")


@pytest.mark.parametrize("file_format", taken(["package", "csv", "xlsx", "json"], "json"))
def test_nothing_in_the_public_profile_leads_back_to_anybody(file_format: str) -> None:
    consultation = lively()
    Answer.objects.update(latitude="41.65231", longitude="-3.28719")
    everybody_else(consultation)
    public, staff = (
        text_in(made(consultation, file_format, profile=profile, tables=list(TableName)))
        for profile in PROFILES
    )

    assert len(list(filter(None, secrets()))) > 90
    assert [secret for secret in secrets() if secret and secret in public] == []
    assert "Of a guest." in public
    assert "mona@private.example" not in staff
    assert "Secret Person 1 alder" in staff
    for private in ("41.65", "-3.28", "600 123 456", "private.example", "latitude"):
        assert private not in public


def text_in(data: bytes) -> str:
    """All the text of a file, whatever it is packed in."""
    packed = files_of(data) if data.startswith(b"PK") else {"": data}
    return "\n".join(piece.decode() for piece in packed.values())


def test_no_number_of_an_account_or_a_row_is_in_the_public_profile() -> None:
    consultation = lively()
    numbers = []
    for model in (Contribution, Answer):
        for place, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True)):
            model.objects.filter(pk=pk).update(id=FAR + place)
            numbers.append(str(FAR + place))

    files = files_of(made(consultation, "package"))

    text = b"\n".join(files.values()).decode()
    assert [number for number in numbers if number in text] == []


def test_written_answers_are_read_by_staff_only() -> None:
    consultation = make_consultation_to_export()
    make_answers(make_question(consultation), make_people(5, None), "Write to ana@example.org")

    public = table(consultation, "words")
    staff = table(consultation, "words", profile=Profile.STAFF)

    assert public == []
    assert set(column(staff, "text")) == {"Write to ana@example.org"}


def test_the_order_of_answers_is_closed_by_a_secret() -> None:
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE)
    make_answers(question, make_people(20, city_pair()[0]), "x")
    keys = dict(
        zip("abcdefghijklmnopqrst", Answer.objects.values_list("pk", flat=True), strict=True)
    )
    for letter, key in keys.items():
        Answer.objects.filter(pk=key).update(value=letter)

    told = column(table(consultation, "answers"), "value")

    digests = {
        letter: md5(str(key).encode(), usedforsecurity=False).hexdigest()
        for letter, key in keys.items()
    }
    assert sorted(told) == sorted(keys)
    for anybody_can_compute in (keys, digests):
        assert told != sorted(keys, key=lambda letter: anybody_can_compute[letter])


def test_the_name_of_a_row_is_another_one_in_another_consultation() -> None:
    one, other = (make_consultation_to_export(slug=slug) for slug in ("one", "other"))

    names = [Scope(page, Profile.PUBLIC).key("participant", 1) for page in (one, other)]

    assert names[0] != names[1]
