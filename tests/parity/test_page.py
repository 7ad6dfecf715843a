"""The board as readers see it, and as files."""

import csv
import io
import json
import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from consultations.enums import VoteChoice
from consultations.models import Vote
from events.registrations.enums import RegistrationStatus
from home.parity.board import Shown
from home.parity.presenting import fold, keeps_back
from home.parity.sentence import standing
from partnership.cities.models import City
from partnership.serving import public_changed
from tests.factories.cities import CityFactory
from tests.factories.consultations import StatementFactory, make_consultation, make_participant
from tests.factories.events import make_past_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.now().year
EN, ES = "/en/parity/", "/es/paridad/"


@pytest.mark.parametrize(
    ("url", "title"), [(EN, "Both cities, side by side"), (ES, "Las dos ciudades, lado a lado")]
)
def test_the_board_stands_in_both_languages(client, cities, url, title):
    response = client.get(url)

    assert f"<h1>{title}</h1>" in response.content.decode()
    for twin in (EN, ES):
        assert twin in response.content.decode()


def test_a_line_tells_numbers_and_what_they_are_for_every_1000_residents(
    client, cities, answered, row_of
):
    City.objects.filter(code="alder").update(population=2_000)
    City.objects.filter(code="puerto").update(population=None)
    answered(10, cities[0])
    answered(6, cities[1])
    answered(2, None)

    cells = row_of(client.get(EN), "People who took part")

    assert cells == ["10 5.00 per 1,000", "6 residents not known", "kept back"]


def test_no_two_landmarks_of_the_board_have_the_same_name(client, cities, answered):
    answered(10, cities[0])

    region = r'role="region" aria-labelledby="(parity-[^"]+)"'
    names = re.findall(region, client.get(EN).content.decode())

    assert names
    assert len(names) == len(set(names))


def test_a_small_group_and_the_smallest_other_are_kept_back(client, cities, answered, row_of):
    answered(3, cities[0])
    answered(20, cities[1])

    response = client.get(EN)

    assert row_of(response, "Forms filled in")[:2] == ["kept back", "kept back"]
    assert row_of(response, "On this site") == ["kept back", "kept back", "0"]
    assert "“Kept back” stands for fewer than 5 people" in response.content.decode()


def test_a_figure_is_told_once_and_what_is_kept_back_only_where_something_is(
    client, cities, answered
):
    City.objects.update(population=2_000)
    for city in cities:
        answered(10, city)

    page = client.get(EN).content.decode()

    assert "The same figures as a table" not in page
    assert "“Kept back” stands for" not in page


@pytest.mark.both
def test_a_year_gives_away_nobody_whom_a_page_keeps_back(client, cities, answered, row_of):
    alder, puerto = cities
    other = make_consultation()
    for number, city in ((20, alder), (30, puerto)):
        answered(number, city)
        answered(6, city, consultation=other)
    answered(3, alder, consultation=make_consultation())

    cells = row_of(client.get(EN), "Forms filled in")

    # Taking from 29 the 20 and 6 that two pages show would leave the 3 of the third.
    assert cells[:2] == ["kept back", "kept back"]


@pytest.mark.both
def test_those_whom_pages_keep_back_count_once_they_are_five_together(
    client, cities, answered, row_of
):
    alder, puerto = cities
    answered(20, puerto)
    for number in (20, 3, 2):
        answered(number, alder, consultation=make_consultation())

    cells = row_of(client.get(EN), "Forms filled in")

    assert [cell.partition(" ")[0] for cell in cells[:2]] == ["25", "20"]


@pytest.mark.both
@pytest.mark.parametrize(
    ("few", "shown"), [(3, ["kept", "kept"]), (6, ["16", "20"])], ids=["few", "enough"]
)
def test_neither_do_the_votes_and_the_reports_of_a_year(client, cities, row_of, few, shown):
    alder, puerto = cities
    for numbers in ({alder: 10, puerto: 10}, {alder: few, puerto: 10}):
        statement, event = StatementFactory(), make_past_event()
        for city, number in numbers.items():
            for _each in range(number):
                person = make_participant(city)
                mine = {"participant": person, "city": city}
                Vote.objects.create(statement=statement, choice=VoteChoice.AGREE, **mine)
                came = {"status": RegistrationStatus.ATTENDED, "arrived": 1}
                RegistrationFactory(event=event, **mine, **came)

    votes = row_of(client.get(EN), "Votes on statements")
    year = event.starts_at.year
    used = row_of(client.get(f"/en/parity/{year}/", follow=True), "Places used")

    assert [cell.partition(" ")[0] for cell in votes[:2]] == shown
    assert [cell.partition(" ")[0] for cell in used[:2]] == shown


def test_all_years_say_at_least_where_a_year_keeps_something_back(client, cities, answered, row_of):
    last_year = timezone.now().replace(year=THIS_YEAR - 1, month=6, day=1)
    consultation = _opened_last_year(last_year)
    answered(20, cities[0])
    answered(20, cities[1])
    answered(3, cities[0], consultation=consultation, created_at=last_year)
    answered(9, cities[1], consultation=consultation, created_at=last_year)

    cells = row_of(client.get("/en/parity/all-years/"), "Forms filled in")

    assert cells[:2] == ["at least 20 0.50 per 1,000"] * 2
    assert row_of(client.get(f"/en/parity/{THIS_YEAR - 1}/"), "Forms filled in")[:2] == [
        "kept back",
        "kept back",
    ]


def _opened_last_year(instant):
    page = make_consultation()
    type(page).objects.filter(pk=page.pk).update(opens_at=instant)
    return page


def test_a_year_that_never_was_is_not_found_and_this_one_has_one_address(client, cities):
    assert client.get("/en/parity/1871/").status_code == 404
    assert client.get(f"/en/parity/{THIS_YEAR}/").headers["Location"] == EN


def test_without_cities_and_acts_the_page_is_there(client):
    assert client.get(EN).status_code == 200


def test_the_page_takes_as_many_queries_for_many_people_as_for_few(
    client, cities, answered, voted, django_assert_max_num_queries
):
    for number in (1, 9):
        answered(number, cities[0])
        voted(number, cities[1])

        with django_assert_max_num_queries(15):
            client.get(f"{EN}?{number}")


def test_the_figures_are_counted_once_an_hour(client, cities, answered, row_of):
    answered(10, cities[0])
    client.get(EN)
    answered(10, cities[0])

    assert row_of(client.get(EN), "Forms filled in")[0] == "10 0.25 per 1,000"


def test_the_csv_has_stable_keys_headings_in_every_language_and_nothing_kept_back(
    client, cities, answered
):
    answered(3, cities[0])
    answered(20, cities[1])

    body = b"".join(client.get("/en/parity/parity.csv").streaming_content).decode("utf-8-sig")

    keys, english, spanish, *rows = csv.reader(io.StringIO(body))
    assert keys == [
        *("year", "measure", "measure_name_en", "measure_name_es", "city", "number"),
        *("is_kept_back", "is_at_least", "residents", "residents_counted_in"),
        "per_1000_residents",
    ]
    assert (english[0], spanish[0]) == ("year, or “all”", "año, o «all» (todos)")
    forms = {row[4]: row[5:7] for row in rows if row[:2] == [str(THIS_YEAR), "forms"]}
    assert forms == {"alder": ["", "True"], "puerto": ["", "True"], "elsewhere": ["0", "False"]}
    days = {row[4]: row[5:7] for row in rows if row[:2] == ["all", "answer_days"]}
    assert days == {city: ["", "False"] for city in ("alder", "puerto", "elsewhere")}


def test_the_json_has_both_tables(client, cities, answered):
    answered(20, cities[1])

    body = b"".join(client.get("/es/paridad/paridad.json").streaming_content)

    tables = json.loads(body)["tables"]
    assert set(tables) == {"parity", "parity-languages"}
    row = next(
        each
        for each in tables["parity"]["rows"]
        if (each["measure"], each["city"]) == ("people", "puerto")
    )
    assert (row["number"], row["per_1000_residents"], row["residents"]) == (20, 0.5, 40_000)


def test_there_is_no_file_of_another_kind(client, cities):
    assert client.get("/en/parity/parity.exe").status_code == 404


@pytest.mark.parametrize("url", ["/en/open-data/", "/en/ledger/"])
def test_readers_are_led_to_the_board(client, cities, url):
    assert f'href="{EN}"' in client.get(url).content.decode()


def people(alder, puerto, **fields):
    return {"alder": Shown(alder, **fields), "puerto": Shown(puerto, **fields)}


def test_a_city_is_behind_only_where_the_interval_leaves_out_nought(cities):
    assert standing(cities, people(400, 300)).behind == cities[1]
    assert standing(cities, people(45, 40)).behind is None


def test_of_what_is_kept_back_or_not_whole_nothing_is_said(cities):
    assert standing(cities, people(None, 300)) is None
    assert standing(cities, people(400, 300, is_at_least=True)).behind is None
    assert standing(cities, people(90_000, 300)).behind is None


def test_of_three_cities_the_last_one_is_compared_with_the_first(cities):
    three = [*cities, CityFactory(code="third")]

    found = standing(three, people(400, 390) | {"third": Shown(300)})

    assert (found.behind.code, found.ahead.code) == ("third", "alder")


def test_the_sentence_at_the_top_says_who_is_behind(client, cities, answered):
    City.objects.update(population=100)
    answered(40, cities[0])
    answered(10, cities[1])

    page = client.get(EN).content.decode()

    assert "Puerto Almendro is behind Alder Bay." in page


def test_whoever_joined_this_year_is_behind_nobody(client, cities, answered):
    City.objects.update(population=100)
    third = CityFactory(code="third", name="Third", population=100)
    answered(40, cities[0])
    answered(40, cities[1])
    before = client.get(EN).content.decode()

    City.objects.filter(pk=third.pk).update(joined_on=timezone.localdate())
    public_changed()
    page = client.get(EN).content.decode()

    assert "Third is behind Alder Bay." in before
    assert " is behind " not in page
    assert "Third: of every 1,000" not in page


def test_without_an_honest_difference_nobody_is_called_behind(client, cities, answered):
    answered(10, cities[0])
    answered(9, cities[1])

    page = client.get(EN).content.decode()

    assert "The difference is small enough to be chance." in page
    assert " is behind " not in page


def test_what_is_kept_back_everywhere_is_told_in_one_line():
    def row(head, *kept):
        return {"head": head, "cells": [{"is_kept_back": is_kept} for is_kept in kept]}

    alone, school, club = (
        row("Themselves", False, True),
        row("A school", True, True),
        row("A club", True, True),
    )

    folded = fold([alone, school, club])

    assert folded == {"rows": [alone], "silent": ["A school", "A club"]}
    assert fold([alone, school]) == {"rows": [alone, school]}
    assert fold([school, club]) == {"rows": [school, club]}
    assert keeps_back([{"rows": [row("A choir", False)], "silent": folded["silent"]}])
    table = {"key": "voices", "rows": [], "silent": folded["silent"]}
    words = render_to_string("parity/table.html", {"table": table, "columns": []})
    assert "Kept back everywhere: A school, A club." in words
