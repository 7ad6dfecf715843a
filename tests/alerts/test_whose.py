"""For which city somebody acts on an alert, and what was taken back before it began."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from home.alerts.band import names_of
from home.alerts.models import Alert, Channel
from home.alerts.services import end
from home.alerts.telling import who_asked
from tests.factories.alerts import HOUR, alerter_of, make_alert, make_channel, was_tested, wish_of
from tests.factories.cities import city_pair
from tests.factories.committees import days_ago
from tests.factories.official import editor_of
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def test_who_works_for_several_cities_acts_for_the_one_the_alert_is_about():
    alder, puerto = city_pair()
    alert = make_alert(cities=[puerto])

    end(alert, by=editor_of(alder, puerto))

    assert alert.steps.get().city == puerto


def test_who_works_for_none_of_its_cities_acts_for_none():
    alder, puerto = city_pair()
    alert = make_alert(cities=[puerto])

    end(alert, by=editor_of(alder))

    assert alert.steps.get().city is None


def test_what_was_taken_back_before_it_began_is_never_shown():
    now = timezone.now()
    alert = make_alert(starts_at=now + HOUR, ends_at=now + 3 * HOUR, ended_at=now)
    later = now + 2 * HOUR

    assert not any(alert.is_shown(now + timedelta(hours=hours)) for hours in range(5))
    assert alert.is_over(later)
    assert not Alert.objects.lasting().exists()


def test_who_works_for_no_city_has_no_alert_not_even_those_about_all():
    alder, puerto = city_pair()
    everybody, of_puerto = make_alert(), make_alert(cities=[puerto])

    assert list(Alert.objects.of_editor(editor_of())) == []
    assert list(Alert.objects.of_editor(editor_of(alder))) == [everybody]
    assert set(Alert.objects.of_editor(editor_of(puerto))) == {everybody, of_puerto}


def test_where_every_city_is_chosen_it_is_said_in_two_words():
    alder, puerto = cities = list(city_pair())
    both = {alder.pk, puerto.pk}

    assert names_of(both, cities) == names_of({None}, cities) == "all cities"
    assert names_of({puerto.pk}, cities) == str(puerto)


def test_what_was_declared_over_before_its_hour_stands_among_what_is_over(client):
    alert = make_alert("The bridge is closed")
    end(alert, by=editor_of(*city_pair()))

    page = client.get(reverse("alerts"))

    assert [row["alert"] for row in page.context["over"]] == [alert]
    assert page.context["in_force"] == []


def test_of_two_tests_of_a_channel_the_later_one_is_told():
    alder, puerto = city_pair()
    channel = make_channel()
    was_tested(channel, puerto, days_ago(3))
    was_tested(channel, alder, days_ago(30))

    found = Channel.objects.with_last_test().get()

    assert (found.last_tested_on, found.tested_by) == (days_ago(3), puerto.pk)


def test_an_alert_is_over_at_its_last_instant_and_not_before():
    alert = make_alert()
    just_before = alert.ends_at - timedelta(microseconds=1)

    assert (alert.is_shown(just_before), alert.is_over(just_before)) == (True, False)
    assert (alert.is_shown(alert.ends_at), alert.is_over(alert.ends_at)) == (False, True)


def test_what_was_to_end_before_somebody_said_so_was_over_by_the_clock():
    now = timezone.now()
    by_the_clock = make_alert(starts_at=now - 3 * HOUR, ends_at=now - 2 * HOUR, ended_at=now)
    by_hand = make_alert(ended_at=now)

    assert (by_the_clock.over_at, by_hand.over_at) == (by_the_clock.ends_at, now)


def test_what_was_taken_back_before_it_began_was_never_public():
    now = timezone.now()
    seen = make_alert(ended_at=now)
    make_alert(starts_at=now - HOUR, ended_at=now - 2 * HOUR)

    assert list(Alert.objects.public()) == [seen]


def test_nobody_notes_a_test_of_a_channel_no_office_of_theirs_answers_for(client):
    alder, puerto = city_pair()
    channel = make_channel(puerto)
    address = reverse("channel_tested", args=(channel.pk,))

    answers = []
    for city in (alder, puerto):
        client.force_login(alerter_of(city))
        answers.append(client.post(address, {"city": puerto.pk}).status_code)

    assert answers == [404, 302]
    assert channel.tests.get().city == puerto


def test_nobody_is_alerted_at_an_address_they_have_not_confirmed():
    reader = ResidentFactory(city=city_pair()[0])
    wish_of(reader)
    alert = make_alert()
    before = who_asked(alert).count()

    EmailAddress.objects.filter(user=reader).update(verified=False)
    EmailAddress.objects.create(user=reader, email="old@example.org", verified=True)

    assert (before, who_asked(alert).count()) == (1, 0)
