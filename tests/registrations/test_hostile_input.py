"""Whatever strangers send: an answer in words, never an error of ours."""

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, QueryDict

from events.models import EventPage
from events.registrations.forms import ChoicesForm, GuestSignUpForm
from events.registrations.models import Registration
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, stands_at_the_door
from tests.factories.events import add_venue, make_event
from tests.factories.hostile import (
    KINDS,
    STRINGS,
    WORST,
    each_alone,
    harmless,
    raw,
    read_by,
    send,
)
from tests.factories.people import ResidentFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db

CHOICES = ("party_size", "joins_in", "language_code")
FIELDS = (*CHOICES, "needs", "form_token")
GUEST = ("name", "email", "city")


@pytest.fixture(scope="module")
def resident(shared_db):
    alder, puerto = city_pair()
    event = make_event(title="Hall", max_party_size=3)
    add_venue(event, alder)
    add_venue(event, puerto)
    return ResidentFactory()


@pytest.fixture
def event(resident):
    return EventPage.objects.get()


@pytest.fixture
def address(client, resident):
    client.force_login(resident)
    return "/en/events/hall/sign-up/"


def asked_for(number):
    """The fields that take anything in this turn: words always, everything else in turn."""
    others = ("form_token", *CHOICES)
    return ("needs", others[number % len(others)])


@pytest.mark.both
def test_every_field_answers_every_string(client, address):
    good = {"party_size": "1", "joins_in": "alder", "language_code": "en", "needs": ""}

    for number, value in enumerate(each_alone(KINDS, drawn_there=True)):
        for field in asked_for(number):
            Registration.objects.all().delete()
            response = send(client, address, {**good, "form_token": fresh_token(), field: value})

            assert response.status_code in {302, 409, 422}, (field, value)
            assert harmless(response), (field, value)
            kept = Registration.objects.first()
            if response.status_code == 302:
                assert "\x00" not in kept.needs
                assert 1 <= kept.party_size <= 3
            else:
                assert 'role="alert"' in response.content.decode()
                assert kept is None


def test_a_form_reads_any_string_in_all_its_fields(event):
    for value in STRINGS:
        form = GuestSignUpForm(dict.fromkeys((*FIELDS, *GUEST), value), event=event)

        assert read_by(form), value
        assert not form.is_valid(), value


def test_a_form_full_of_any_string_is_answered(client, address):
    for value in each_alone(WORST):
        response = send(client, address, dict.fromkeys(FIELDS, value))
        page = client.get(address, dict.fromkeys(FIELDS, raw(value[:300])))

        assert response.status_code == 422, value
        assert page.status_code == 200, value
        assert harmless(response), value
        assert harmless(page), value


def test_what_was_chosen_before_may_be_anything(event):
    for value in STRINGS:
        form = ChoicesForm(event=event)
        form.prefill(QueryDict(urlencode(dict.fromkeys(FIELDS, raw(value[:300])))))

        assert harmless(HttpResponse(raw(form.as_p()))), value


@pytest.mark.both
@pytest.mark.parametrize("path", ["%00", "a%00b", "%F0%9F%91%A9", "%ED%A0%80", "x" * 3000])
def test_every_part_of_the_address_may_be_anything(client, path):
    city_pair()
    make_event()

    for address in (f"/en/events/{path}/sign-up/", f"/en/events/{path}/calendar.ics"):
        assert client.get(address).status_code in {400, 404}
    assert client.get(f"/en/my-places/{path}/give-back/").status_code in {302, 400, 404}


def test_an_empty_form_names_every_field_that_is_missing(client, address):
    response = client.post(address, {})

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('class="error-msg"') == 3


@pytest.mark.both
def test_a_guest_may_send_anything(client, address):
    client.logout()
    told = {"name": "Ana", "email": "ana@example.org", "city": "puerto", "needs": ""}
    good = {**told, "party_size": "1", "joins_in": "alder", "language_code": "en"}

    for number, value in enumerate(each_alone(KINDS)):
        held = send(client, address, {**good, "form_token": fresh_token()})
        coded = send(client, f"{address}code/", {"code": value})
        hostile = [dict.fromkeys([name], value) for name in (GUEST[number % 2], "may_wait")]
        hostile += [dict.fromkeys(GUEST, value)] if value in WORST else []
        sent = [
            send(client, address, {**good, "form_token": fresh_token(), **fields})
            for fields in hostile
        ]

        assert (held.status_code, coded.status_code) == (302, 422), value
        assert {each.status_code for each in sent} <= {302, 422}, value
        assert all(map(harmless, (coded, *sent))), value
        assert not Registration.objects.exists()


@pytest.mark.parametrize("path", ["%00", "a%00b.x", "%ED%A0%80", "x" * 3000, "ABC.", ".", "a.b.c"])
def test_no_address_of_a_place_can_be_guessed(client, path):
    city_pair()
    make_event()

    for page in ("", "change/", "give-back/"):
        for ask in (client.get, client.post):
            assert ask(f"/en/places/{path}/{page}").status_code in {400, 404}


@pytest.mark.both
def test_at_the_door_anything_may_be_typed_scanned_or_sent(client):
    party = place(hall(), party_size=2)
    stands_at_the_door(client, city_pair()[0])
    mark, scanned = "0b5d7f0e-5d56-4ac5-9b41-9d6a6b7b1d11", f"/en/door/{party.code}/"

    for value in each_alone(KINDS, drawn_there=True):
        answers = [
            client.get(DOOR, {"q": raw(value[:300])}),
            send(client, DOOR, {"code": value, "mark": mark}),
            send(client, scanned, {"people": value, "mark": value}),
            client.post(f"{DOOR}ticks/", raw(value), content_type="application/json"),
        ]
        if value in WORST:
            answers += [
                send(client, DOOR, {"code": party.code, "mark": value}),
                send(client, DOOR, {"undo": value}),
                send(client, scanned, {"undo": value}),
            ]

        statuses = {each.status_code for each in answers}
        assert statuses <= {200, 302, 400, 404, 409, 422}, value
        assert all(map(harmless, answers)), value
        party.refresh_from_db()
        assert party.arrived == 0, value


@pytest.mark.parametrize("path", ["%00", "a%00b", "%F0%9F%91%A9", "%ED%A0%80", "x" * 3000])
def test_no_address_at_the_door_breaks(client, path):
    stands_at_the_door(client, city_pair()[0])
    hall()

    for address in (f"/door/{path}/", f"/en/door/{path}/", f"/en/events/{path}/door/list/"):
        assert client.get(address).status_code in {302, 400, 404}
