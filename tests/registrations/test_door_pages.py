"""The door of an event: who may open it, what it shows, what it answers to a phone."""

import json
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from events.registrations.codes import is_well_formed, new_code
from events.registrations.door import seeking, views
from events.registrations.door.services import check_in
from events.registrations.models import Arrival, Registration
from partnership.limits import Limit
from partnership.people import guests
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, read, stands_at_the_door
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


# Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "list/"])
def test_the_door_is_for_those_who_stand_there(client, page):
    alder, puerto = city_pair()
    party = place(hall(cities=[alder]))

    assert client.get(f"{DOOR}{page}").status_code == 302
    client.force_login(ResidentFactory())
    assert client.get(f"{DOOR}{page}").status_code == 403
    stands_at_the_door(client, puerto)
    other = client.get(f"{DOOR}{page}")
    assert other.status_code == 403
    assert "This event belongs to another city." in read(other)
    assert party.code not in read(other)
    stands_at_the_door(client, alder)
    assert party.code_in_groups in read(client.get(f"{DOOR}{page}"))


def test_both_cities_keep_the_door_of_a_joint_event(client):
    event = hall(cities=[])
    first, second = place(event), place(event)

    for city, party in zip(city_pair(), (first, second), strict=True):
        stands_at_the_door(client, city)
        client.post(DOOR, {"code": party.code, "mark": uuid4()})

    assert event.registrations.headcount() == {"inside": 2, "expected": 2}


def test_looking_at_places_is_not_letting_in(client):
    alder, _puerto = city_pair()
    party = place(hall(cities=[alder]))
    stands_at_the_door(client, alder, may=("view_registration", "view_people", "manage_places"))

    response = client.post(DOOR, {"code": party.code, "mark": uuid4()})

    party.refresh_from_db()
    assert (response.status_code, party.arrived) == (403, 0)


def test_an_event_that_is_not_there_has_no_door(client):
    stands_at_the_door(client)

    assert client.get("/en/events/nowhere/door/").status_code == 404


# The list ----------------------------------------------------------------------------------------


def test_the_list_is_in_the_readers_alphabet_and_tells_only_what_the_door_needs(client):
    alder, _puerto = city_pair()
    event = hall(title_es="Hall")
    for name in ("Zoe", "Ñusta", "Ágata", "Nuria"):
        place(event, name, city=alder, party_size=2, needs=f"{name} needs a ramp")
    secret = place(event, "Bea", answers={"q1": "Vegan"})
    Registration.objects.filter(pk=secret.pk).update(guardian_name="Rosa Tutor")
    place(event, "Wanda Waiting", status="waiting")
    place(event, "Gil Gone", status="cancelled", cancelled_at=timezone.now())
    stands_at_the_door(client)

    page = read(client.get("/es/eventos/hall/puerta/"))
    paper = read(client.get("/es/eventos/hall/puerta/lista/"))

    for shown in (page, paper):
        names = [shown.index(name) for name in ("Ágata", "Bea", "Nuria", "Ñusta", "Zoe")]
        assert names == sorted(names)
        assert "Zoe needs a ramp" in shown
        assert "Alder Bay" in shown
        hidden = ("Vegan", "Rosa Tutor", "Gil Gone", secret.participant.email)
        assert not any(each in shown for each in hidden)
    assert "Wanda Waiting" not in page
    assert paper.index("Wanda Waiting") > paper.index("Zoe")


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("page", "most"), [("", 14), ("list/", 14)])
def test_the_door_costs_the_same_for_1_and_3(client, django_assert_num_queries, many, page, most):
    event, host = hall(), stands_at_the_door(client)
    for number in range(many):
        party = place(event, f"Person {number}", party_size=2)
        check_in(party, by=host, mark=uuid4(), people=1)
    client.get(f"{DOOR}{page}")

    with django_assert_num_queries(most):
        shown = read(client.get(f"{DOOR}{page}"))

    assert shown.count("Person ") >= many


def test_a_guest_is_called_by_name_and_a_forgotten_one_a_guest(client):
    event = hall()
    details = guests.GuestDetails(
        email="ana@example.org", name="Ana Olmo", city=None, language_code="en"
    )
    guest = guests.recognise(details)
    RegistrationFactory(event=event, participant=guest, city=None)
    stands_at_the_door(client)

    assert "<bdi>Ana Olmo</bdi>" in read(client.get(DOOR))
    guest.contact.delete()
    assert "<bdi>guest</bdi>" in read(client.get(DOOR))


def test_who_waits_is_found_by_name_and_said_to_wait(client):
    event = hall()
    waiting = place(event, "Wanda Waiting", status="waiting", party_size=2)
    place(event, "Wim Waits", status="waiting")
    stands_at_the_door(client)

    found = read(client.get(DOOR, {"q": "wanda"}))

    assert "Nobody with a place has this name." in found
    assert f'href="{reverse("door_place", args=(waiting.code,))}"' in found
    assert "Wim Waits" not in found
    assert "Wanda Waiting" not in read(client.get(DOOR))


@pytest.mark.parametrize("works_for", [0, 1, None])
def test_the_door_tells_when_somebody_came_on_the_clock_of_whoever_stands_there(client, works_for):
    pair = city_pair()
    event = hall(time_zone=pair[0].time_zone)
    party = place(event)
    own = [] if works_for is None else [pair[works_for]]
    host = stands_at_the_door(client, *own, is_superuser=works_for is None)
    check_in(party, by=host, mark=uuid4())
    came = Arrival.objects.get().arrived_at

    local = came.astimezone(ZoneInfo(pair[works_for or 0].time_zone))
    for page in (DOOR, f"/en/door/{party.code}/"):
        assert f">{local:%H:%M}</time>" in read(client.get(page))


def test_a_name_narrows_the_list_and_a_code_leads_to_the_group(client):
    event = hall()
    one, _other = place(event, "Ángela Ruiz"), place(event, "Tom Reed")
    stands_at_the_door(client)

    named = read(client.get(DOOR, {"q": "angela"}))
    nobody = read(client.get(DOOR, {"q": "Quill"}))
    coded = client.get(DOOR, {"q": f"https://site.example/door/{one.code.lower()}/"})

    assert ("Ángela Ruiz" in named, "Tom Reed" in named) == (True, False)
    assert "Nobody with this name or code is expected." in nobody
    assert coded.url == reverse("door_place", args=(one.code,))


def test_a_name_that_happens_to_be_a_code_is_a_name(client):
    assert is_well_formed("CARLADEE")
    place(hall(), "Carla Dee")
    stands_at_the_door(client)

    response = client.get(DOOR, {"q": "Carla Dee"})

    assert (response.status_code, "Carla Dee</bdi>" in read(response)) == (200, True)


def test_a_code_of_nobody_is_refused_in_words_and_kept(client):
    place(hall())
    stands_at_the_door(client)
    code = "7" + new_code()[1:]

    response = client.get(DOOR, {"q": code})

    assert response.status_code == 409
    assert f'value="{code}"' in read(response)


@pytest.fixture
def two_misses(monkeypatch):
    """Nobody tries more than two codes that nobody has."""
    limit = Limit("test.door", per_person=2, per_address=9, seconds=600)
    monkeypatch.setattr(seeking, "MISSES", limit)


def test_guessing_codes_ends(client, two_misses):
    place(hall())
    stands_at_the_door(client)

    asked = [client.get(DOOR, {"q": f"7{new_code()[1:]}"}).status_code for _time in range(3)]

    assert asked == [409, 409, 429]


def test_who_guesses_on_is_not_told_that_a_guess_was_right(client, two_misses):
    party = place(hall())
    stands_at_the_door(client)
    here = f"/en/door/{party.code}/"

    right = [client.get(here).status_code for _time in range(5)]
    wrong = [client.post(f"/en/door/7{new_code()[1:]}/paper/").status_code for _time in range(2)]
    after = client.get(here)

    assert (right, wrong) == ([200] * 5, [302] * 2)
    assert after.status_code == 429
    assert "Ana Olmo" not in read(after)


# One act -----------------------------------------------------------------------------------------


def test_one_post_lets_a_group_in_and_a_double_click_is_one(client):
    event = hall()
    party = place(event, party_size=3)
    host = stands_at_the_door(client)
    sent = {"code": party.code, "mark": str(uuid4())}

    pages = [read(client.post(DOOR, sent, follow=True)) for _click in range(2)]

    assert all("Ana Olmo: all 3 people are in." in page for page in pages)
    assert "3 of 3 people are in." in pages[1]
    arrival = party.arrivals.get()
    assert arrival.checked_in_by == host
    undone = read(client.post(DOOR, {"undo": arrival.pk}, follow=True))
    assert "Ana Olmo: that was taken back." in undone
    assert "0 of 3 people are in." in undone


def test_who_was_let_in_by_the_other_door_is_told_apart(client):
    event = hall()
    party, other = place(event), ResidentFactory(name="Iker Other")
    stands_at_the_door(client)
    check_in(party, by=other, mark=uuid4())

    response = client.post(DOOR, {"code": party.code, "mark": uuid4()})

    assert response.status_code == 409
    assert "let in by Iker Other." in read(response)


@pytest.mark.parametrize("sent", [{}, {"code": "X"}, {"code": "X", "mark": "no"}, {"undo": "x"}])
def test_what_no_button_sends_is_not_found(client, unwritten, sent):
    hall()
    stands_at_the_door(client)

    assert client.post(DOOR, sent).status_code == 404


def test_an_arrival_at_another_event_is_not_taken_back_here(client):
    hall()
    host = stands_at_the_door(client)
    party = place(make_event(starts_at=timezone.now()))
    check_in(party, by=host, mark=uuid4())

    response = client.post(DOOR, {"undo": party.arrivals.get().pk})

    party.refresh_from_db()
    assert (response.status_code, party.arrived) == (404, 1)


# What a phone sends ------------------------------------------------------------------------------


def send(client, *ticks, address=f"{DOOR}ticks/", body=None):
    body = json.dumps({"ticks": ticks}) if body is None else body
    return client.post(address, body, content_type="application/json")


def tick(party, **fields):
    return {"code": party.code, "mark": str(uuid4()), **fields}


def test_a_phone_sends_what_it_noted_and_is_answered_each(client):
    event = hall()
    party, waiting = place(event, party_size=2), place(event, status="waiting")
    stands_at_the_door(client)
    noted = tick(party, people=2, at=timezone.now().isoformat()), tick(waiting, people=None)

    first, again = send(client, *noted), send(client, *noted)

    assert first.json() == again.json()
    assert first.json()["count"] == "2 of 2 people are in."
    told = [outcome["refused"] for outcome in first.json()["outcomes"]]
    assert told == ["", "This is no place yet: number 1 on the waiting list."]


def test_after_the_page_got_another_address_a_phone_still_sends_what_it_noted(
    client, django_capture_on_commit_callbacks
):
    event = hall()
    party, other = place(event), place(event, "Bo Reed")
    stands_at_the_door(client)
    with django_capture_on_commit_callbacks(execute=True):
        event.slug = "great-hall"
        event.save()

    sent = send(client, tick(party))
    opened = client.get(DOOR)

    assert sent.json()["outcomes"][0]["refused"] == ""
    assert (opened.status_code, opened["Location"]) == (302, "/en/events/great-hall/door/")
    page = read(client.post(DOOR, {"code": other.code, "mark": str(uuid4())}, follow=True))
    assert "2 of 2 people are in." in page


def test_a_phone_without_a_session_or_at_another_citys_door_keeps_what_it_has(client):
    alder, puerto = city_pair()
    party = place(hall(cities=[puerto]))

    assert send(client, tick(party)).status_code == 401
    stands_at_the_door(client, alder)
    assert send(client, tick(party)).status_code == 403
    client.force_login(ResidentFactory())
    assert send(client, tick(party)).status_code == 403
    party.refresh_from_db()
    assert party.arrived == 0


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"ticks": 1}', '{"ticks": [1]}', '{"ticks": ["x"]}', '{"ticks": [{}]}',
        "[" * 5000, "\x00", '{"ticks": [{"code": "\\ud800", "mark": "x"}]}',
        '{"ticks": [{"code": ["A"], "mark": {"a": 1}, "people": "1e9", "at": "yesterday"}]}',
    ],
)  # fmt: skip
def test_what_our_script_does_not_send_is_refused(client, unwritten, body):
    hall()
    stands_at_the_door(client)

    assert send(client, body=body).status_code == 400


def test_a_hundred_notes_at_a_time_and_not_one_more(client):
    party = place(hall())
    stands_at_the_door(client)

    assert send(client, *[tick(party) for _each in range(101)]).status_code == 400


def test_a_phone_that_sends_too_often_waits(client, monkeypatch):
    party = place(hall())
    stands_at_the_door(client)
    limit = views.Limit("test.ticks", per_person=1, per_address=9, seconds=600)
    monkeypatch.setattr(views, "SENDINGS", limit)

    assert [send(client, tick(party)).status_code for _time in range(2)] == [200, 429]


def test_a_phone_that_guesses_codes_waits_and_one_that_does_not_never_does(
    client, unwritten, two_misses
):
    event = hall()
    parties = [place(event, f"Guest {number}") for number in range(4)]
    stands_at_the_door(client)

    honest = [send(client, *map(tick, parties)).status_code for _time in range(3)]
    guessed = [send(client, {**tick(parties[0]), "code": f"7{new_code()[1:]}"}) for _ in range(3)]

    assert honest == [200] * 3
    assert [answer.status_code for answer in guessed] == [200, 200, 429]
    assert send(client, tick(parties[0])).status_code == 429


@pytest.mark.parametrize("page", ["{door}list/", "/en/door/{code}/"])
def test_the_door_tells_when_it_begins_on_the_clock_of_every_city_that_keeps_it(client, page):
    alder, puerto = city_pair()
    starts_at = timezone.now().replace(hour=12, minute=0) + timedelta(days=1)
    event = make_event(title="Hall", starts_at=starts_at, time_zone=alder.time_zone)
    party = place(event)
    stands_at_the_door(client, puerto)

    shown = strip_tags(read(client.get(page.format(door=DOOR, code=party.code))))

    for city in (alder, puerto):
        local = starts_at.astimezone(ZoneInfo(city.time_zone))
        assert f"{local:%H:%M} {city.name}" in shown
