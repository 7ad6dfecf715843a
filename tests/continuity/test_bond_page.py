"""Readers learn how the partnership stands on every page, and what it rests on on its own."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from home.models import PartnershipSettings
from tests.factories.consultations import make_consultation
from tests.factories.continuity import let_it_stand, make_instrument
from tests.factories.days import todays_date
from tests.factories.home import make_text
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree", "cities")]

PAGES = {"en": "/en/partnership/", "es": "/es/hermanamiento/"}


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_active_partnership_says_nothing_at_the_top(client):
    make_text("About us")

    assert 'class="alert"' not in client.get("/en/about-us/").content.decode()


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "This partnership is paused."), ("es", "Este hermanamiento está en pausa.")],
)
def test_a_paused_one_says_so_on_every_page_in_the_readers_language(client, code, words):
    make_text("About us")
    reasons = {"reason_en": "A flood.", "reason_es": "Una inundación."}
    let_it_stand("paused", until=date(2050, 3, 1), **reasons)

    for path in (f"/{code}/", f"/{code}/about-us/", PAGES[code]):
        text = text_of(client, path)
        assert words in text
        assert reasons[f"reason_{code}"] in text
        assert "2050" in text
    assert f'href="{PAGES[code]}"' in client.get(f"/{code}/about-us/").content.decode()


def test_a_page_kept_for_visitors_is_renewed_by_the_last_signature(
    client, django_capture_on_commit_callbacks
):
    make_text("About us")
    before = text_of(client, "/en/about-us/")

    with django_capture_on_commit_callbacks(execute=True):
        let_it_stand("limited")

    assert "This partnership is limited." not in before
    assert "This partnership is limited." in text_of(client, "/en/about-us/")


def test_pausing_hides_no_promise_and_stops_no_consultation(client):
    consultation = make_consultation()
    promise = make_commitment(make_roadmap(), title_en="A ramp", title_es="Una rampa")
    paths = (consultation.get_url(), promise.roadmap.get_url(), "/en/ledger/", "/en/search/")
    before = {path: client.get(path).status_code for path in paths}

    let_it_stand("paused")

    assert {path: client.get(path).status_code for path in paths} == before
    assert "A ramp" in text_of(client, promise.roadmap.get_url())


def test_the_page_tells_the_bond_in_both_languages(client):
    bond = PartnershipSettings.load()
    bond.kind, bond.signed_on, bond.valid_until = "friendship_city", date(1987, 10, 3), None
    bond.save()

    english, spanish = (text_of(client, path) for path in PAGES.values())

    assert "Friendship cities" in english
    assert "October 3, 1987" in english or "3 October 1987" in english
    assert "Ciudades amigas" in spanish
    assert "3 de octubre de 1987" in spanish


def test_the_page_has_its_twin_and_a_link_from_every_page(client):
    page = client.get(PAGES["en"]).content.decode()

    assert f'hreflang="es" href="http://testserver{PAGES["es"]}"' in page
    assert f'<a href="{PAGES["es"]}">' in client.get("/es/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_instruments_stand_under_their_city_in_a_number_of_queries_that_never_grows(
    client, django_assert_num_queries, number, cities
):
    for place in range(number):
        make_instrument(f"Ordinance {place}", city=cities[0], reference=f"Ord. {place}/2020")
    make_instrument("Convenio", city=cities[1], kind="agreement")
    client.get(PAGES["en"])

    with django_assert_num_queries(6):
        text = text_of(client, PAGES["en"])

    shelf = text.index("Alder Bay", text.index("What it rests on"))
    other = text.index("Puerto Almendro", shelf)
    assert all(f"Ordinance {place}" in text[shelf:other] for place in range(number))
    assert "Convenio" in text[other:]


@pytest.mark.parametrize(
    ("days_from_now", "words"),
    [
        ({}, "In force"),
        ({"valid_until": 181}, "In force"),
        ({"valid_until": 180}, "Expires soon"),
        ({"valid_until": -1}, "Expired"),
        ({"valid_from": 1}, "Not in force yet"),
        ({"ended_on": 0}, "Repealed or replaced"),
    ],
)
def test_each_says_whether_it_counts_today(client, days_from_now, words):
    today = todays_date()
    make_instrument(**{name: today + timedelta(days) for name, days in days_from_now.items()})

    assert f"{words}" in text_of(client, PAGES["en"]).partition("What it rests on")[2]


def test_what_was_repealed_says_when_and_never_that_it_has_no_end(client):
    make_instrument(ended_on=date(2024, 5, 6), valid_until=None)

    text = text_of(client, PAGES["en"])

    assert "Adopted on 1 March 2020. Repealed or replaced on 6 May 2024." in text
    assert "without an end" not in text


def test_what_will_be_repealed_says_so_while_it_is_in_force(client):
    make_instrument(ended_on=date(2050, 5, 6), valid_until=None)

    text = text_of(client, PAGES["en"])

    assert "From 1 April 2020 on. Will be repealed or replaced on 6 May 2050." in text
    assert "In force" in text


def test_the_history_leads_to_the_ledger(client):
    let_it_stand("paused", reason="A flood.")
    let_it_stand("active", reason="The water is gone.")

    page = text_of(client, PAGES["en"])

    assert page.index("The water is gone.") < page.index("A flood.")
    assert "From “Paused” to “Active”" in page
    assert "/en/ledger/2/" in client.get(PAGES["en"]).content.decode()


@pytest.mark.usefixtures("indexed")
@pytest.mark.both
def test_the_search_finds_instruments_in_each_language(client):
    make_instrument(title_en="Flood ordinance", title_es="Ordenanza de riadas")

    path = "/es/buscar/?q=riadas"

    assert "Ordenanza de riadas" in text_of(client, path)
    assert f'href="{PAGES["es"]}#instrument-' in client.get(path).content.decode()
    assert "Flood" not in text_of(client, "/en/search/?q=riadas")


def test_the_ledger_still_adds_up(client):
    let_it_stand("paused")
    told = io.StringIO()

    call_command("check_ledger", stdout=told)

    assert told.getvalue().startswith("Entries: 1, every one as it was.")
