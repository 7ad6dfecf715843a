"""The way to a place: from the event's page over the form and back."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from events.registrations.models import CityQuota, Registration, SignUpOption, SignUpQuestion
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, at, in_every_language, make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token

pytestmark = pytest.mark.django_db


def school_street(**fields):
    alder, puerto = city_pair()
    titles = {"title_en": "School street", "title_es": "La calle"}
    event = make_event(**{**titles, **fields})
    add_venue(event, alder, "Rope Works")
    add_venue(event, puerto, "Market")
    return event


def filled(**fields):
    choices = {"party_size": "2", "joins_in": "puerto", "language_code": "es", "needs": ""}
    return {**choices, "form_token": fresh_token(), **fields}


@pytest.fixture
def resident(client):
    resident = ResidentFactory(language_code="en")
    client.force_login(resident)
    return resident


@pytest.mark.parametrize(
    ("button", "door"), [("join", "account_signup"), ("sign_in", "account_login")]
)
def test_a_visitor_is_led_to_an_account_and_back_to_what_was_typed(client, button, door):
    event = school_street()
    address = "/en/events/school-street/sign-up/"
    page = client.get(f"{address}?party_size=3&joins_in=puerto").content.decode()
    sent = filled(party_size="3", language_code="any", needs="A ramp", email="half@")

    led = client.post(address, {**sent, "account": button})

    assert f'formnovalidate name="account" value="{button}">' in page
    assert led["Location"] == f"{reverse(door)}?next={address}"
    client.force_login(ResidentFactory())
    form = client.get(address).content.decode()
    assert event.title in form
    assert re.search(r'name="party_size" value="3"', form)
    assert re.search(r'value="puerto"[^>]* checked', form)
    assert re.search(r'value="any"[^>]* checked', form)
    assert "A ramp</textarea>" in form
    assert not Registration.objects.exists()


def test_the_form_starts_in_the_residents_city(client, resident):
    event = school_street()
    resident.city = city_pair()[1]
    resident.save()

    form = client.get(event.url_in("en")).content.decode()

    assert re.search(r'value="puerto"[^>]* checked', form)
    assert "form_token" in form


def test_choices_that_make_no_sense_are_not_taken_over(client, resident):
    school_street()
    query = {"party_size": "-1<", "joins_in": "atlantis", "language_code": "xx"}

    form = client.get("/en/events/school-street/sign-up/", query).content.decode()

    assert re.search(r'name="party_size" value="1"', form)
    assert "atlantis" not in re.sub(r'href="[^"]*"', "", form)


def test_a_resident_takes_a_place_and_sees_it_on_the_page(client, resident):
    event = school_street(capacity=5)

    response = client.post("/en/events/school-street/sign-up/", filled(needs=" A ramp "))

    registration = Registration.objects.get()
    assert response.status_code == 302
    assert response["Location"] == event.url_in("en")
    assert (registration.party_size, registration.joins_in.code) == (2, "puerto")
    assert (registration.language_code, registration.needs) == ("es", "A ramp")
    page = client.get(event.url_in("en")).content.decode()
    assert "You have a place" in page
    assert registration.code in page
    assert reverse("cancel_place", args=(registration.code,)) in page


def test_either_language_at_the_table_is_stored_as_none(client, resident):
    school_street()

    client.post("/en/events/school-street/sign-up/", filled(language_code="any"))

    assert Registration.objects.get().language_code == ""


def test_one_venue_is_no_question(client, resident):
    event = make_event(title="One hall")
    add_venue(event, city_pair()[1])

    client.post("/en/events/one-hall/sign-up/", filled())

    assert Registration.objects.get().joins_in == city_pair()[1]


def test_the_form_sent_twice_is_one_place_and_no_error(client, resident):
    event, form = school_street(), filled()
    client.post("/en/events/school-street/sign-up/", form)

    response = client.post("/en/events/school-street/sign-up/", form, follow=True)

    assert Registration.objects.count() == 1
    assert response.redirect_chain == [(event.url_in("en"), 302)]
    assert "We already have this." in response.content.decode()


def test_a_second_tab_is_told_that_there_is_a_place(client, resident):
    event = school_street()
    RegistrationFactory(event=event, participant__resident=resident)

    response = client.post("/en/events/school-street/sign-up/", filled())

    assert response.status_code == 409
    assert "You have a place" in response.content.decode()
    assert Registration.objects.count() == 1


def test_a_full_event_keeps_what_was_typed_and_says_what_is_left(client, resident):
    event = school_street(capacity=3)
    RegistrationFactory(event=event, party_size=2)

    response = client.post(
        "/en/events/school-street/sign-up/", filled(needs="Sign language, please")
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Only 1 place is left." in page
    assert "Sign language, please" in page
    assert re.search(r'value="puerto"[^>]* checked', page)
    assert re.search(r'name="party_size" value="2"[^>]*aria-invalid="true"', page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"capacity": 1, "has_waiting_list": False}, "All places are taken."),
        ({"event_status": "cancelled"}, "This event has been cancelled"),
        ({"sign_up_closes_at": at(2020, 1, 1)}, "Sign-up for this event has closed."),
        ({"sign_up_opens_at": at(2098, 1, 1), "starts_at": at(2099, 1, 1)}, "Sign-up opens on"),
        ({"takes_sign_up": False}, "just come"),
    ],
)
def test_where_there_is_no_form_the_page_says_why(client, resident, fields, sentence):
    event = school_street(**fields)
    RegistrationFactory(event=event)

    for address in (event.url_in("en"), "/en/events/school-street/sign-up/"):
        page = client.get(address).content.decode()
        assert sentence in page
        assert 'name="party_size"' not in page


def test_a_session_that_ran_out_loses_nothing(client):
    school_street()

    response = client.post("/en/events/school-street/sign-up/", filled(needs="A ramp"))

    assert response.status_code == 302
    assert not Registration.objects.exists()
    assert "ramp" not in response["Location"]
    client.force_login(ResidentFactory())
    way_back = parse_qs(urlsplit(response["Location"]).query)["next"][0]
    form = client.get(way_back).content.decode()
    assert "A ramp" in form
    assert re.search(r'name="party_size" value="2"', form)


def test_the_other_languages_address_leads_to_the_right_one(client):
    school_street()
    with translation.override("es"):
        wrong, right = (
            reverse("event_sign_up", args=(slug,)) for slug in ("school-street", "la-calle")
        )

    response = client.get(f"{wrong}?party_size=2")

    assert response.status_code == 302
    assert response["Location"] == f"{right}?party_size=2"


@pytest.mark.parametrize("slug", ["nowhere", "draft"])
def test_what_is_not_public_is_not_found(client, unwritten, resident, slug):
    make_event(title="Draft", live=False)

    assert client.get(f"/en/events/{slug}/sign-up/").status_code == 404
    assert client.post(f"/en/events/{slug}/sign-up/", filled()).status_code == 404
    assert client.get(f"/en/events/{slug}/calendar.ics").status_code == 404


def test_the_first_sign_up_of_an_account_costs_14_queries_with_all_one_can_ask(client, resident):
    event = school_street(capacity=6)
    for city in city_pair():
        CityQuota.objects.create(event=event, city=city, places=2)
    question = SignUpQuestion.objects.create(
        event=event, type="single_choice", **in_every_language("text", "Which?")
    )
    option = SignUpOption.objects.create(question=question, **in_every_language("label", "This"))
    chosen = {f"question_{question.identifier}": option.identifier}
    client.get("/en/events/school-street/sign-up/")

    with CaptureQueriesContext(connection) as captured:
        response = client.post("/en/events/school-street/sign-up/", filled(**chosen))

    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert response.status_code == 302
    assert len(queries) == 14


def test_giving_a_place_back_asks_first(client, resident):
    registration = RegistrationFactory(participant__resident=resident)
    address = reverse("cancel_place", args=(registration.code,))

    asked = client.get(address)
    registration.refresh_from_db()
    assert asked.status_code == 200
    assert registration.is_active

    done = client.post(address, follow=True)
    registration.refresh_from_db()
    assert not registration.is_active
    assert "Your place is free for somebody else." in done.content.decode()


def test_giving_back_twice_is_told_and_harmless(client, resident):
    registration = RegistrationFactory(participant__resident=resident)
    address = reverse("cancel_place", args=(registration.code,))
    client.post(address)

    again = client.post(address, follow=True)

    assert again.status_code == 200
    assert "cannot be given back" in again.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_residents_place_is_not_found(client, resident, method):
    registration = RegistrationFactory()
    address = reverse("cancel_place", args=(registration.code,))

    response = getattr(client, method)(address)

    registration.refresh_from_db()
    assert response.status_code == 404
    assert registration.is_active


def test_a_visitor_cannot_give_a_place_back(client):
    registration = RegistrationFactory()

    response = client.post(reverse("cancel_place", args=(registration.code,)))

    registration.refresh_from_db()
    assert response.status_code == 302
    assert registration.is_active


def test_my_participation_lists_ones_own_places(client, resident):
    own = RegistrationFactory(participant__resident=resident, event=make_event(title="Mine"))
    RegistrationFactory(event=make_event(title="Not mine"))

    page = client.get(reverse("my_participation")).content.decode()

    assert "Mine" in page
    assert own.code in page
    assert "Not mine" not in page


def test_what_is_typed_about_a_place_is_kept_when_the_language_changes(client, resident):
    event = school_street()
    own = RegistrationFactory(event=make_event(), participant__resident=resident)
    changing = reverse("place_change", args=(own.key,))

    pages = {
        f"place-{event.pk}": (event.url_in("en"), event.sign_up_url),
        f"change-{own.event_id}": (changing,),
    }

    for mark, addresses in pages.items():
        for address in addresses:
            page = client.get(address).content.decode()
            assert f'novalidate data-typed="{mark}"' in page
            assert "js/typed" in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("registered", "Your place"),
        ("waiting", "Your turn in line"),
        ("offered", "Take it or pass it on"),
        ("cancelled", "Take a place"),
    ],
)
def test_the_button_below_the_summary_knows_ones_own_place(client, resident, status, words):
    event = school_street(has_waiting_list=True)
    now = timezone.now()
    its_time = {
        "offered": {"offer_expires_at": now + timedelta(hours=1)},
        "cancelled": {"cancelled_at": now},
    }.get(status, {})
    RegistrationFactory(event=event, participant__resident=resident, status=status, **its_time)

    page = client.get(event.url_in("en")).content.decode()

    button = re.search(r'<a class="btn" href="#sign-up">([^<]+)', page)
    assert button[1].strip() == words


def test_a_full_event_offers_no_waiting_list_to_whoever_is_on_it(client, resident):
    event = school_street(capacity=1, has_waiting_list=True)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, participant__resident=resident, status="waiting")

    page = client.get(event.url_in("en")).content.decode()

    assert "Your turn in line" in page
    assert "Join the waiting list" not in page
