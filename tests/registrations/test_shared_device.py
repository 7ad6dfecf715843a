"""A guest's sign-up on a device that others use, too: what was typed goes, and what counts."""

import pytest
from django.utils import timezone

from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from tests.factories.registrations import RegistrationFactory
from tests.registrations.test_guests import CODE, FORM, hall, signed_up, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def test_who_stops_at_the_code_can_let_go_of_what_was_typed(client):
    hall()
    client.post(FORM, typed())

    page = client.get(CODE).content.decode()
    form = client.get(FORM).content.decode()
    done = client.post(CODE, {"finish": "1"}, follow=True)
    after = client.get(FORM).content.decode()

    assert "Forget what I sent" in page
    assert "Not you? Forget what was typed" in form
    assert "A ramp" in form
    assert "The next person at this device starts anew" in done.content.decode()
    assert "A ramp" not in after
    assert "Not you?" not in after
    assert client.get(CODE).url == FORM


def test_what_was_typed_lies_on_the_device_for_an_hour(client, monkeypatch):
    hall()
    client.post(FORM, typed())
    later = timezone.now() + guests.KEPT_TYPED
    monkeypatch.setattr(timezone, "now", lambda: later)

    page = client.get(FORM).content.decode()

    assert "Ana Olmo" not in page
    assert "A ramp" not in page


def test_name_and_city_corrected_after_a_refusal_are_those_that_count(client):
    event = hall(capacity=3)
    RegistrationFactory(event=event, party_size=2)
    signed_up(client)

    client.post(FORM, typed(party_size="1", name="Ana María Olmo", city="alder"))

    place = event.registrations.get(party_size=1)
    assert place.city.code == "alder"
    assert place.participant.contact.name == "Ana María Olmo"
    assert place.participant.contact.city.code == "alder"


def test_the_mail_says_which_event_its_code_is_for(client):
    hall()
    client.post(FORM, typed())

    mail = OutgoingMail.objects.get(kind="guest_code")
    assert mail.subject == "Your code for “Hall”"
    assert "For “Hall”: with this code" in mail.text
