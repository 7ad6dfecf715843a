"""How an editor writes down money, indicators and milestones, and what waits for the other city."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from consultations.roadmap.delivery.models import BudgetLine, Indicator, Milestone
from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.models import PromiseChange
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.refusals import ContentHasChanged
from partnership.ledger.services import withdraw
from tests.consultations.test_pages import text_of
from tests.factories.delivery import (
    DAY,
    RATE,
    filled,
    make_indicator,
    make_line,
    make_milestone,
    rows,
    typed_line,
)
from tests.factories.promises import editor_of, sign
from tests.factories.roadmap import in_every_language

pytestmark = pytest.mark.django_db

WHY = {"reason_en": "Stone became dearer.", "reason_es": "La piedra subió."}
DONE = {"status": "completed", "finished_on": str(DAY)}
WORDS = in_every_language(what="Wait for a permit", unit="days", method="Counted by hand.")


def indicator(*readings: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """One new indicator with its readings."""
    words = {**WORDS, "baseline": "19", "target": "4", **fields}
    return rows("indicators", words) | rows("indicators-0-readings", *readings)


def reading(**fields: Any) -> dict[str, Any]:
    city = BudgetLine._meta.get_field("city").related_model.objects.first()
    return {"read_on": str(DAY), "value": "4", "city": city.pk, **fields}


def errors(response: Any) -> Any:
    assert response.status_code == 200
    return response.context["form"].errors


# Money ----------------------------------------------------------------------------------------


@pytest.mark.both
def test_spending_and_rates_are_saved_at_once_by_one_city(send, promise, cities):
    line = make_line(promise)

    sent = send(**rows("budget_lines", typed_line(line, spent="12.5", **RATE), stored=1))

    assert sent.url == reverse("commitments:index")
    line.refresh_from_db()
    assert (line.spent, line.rate_currency) == (Decimal("12.50"), "EUR")
    assert not PromiseChange.objects.exists()

    BudgetLine.objects.update(rate_currency="")  # as older ones have it
    send(**rows("budget_lines", typed_line(line, spent="12.5", **RATE), stored=1))

    line.refresh_from_db()
    assert line.rate_currency == "EUR"  # though nothing was changed


@pytest.mark.parametrize("change", ["planned", "city", "words", "new"])
def test_what_a_city_has_to_pay_waits_for_every_signature(send, promise, cities, change):
    line = make_line(promise)
    typed = {
        "planned": [typed_line(line, planned="90")],
        "city": [typed_line(line, city=cities[1].pk)],
        "words": [typed_line(line, what_en="Sand", what_es="Arena")],
        "new": [typed_line(line), typed_line(city=cities[1].pk, planned="50")],
    }[change]
    form = rows("budget_lines", *typed, stored=1)
    assert set(errors(send(**form))) == {"reason_en", "reason_es"}

    asked = send(**form, **WHY)

    request = ApprovalRequest.objects.get()
    assert asked.url == reverse("approval", args=(request.pk,))
    stood = {(each.city, each.planned, each.what) for each in BudgetLine.objects.all()}
    assert stood - {(cities[1], 0, "Stones")} == {(cities[0], 100, "Stones")}
    sign(request, by=editor_of(cities[1]), city=cities[1])
    stands = {(each.city.code, each.planned, each.what) for each in BudgetLine.objects.all()}
    assert (
        stands
        == {
            "planned": {("alder", 90, "Stones")},
            "city": {("puerto", 100, "Stones")},
            "words": {("alder", 100, "Sand")},
            "new": {("alder", 100, "Stones"), ("puerto", 50, "Stones")},
        }[change]
    )
    assert {each.currency for each in BudgetLine.objects.filter(city=cities[1])} <= {"EUR"}


def test_a_typing_error_in_a_line_is_corrected_at_once(send, promise):
    line = make_line(promise)

    send(**rows("budget_lines", typed_line(line, what_en="Stone"), stored=1), is_small_change="on")

    line.refresh_from_db()
    assert line.what_en == "Stone"
    assert not PromiseChange.objects.exists()


def test_a_sum_is_divided_between_the_cities_with_all_signatures(send, promise, cities):
    Commitment.objects.update(planned=150, currency="EUR")
    lines = rows("budget_lines", *(typed_line(city=city.pk, planned="75") for city in cities))
    assert "planned" in errors(send(**lines, **WHY))

    send(**lines, **WHY, planned="")
    before = Commitment.objects.get().planned
    sign(ApprovalRequest.objects.get(), by=editor_of(cities[1]), city=cities[1])

    assert (before, Commitment.objects.get().planned) == (150, None)
    assert [line.planned for line in BudgetLine.objects.all()] == [75, 75]


def test_spending_is_saved_while_lines_wait_and_other_lines_are_not(send, promise):
    line = make_line(promise)
    send(**rows("budget_lines", typed_line(line, planned="90"), stored=1), **WHY)

    saved = send(**rows("budget_lines", typed_line(line, spent="7"), stored=1))
    refused = send(**rows("budget_lines", typed_line(line, planned="80"), stored=1), **WHY)

    line.refresh_from_db()
    assert (saved.status_code, line.spent) == (302, 7)
    (message,) = refused.context["form"].non_field_errors()
    assert message.startswith("A change of this promise waits for signatures.")


def test_a_line_that_is_promised_or_holds_money_is_not_deleted(send, promise):
    promised = make_line(promise)
    paid = make_line(promise, planned=0, spent=5)
    empty = make_line(promise, planned=0)
    gone = [typed_line(line, DELETE="1") for line in (promised, paid, empty)]

    refused = errors(send(**rows("budget_lines", *gone, stored=3), **WHY))
    send(**rows("budget_lines", typed_line(promised), typed_line(paid), gone[2], stored=3))

    assert (
        refused["__all__"]
        == ["“Stones” stays: a city pays for it, or has. Write 0 as planned instead."] * 2
    )
    assert set(BudgetLine.objects.all()) == {promised, paid}


def test_a_new_line_stays_while_it_waits_and_may_go_when_nothing_came_of_it(send, promise, cities):
    send(**rows("budget_lines", typed_line(planned="50")), **WHY)
    (line,) = BudgetLine.objects.all()
    gone = rows("budget_lines", typed_line(line, DELETE="1"), stored=1)

    kept = send(**gone)
    request = ApprovalRequest.objects.get()
    withdraw(request, by=request.requested_by)
    dropped = send(**gone)

    assert (kept.status_code, dropped.status_code) == (200, 302)
    assert not BudgetLine.objects.exists()


def test_nothing_is_made_of_a_line_that_is_gone(send, promise, cities):
    send(**rows("budget_lines", typed_line(planned="50")), **WHY)
    BudgetLine.objects.all().delete()

    with pytest.raises(ContentHasChanged):
        sign(ApprovalRequest.objects.get(), by=editor_of(cities[1]), city=cities[1])


def test_readers_and_whoever_signs_see_who_paid_what_before_and_now(send, client, promise, cities):
    line = make_line(promise)
    asked = send(**rows("budget_lines", typed_line(line, planned="90"), stored=1), **WHY)
    sign(ApprovalRequest.objects.get(), by=editor_of(cities[1]), city=cities[1])
    page = text_of(client.get(promise.roadmap.url_in("en")))

    assert (
        "Stones: Alder Bay, £100 → Stones: Alder Bay, £90" in client.get(asked.url).content.decode()
    )
    assert "Budget lines: before: Stones: Alder Bay, £100 → now: Stones: Alder Bay, £90" in page


# What is measured -----------------------------------------------------------------------------


def test_done_without_a_reading_or_a_reason_is_refused_beside_the_field(send, promise):
    make_indicator(promise)

    assert errors(send(**DONE)) == {
        "status": [
            (
                "Done needs a reading: add one to an indicator below, or say in every language "
                "why it cannot be measured."
            )
        ]
    }
    assert Commitment.objects.get().status == "agreed"


@pytest.mark.parametrize("by", ["reading", "reason"])
def test_done_with_a_reading_or_a_reason_is_saved(send, promise, by):
    reason = in_every_language(not_measured="It is there or it is not.")

    send(**DONE, **(indicator(reading()) if by == "reading" else reason))

    now = Commitment.objects.get()
    assert (now.status, now.is_measured) == ("completed", True)


def test_a_reason_is_written_in_every_language(send, promise):
    refused = errors(send(**DONE, not_measured_en="It is there or it is not."))

    assert refused["not_measured_es"] == ["Write it in Spanish too."]


def test_what_was_done_before_anybody_asked_for_readings_is_still_edited(send, promise):
    Commitment.objects.update(status="completed", finished_on=DAY)

    assert send(theme_en="Harbour", theme_es="Puerto").status_code == 302


def test_the_last_reading_of_what_is_done_is_not_taken_away(send, promise):
    found = make_indicator(promise, 4)
    Commitment.objects.update(status="completed", finished_on=DAY)
    row = {**WORDS, "id": found.pk}
    gone = {**reading(), "id": found.readings.get().pk, "DELETE": "1"}

    refused = send(
        **rows("indicators", row, stored=1), **rows("indicators-0-readings", gone, stored=1)
    )

    assert "status" in errors(refused)


@pytest.mark.parametrize(
    ("fields", "column", "message"),
    [
        ({"what_es": ""}, "what_es", "Write it in Spanish too."),
        ({"unit_en": "", "unit_es": ""}, "unit_en", "Write it in English."),
    ],
)
def test_a_row_is_written_in_every_language(send, fields, column, message):
    refused = send(**indicator(**fields))
    (row,) = refused.context["form"].formsets["indicators"].forms

    assert row.errors[column] == [message]
    assert not Indicator.objects.exists()


def test_the_source_of_a_reading_is_written_in_every_language_or_in_none(send):
    half = send(**indicator(reading(source_en="The register")))
    none = send(**indicator(reading()))

    assert (half.status_code, none.status_code) == (200, 302)
    assert Indicator.objects.get().readings.get().value == 4


def test_milestones_are_written_down_and_reached(send, promise, cities):
    words = {**in_every_language(what="Tender"), "city": cities[1].pk, "planned_on": str(DAY)}
    send(**rows("milestones", words))
    stored = {**words, "id": Milestone.objects.get().pk, "reached_on": str(DAY)}

    send(**rows("milestones", stored, stored=1))

    assert Milestone.objects.get().lag_on(DAY) == 0
    assert not PromiseChange.objects.exists()


# Another year, another pair of hands ----------------------------------------------------------


def test_a_copy_for_the_next_year_brings_what_is_planned_and_nothing_that_was_done(client, promise):
    make_line(promise, spent=5, committed=6, procurement_reference="2026/4", **RATE)
    make_indicator(promise, 4)
    make_milestone(promise)
    Commitment.objects.update(status="completed", finished_on=DAY, planned=7, spent=6)
    client.force_login(editor_of(promise.led_by.get()))

    form = client.get(reverse("commitments:copy", args=(promise.pk,))).context["form"]

    (line,) = form.formsets["budget_lines"].forms
    (measure,) = form.formsets["indicators"].forms
    money = (line.instance.planned, line.instance.spent, line.instance.committed)
    assert (*money, line.instance.exchange_rate) == (100, 0, 0, None)
    assert measure.instance.what == "Wait for a permit"
    assert [len(form.formsets["milestones"].forms), len(measure.formsets["readings"].forms)] == [
        0,
        0,
    ]
    begun = form.instance
    assert (begun.status, begun.finished_on, begun.planned, begun.spent) == (
        "agreed",
        None,
        7,
        None,
    )
    assert BudgetLine.objects.get().spent == 5


def test_two_editors_at_one_reading_see_each_others_figure(client, promise, cities):
    found = make_indicator(promise, 4)
    client.force_login(editor_of(cities[0], language_code="en"))
    address = reverse("commitments:edit", args=(promise.pk,))
    opened = client.get(address).context["form"]["as_opened"].value()
    found.readings.update(value=5)
    row = {**WORDS, "id": found.pk, "baseline": "", "target": ""}
    read = {**reading(value="4"), "id": found.readings.get().pk}
    form = rows("indicators", row, stored=1) | rows("indicators-0-readings", read, stored=1)

    refused = client.post(address, filled(promise, **form, as_opened=opened))

    assert "Somebody changed this since you opened it" in refused.content.decode()
    assert found.readings.get().value == 5


@pytest.mark.parametrize("name", ["planned_on", "reached_on"])
def test_a_milestone_in_a_year_nobody_can_mean_is_refused(send, promise, cities, name):
    words = in_every_language(what="The permit is there")
    days = {"planned_on": str(DAY), "reached_on": "", name: "0206-05-01"}

    refused = send(**rows("milestones", {**words, "city": cities[0].pk, **days}))

    (row,) = refused.context["form"].formsets["milestones"].forms
    assert row.errors == {name: ["Nobody can mean this day: check the year."]}
