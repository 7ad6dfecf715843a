"""Two keys: one for every city, different people, and only for what was read."""

from dataclasses import replace

import pytest

from partnership.ledger import kinds
from partnership.ledger.enums import Outcome
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import why_not
from partnership.ledger.refusals import (
    AlreadyAsked,
    CitiesHaveChanged,
    CityHasSigned,
    ContentHasChanged,
    NothingNewToSign,
    NotYourCity,
    OnePersonOneCity,
    RequestIsOver,
    SayWhatToChange,
)
from partnership.ledger.services import (
    approve,
    ask_for_changes,
    request_approval,
    void_if_changed,
    withdraw,
)
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory

pytestmark = pytest.mark.django_db


def mails(kind):
    found = OutgoingMail.objects.filter(kind=kind).order_by("to")
    return list(found.values_list("to", "language_code"))


def fresh(request):
    return ApprovalRequest.objects.get(pk=request.pk)


def sign(request, by, city, **options):
    return approve(fresh(request), by=by, city=city, **{"seen": request.digest, **options})


@pytest.mark.both
def test_the_last_city_brings_it_into_effect(subject, people, cities, signed_things):
    alder, puerto = cities
    request = request_approval(subject, by=people.alder)

    sign(request, people.alder, alder)
    after_one = list(signed_things)
    sign(request, people.puerto, puerto)

    assert after_one == []
    assert signed_things == [("One form", request.pk)]
    assert fresh(request).conclusion.outcome == Outcome.SIGNED
    assert fresh(request).is_intact


def test_the_record_holds_every_language_as_it_was_signed(subject, people):
    request = request_approval(subject, by=people.alder)

    assert request.content == {
        "about": f"roadmap.commitment:{subject.pk}",
        "cities": ["alder", "puerto"],
        "content": {"title": {"en": "One form", "es": "Un formulario"}},
        "version": 1,
    }


def test_one_person_signs_for_one_city_only(subject, people, cities):
    alder, puerto = cities
    request = request_approval(subject, by=people.both)
    sign(request, people.both, alder)

    with pytest.raises(OnePersonOneCity):
        sign(request, people.both, puerto)

    assert fresh(request).missing == [puerto]


def test_a_city_signs_once(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])

    with pytest.raises(CityHasSigned):
        sign(request, people.both, cities[0])


@pytest.mark.parametrize("who", ["admin", "nowhere", "moderator", "alder"])
def test_nobody_else_signs_for_a_city_not_even_a_superuser(subject, people, cities, who):
    request = request_approval(subject, by=people.puerto)

    with pytest.raises(NotYourCity):
        sign(request, getattr(people, who), cities[1])

    assert not request.approvals.exists()


@pytest.mark.parametrize("who", ["admin", "nowhere", "moderator"])
def test_only_who_could_sign_asks_calls_off_or_sends_back(subject, people, cities, who):
    person = getattr(people, who)
    with pytest.raises(NotYourCity):
        request_approval(subject, by=person)
    request = request_approval(subject, by=people.alder)

    with pytest.raises(NotYourCity):
        withdraw(fresh(request), by=person)
    with pytest.raises(NotYourCity):
        ask_for_changes(fresh(request), by=person, city=cities[1], comment="No")

    assert fresh(request).is_open


@pytest.mark.both
def test_an_edit_voids_what_was_signed_before_it(subject, people, cities, signed_things):
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])
    subject.title_es = "Un solo formulario"
    subject.save()

    with pytest.raises(ContentHasChanged):
        sign(request, people.puerto, cities[1])
    voided = void_if_changed(subject, by=people.alder)

    assert voided.outcome == Outcome.EDITED
    assert signed_things == []
    with pytest.raises(RequestIsOver):
        sign(request, people.puerto, cities[1])


def test_an_edit_taken_back_leaves_the_signature(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])
    subject.save()

    assert void_if_changed(subject, by=people.alder) is None


def test_only_what_was_on_the_screen_is_signed(subject, people, cities):
    request = request_approval(subject, by=people.alder)

    with pytest.raises(ContentHasChanged):
        sign(request, people.alder, cities[0], seen="0" * 64)


def test_a_city_that_joins_has_to_be_asked_too(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    CityFactory(code="third", name_en="Thirdham", name_es="Tercera")

    with pytest.raises(CitiesHaveChanged, match="A city has joined or left"):
        sign(request, people.alder, cities[0])
    assert why_not(request, people.alder).startswith("A city has joined or left")


def test_a_city_that_is_not_asked_does_not_sign(subject, people, cities, signer):
    third = CityFactory()
    of_two = replace(kinds.kind_of(subject), cities=lambda commitment: cities)
    kinds.register(type(subject), of_two)
    request = request_approval(subject, by=people.alder)

    with pytest.raises(NotYourCity):
        sign(request, signer(third), third)

    assert fresh(request).missing == list(cities)


def test_three_cities_need_three_signatures(subject, people, cities, signer, signed_things):
    third = CityFactory(code="third", name_en="Thirdham", name_es="Tercera")
    person = signer(third)
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])
    sign(request, people.puerto, cities[1])
    after_two = list(signed_things)

    sign(request, person, third)

    assert after_two == []
    assert len(signed_things) == 1


def test_the_same_is_not_asked_twice(subject, people, cities):
    request = request_approval(subject, by=people.alder)

    with pytest.raises(AlreadyAsked):
        request_approval(subject, by=people.puerto)
    sign(request, people.alder, cities[0])
    sign(request, people.puerto, cities[1])
    with pytest.raises(NothingNewToSign):
        request_approval(subject, by=people.puerto)


def test_asking_again_after_an_edit_ends_the_earlier_request(subject, people):
    earlier = request_approval(subject, by=people.alder)
    subject.title_en = "A single form"
    subject.save()

    later = request_approval(subject, by=people.puerto)

    assert fresh(earlier).conclusion.outcome == Outcome.EDITED
    assert fresh(later).is_open


def test_changes_are_asked_for_in_words_and_the_author_reads_them(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    with pytest.raises(SayWhatToChange):
        ask_for_changes(fresh(request), by=people.puerto, city=cities[1], comment=" ")

    ask_for_changes(fresh(request), by=people.puerto, city=cities[1], comment="Falta un plazo.")

    assert fresh(request).conclusion.outcome == Outcome.RETURNED
    assert mails("approval_changes") == [(people.alder.email, "en")]
    assert "Falta un plazo." in OutgoingMail.objects.get(kind="approval_changes").text


def test_every_other_signer_is_told_once_in_their_language(subject, people):
    request_approval(subject, by=people.alder)

    told = sorted([(people.both.email, "en"), (people.puerto.email, "es")])
    assert mails("approval_asked") == told
    letter = OutgoingMail.objects.get(kind="approval_asked", to=people.puerto.email)
    assert "Un formulario" in letter.text


def test_the_mails_speak_of_signing_and_not_of_a_page_that_is_published(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])
    sign(request, people.puerto, cities[1])

    asked = OutgoingMail.objects.get(kind="approval_asked", to=people.both.email)
    signed = OutgoingMail.objects.get(kind="approval_signed")
    for letter, words in ((asked, "asks your city to read and sign"), (signed, "It counts from")):
        for text in (letter.text, letter.html):
            assert words in text
            assert "published" not in text
            assert "the page" not in text


def test_called_off_nothing_counts(subject, people, cities, signed_things):
    request = request_approval(subject, by=people.alder)
    sign(request, people.alder, cities[0])

    withdraw(fresh(request), by=people.puerto, comment="Falta un plazo.")

    with pytest.raises(RequestIsOver):
        sign(request, people.puerto, cities[1])
    assert signed_things == []
    assert mails("approval_ended") == [(people.alder.email, "en")]
    assert "Falta un plazo." in OutgoingMail.objects.get(kind="approval_ended").text


def test_who_asked_or_signed_hears_that_an_edit_made_it_void(subject, people, cities, signer):
    colleague = signer(cities[0], language_code="es")
    request = request_approval(subject, by=people.alder)
    sign(request, colleague, cities[0])
    subject.title_en = "A single form"
    subject.save()

    void_if_changed(subject, by=people.puerto)

    assert mails("approval_ended") == sorted([(people.alder.email, "en"), (colleague.email, "es")])
    told = " ".join(
        OutgoingMail.objects.get(to=people.alder.email, kind="approval_ended").text.split()
    )
    assert "Marta Vidal has changed “A single form” after it was sent to be signed." in told


def test_who_asks_may_sign_by_asking_and_only_the_others_are_told(subject, people, cities, signer):
    alder, _puerto = cities
    colleague = signer(alder)

    request = request_approval(subject, by=people.alder, signing_for=alder)

    assert [(each.city, each.given_by) for each in request.approvals.all()] == [
        (alder, people.alder)
    ]
    told = {to for to, _language in mails("approval_asked")}
    assert told == {people.puerto.email, people.both.email}
    assert colleague.email not in told


def test_nobody_signs_by_asking_for_a_city_they_do_not_work_for(subject, people, cities):
    with pytest.raises(NotYourCity):
        request_approval(subject, by=people.alder, signing_for=cities[1])

    assert not ApprovalRequest.objects.exists()


@pytest.mark.parametrize("end", ["withdraw", "return", "sign"])
def test_its_room_hears_when_it_is_called_off(subject, people, cities, end):
    told = []
    kinds.register(type(subject), replace(kinds.kind_of(subject), called_off=told.append))
    request = request_approval(subject, by=people.alder, signing_for=cities[0])

    if end == "withdraw":
        withdraw(fresh(request), by=people.alder)
    elif end == "return":
        ask_for_changes(fresh(request), by=people.puerto, city=cities[1], comment="No.")
    else:
        sign(request, people.puerto, cities[1])

    assert told == ([] if end == "sign" else [subject])


def test_what_waits_for_a_person(subject, people, cities, django_assert_num_queries):
    request = request_approval(subject, by=people.alder)

    waiting = {
        name: list(ApprovalRequest.objects.waiting_for(person))
        for name, person in vars(people).items()
    }
    sign(request, people.both, cities[0])

    assert waiting == {
        "alder": [request], "puerto": [request], "both": [request],
        "nowhere": [], "moderator": [request], "admin": [],
    }  # fmt: skip
    assert list(ApprovalRequest.objects.waiting_for(people.alder)) == []
    assert list(ApprovalRequest.objects.waiting_for(people.both)) == []
    assert list(ApprovalRequest.objects.waiting_for(people.puerto)) == [request]


def test_whoever_left_is_not_asked_to_sign(subject, people, cities, signer):
    gone = signer(cities[1], is_active=False)

    request_approval(subject, by=people.alder)

    assert not OutgoingMail.objects.filter(to=gone.email).exists()
