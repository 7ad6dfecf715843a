"""When places are left, but for others, that is what is said: not that all are taken."""

import pytest
from django.utils import translation

from events.registrations.models import CityQuota, Registration
from events.registrations.refusals import EventFull, QuotaFull
from events.registrations.room import Room
from events.registrations.services import sign_up
from partnership.cities.models import City
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory, city_pair
from tests.factories.events import at, make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db

LATER = at(2098, 5, 1, 8)
HERE = "The places kept for Alder Bay are taken"
OTHERS = "What is left is kept for people who live in Alder Bay and Puerto Almendro"


def kept_for_both(**fields):
    """One place for each city and none for others; without a waiting list unless told."""
    event = make_event(
        **{
            "title": "Hall",
            "capacity": 2,
            "has_waiting_list": False,
            "starts_at": at(2099, 1, 1),
            **fields,
        },
    )
    for city in city_pair():
        CityQuota.objects.create(event=event, city=city, places=1)
    return event


def take(event, city):
    participant = ParticipantFactory(resident__city=city)
    return sign_up(event, participant=participant, form_token=fresh_token())


@pytest.mark.parametrize(
    ("fields", "is_neighbour", "sentence"),
    [
        ({}, True, f"{HERE}, and the others are kept for other cities."),
        ({}, False, f"{OTHERS}."),
        ({"quotas_release_at": LATER}, True, f"{HERE}. What other cities have not taken is for"),
        ({"quotas_release_at": LATER}, False, f"{OTHERS}. What they have not taken is for"),
        ({"has_waiting_list": True}, False, f"{OTHERS}."),
    ],
)
def test_places_for_others_are_no_reason_to_say_that_all_are_taken(fields, is_neighbour, sentence):
    event, (alder, _puerto) = kept_for_both(**fields), city_pair()
    take(event, alder)

    with pytest.raises(QuotaFull) as refused:
        take(event, alder if is_neighbour else None)

    assert str(refused.value).startswith(sentence)
    assert ("1 May 2098" in str(refused.value)) is ("quotas_release_at" in fields)


def test_where_there_is_a_list_one_waits_for_the_release():
    event = kept_for_both(has_waiting_list=True, quotas_release_at=LATER)

    assert take(event, None).is_waiting


def test_when_nobody_finds_a_place_all_are_taken():
    event, (alder, puerto) = kept_for_both(), city_pair()
    take(event, alder)
    take(event, puerto)

    with pytest.raises(EventFull):
        take(event, alder)


@pytest.mark.parametrize(("language", "said"), [("en", HERE), ("es", "Las plazas reservadas a")])
def test_a_resident_reads_it_beside_the_event_and_what_was_typed_is_kept(client, language, said):
    event, (alder, _puerto) = kept_for_both(), city_pair()
    take(event, alder)
    client.force_login(ResidentFactory(city=alder))
    with translation.override(language):
        form = event.sign_up_url
    choices = {"party_size": "1", "language_code": "any", "needs": "A ramp, please"}

    page = client.get(event.url_in(language)).content.decode()
    refused = client.post(form, {**choices, "form_token": fresh_token()})

    assert said in page
    assert refused.status_code == 409
    assert said in refused.content.decode()
    assert "A ramp, please" in refused.content.decode()
    assert Registration.objects.count() == 1


def test_who_waits_for_places_kept_for_others_is_not_told_that_all_are_taken(client):
    """A third city has no quota: its people wait for the release, or not at all."""
    third = CityFactory(code="third", name="Thirdham", name_en="Thirdham")
    event = kept_for_both(has_waiting_list=True, quotas_release_at=LATER)
    in_vain = kept_for_both(has_waiting_list=True, title="Barn")
    client.force_login(ResidentFactory(city=third, language_code="en"))

    pages = [client.get(url).content.decode() for url in (event.url_in("en"), event.sign_up_url)]
    without = [
        client.get(url).content.decode() for url in (in_vain.url_in("en"), in_vain.sign_up_url)
    ]
    take(event, third)
    mail = OutgoingMail.objects.get(kind="registration_waiting")

    assert all(f"{OTHERS}. What they have not taken" in page for page in pages)
    assert all("Join the waiting list" in page for page in pages)
    assert all(f"{OTHERS}." in page for page in without)
    assert not any("All places are taken" in page for page in (*pages, *without, mail.text))
    assert not any("Join the waiting list" in page for page in without)
    assert "“Hall” has no place for you for now. You are number 1 in line." in mail.text
    assert "for all from Thursday 1 May 2098, 09:00 (Thirdham, Puerto Almendro);" in mail.text
    bars = Room(event, quotas={city.pk: 0 for city in city_pair()}).bars([*City.objects.all()])
    assert bars[-1]["label"] == "Everybody else"
