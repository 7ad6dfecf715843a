"""What a reader of a roadmap sees first: whose it is, until when, what it costs, and no more."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.roadmap.models import Commitment
from tests.factories.cities import city_pair
from tests.factories.delivery import RATE, make_line, two_moneys
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
YEAR = TODAY.year
ROADMAP = f"/en/roadmap/{YEAR}/"
DAY = timedelta(days=1)
AGAIN = "The new date has passed, too."
QUERIES_SIGNED_IN = 20


def page(client: Client, address: str = ROADMAP) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def told(part: Any) -> str:
    return " ".join(part.get_text(" ").split())


def in_pounds(**fields: Any) -> Commitment:
    """A promise of 1,000.50 pounds, which are 1,170.59 euros."""
    promise = make_commitment(**fields)
    make_line(promise, planned=Decimal("1000.50"), spent=Decimal("12.34"), **RATE)
    return promise


def reader_from(city: Any) -> Client:
    client = Client()
    client.force_login(ResidentFactory(city=city))
    return client


# Money ------------------------------------------------------------------------------------------


def test_a_sum_is_told_once_to_the_whole_unit_in_the_money_of_the_city_that_leads(
    client: Client,
) -> None:
    alder, puerto = two_moneys()
    in_pounds(led_by=[alder])
    in_pounds(led_by=[puerto])

    first, second = (told(side) for side in page(client).select(".item-side"))

    assert "Spent £12 of £1,001" in first
    assert "€" not in first
    assert "Spent €14 of €1,171" in second
    assert "£" not in second


def test_who_is_signed_in_is_told_every_sum_in_the_money_of_their_own_city() -> None:
    alder, puerto = two_moneys()
    in_pounds(led_by=[alder])

    at_home, across, elsewhere = (page(reader_from(city)) for city in (alder, puerto, None))

    assert "£12 of £1,001" in told(at_home.select_one(".item-side"))
    assert "€14 of €1,171" in told(across.select_one(".item-side"))
    assert "£12 of £1,001" in told(elsewhere.select_one(".item-side"))
    facts = [told(shown.select_one(".facts")) for shown in (at_home, across)]
    assert facts[0].startswith("spent of £1,001 planned (the same as €14 of €1,171) £12")
    assert facts[1].startswith("spent of €1,171 planned (the same as £12 of £1,001) €14")


def test_a_signed_in_reader_costs_no_more_than_they_may(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    alder, _puerto = two_moneys()
    in_pounds()
    client = reader_from(alder)
    client.get(ROADMAP)

    with django_assert_max_num_queries(QUERIES_SIGNED_IN):
        client.get(ROADMAP)


def test_whose_money_the_cards_are_in_is_said_to_whoever_reads_several(client: Client) -> None:
    alder, puerto = two_moneys()
    in_pounds(led_by=[alder])
    in_pounds(led_by=[puerto])
    is_said = "in the money of the city that leads it"

    assert is_said in told(page(client).select_one("#commitments"))
    assert is_said not in told(page(reader_from(alder)).select_one("#commitments"))


def test_the_table_keeps_the_cents_and_every_money(client: Client) -> None:
    two_moneys()
    in_pounds()

    table = told(page(client).select_one(".item .result-table"))

    assert "£1,000.50 £0.00 £12.34" in table
    assert "Together, in EUR €1,170.59 €0.00 €14.44" in table


def test_sums_that_no_rate_joins_are_all_told(client: Client) -> None:
    alder, puerto = two_moneys()
    promise = make_commitment(led_by=[puerto])
    make_line(promise, city=alder, currency="GBP")
    make_line(promise, city=puerto, currency="EUR", planned=Decimal(50))

    side = told(page(client).select_one(".item-side"))

    assert side.index("€0 of €50") < side.index("£0 of £100")


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", ROADMAP])
@pytest.mark.parametrize(
    ("first", "due", "status", "is_said"),
    [
        (30, 3, "in_progress", True),
        (30, -3, "in_progress", False),
        (30, 3, "continued", False),
        (-30, 3, "in_progress", False),
        (None, 3, "in_progress", False),
    ],
)
def test_a_new_date_that_has_passed_says_so_wherever_it_is_told(
    client: Client, address: str, first: int | None, due: int, status: str, is_said: bool
) -> None:
    make_commitment(
        original_due_on=None if first is None else TODAY - first * DAY,
        due_on=TODAY - due * DAY,
        status=status,
    )

    assert (AGAIN in told(page(client, address))) is is_said


def test_what_was_done_in_another_quarter_says_when_it_was_due(client: Client) -> None:
    done = {"status": "completed", "due_on": date(YEAR, 6, 1)}
    make_commitment(**done, finished_on=date(YEAR, 3, 31))
    make_commitment(**done, finished_on=date(YEAR, 4, 1))
    make_commitment(**done, finished_on=date(YEAR - 1, 6, 1))

    sides = [told(side) for side in page(client).select(".item-side")]

    said = f"was due on 1 June {YEAR}"
    assert [said in side for side in sides] == [True, False, True]


# The page ---------------------------------------------------------------------------------------


def test_on_the_page_the_facts_of_a_promise_come_right_after_its_title(client: Client) -> None:
    make_commitment()

    parts = page(client).select_one(".item-in").find_all(recursive=False)

    assert [part["class"] for part in parts] == [["item-head"], ["item-side"], ["item-main"]]


def test_files_and_ways_elsewhere_stand_behind_the_promises(client: Client) -> None:
    make_commitment()

    html = client.get(ROADMAP).content.decode()

    assert html.index('id="item-1"') < html.index('class="downloads')


def test_filters_are_folded_and_what_was_chosen_goes_in_one_tap(client: Client) -> None:
    alder, _puerto = city_pair()
    make_commitment(led_by=[alder])

    everything = page(client)
    narrowed = page(client, f"{ROADMAP}?state=planned&led_by={alder.code}&theme=nonsense")

    for shown in (everything, narrowed):
        assert not shown.select_one(".narrowing details").has_attr("open")
        assert told(shown.select_one(".narrowing summary")) == "Filter by city, theme or state"
    assert everything.select(".narrowing > .chips a") == []
    assert [(told(one), one["href"]) for one in narrowed.select(".narrowing > .chips a")] == [
        ("Take away: Alder Bay", f"{ROADMAP}?theme=nonsense&state=planned#commitments"),
        ("Take away: Planned", f"{ROADMAP}?led_by={alder.code}&theme=nonsense#commitments"),
    ]


def test_a_card_tells_what_was_promised_and_folds_why_and_the_sums(client: Client) -> None:
    alder, _puerto = two_moneys()
    in_pounds(led_by=[alder], description_en="Twelve lamps", due_on=TODAY + DAY)

    card = page(client).select_one(".item")

    fold = card.select_one("details.item-fold")
    assert not fold.has_attr("open")
    assert "What it costs" in told(fold)
    shown = told(card.select_one(".item-side"))
    assert "Led by" in shown
    assert "Due" in shown
    assert "Spent" in shown
    fold.extract()
    assert "Twelve lamps" in told(card)
    assert "What it costs" not in told(card)


def test_what_is_folded_in_every_card_says_of_which_promise(client: Client) -> None:
    alder, _puerto = two_moneys()
    in_pounds(led_by=[alder], title_en="Lamps")
    in_pounds(led_by=[alder], title_en="Benches")

    whole = page(client)

    folds = whole.select(".item details.data > summary")
    said = [told(whole.find(id=fold["aria-describedby"])) for fold in folds]
    assert sorted(said) == ["Benches", "Lamps"]
