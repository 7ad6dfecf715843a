"""Where the picture of a code leads: to one group for those at the door, to a word for others."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from events.registrations.codes import new_code
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, read, stands_at_the_door
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


def test_a_scan_leads_to_the_readers_language(client):
    code = new_code()

    visitor = client.get(f"/door/{code}/", headers={"accept-language": "es-MX"})
    stranger = client.get(f"/door/{code}/", headers={"accept-language": "ja"})
    stands_at_the_door(client, language_code="es")
    host = client.get(f"/door/{code}/", headers={"accept-language": "en"})

    assert [visitor.url, stranger.url, host.url] == [
        f"/es/puerta/{code}/", f"/en/door/{code}/", f"/es/puerta/{code}/"
    ]  # fmt: skip


def test_others_are_told_to_show_it_and_learn_nothing(client, django_assert_max_num_queries):
    party, nobody = place(hall()), new_code()

    pages = []
    for code in (party.code, nobody):
        with django_assert_max_num_queries(9):
            response = client.get(f"/en/door/{code}/")
        assert response.status_code == 200
        assert not response.cookies
        pages.append(read(response).replace(code[:4] + "-" + code[4:], "").replace(code, ""))
        assert client.post(f"/en/door/{code}/", {"people": 1}).status_code == 200

    assert pages[0] == pages[1]
    assert "Show this code, or its picture, at the door" in pages[0]
    party.refresh_from_db()
    assert party.arrived == 0


def test_part_of_a_group_comes_in_on_its_own_page(client):
    party = place(hall(), party_size=3)
    stands_at_the_door(client)
    address = reverse("door_place", args=(party.code,))
    mark = re.search(r'name="mark" value="([^"]+)"', read(client.get(address)))[1]

    done = client.post(address, {"people": 2, "mark": mark}, follow=True)
    assert "Ana Olmo: 2 of 3 people are in." in read(done)

    too_many = client.post(address, {"people": 2, "mark": uuid4()})
    assert too_many.status_code == 409
    assert "Only 1 person of this group is not in yet." in read(too_many)
    none = client.post(address, {"people": 0, "mark": uuid4()})
    assert none.status_code == 422
    client.post(address, {"undo": party.arrivals.get().pk})
    party.refresh_from_db()
    assert party.arrived == 0


def test_a_scan_at_the_door_of_another_event_says_which(client):
    hall()
    elsewhere = place(make_event(title="Lantern night", starts_at=timezone.now()))
    stands_at_the_door(client)
    client.get(DOOR)
    address = reverse("door_place", args=(elsewhere.code,))

    page = client.get(address)
    sent = client.post(address, {"people": 1, "mark": uuid4()})

    assert "This place is at another event: “Lantern night”" in read(page)
    assert (sent.status_code, elsewhere.arrivals.count()) == (409, 0)


def test_a_scan_of_another_citys_place_or_of_nothing_is_refused_in_words(client):
    alder, puerto = city_pair()
    party = place(hall(cities=[puerto]))
    stands_at_the_door(client, alder)

    other = client.get(reverse("door_place", args=(party.code,)))
    nothing = client.get(reverse("door_place", args=(new_code(),)))

    assert (other.status_code, nothing.status_code) == (403, 404)
    assert "This event belongs to another city." in read(other)
    assert "Ana Olmo" not in read(other)
    assert "No place has the code" in read(nothing)


def test_who_waits_can_be_given_a_place_from_the_page(client):
    party = place(hall(), status="waiting")
    stands_at_the_door(client, may=("check_in", "manage_places"))

    page = read(client.get(reverse("door_place", args=(party.code,))))

    assert "number 1 on the waiting list." in page
    assert reverse("event_places:promote", args=(party.pk,)) in page
    assert 'name="people"' not in page


# What the holder shows ---------------------------------------------------------------------------


def test_the_holder_sees_the_code_and_its_picture(client):
    party = place(hall())
    mine = party.participant.resident

    signed = read(client.get(party.place_url))
    client.force_login(mine)
    listed = read(client.get(reverse("my_participation")))
    beside = read(client.get(party.event.url_in("en")))

    for page in (signed, listed):
        assert party.code_in_groups in page
        assert f"<title>Code for the door: {party.code_in_groups}</title>" in page
    assert party.code_in_groups in beside
    assert "style=" not in signed


def test_who_has_no_place_yet_has_no_picture(client):
    waiting = place(hall(), status="waiting")

    assert 'class="qr"' not in read(client.get(waiting.place_url))


def test_the_way_to_the_door_is_on_the_events_page_for_those_who_keep_it(client):
    hall()
    address = "/en/events/hall/"

    assert DOOR not in read(client.get(address))
    stands_at_the_door(client, is_staff=True)
    assert DOOR in read(client.get(address))
