"""Whatever strangers send: an answer in words, never an error of ours."""

import pytest

from events.registrations.models import Registration
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, stands_at_the_door
from tests.factories.events import add_venue, make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import fresh_token

pytestmark = [pytest.mark.both, pytest.mark.django_db]

HOSTILE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\u200b\u200b",
    "\u202egnp.exe",
    "\ud800",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE registrations_registration; --",
    "{{ 7*7 }}{% debug %}",
    "%s%n%(x)s",
    "../../etc/passwd",
    "-1",
    "0",
    "1.5",
    "1e9",
    "9" * 40,
    "9" * 5000,
    "٣",
    "NaN",
    "x" * 1001,
    "é" * 1000,
    "👩‍👩‍👧‍👧" * 50,
    '=HYPERLINK("http://x")',
)
FIELDS = ("party_size", "joins_in", "language_code", "needs", "form_token")


@pytest.fixture
def address(client):
    alder, puerto = city_pair()
    event = make_event(title="Hall", max_party_size=3)
    add_venue(event, alder)
    add_venue(event, puerto)
    client.force_login(ResidentFactory())
    return "/en/events/hall/sign-up/"


def sent_as_bytes(value):
    """The test client cannot encode a lone surrogate; a browser's enemy can send its bytes."""
    return value.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", FIELDS)
def test_every_field_answers_every_string(client, address, field, value):
    good = {"party_size": "1", "joins_in": "alder", "language_code": "en", "needs": ""}
    form = {**good, "form_token": fresh_token(), field: sent_as_bytes(value)}

    response = client.post(address, form)

    assert response.status_code in {302, 409, 422}
    if response.status_code == 302:
        kept = Registration.objects.get()
        assert "\x00" not in kept.needs
        assert 1 <= kept.party_size <= 3
        return
    page = response.content.decode()
    assert 'role="alert"' in page
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize("value", HOSTILE)
def test_every_parameter_of_the_address_may_be_anything(client, address, value):
    query = {field: sent_as_bytes(value[:300]) for field in FIELDS}

    page = client.get(address, query)

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()


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


@pytest.mark.parametrize("field", ["name", "email", "city", "may_wait", "code"])
def test_a_guest_may_send_anything(client, address, field):
    client.logout()
    told = {"name": "Ana", "email": "ana@example.org", "city": "puerto", "needs": ""}
    good = {**told, "party_size": "1", "joins_in": "alder", "language_code": "en"}

    for value in HOSTILE:
        form = {**good, "form_token": fresh_token(), field: sent_as_bytes(value)}
        sent = client.post(address, form)
        coded = client.post(f"{address}code/", {"code": sent_as_bytes(value)})

        assert sent.status_code in {302, 422, 429}
        assert coded.status_code in {302, 422}
        pages = sent.content.decode() + coded.content.decode()
        assert "<script>alert(1)" not in pages
        assert "<img src=x" not in pages
    assert not Registration.objects.exists()


@pytest.mark.parametrize("path", ["%00", "a%00b.x", "%ED%A0%80", "x" * 3000, "ABC.", ".", "a.b.c"])
def test_no_address_of_a_place_can_be_guessed(client, path):
    city_pair()
    make_event()

    for page in ("", "change/", "give-back/"):
        for send in (client.get, client.post):
            assert send(f"/en/places/{path}/{page}").status_code in {400, 404}


@pytest.mark.parametrize("value", HOSTILE)
def test_at_the_door_anything_may_be_typed_scanned_or_sent(client, value):
    party = place(hall(), party_size=2)
    stands_at_the_door(client, city_pair()[0])
    sent = sent_as_bytes(value)
    mark = "0b5d7f0e-5d56-4ac5-9b41-9d6a6b7b1d11"

    answers = [
        client.get(DOOR, {"q": sent_as_bytes(value[:300])}),
        client.post(DOOR, {"code": sent, "mark": mark}),
        client.post(DOOR, {"code": party.code, "mark": sent}),
        client.post(DOOR, {"undo": sent}),
        client.post(f"/en/door/{party.code}/", {"people": sent, "mark": sent}),
        client.post(f"/en/door/{party.code}/", {"undo": sent}),
        client.post(f"{DOOR}ticks/", sent, content_type="application/json"),
    ]

    assert {each.status_code for each in answers} <= {200, 302, 400, 404, 409, 422}
    pages = "".join(each.content.decode() for each in answers)
    assert "<script>alert(1)" not in pages
    assert "<img src=x" not in pages
    party.refresh_from_db()
    assert party.arrived == 0


@pytest.mark.parametrize("path", ["%00", "a%00b", "%F0%9F%91%A9", "%ED%A0%80", "x" * 3000])
def test_no_address_at_the_door_breaks(client, path):
    stands_at_the_door(client, city_pair()[0])
    hall()

    for address in (f"/door/{path}/", f"/en/door/{path}/", f"/en/events/{path}/door/list/"):
        assert client.get(address).status_code in {302, 400, 404}
