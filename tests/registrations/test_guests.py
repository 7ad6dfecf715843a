"""A guest's way: from the form over the mail to a place, and back, without an account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.registrations.models import CityQuota, Registration, SignUpOption, SignUpQuestion
from events.registrations.services import cancel
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.models import GuestContact
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, in_every_language, make_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory, fresh_token
from tests.people.second_step import give_second_step

pytestmark = pytest.mark.django_db
FORM, CODE = "/en/events/hall/sign-up/", "/en/events/hall/sign-up/code/"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def hall(**fields):
    city_pair()
    return make_event(title="Hall", **fields)


def typed(**changes):
    told = {"name": "Ana Olmo", "email": "Ana@example.org", "city": "puerto"}
    choices = {"party_size": "2", "language_code": "en", "needs": "A ramp"}
    return {**told, **choices, "form_token": fresh_token(), **changes}


def code_sent(to="ana@example.org"):
    mail = OutgoingMail.objects.filter(kind="guest_code", to=to).latest("pk")
    return re.search(r"\d{4}-\d{4}", mail.text)[0]


def link_in(kind):
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return re.search(r"https?://[^/]+(/\S*places/\S+)", mail.text)[1]


def signed_up(client, **changes):
    client.post(FORM, typed(**changes))
    return client.post(CODE, {"code": code_sent()})


def test_a_guest_takes_a_place_with_a_code_from_the_mail(client):
    hall(capacity=5)

    asked = client.post(FORM, typed())
    assert (asked.status_code, asked["Location"]) == (302, CODE)
    assert not Registration.objects.exists()
    assert "ana@example.org" in client.get(CODE).content.decode()
    done = client.post(CODE, {"code": code_sent()}, follow=True)

    place = Registration.objects.select_related("participant__contact").get()
    assert (place.party_size, place.needs, place.city) == (2, "A ramp", city_pair()[1])
    assert place.participant.name == "Ana Olmo"
    page = done.content.decode()
    assert "You have a place" in page
    assert place.code in page
    assert all(f"</time> {city.name}" in page for city in city_pair())  # when, on both clocks
    assert not get_user(client).is_authenticated
    assert OutgoingMail.objects.get(kind="registration_confirmed").to == "ana@example.org"


def test_an_address_is_kept_as_long_as_its_event_is_ahead_even_when_that_is_later_than_planned(
    client,
):
    event = hall()
    signed_up(client)
    GuestContact.objects.update(keep_until=timezone.now() - timedelta(seconds=1))
    event.starts_at = timezone.now() + timedelta(days=400)
    event.ends_at = event.starts_at + timedelta(hours=1)
    event.save()
    assert guests.forget_contacts() == 0

    event.ends_at = timezone.now() - timedelta(days=61)
    event.starts_at = event.ends_at - timedelta(hours=1)
    event.save()

    assert guests.forget_contacts() == 1


def with_everything_one_can_ask():
    """Two venues, a quota for each city, and a question with options; what one chooses there."""
    event = hall(capacity=5)
    for city in city_pair():
        CityQuota.objects.create(event=event, city=city, places=2)
        add_venue(event, city)
    question = ask(event, "single_choice", "ab")
    return {f"question_{question.identifier}": question.options.first().identifier}


def test_a_guests_sign_up_costs_nine_queries_and_the_code_fifteen_with_all_one_can_ask(client):
    chosen = with_everything_one_can_ask()
    client.get(FORM)
    with CaptureQueriesContext(connection) as asking:
        client.post(FORM, typed(joins_in="alder", **chosen))
    code = code_sent()
    with CaptureQueriesContext(connection) as taking:
        client.post(CODE, {"code": code})

    spent = [
        sum("SAVEPOINT" not in query["sql"] for query in captured) for captured in (asking, taking)
    ]
    assert Registration.objects.exists()
    assert spent == [9, 15]


def test_who_gave_the_place_back_and_comes_again_costs_fifteen_queries_too(client):
    chosen = with_everything_one_can_ask()
    signed_up(client, joins_in="alder", **chosen)
    place = cancel(Registration.objects.get())
    client.post(FORM, typed(joins_in="puerto", needs="A lift", **chosen))
    code = code_sent()
    with CaptureQueriesContext(connection) as captured:
        client.post(CODE, {"code": code})

    again = Registration.objects.get()
    assert (again.pk, again.code, again.needs) == (place.pk, place.code, "A lift")
    assert sum("SAVEPOINT" not in query["sql"] for query in captured) == 15


def test_a_wrong_code_takes_no_place_and_keeps_the_page(client):
    hall()
    client.post(FORM, typed())

    response = client.post(CODE, {"code": "0000-0000"})

    assert response.status_code == 422
    assert "This is not the code we sent." in response.content.decode()
    assert not Registration.objects.exists()


def test_the_code_sent_twice_leads_to_the_same_place(client):
    hall()
    client.post(FORM, typed())
    code = code_sent()
    first = client.post(CODE, {"code": code})

    again = client.post(CODE, {"code": code})

    assert again["Location"] == first["Location"]
    assert Registration.objects.count() == 1


def test_a_second_click_that_does_not_know_the_new_session_yet_is_told_that_it_counts(client):
    hall()
    client.post(FORM, typed())
    second, code = Client(), code_sent()
    second.cookies.load({name: one.value for name, one in client.cookies.items()})

    client.post(CODE, {"code": code})
    again = second.post(CODE, {"code": code}, follow=True)

    assert "If you have just typed it, it counts" in again.content.decode()
    assert Registration.objects.count() == 1


def test_another_code_can_be_asked_for_but_not_without_end(client):
    hall()
    client.post(FORM, typed())
    old = code_sent()

    for _time in range(2):
        client.post(CODE, {"action": "resend"})
    too_often = client.post(CODE, {"action": "resend"})

    assert too_often.status_code == 429
    assert "Too many attempts" in too_often.content.decode()
    assert OutgoingMail.objects.filter(kind="guest_code").count() == 3
    if code_sent() != old:
        assert client.post(CODE, {"code": old}).status_code == 422


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    hall()

    response = client.post(FORM, typed(email="nobody", city=""))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Write an e-mail address like name@example.org." in page
    assert "Choose where you live." in page
    assert "A ramp" in page
    assert not OutgoingMail.objects.exists()


def test_a_refusal_after_the_code_keeps_everything_and_asks_for_no_second_code(client):
    event = hall(capacity=3)
    RegistrationFactory(event=event, party_size=2)

    refused = signed_up(client)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Only 1 place is left." in page
    assert "Put all of us on the waiting list instead" in page
    assert all(words in page for words in ("Ana Olmo", "Ana@example.org", "A ramp"))

    done = client.post(FORM, typed(party_size="1"), follow=True)
    assert "You have a place" in done.content.decode()
    assert OutgoingMail.objects.filter(kind="guest_code").count() == 1


def test_a_guest_who_comes_again_is_led_to_the_place_there_is(client):
    hall()
    first = signed_up(client)

    again = signed_up(Client())

    assert again["Location"] == first["Location"]
    assert Registration.objects.count() == 1


def test_an_address_of_an_account_takes_the_place_for_the_account(client):
    hall()
    account = ParticipantFactory(resident__email="ana@example.org")

    signed_up(client)

    assert Registration.objects.get().participant == account
    assert not GuestContact.objects.exists()
    assert not get_user(client).is_authenticated


# The link in the mail ----------------------------------------------------------------------------


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_code_alone_takes_no_place_for_an_account_with_two_keys(client, is_staff):
    hall()
    ana = ResidentFactory(email="ana@example.org", is_staff=is_staff)
    if not is_staff:
        give_second_step(ana)

    led = signed_up(client)
    client.post(FORM, typed(needs="Another ramp"))  # nor is the address confirmed from now on

    assert led["Location"] == f"/en/account/sign-in/?next={FORM}"
    assert not Registration.objects.exists()
    client.force_login(ana)
    assert "Another ramp" in client.get(FORM).content.decode()


def test_the_link_of_the_mail_shows_and_only_a_button_acts(client):
    event = hall(capacity=2)
    signed_up(client)
    link = link_in("registration_confirmed")
    stranger = Client()

    assert "You have a place" in stranger.get(link).content.decode()
    stranger.get(f"{link}give-back/")
    assert event.registrations.registered().count() == 1
    done = stranger.post(f"{link}give-back/", follow=True)

    assert "You have no place any more" in done.content.decode()
    assert event.registrations.registered().count() == 0
    assert not get_user(stranger).is_authenticated


def test_a_forged_link_is_told_in_words(client):
    hall()
    signed_up(client)
    link = link_in("registration_confirmed")

    for forged in (link.replace(".", ".x"), "/en/places/x/", link[:-3] + "/"):
        response = client.get(forged)
        assert response.status_code == 404
        assert "This link is incomplete, or not ours." in response.content.decode()
    spanish = client.get("/es/plazas/x/")
    assert spanish.status_code == 404
    assert "Este enlace" in spanish.content.decode()


def test_a_place_is_changed_from_the_mail(client):
    hall(capacity=5)
    signed_up(client)
    link = link_in("registration_confirmed")
    form = client.get(f"{link}change/").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', form)[1]
    choices = {"party_size": "4", "language_code": "any", "needs": "A lift", "form_token": token}

    done = client.post(f"{link}change/", choices, follow=True)

    assert "Your change is saved." in done.content.decode()
    place = Registration.objects.get()
    assert (place.party_size, place.needs, place.language_code) == (4, "A lift", "")
    assert OutgoingMail.objects.filter(kind="registration_changed").count() == 1
    refused = client.post(f"{link}change/", {**choices, "form_token": "x", "party_size": "9"})
    assert refused.status_code == 409


def test_an_offer_is_taken_by_one_button_and_an_ended_one_is_told(client):
    event = hall(capacity=1)
    holder = RegistrationFactory(event=event)
    signed_up(client, party_size="1")
    waiting_page = client.get(link_in("registration_waiting")).content.decode()
    assert "You are number 1 in line." in waiting_page
    from events.registrations.services import cancel

    cancel(holder)
    link = link_in("registration_offered")
    assert "Take the place" in client.get(link).content.decode()

    done = client.post(link, {"action": "accept"}, follow=True)

    assert "You have a place" in done.content.decode()
    late = client.post(link, {"action": "accept"}, follow=True)
    assert "This offer has ended" in late.content.decode()


# What is asked -----------------------------------------------------------------------------------


def ask(event, type="text", options=(), **fields):  # noqa: A002 - the column's name
    question = SignUpQuestion.objects.create(
        event=event, type=type, **in_every_language("text", f"A {type}?"), **fields
    )
    for label in options:
        SignUpOption.objects.create(question=question, **in_every_language("label", label))
    return question


def test_a_tick_that_is_sent_again_and_again_counts_once(client):
    event = hall()
    client.force_login(ResidentFactory())
    some = ask(event, "multiple_choice", "cd")
    first, second = (option.identifier for option in some.options.all())
    ticks = {f"question_{some.identifier}": [second, first, second, second]}
    choices = {"party_size": "1", "language_code": "en", "needs": ""}

    client.post(FORM, {**choices, **ticks, "form_token": fresh_token()})

    assert Registration.objects.get().answers == {some.identifier: [first, second]}


def test_the_events_questions_are_answered_and_read_again(client):
    event = hall()
    client.force_login(ResidentFactory())
    text = ask(event, required=True)
    one, some = ask(event, "single_choice", "ab"), ask(event, "multiple_choice", "cd")
    number, day = ask(event, "number"), ask(event, "date")
    first, second = some.options.all()
    answers = {
        f"question_{text.identifier}": "Harbour School",
        f"question_{one.identifier}": one.options.first().identifier,
        f"question_{some.identifier}": [first.identifier, second.identifier],
        f"question_{number.identifier}": "12",
        f"question_{day.identifier}": "2012-02-29",
    }
    choices = {"party_size": "1", "language_code": "en", "needs": ""}

    missing = client.post(FORM, {**choices, "form_token": fresh_token()})
    assert (missing.status_code, Registration.objects.count()) == (422, 0)
    client.post(FORM, {**choices, **answers, "form_token": fresh_token()})

    place = Registration.objects.get()
    assert place.answers == {
        text.identifier: "Harbour School",
        one.identifier: one.options.first().identifier,
        some.identifier: [first.identifier, second.identifier],
        number.identifier: 12,
        day.identifier: "2012-02-29",
    }
    page = client.get(place.place_url).content.decode()
    assert all(words in page for words in ("Harbour School", "c, d", "29 February 2012"))


def test_under_18_a_guardian_is_asked_for(client):
    hall(takes_minors=True)
    client.force_login(ResidentFactory())
    choices = {"party_size": "1", "language_code": "en", "needs": "", "age": "minor"}

    alone = client.post(FORM, {**choices, "form_token": fresh_token()})
    assert alone.status_code == 422
    assert "Under 18 you need a parent or guardian" in alone.content.decode()

    consent = {"guardian_name": "Eva Olmo", "guardian_agrees": "on"}
    client.post(FORM, {**choices, **consent, "form_token": fresh_token()})
    place = Registration.objects.get()
    assert (place.is_minor, place.guardian_name) == (True, "Eva Olmo")
    assert place.guardian_agreed_at is not None
