"""An empty site of one's own, made once and never over somebody's work."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils.translation import get_language

from home.models import HomePage
from partnership.cities.models import City
from partnership.pages.models import BasePage
from tests.factories.cities import city_pair
from tests.factories.pages import leave_as_migrated

pytestmark = pytest.mark.django_db

PAIR = ("--city", "Alder Bay,en,Europe/London", "--city", "Puerto Almendro,es,Europe/Madrid,puerto")


@pytest.fixture(autouse=True)
def nobody_began(db):
    leave_as_migrated()


def start(*arguments: str) -> str:
    out = StringIO()
    call_command("start_partnership", *arguments, stdout=out)
    return out.getvalue()


def test_an_empty_site_with_two_cities_answers_in_both_languages(client):
    said = start(*PAIR)

    assert list(City.objects.values_list("code", "name_es", "language_code", "time_zone")) == [
        ("alder-bay", "Alder Bay", "en", "Europe/London"),
        ("puerto", "Puerto Almendro", "es", "Europe/Madrid"),
    ]
    assert "/en/" in said
    assert "/es/" in said
    for address in ("/en/", "/es/", "/en/events/", "/en/consultations/", "/en/roadmap/"):
        assert client.get(address).status_code == 200
    assert "yet: write them" not in said  # every language has words
    assert "signs for no city" in said
    in_menu = BasePage.objects.filter(show_in_menus=True).order_by("path")
    assert [page.title_en for page in in_menu] == ["Events", "Consultations", "Roadmap"]
    assert set(Group.objects.values_list("name", flat=True)) >= {"Editors", "Analysts"}


def test_it_names_the_languages_in_which_the_pages_have_no_words_yet(monkeypatch):
    monkeypatch.setattr("home.new_site.is_translated", lambda _words: get_language() != "es")

    said = start(*PAIR)

    assert "are no Español yet" in said
    assert "no English" not in said


@override_settings(TIME_ZONE="America/Denver")
def test_it_names_the_clock_the_days_are_counted_by_where_it_is_no_city_s():
    assert "clock of America/Denver: set TIME_ZONE to that of a city, such as Europe/London" in (
        start(*PAIR)
    )


def test_without_cities_there_is_one_for_each_language():
    start()

    assert list(City.objects.values_list("language_code", flat=True)) == ["en", "es"]


@override_settings(TIME_ZONE="Europe/Madrid")
def test_a_second_time_nothing_happens():
    assert "TIME_ZONE" not in start(*PAIR)  # the clock is a city's

    with pytest.raises(CommandError, match="nothing was changed"):
        start(*PAIR)

    assert (City.objects.count(), HomePage.objects.count()) == (2, 1)


def test_a_site_with_cities_is_left_alone():
    city_pair()

    with pytest.raises(CommandError, match="nothing was changed"):
        start(*PAIR)

    assert not HomePage.objects.exists()


def test_cities_that_cannot_be_understood_or_are_too_few_are_refused_whole():
    refused = {
        ("--city", "Alder Bay", *PAIR): "NAME,LANGUAGE,TIME_ZONE",
        ("--city", "Alder Bay,en,", *PAIR): "NAME,LANGUAGE,TIME_ZONE",
        ("--city", "Alder Bay,fr,Europe/London", *PAIR): "the language is one of en, es",
        ("--city", "Alder Bay,en,Europe/Nowhere", *PAIR): "no time zone has that name",
        ("--city", "日本,en,Asia/Tokyo", *PAIR): "add a code in Latin letters",
        PAIR[:2]: "two cities",
        (*PAIR[:2], *PAIR[:2]): "",  # of one code
    }

    for arguments, reason in refused.items():
        with pytest.raises(CommandError, match=reason):
            start(*arguments)

        assert not City.objects.exists(), arguments
