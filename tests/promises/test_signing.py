"""A promise changes when every city has signed it, as it was asked, and not before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.enums import ChangeState
from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.refusals import ChangeWaits, ReasonMissing
from consultations.roadmap.promises.services import ask_to_change, make_change
from consultations.roadmap.promises.values import LINES, line_values
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.refusals import ContentHasChanged, NotYourCity, OnePersonOneCity
from partnership.ledger.services import approve, ask_for_changes, is_up_to_date, withdraw
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory
from tests.factories.delivery import make_line
from tests.factories.promises import YEAR, ask, change, editor_of, sign, why
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LATER, LATEST = f"{YEAR}-09-01", f"{YEAR}-11-01"


def stored(promise) -> Commitment:
    return Commitment.objects.get(pk=promise.pk)


def test_the_last_signature_makes_the_change(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)
    before = stored(promise).due_on
    sign(request, by=people.puerto, city=cities[1])

    assert before == date(YEAR, 5, 1)
    assert stored(promise).due_on == date(YEAR, 9, 1)
    assert stored(promise).original_due_on == date(YEAR, 5, 1)
    made = PromiseChange.objects.get()
    assert (made.state, made.before) == (ChangeState.MADE, {"due_on": f"{YEAR}-05-01"})
    assert made.settled_at is not None


def test_who_asks_has_signed_for_their_city_and_the_other_city_is_asked(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)

    assert request.missing == [cities[1]]
    told = OutgoingMail.objects.filter(kind="approval_asked")
    assert {mail.to for mail in told} == {people.puerto.email, people.both.email}
    assert "Rampa" in told.get(to=people.puerto.email).text


def test_nobody_signs_for_both_cities(promise, people, cities):
    request = ask(promise, by=people.both, due_on=LATER)
    first = list(request.missing)
    sign(request, by=people.both, city=cities[0])

    with pytest.raises(OnePersonOneCity):
        sign(request, by=people.both, city=cities[1])

    assert first == list(cities)
    assert stored(promise).due_on == date(YEAR, 5, 1)


def test_one_citys_editor_does_not_sign_for_the_other(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)

    for person in (people.alder, people.admin):
        with pytest.raises((NotYourCity, OnePersonOneCity)):
            sign(request, by=person, city=cities[1])

    assert stored(promise).due_on == date(YEAR, 5, 1)


def test_an_administrator_without_a_city_asks_for_no_change(promise, people):
    with pytest.raises(NotYourCity):
        ask(promise, by=people.admin, due_on=LATER)

    assert not PromiseChange.objects.exists()


def test_every_kind_of_value_is_put_into_effect(promise, people, cities):
    alder, puerto = cities
    after = {
        "led_by": ["alder", "puerto"],
        "planned": "750.50",
        "currency": "GBP",
        "status": "cancelled",
        "finished_on": f"{YEAR}-03-01",
        "title": {"en": "Half a ramp", "es": "Media rampa"},
    }
    change(promise, alder, puerto, **after)

    now = stored(promise)
    assert list(now.led_by.order_by("code")) == [alder, puerto]
    assert (now.planned, now.currency) == (Decimal("750.50"), "GBP")
    assert (now.status, now.finished_on) == ("cancelled", date(YEAR, 3, 1))
    assert (now.title_en, now.title_es) == ("Half a ramp", "Media rampa")
    assert now.original_due_on is None


def test_the_day_promised_first_stays_the_first(promise, cities):
    change(promise, *cities, due_on=LATER)
    change(promise, *cities, due_on=LATEST)
    moved_twice = stored(promise)
    change(promise, *cities, due_on=f"{YEAR}-05-01")

    assert moved_twice.original_due_on == date(YEAR, 5, 1)
    assert moved_twice.was_moved
    assert not stored(promise).was_moved


def test_a_text_signed_in_one_language_leaves_no_other_behind(promise, cities):
    change(promise, *cities, title={"en": "The ramp", "es": "Rampa"})

    now = stored(promise)
    assert [record for record in now.wording[""].values() if "stale_at" in record] == []


def test_nothing_is_made_of_a_promise_that_is_another_by_now(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)
    Commitment.objects.filter(pk=promise.pk).update(due_on=date(YEAR, 6, 1))

    with pytest.raises(ContentHasChanged):
        sign(request, by=people.puerto, city=cities[1])
    with pytest.raises(ContentHasChanged):
        make_change(PromiseChange.objects.get(), request=request)

    assert not is_up_to_date(request)
    assert stored(promise).due_on == date(YEAR, 6, 1)
    assert PromiseChange.objects.waiting().exists()


def test_progress_meanwhile_does_not_stand_in_the_way(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)
    Commitment.objects.filter(pk=promise.pk).update(status="in_progress", spent=10)
    sign(request, by=people.puerto, city=cities[1])

    now = stored(promise)
    assert (now.due_on, now.status, now.spent) == (date(YEAR, 9, 1), "in_progress", 10)


@pytest.mark.both
def test_one_change_at_a_time(promise, people):
    ask(promise, by=people.alder, due_on=LATER)

    with pytest.raises(ChangeWaits):
        ask(promise, by=people.puerto, due_on=LATEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseChange.objects.create(commitment=promise, before={}, after={})


@pytest.mark.parametrize("end", ["author", "colleague", "other"])
def test_called_off_the_promise_stands_and_another_change_can_be_asked_for(
    promise, people, cities, end
):
    request = ask(promise, by=people.alder, due_on=LATER)

    if end == "author":
        withdraw(request, by=people.alder)
    elif end == "colleague":
        withdraw(request, by=editor_of(cities[0]))
    else:
        ask_for_changes(request, by=people.puerto, city=cities[1], comment="Too late.")

    assert PromiseChange.objects.get().state == ChangeState.CALLED_OFF
    assert stored(promise).due_on == date(YEAR, 5, 1)
    assert ask(promise, by=people.alder, due_on=LATEST).is_open


def test_no_change_without_a_reason_in_every_language(promise, people):
    reasons = {**why(), "es": ""}

    with pytest.raises(ReasonMissing):
        ask_to_change(promise, after={"due_on": LATER}, reasons=reasons, by=people.alder)

    assert not PromiseChange.objects.exists()


@pytest.mark.parametrize(("of", "asked"), [((0, 1), 2), ((1, 2), 2), ((0,), 3), ((), 3)])
def test_the_cities_of_the_roadmap_sign_and_all_where_it_is_of_one_or_joint(
    site_tree, cities, of, asked
):
    every = [*cities, CityFactory(code="third")]
    roadmap = make_roadmap(cities=[every[number] for number in of])
    editor = editor_of(every[of[0] if of else 0])

    request = ask(make_commitment(roadmap), by=editor, due_on=LATER)

    assert len(request.asked) == asked


@pytest.mark.both
def test_the_only_city_changes_its_promise_at_once(site_tree, cities):
    alder, puerto = cities
    promise = make_commitment(make_roadmap())
    puerto.delete()

    request = ask(promise, by=editor_of(alder), due_on=LATER)

    assert ApprovalRequest.objects.get(pk=request.pk).conclusion.outcome == "signed"
    assert stored(promise).due_on == date(YEAR, 9, 1)


def test_a_city_signs_what_it_has_read(promise, people, cities):
    request = ask(promise, by=people.alder, due_on=LATER)

    with pytest.raises(ContentHasChanged):
        approve(request, by=people.puerto, city=cities[1], seen="0" * 64)

    assert stored(promise).due_on == date(YEAR, 5, 1)


@pytest.mark.both
def test_a_budget_line_that_is_gone_by_now_is_promised_by_nobody(promise, people, cities):
    line = make_line(promise, planned=0)
    lines = [{**line_values(line), "planned": "900.00"}]
    request = ask(promise, by=people.alder, **{LINES: lines})
    line.delete()

    with pytest.raises(ContentHasChanged):
        sign(request, by=people.puerto, city=cities[1])
