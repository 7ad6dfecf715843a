"""Who waits is nobody's business: no list, count or feed tells of them."""

import re
import zipfile
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, reverse

from events.models import EventPage
from events.registrations.enums import Format
from events.registrations.exports import export_places
from events.registrations.models import Registration, SignUpQuestion
from partnership.outbox.standstill import go_round
from partnership.pages.models import BasePage
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import in_every_language, make_event, make_event_index
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def queue_at_a_full_event():
    """One place taken, one free and kept for a group of two, and three more who wait."""
    city_pair()
    event = make_event(title="Hall", capacity=2, cities=[])
    RegistrationFactory(event=event)
    first = RegistrationFactory(
        event=event, status="waiting", party_size=2, participant__resident__name="Wanda Waiting"
    )
    RegistrationFactory.create_batch(3, event=event, status="waiting")
    return event, first


def test_pages_lists_and_files_say_full_and_nothing_of_those_who_wait(client):
    event, first = queue_at_a_full_event()
    addresses = (
        event.url_in("en"),
        make_event_index().url_in("en"),
        f"{event.url_in('en')}sign-up/",
        reverse("event_calendar", args=("hall",)),
        reverse("events_calendar"),
        reverse("events_feed"),
        "/en/",
    )

    for address in addresses:
        page = client.get(address).content.decode()
        assert "Wanda" not in page
        assert first.code not in page
        assert "waiting</span>" not in page
        assert "5 waiting" not in page
    page = client.get(event.url_in("en")).content.decode()
    assert "2 of 2 places taken" in page
    assert "Full" in page
    assert '"remainingAttendeeCapacity": 0' in page


def test_a_free_place_that_is_kept_is_offered_to_no_newcomer(client):
    event, _first = queue_at_a_full_event()

    listed = EventPage.objects.filter(pk=event.pk).with_places_left()

    assert not listed.exists()
    assert EventPage.objects.with_places_taken().get().shown_taken == 2


def test_only_its_holder_sees_a_turn_in_line(client):
    event, first = queue_at_a_full_event()

    client.force_login(first.participant.resident)
    assert "You are number 1 in line." in client.get(event.url_in("en")).content.decode()

    client.force_login(ResidentFactory())
    page = client.get(event.url_in("en")).content.decode()
    assert "You are number" not in page
    assert "Join the waiting list" in page
    assert Registration.objects.count() == 5


@pytest.mark.parametrize("file_format", list(Format))
def test_what_a_minor_wrote_is_in_no_file_without_people(file_format):
    event = make_event(takes_minors=True)
    question = SignUpQuestion.objects.create(
        event=event, type="text", **in_every_language("text", "Your school?")
    )
    RegistrationFactory(
        event=event,
        is_minor=True,
        guardian_name="Wanda Guardian",
        guardian_agreed_at=event.starts_at,
        needs="Wanda needs",
        answers={question.identifier: "Wanda answers"},
        participant__resident__name="Wanda Minor",
    )

    made = export_places(
        event, file_format=file_format, with_people=False, exported_by=ResidentFactory()
    )

    told = b"".join(made.pieces)
    if file_format == Format.XLSX:
        told = b"".join(zipfile.ZipFile(BytesIO(told)).read(n) for n in names_in(told))
    assert b"under 18" in told
    assert b"Wanda" not in told
    assert b"Your school?" not in told


def names_in(workbook):
    """The files a workbook is made of."""
    return zipfile.ZipFile(BytesIO(workbook)).namelist()


# Every address there is ---------------------------------------------------------------------------

SECRETS = ("Wanda", "wanda", "Wilma")
#: Who has such an address was sent it: the link of a mail, and the code for the door.
OWN = {"place", "place_change", "place_give_back", "door_scan", "door_place", "cancel_place"}
FILLED = {"slug": "{slug}", "number": "1", "pk": "1", "key": "x", "code": "x", "kind": "festival"}


def routes(patterns, before="/"):
    """Every address of the site but those of the editing screens, with what is to be filled in."""
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        elif not address.startswith(("/admin/", "/^")) and pattern.name not in OWN:
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: FILLED.get(found[1], "1"), address)


def told_at(client, addresses):
    """What is told there, and once where each of them leads to."""
    waiting, told = sorted(addresses), {}
    for address in waiting:  # which grows
        response = client.get(address, {"q": "needs answers Guardian"})
        pieces = response.streaming_content if response.streaming else [response.content]
        leads = response.headers.get("Location", "")
        told[address] = response.status_code, leads + b"".join(pieces).decode(errors="replace")
        waiting += {urlsplit(leads).path} - {"", *waiting}
    return told


def test_no_address_tells_of_who_waits_or_of_what_a_minor_wrote(client):
    go_round()  # else /clockz answers 503, as it should
    event, waiting = queue_at_a_full_event()
    consultation = make_consultation(slug="talk")
    question = SignUpQuestion.objects.create(
        event=event, type="text", **in_every_language("text", "Your school?")
    )
    minor = {"is_minor": True, "guardian_name": "Wilma Guardian"}
    for status in ("waiting", "registered"):
        RegistrationFactory(
            event=event,
            status=status,
            needs="Wanda needs",
            answers={question.identifier: "Wanda answers"},
            guardian_agreed_at=event.starts_at,
            participant__resident__name="Wilma Minor",
            participant__resident__email=f"wanda.{status}@example.org",
            **minor,
        )
    found = {
        route.format(slug=slug)
        for route in routes(get_resolver().url_patterns)
        for room, slug in (("/consultations/", "hall"), ("/events/", consultation.slug))
        if room not in route  # where no page is called so
    }
    found |= {page.get_url() for page in BasePage.objects.live() if page.get_url()}

    told = told_at(client, found)

    assert sum(status == 200 for status, _words in told.values()) > 25
    for address, (status, words) in told.items():
        assert status < 500, address
        assert not [secret for secret in SECRETS if secret in words], address
        assert waiting.code not in words, address
