"""A guardian is asked themselves: the place is held, they answer by a link, or it goes on."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import cancel
from events.registrations.services.consent import (
    ask_guardians,
    record_on_paper,
)
from events.registrations.services.guardians import answer_due
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.drafts import text_of
from tests.factories.events import in_every_language, make_event
from tests.factories.guardians import EVA, hall_for_one, held, kinds, link_to
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token
from tests.registrations.test_guests import code_sent, with_everything_one_can_ask
from tests.registrations.test_guests import typed as typed_by_guest

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORM = "/en/events/hall/sign-up/"
MINOR = {
    "age": "minor",
    "guardian_name": "Eva Olmo",
    "guardian_email": "Eva@example.org",
    "guardian_language": "es",
}


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def hall():
    return hall_for_one()


def sign_up(client, **changes):
    choices = {"party_size": "1", "language_code": "en", "needs": "", **MINOR}
    return client.post(FORM, {**choices, "form_token": fresh_token(), **changes})


def read_on(page):
    return re.search(r'name="read" value="(\w+)"', page.content.decode())[1]


# Asking --------------------------------------------------------------------------------------


def test_the_place_is_held_and_the_guardian_asked_in_their_language(client, hall):
    person = ResidentFactory(name="Ana Olmo")
    client.force_login(person)

    page = client.post(
        FORM,
        {"party_size": "1", "language_code": "en", "form_token": fresh_token(), **MINOR},
        follow=True,
    ).content.decode()
    asked = [ask_guardians(), ask_guardians()]

    place = Registration.objects.get()
    assert (place.status, place.is_minor, place.guardian_agreed_at) == ("registered", True, None)
    assert place.guardian_until == pytest.approx(timezone.now() + timedelta(days=7), abs=HOUR)
    assert asked == [1, 0]
    assert "A place is held for you" in page
    assert "until your parent or guardian confirms, until" in page
    assert place.code_in_groups not in page
    assert kinds(person.email) == ["registration_held"]
    assert place.code_in_groups not in OutgoingMail.objects.get(to=person.email).text
    letter = OutgoingMail.objects.get(to=EVA)
    assert (letter.kind, letter.language_code) == ("guardian_asked", "es")
    assert "Ana Olmo" in letter.text
    assert "Ana Olmo" not in letter.subject
    assert link_to().startswith("/es/")


def test_a_held_place_counts_as_taken(client, hall):
    held(hall)
    client.force_login(ResidentFactory())

    sign_up(client, age="adult")

    assert Registration.objects.latest("pk").is_waiting


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"guardian_email": ""}, "guardian_email", "write their name and their e-mail"),
        ({"guardian_name": ""}, "guardian_name", "write their name and their e-mail"),
        ({"guardian_name": "Win at evil.example/x"}, "guardian_name", "not a web address"),
        ({"guardian_email": "Ana@example.org"}, "guardian_email", "not your own"),
        ({"guardian_email": "ana+mum@example.org"}, "guardian_email", "not your own"),
    ],
)
def test_without_somebody_else_to_ask_the_place_is_refused(client, hall, told, field, words):
    client.force_login(ResidentFactory(email="ana@example.org"))

    refused = sign_up(client, **told)

    page = refused.content.decode()
    assert refused.status_code in {409, 422}
    assert f'href="#place_{field}">' in page
    assert words in page
    assert not Registration.objects.exists()


def test_a_guest_learns_of_the_guardian_before_the_code(client, hall):
    form = typed_by_guest(**{**MINOR, "guardian_email": "ana@example.org", "party_size": "1"})

    refused = client.post(FORM, form)

    assert refused.status_code == 422
    assert "not your own" in refused.content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_family_with_one_address_reads_whom_to_ask_before_and_after(client, hall):
    lead = city_pair()[0]
    lead.contact_email = "twinning@alder.example"
    lead.save()
    form = typed_by_guest(**{**MINOR, "guardian_email": "ana@example.org", "party_size": "1"})

    asked, refused = client.get(FORM), client.post(FORM, form)

    assert "a family that has only one writes to its city" in text_of(asked)
    assert "If your family has only one, write to your city" in text_of(refused)
    for page in (asked, refused):
        assert lead.contact_email in page.content.decode().partition("<footer")[2]


def test_one_address_is_asked_five_times_a_day(client, unwritten, hall):
    EventPage.objects.update(capacity=20)
    codes = []
    for _number in range(6):
        client.force_login(ResidentFactory())
        codes.append(sign_up(client).status_code)

    assert codes == [302] * 5 + [409]
    assert Registration.objects.count() == 5


def test_signing_up_with_a_guardian_and_all_one_can_ask_costs_fifteen_queries(client):
    chosen = with_everything_one_can_ask()
    EventPage.objects.update(takes_minors=True, asks_guardians=True)
    client.get(FORM)
    client.post(FORM, typed_by_guest(joins_in="alder", **chosen, **MINOR))
    code = code_sent()
    with CaptureQueriesContext(connection) as captured:
        client.post(f"{FORM}code/", {"code": code})

    assert Registration.objects.get().awaits_guardian
    spent = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(spent) == 15


def test_an_event_that_does_not_ask_by_mail_is_as_before(client, hall):
    EventPage.objects.update(asks_guardians=False)
    client.force_login(ResidentFactory())

    sign_up(client, guardian_agrees="on")

    place = Registration.objects.get()
    assert (place.awaits_guardian, place.guardian_email) == (False, "")
    assert place.guardian_agreed_at is not None


@pytest.mark.parametrize(("days", "hours"), [(30, 7 * 24), (8, 6 * 24), (3, 36), (1, 12)], ids=str)
def test_there_is_a_week_to_answer_or_less_when_the_event_is_near(days, hours):
    now = timezone.now()
    event = make_event(starts_at=now + timedelta(days=days), ends_at=now + timedelta(days=40))

    assert answer_due(event, now) == now + timedelta(hours=hours)


@pytest.mark.both
def test_a_minor_has_no_place_without_consent_or_somebody_who_is_asked(hall):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=hall, is_minor=True)


# The answer ----------------------------------------------------------------------------------


def test_looking_is_no_answer_and_agreeing_confirms_the_place_once(client, hall):
    place = held(hall)
    link = link_to().replace("/es/consentimiento/", "/en/guardian/")

    shown = client.get(link)
    still = Registration.objects.get().awaits_guardian
    done = client.post(link, {"agree": "1", "read": read_on(shown)})
    again = client.post(link, {"refuse": "1"})
    headings = [each.content.decode().count("<h1>") for each in (shown, done, again)]

    place.refresh_from_db()
    assert (shown.status_code, still, done.status_code, again.status_code) == (200, True, 200, 410)
    assert headings == [1, 1, 1]
    assert place.guardian_agreed_at is not None
    assert (place.guardian_email, place.guardian_until) == ("", None)
    assert place.guardian_language == "en"
    assert place.guardian_consent.startswith("I am the parent or guardian of")
    assert place.is_registered
    assert kinds(place.participant.email) == ["registration_confirmed"]
    assert not OutgoingMail.objects.filter(to=EVA).exists()
    assert not get_user(client).is_authenticated
    assert place.participant.name not in done.content.decode()


def test_who_read_other_words_agrees_to_nothing(client, hall):
    held(hall)
    link = link_to()
    read = read_on(client.get(link))
    EventPage.objects.update(**in_every_language("title", "Another hall"))

    refused = client.post(link, {"agree": "1", "read": read})

    assert refused.status_code == 409
    assert "Another hall" in refused.content.decode()
    assert Registration.objects.get().awaits_guardian


def test_who_refuses_gives_the_place_back_to_the_next_in_line(client, hall):
    place = held(hall)
    waiting = RegistrationFactory(event=hall, status=RegistrationStatus.WAITING)

    client.post(link_to(), {"refuse": "1"})

    place.refresh_from_db()
    waiting.refresh_from_db()
    assert (place.status, place.guardian_email) == ("cancelled", "")
    assert waiting.is_offered
    letter = OutgoingMail.objects.get(to=place.participant.email)
    assert letter.kind == "registration_cancelled"
    assert "did not agree" in letter.text
    assert not OutgoingMail.objects.filter(to=EVA).exists()


def test_a_link_dies_when_another_address_is_asked_and_with_a_place_given_back(client, hall):
    place = held(hall)
    old = link_to()
    changing = {"party_size": "1", "language_code": "en", **MINOR}
    url = f"{place.place_url}change/"
    page = client.get(url).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    until = place.guardian_until

    client.post(url, {**changing, "guardian_email": "luz@example.org", "form_token": token})
    ask_guardians()

    place.refresh_from_db()
    assert (place.guardian_email, place.guardian_until) == ("luz@example.org", until)
    assert client.get(old).status_code == 410
    new = link_to("luz@example.org")
    assert client.get(new).status_code == 200
    assert not OutgoingMail.objects.filter(to=EVA).exists()
    cancel(place)
    assert client.get(new).status_code == 410


def test_forged_links_find_nothing(client, hall):
    held(hall)

    assert client.get(f"{link_to()[:-3]}xx/").status_code == 404


def test_what_a_guardian_confirmed_nobody_else_changes(client, hall):
    place = held(hall)
    record_on_paper(place, by=ResidentFactory())
    url = f"{place.place_url}change/"

    page = client.get(url).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    client.post(url, {"party_size": "1", "language_code": "en", "needs": "x", "form_token": token})

    place.refresh_from_db()
    assert 'name="age"' not in page
    assert (place.needs, place.is_minor, place.guardian_name) == ("x", True, "Eva Olmo")
    assert place.is_confirmed_by_guardian
