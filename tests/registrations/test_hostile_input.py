"""Whatever strangers send: an answer in words, never an error of ours."""

import pytest

from events.registrations.models import Registration
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, stands_at_the_door
from tests.factories.events import add_venue, make_event
from tests.factories.hostile import KINDS, STRINGS, each_alone, harmless, raw, send
from tests.factories.people import ResidentFactory
from tests.factories.registrations import fresh_token

pytestmark = [pytest.mark.both, pytest.mark.django_db]

FIELDS = ("party_size", "joins_in", "language_code", "needs", "form_token")


@pytest.fixture(scope="module")
def resident(shared_db):
    alder, puerto = city_pair()
    event = make_event(title="Hall", max_party_size=3)
    add_venue(event, alder)
    add_venue(event, puerto)
    return ResidentFactory()


@pytest.fixture
def address(client, resident):
    client.force_login(resident)
    return "/en/events/hall/sign-up/"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_answers_every_string(client, address, field):
    good = {"party_size": "1", "joins_in": "alder", "language_code": "en", "needs": ""}

    for value in each_alone(KINDS):
        response = send(client, address, {**good, "form_token": fresh_token(), field: value})

        assert response.status_code in {302, 409, 422}, value
        assert harmless(response), value
        kept = Registration.objects.first()
        if response.status_code == 302:
            assert "\x00" not in kept.needs
            assert 1 <= kept.party_size <= 3
        else:
            assert 'role="alert"' in response.content.decode()
            assert kept is None


def test_a_form_full_of_any_string_is_answered(client, address):
    for value in each_alone(STRINGS):
        form = {**dict.fromkeys(FIELDS, value), "form_token": fresh_token()}

        response = send(client, address, form)

        assert response.status_code in {302, 409, 422}, value
        assert harmless(response), value


def test_every_parameter_of_the_address_may_be_anything(client, address):
    for value in each_alone(KINDS):
        page = client.get(address, dict.fromkeys(FIELDS, raw(value[:300])))

        assert page.status_code == 200, value
        assert harmless(page), value


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


@pytest.mark.parametrize("field", ["name", "email", "city", "may_wait", ""])
def test_a_guest_may_send_anything(client, address, field):
    client.logout()
    told = {"name": "Ana", "email": "ana@example.org", "city": "puerto", "needs": ""}
    good = {**told, "party_size": "1", "joins_in": "alder", "language_code": "en"}

    for value in each_alone(KINDS if field else STRINGS):
        hostile = dict.fromkeys([field] if field else told, value)
        sent = send(client, address, {**good, "form_token": fresh_token(), **hostile})
        coded = send(client, f"{address}code/", {"code": value})

        assert sent.status_code in {302, 422}, value
        assert coded.status_code in {302, 422}, value
        assert harmless(sent), value
        assert harmless(coded), value
        assert not Registration.objects.exists()


@pytest.mark.parametrize("path", ["%00", "a%00b.x", "%ED%A0%80", "x" * 3000, "ABC.", ".", "a.b.c"])
def test_no_address_of_a_place_can_be_guessed(client, path):
    city_pair()
    make_event()

    for page in ("", "change/", "give-back/"):
        for ask in (client.get, client.post):
            assert ask(f"/en/places/{path}/{page}").status_code in {400, 404}


def test_at_the_door_anything_may_be_typed_scanned_or_sent(client):
    party = place(hall(), party_size=2)
    stands_at_the_door(client, city_pair()[0])
    mark = "0b5d7f0e-5d56-4ac5-9b41-9d6a6b7b1d11"

    for value in each_alone(KINDS):
        answers = [
            client.get(DOOR, {"q": raw(value[:300])}),
            send(client, DOOR, {"code": value, "mark": mark}),
            send(client, DOOR, {"code": party.code, "mark": value}),
            send(client, DOOR, {"undo": value}),
            send(client, f"/en/door/{party.code}/", {"people": value, "mark": value}),
            send(client, f"/en/door/{party.code}/", {"undo": value}),
            client.post(f"{DOOR}ticks/", raw(value), content_type="application/json"),
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
