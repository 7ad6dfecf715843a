"""Copying checklists and ticking items: once, whoever is quicker."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.drills.models import (
    Checklist,
    ChecklistItem,
    CorrectiveAction,
    DrillItem,
    Punctuality,
)
from events.drills.refusals import AlreadyTicked, ChangedMeanwhile
from events.drills.services import copy_checklist, tick, untick
from tests.factories.drills import make_action, make_checklist, make_drill, make_observation
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def test_a_checklist_is_copied_in_its_order_under_what_is_there():
    drill, checklist = make_drill("Own item"), make_checklist("Call", "Warn")

    copy_checklist(checklist, drill=drill)

    assert [(item.number, item.text_es) for item in drill.items.all()] == [
        (1, "Own item"),
        (2, "Call"),
        (3, "Warn"),
    ]


def test_copying_again_copies_only_what_is_new_and_leaves_ticks():
    drill, checklist = make_drill(), make_checklist("Call")
    [item] = copy_checklist(checklist, drill=drill)
    tick(item, by=ResidentFactory())
    ChecklistItem.objects.create(
        checklist=checklist, text_en="Warn", text_es="Avisar", sort_order=9
    )

    copied = copy_checklist(Checklist.objects.get(), drill=drill)

    assert [one.text_en for one in copied] == ["Warn"]
    assert [one.is_done for one in drill.items.all()] == [True, False]


def test_a_change_of_the_checklist_leaves_the_copy_as_it_was():
    drill, checklist = make_drill(), make_checklist("Call")
    copy_checklist(checklist, drill=drill)

    checklist.items.update(text_en="Ring")
    checklist.delete()

    assert drill.items.get().text_en == "Call"


def test_a_tick_keeps_who_and_when():
    drill, joan = make_drill("Call"), ResidentFactory()
    before = timezone.now()

    item = tick(drill.items.get(), by=joan)

    assert item.done_by == joan
    assert before <= item.done_at <= timezone.now()


def test_the_second_tick_is_refused_and_the_first_stands():
    drill, joan, marta = make_drill("Call"), ResidentFactory(), ResidentFactory()
    seen_by_both = drill.items.get()
    first = tick(drill.items.get(), by=joan)

    with pytest.raises(AlreadyTicked):
        tick(seen_by_both, by=marta)

    item = drill.items.get()
    assert (item.done_by, item.done_at) == (joan, first.done_at)


def test_only_the_tick_that_was_seen_can_be_taken_back():
    drill = make_drill("Call")
    item = tick(drill.items.get(), by=ResidentFactory())

    for seen in (None, item.done_at - timedelta(seconds=1)):
        with pytest.raises(ChangedMeanwhile):
            untick(item, seen=seen)
    untick(item, seen=item.done_at)

    assert not drill.items.get().is_done


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_ticks_at_once_one_counts(run_in_threads):
    item = make_drill("Call").items.get()
    people = [ResidentFactory() for _number in range(8)]

    def try_to_tick(number):
        return tick(DrillItem.objects.get(pk=item.pk), by=people[number]).done_by_id

    outcomes = run_in_threads(try_to_tick, times=8)

    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadyTicked)]
    [winner] = [outcome for outcome in outcomes if not isinstance(outcome, AlreadyTicked)]
    assert len(refused) == 7
    assert DrillItem.objects.get(pk=item.pk).done_by_id == winner


@pytest.mark.both
def test_the_table_refuses_what_makes_no_sense():
    drill = make_drill("Call")
    action = make_action(make_observation(drill), due=date(2026, 5, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        drill.items.update(done_by=ResidentFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        DrillItem.objects.create(drill=drill, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectiveAction.objects.filter(pk=action.pk).update(state="done")


def test_the_share_closed_on_time_counts_what_is_closed_or_late():
    seen = make_observation(make_drill())
    today = timezone.localdate()
    past, future = today - timedelta(days=9), today + timedelta(days=9)
    make_action(seen, due=past, closed=past)  # on time
    make_action(seen, due=future, closed=today)  # early
    make_action(seen, due=past, closed=today)  # late
    make_action(seen, due=past)  # still open, late
    make_action(seen, due=future)  # not due: not counted
    make_action(seen, due=past, state="dropped")  # never counted

    found = Punctuality.of(CorrectiveAction.objects.select_related("city"))

    assert (found.on_time, found.counted, found.percent) == (2, 4, 50)
    assert Punctuality.of([]).percent is None
    assert CorrectiveAction.objects.overdue(today).count() == 1
