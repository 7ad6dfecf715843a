"""What readers see of programmes and campaigns, and how promises lead to them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultations.initiatives.models import ProgrammePage
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership.cities.models import City
from tests.consultations.test_pages import text_of
from tests.factories.delivery import DAY, RATE, two_moneys
from tests.factories.events import make_event
from tests.factories.initiatives import (
    TODAY,
    add_indicator,
    add_line,
    add_partner,
    make_campaign,
    make_list,
    make_programme,
)
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LIST = "/en/programmes/"
PROGRAMME = f"{LIST}incubator/"
CAMPAIGN = f"{LIST}two-harbours/"
ROADMAP = f"/en/roadmap/{timezone.now().year}/"
BACK = {"exchange_rate": Decimal("0.85"), "rate_on": DAY, "rate_source": "European Central Bank"}


@pytest.fixture
def promise(site_tree: Any) -> Commitment:
    two_moneys()
    return make_commitment(make_roadmap())


def test_a_programme_tells_all_there_is_to_tell(client: Client, promise: Commitment) -> None:
    page = make_programme(promise, lead_city=City.objects.first())
    add_line(page, spent=Decimal("12.34"), serves=promise, procurement_reference="AB-1", **RATE)
    add_indicator(page, TODAY - timedelta(days=9), TODAY, baseline=0, target=5)
    add_partner(page, "Harbour Bank")
    add_partner(page, city=City.objects.first())

    response = client.get(PROGRAMME)

    text = text_of(response)
    assert "Who takes part Harbour Bank Lends a room. Alder Bay Lends a room." in text
    assert f"The promises it serves {promise.roadmap.year}, item 1: A promise" in text
    assert "New firms (firms) From the register. Before 0 Last reading 2 Target 5" in text
    assert 'class="trend"' in response.content.decode()
    assert f"purchase AB-1 · for item 1 of {promise.roadmap.year} £100.00 £0.00 £12.34" in text
    assert f'href="{ROADMAP}#item-1"' in response.content.decode()


def test_money_stands_by_city_in_every_money_as_in_the_file(
    client: Client, promise: Commitment
) -> None:
    page, (_alder, puerto) = make_programme(promise), two_moneys()
    add_line(page, planned=Decimal("0.55"), **RATE)
    add_line(page, planned=Decimal("0.55"), **RATE)
    add_line(page, city=puerto, planned=Decimal("10.01"), **BACK)

    text = text_of(client.get(PROGRAMME))
    file = client.get("/en/initiatives/data/money.csv").getvalue().decode().splitlines()

    # 0.55 × 1.17 is 0.6435: each line is rounded first.
    assert "Counted in EUR City Planned Under contract Spent Alder Bay €1.28 €0.00 €0.00" in text
    assert "Puerto Almendro €10.01 €0.00 €0.00 All together €11.29 €0.00 €0.00" in text
    assert "Counted in GBP City Planned Under contract Spent Alder Bay £1.10" in text
    assert "All together £9.61" in text
    keys, *rows = [row.split(",") for row in (file[0].lstrip("\ufeff"), *file[3:])]
    cells = [dict(zip(keys, row, strict=True)) for row in rows]
    euros = [row["planned" if row["currency"] == "EUR" else "planned_converted"] for row in cells]
    pounds = [row["planned" if row["currency"] == "GBP" else "planned_converted"] for row in cells]
    assert sum(map(Decimal, euros)) == Decimal("11.29")
    assert sum(map(Decimal, pounds)) == Decimal("9.61")


def test_a_campaign_tells_its_message_its_channels_and_its_period(
    client: Client, site_tree: Any
) -> None:
    words = in_every_language(message="Come by train.", channels="Radio\n\nPosters")
    add_indicator(make_campaign(**words))

    text = text_of(client.get(CAMPAIGN))

    assert "The message Come by train. Radio Posters" in text
    assert "Tourism campaign" in text
    assert "What it costs" not in text
    assert "Nothing has been measured yet." in text


def test_whether_one_can_apply_is_computed_and_leads_to_where(
    client: Client, promise: Commitment
) -> None:
    event, city = make_event(title="Open day"), City.objects.first()
    page = make_programme(promise, lead_city=city, intake_event=event)
    now, day = timezone.now(), timedelta(days=1)

    def told(opens_at: datetime | None, closes_at: datetime | None) -> str:
        hours = {"intake_opens_at": opens_at, "intake_closes_at": closes_at}
        ProgrammePage.objects.filter(pk=page.pk).update(**hours)
        return text_of(client.get(PROGRAMME))

    assert "Intake" not in told(None, None)
    assert "Intake opens later It opens:" in told(now + day, now + 9 * day)
    running = told(now - day, datetime(2099, 3, 1, 12, tzinfo=UTC))
    assert "Intake open until 1 March 2099" in running
    assert "It closes: 1 March 2099 , 12:00 Alder Bay" in running
    assert "Open day" in running
    assert "Intake closed It closed:" in told(now - 9 * day, now - day)
    assert "No closing day is set." in told(now - day, None)
    type(event).objects.update(live=False)
    assert "Open day" not in told(now - day, None)


def test_what_is_not_public_is_neither_linked_nor_listed(
    client: Client, promise: Commitment
) -> None:
    make_programme(promise)
    assert "item 1: A promise" in text_of(client.get(PROGRAMME))
    assert "Served by One incubator" in text_of(client.get(ROADMAP))

    RoadmapPage.objects.update(live=False)
    assert "A promise" not in text_of(client.get(PROGRAMME))
    assert client.get(f"{LIST}?serves={promise.pk}").context["promise"] is None
    RoadmapPage.objects.update(live=True)
    ProgrammePage.objects.update(live=False)

    roadmap = text_of(client.get(ROADMAP))
    assert "Served by" not in roadmap
    assert "programmes and campaigns" not in roadmap
    assert "One incubator" not in text_of(client.get(LIST))
    for name in ("initiatives", "money", "indicators", "readings"):
        file = client.get(f"/en/initiatives/data/{name}.csv").getvalue().decode()
        assert len(file.splitlines()) == 3


def test_a_promise_leads_to_what_serves_it_and_to_all_of_it(
    client: Client, promise: Commitment
) -> None:
    make_programme(promise)
    make_programme(promise, title="One purse", slug="purse")
    make_campaign()

    response = client.get(ROADMAP)
    all_of_it = f"{LIST}?serves={promise.pk}"
    served = client.get(all_of_it)

    assert "Served by One incubator and 1 other" in text_of(response)
    assert f'href="{all_of_it}"' in response.content.decode()
    assert f'href="{LIST}"' in response.content.decode()
    assert "What serves this promise: A promise ." in text_of(served)
    assert [card["page"].slug for card in served.context["running"]] == ["purse", "incubator"]


def test_the_list_has_what_runs_before_what_is_over_and_can_be_narrowed_by_kind(
    client: Client, promise: Commitment
) -> None:
    long_ago = {"starts_on": TODAY - timedelta(900), "ends_on": TODAY - timedelta(2)}
    long_ago |= {"intake_opens_at": timezone.now(), "lead_city": City.objects.first()}
    make_programme(promise)
    make_programme(promise, title="Buses", slug="buses", kind="purchasing", **long_ago)
    make_campaign(starts_on=TODAY + timedelta(5), ends_on=TODAY + timedelta(9))

    every, narrowed = client.get(LIST), client.get(f"{LIST}?kind=purchasing")

    def slugs(response: Any) -> list[list[str]]:
        parts = (response.context["running"], response.context["ended"])
        return [[card["page"].slug for card in part] for part in parts]

    assert slugs(every) == [["two-harbours", "incubator"], ["buses"]]
    assert slugs(narrowed) == [[], ["buses"]]
    assert "Intake" not in text_of(narrowed)
    labels = [choice["label"] for choice in every.context["choices"]]
    assert labels == ["All kinds", "Business incubator", "Joint purchasing", "Tourism campaign"]
    assert slugs(client.get(f"{LIST}?kind=nonsense")) == slugs(every)


def test_a_site_without_any_says_so_on_the_list_and_nowhere_else(
    client: Client, promise: Commitment
) -> None:
    make_list()

    assert "No programme and no campaign yet" in text_of(client.get(LIST))
    assert "programmes and campaigns" not in text_of(client.get(ROADMAP))


def test_a_draft_that_was_never_saved_is_previewed_with_its_money(
    rf: Any, promise: Commitment
) -> None:
    from consultations.initiatives.presenting import initiative_context

    page = make_programme(promise)
    line = add_line(page)
    line.pk, line.currency = None, ""
    page.budget_lines = [line]

    context = initiative_context(page, rf.get(PROGRAMME))

    assert [total.currency for total in context["sums"]] == ["GBP"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, promise: Commitment, django_assert_num_queries: Any, number: int
) -> None:
    event, now = make_event(), timezone.now()
    page = make_programme(
        *(make_commitment() for _each in range(number)),
        lead_city=City.objects.first(),
        intake_event=event,
        intake_opens_at=now,
        intake_closes_at=now + timedelta(days=9),
    )
    for each in range(number):
        add_line(page, serves=promise, **RATE)
        add_indicator(page, TODAY, TODAY - timedelta(days=9))
        add_partner(page, city=City.objects.first())
        make_programme(promise, title=f"P{each}", slug=f"p{each}")
    client.get("/es/programas/")  # what a process asks once

    for address, bound in ((PROGRAMME, 13), (LIST, 7), (ROADMAP, 14)):
        with django_assert_num_queries(bound):
            client.get(address)
