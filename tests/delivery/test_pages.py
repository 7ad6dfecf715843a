"""What readers see and download of money, indicators and milestones."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from consultations.roadmap.delivery.models import BudgetLine
from consultations.roadmap.delivery.presenting import rates_of
from consultations.roadmap.delivery.templatetags.delivery import lane, trend
from consultations.roadmap.models import RoadmapPage
from tests.consultations.test_pages import text_of
from tests.delivery.test_money import file_of
from tests.factories.cities import city_pair
from tests.factories.delivery import (
    DAY,
    RATE,
    make_indicator,
    make_line,
    make_milestone,
    make_reading,
    two_moneys,
)
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

YEAR = timezone.now().year
ROADMAP = f"/en/roadmap/{YEAR}/"
PAGE = f"{ROADMAP}money-and-milestones/"
PAGE_IN_SPANISH = f"/es/hoja-de-ruta/{YEAR}/dinero-e-hitos/"
BACK = {"exchange_rate": Decimal("0.85"), "rate_on": DAY, "rate_source": "European Central Bank"}


def everything(number: int = 1) -> RoadmapPage:
    """A roadmap whose commitments have all there is below them."""
    _alder, puerto = two_moneys()
    roadmap = make_roadmap()
    for _each in range(number):
        promise = make_commitment(roadmap)
        make_line(promise, spent=Decimal("12.34"), **RATE)
        make_line(promise, what="Trees", city=puerto, planned=Decimal(50), **BACK)
        make_indicator(promise, Decimal("4.5"), 7)
        make_milestone(promise, reached_on=DAY + timedelta(days=3))
        make_milestone(promise, city=puerto)
    return roadmap


# On the roadmap -------------------------------------------------------------------------------


def test_a_promise_shows_what_it_costs_each_city_in_every_money(client: Client) -> None:
    everything()

    text = text_of(client.get(ROADMAP))

    assert "Stones Alder Bay £100.00 £0.00 £12.34" in text
    assert "Trees Puerto Almendro €50.00 €0.00 €0.00" in text
    assert "Together, in EUR €167.00 €0.00 €14.44" in text
    assert "Together, in GBP £142.50 £0.00 £12.34" in text
    assert "Spent £12 of £143" in text


def test_the_roadmap_adds_everything_up_in_every_money(client: Client) -> None:
    everything(2)

    facts = client.get(ROADMAP).context["facts"]

    assert facts == [
        {"figure": "£25", "label": "spent of £285 planned (the same as €29 of €334)"},
    ]


def test_a_promise_shows_what_was_measured_with_a_drawing_from_two_readings_on(
    client: Client,
) -> None:
    promise = make_commitment(make_roadmap())
    measure = make_indicator(promise, Decimal("4.5"), baseline=19, target=3)
    one = client.get(ROADMAP).content.decode()
    words = in_every_language(source="The register")
    make_reading(measure, value=7, read_on=DAY - timedelta(days=40), **words)

    two = client.get(ROADMAP)

    assert 'class="trend"' not in one
    assert 'class="trend"' in two.content.decode()
    text = text_of(two)
    assert "Wait for a permit (days)" in text
    assert "Before 19 Last reading 4.5 Target 3" in text
    assert "7 Alder Bay: The register" in text


def test_a_promise_says_why_it_cannot_be_measured(client: Client) -> None:
    make_commitment(make_roadmap(), **in_every_language(not_measured="It stands or it does not."))

    assert "Why it cannot be measured: It stands or it does not." in text_of(client.get(ROADMAP))


def test_a_roadmap_without_money_and_milestones_says_no_word_of_them(client: Client) -> None:
    make_commitment(make_roadmap())

    assert "Money and milestones" not in text_of(client.get(ROADMAP))
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("thing", ["money", "milestone"])
def test_the_roadmap_leads_to_money_and_milestones_where_there_are_any(
    client: Client, thing: str
) -> None:
    promise = make_commitment(make_roadmap(), planned=5 if thing == "money" else None)
    if thing == "milestone":
        make_milestone(promise)

    assert f'href="{PAGE}"' in client.get(ROADMAP).content.decode()
    assert client.get(PAGE).status_code == 200


# The page of money and milestones -------------------------------------------------------------


@pytest.mark.parametrize("address", [ROADMAP, PAGE])
@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: Any, address: str, number: int
) -> None:
    everything(number)
    client.get(PAGE_IN_SPANISH)  # what a process asks once

    with django_assert_num_queries({ROADMAP: 14, PAGE: 11}[address]):
        response = client.get(address)

    assert response.content.decode().count("Tender") == (0 if address == ROADMAP else number)


def test_money_is_told_by_city_in_every_money_with_the_rates(client: Client) -> None:
    everything()
    make_commitment(planned=7, currency="EUR")

    text = text_of(client.get(PAGE))

    assert "Counted in EUR City Planned Under contract Spent Alder Bay €117.00 €0.00 €14.44" in text
    assert "Not divided between the cities yet €7.00 €0.00 €0.00 All together" in text
    assert "All together €174.00 €0.00 €14.44" in text
    assert "All together £142.50 £0.00 £12.34 1 amount is not in this table" in text
    assert f"1 GBP = 1.17 EUR on 1 January {YEAR} (European Central Bank)" in text
    assert f"1 EUR = 0.85 GBP on 1 January {YEAR} (European Central Bank)" in text


def test_the_source_of_a_rate_says_its_language_where_it_can_be_told() -> None:
    source = "El tipo de cambio del banco de la ciudad"
    line = BudgetLine(currency="EUR", rate_currency="GBP", **{**BACK, "rate_source": source})

    html = render_to_string("delivery/rates.html", {"rates": rates_of([line])})

    assert f'<span lang="es" dir="auto">({source})</span>' in html


def test_money_that_no_rate_leads_to_is_not_told_as_nought(client: Client) -> None:
    _alder, puerto = two_moneys()
    promise = make_commitment(make_roadmap())
    make_line(promise)
    make_line(promise, city=puerto, planned=Decimal(50))

    text = text_of(client.get(PAGE))

    assert "Counted in EUR City Planned Under contract Spent Puerto Almendro €50" in text
    assert "Counted in GBP City Planned Under contract Spent Alder Bay £100" in text


def test_a_sum_that_leaves_something_out_does_not_stand_beside_a_whole_one(client: Client) -> None:
    _alder, puerto = two_moneys()
    promise = make_commitment(make_roadmap())
    make_line(promise, **RATE)
    make_line(promise, city=puerto, planned=Decimal(50))

    text = text_of(client.get(ROADMAP))

    assert "Spent €0 of €167" in text
    assert "£0 of" not in text


def test_milestones_of_all_cities_stand_in_one_table_with_their_lag(client: Client) -> None:
    everything()
    response = client.get(PAGE)

    (reached, waiting) = response.context["milestones"]
    assert (reached["lag"], reached["words"]) == (3, f"Reached on 4 January {YEAR}, 3 days late")
    assert waiting["lag"] == (timezone.now().date() - DAY).days or waiting["lag"] is None
    html = response.content.decode()
    (step,) = re.findall(r'<ol class="ledger mt-4">.*?</ol>', html, re.DOTALL)
    assert step.count("<h3>") == 1  # both cities plan it for one day: it is told once
    assert step.count('class="chips mt-3"') == 2
    assert f'href="{ROADMAP}#item-1"' in html
    assert html.count('class="lane"') == 2


def test_the_page_answers_in_spanish_and_knows_its_twin(client: Client) -> None:
    everything()

    html = client.get(PAGE_IN_SPANISH).content.decode()

    assert "Hitos de todas las ciudades" in html
    assert f'hreflang="en" href="http://testserver{PAGE}"' in html


@pytest.mark.parametrize("address", [PAGE, f"{ROADMAP}data/money.csv", f"{ROADMAP}roadmap.json"])
def test_a_draft_tells_nobody_anything(client: Client, unwritten: None, address: str) -> None:
    everything()
    RoadmapPage.objects.update(live=False)

    assert client.get(address).status_code == 404


def test_a_table_that_does_not_exist_is_not_found(client: Client) -> None:
    make_roadmap()

    assert client.get(f"{ROADMAP}data/people.csv").status_code == 404


# Drawings -------------------------------------------------------------------------------------


def test_a_trend_goes_from_the_first_reading_to_the_last_as_far_apart_as_their_days() -> None:
    first, second, soon, last = (date(2026, 1, day) for day in (1, 11, 6, 21))

    assert 'points="8,52 120,8 232,30"' in trend([(first, 0), (second, 10), (last, 5)])
    assert 'points="8,52 64,8 232,30"' in trend([(first, 0), (soon, 10), (last, 5)])
    assert 'points="8,52 232,52"' in trend([(first, 3), (last, 3)])
    assert 'points="8,52 8,8"' in trend([(first, 3), (first, 4)])


def test_a_lane_is_hollow_where_it_is_planned_and_full_where_it_was_reached() -> None:
    drawn = lane([(10, 20), (50, None)], "b", 30)

    assert (drawn.count('class="aim aim-b"'), drawn.count('class="got got-b"')) == (2, 1)
    assert '<line class="way" x1="10%" x2="20%"' in drawn
    assert '<line class="today" x1="30%"' in drawn
    assert 'class="aim"' in lane([(1, None)], "h")


# Open data ------------------------------------------------------------------------------------


@pytest.mark.both
def test_everything_is_open_data_in_every_language(client: Client) -> None:
    everything()
    make_commitment(planned=7)

    tables = {
        name: file_of(client, YEAR, name)
        for name in ("money", "indicators", "readings", "milestones")
    }

    stones, trees, undivided = tables["money"]
    assert (stones["city"], stones["spent"], stones["spent_converted"]) == (
        "alder",
        "12.34",
        "14.44",
    )
    assert (stones["exchange_rate"], stones["rate_currency"]) == ("1.17", "EUR")
    assert (trees["what_en"], trees["what_es"], trees["currency"]) == ("Trees", "Trees", "EUR")
    assert (undivided["city"], undivided["planned"], undivided["planned_converted"]) == (
        "",
        "7.00",
        "",
    )
    (measure,) = tables["indicators"]
    assert (measure["commitment"], measure["indicator"], measure["unit_es"]) == ("1", "1", "days")
    assert [row["value"] for row in tables["readings"]] == ["7.0", "4.5"]
    reached, waiting = tables["milestones"]
    assert (reached["reached_on"], reached["lag_days"]) == (str(DAY + timedelta(days=3)), "3")
    assert (waiting["city"], waiting["reached_on"]) == ("puerto", "")


@pytest.mark.both
def test_the_whole_roadmap_is_one_document(client: Client) -> None:
    everything()
    make_reading(make_indicator(make_commitment()), value=Decimal("-2.50"))

    response = client.get(f"{ROADMAP}roadmap.json")

    said = json.loads(b"".join(response.streaming_content))
    assert said["roadmap"] == YEAR
    assert {name: len(table["rows"]) for name, table in said["tables"].items()} == {
        "commitments": 2,
        "money": 2,
        "indicators": 2,
        "readings": 3,
        "milestones": 2,
    }
    first = said["tables"]["commitments"]["rows"][0]
    assert (first["planned"], first["spent"], first["currency"]) == ("167.00", "14.44", "EUR")
    assert said["tables"]["readings"]["rows"][-1]["value"] == -2.5
    assert file_of(client, YEAR, "readings")[-1]["value"] == "-2.5"


def test_the_document_says_what_its_columns_and_codes_are(client: Client) -> None:
    everything()

    response = client.get(f"{ROADMAP}roadmap.json")

    tables = json.loads(b"".join(response.streaming_content))["tables"]
    of = {name: {each["key"]: each for each in table["columns"]} for name, table in tables.items()}
    assert of["commitments"]["state"]["values"]["late"] == {"en": "Late", "es": "Con retraso"}
    states = {row["state"] for row in tables["commitments"]["rows"]}
    assert states <= set(of["commitments"]["state"]["values"])
    types = (("commitments", "due_on"), ("readings", "value"), ("milestones", "lag_days"))
    assert [of[name][key]["type"] for name, key in types] == ["date", "number", "integer"]


def test_a_promise_that_no_one_money_holds_is_told_by_its_lines_only(client: Client) -> None:
    _alder, puerto = two_moneys()
    promise = make_commitment(make_roadmap())
    make_line(promise)
    make_line(promise, city=puerto)

    response = client.get(f"{ROADMAP}roadmap.json")

    (row,) = json.loads(b"".join(response.streaming_content))["tables"]["commitments"]["rows"]
    assert (row["planned"], row["currency"]) == (None, "")


def test_open_data_leads_to_the_tables_of_every_roadmap(client: Client) -> None:
    make_roadmap(2027)

    html = client.get("/en/open-data/").content.decode()

    assert 'href="/en/roadmap/2027/commitments.csv"' in html
    assert 'href="/en/roadmap/2027/roadmap.json"' in html


def test_the_day_of_a_far_milestone_breaks_no_drawing(client: Client) -> None:
    make_milestone(
        make_commitment(make_roadmap()), planned_on=date(9999, 12, 31), city=city_pair()[1]
    )

    assert client.get(PAGE).status_code == 200
