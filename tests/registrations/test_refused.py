"""Whatever refuses a place says so in the reader's language, and what was typed stands there."""

import pytest
from django.utils import translation

from events.registrations.models import Registration
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, at, make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = pytest.mark.django_db
TYPED = "Una rampa; a ramp"


def typed(**changes):
    choices = {"party_size": "2", "joins_in": "alder", "language_code": "any", "needs": TYPED}
    return {**choices, "form_token": fresh_token(), **changes}


def meanwhile(**fields):
    """An event that was open when the form was, with a venue in each city."""
    event = make_event(capacity=2)
    for city in city_pair():
        add_venue(event, city)
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    return event


@pytest.mark.parametrize(
    ("fields", "sent", "english", "spanish"),
    [
        (
            {"sign_up_closes_at": at(2020, 1, 1)},
            {},
            "Sign-up for this event has closed.",
            "La inscripción",
        ),
        ({"event_status": "cancelled"}, {}, "This event has been cancelled", "se ha cancelado"),
        ({"event_status": "postponed"}, {}, "This event has been postponed", "se ha aplazado"),
        (
            {"capacity": 1, "has_waiting_list": False},
            {"party_size": "1"},
            "All places are taken.",
            "Todas las plazas",
        ),
        (
            {"max_party_size": 1},
            {},
            "one person can take 1 place",
            "cada persona puede reservar",
        ),
        ({}, {"party_size": "3"}, "Only 1 place is left.", "Solo queda 1 plaza"),
    ],
)
def test_the_sentence_and_what_was_typed(client, fields, sent, english, spanish):
    event = meanwhile(**fields)
    RegistrationFactory(event=event)
    client.force_login(ResidentFactory())

    for language, sentence in (("en", english), ("es", spanish)):
        with translation.override(language):
            form = event.sign_up_url
        response = client.post(form, typed(**sent))
        page = response.content.decode()
        assert response.status_code in {409, 422}
        assert sentence in page
        assert TYPED in page
    assert Registration.objects.count() == 1
