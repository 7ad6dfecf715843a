"""Which roadmap is the current one, which commitments are late."""

from datetime import date

import pytest

from consultations.roadmap.enums import STATES_BY_LOOK, CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

TODAY = date(2027, 6, 15)


def state_of(**fields: object) -> str:
    make_commitment(make_roadmap(2027), **fields)
    return Commitment.objects.with_state(TODAY).get().state


@pytest.mark.parametrize("status", ["agreed", "in_progress"])
def test_a_promise_past_its_day_and_not_finished_is_late(status: str) -> None:
    assert state_of(status=status, due_on=date(2027, 6, 14)) == "late"


@pytest.mark.parametrize("status", ["agreed", "in_progress"])
def test_a_promise_is_not_late_on_its_day(status: str) -> None:
    assert state_of(status=status, due_on=TODAY) == status


@pytest.mark.parametrize("status", ["proposed", "completed", "continued", "suspended", "cancelled"])
def test_what_is_finished_stopped_or_not_yet_promised_is_never_late(status: str) -> None:
    finished = {"finished_on": TODAY} if status == "completed" else {}

    assert state_of(status=status, due_on=date(2027, 1, 1), **finished) == status


def test_the_database_and_the_commitment_agree_on_its_state() -> None:
    roadmap = make_roadmap(2027)
    for status in CommitmentStatus.values:
        make_commitment(roadmap, status=status, due_on=date(2027, 1, 1), finished_on=TODAY)

    for commitment in Commitment.objects.with_state(TODAY):
        assert commitment.state == commitment.state_on(TODAY)


def test_every_state_has_exactly_one_look() -> None:
    states = [state for group in STATES_BY_LOOK.values() for state in group]

    assert sorted(states) == sorted([*CommitmentStatus.values, "late"])


def test_the_current_roadmap_is_this_years_then_the_last_then_the_next() -> None:
    last, coming = make_roadmap(2026), make_roadmap(2028)

    assert RoadmapPage.objects.current(TODAY) == last

    this = make_roadmap(2027)

    assert RoadmapPage.objects.current(TODAY) == this

    RoadmapPage.objects.exclude(pk=coming.pk).update(live=False)

    assert RoadmapPage.objects.current(TODAY) == coming


def test_without_a_roadmap_none_is_current() -> None:
    assert RoadmapPage.objects.current(TODAY) is None


def test_counts_per_look_add_up_to_all_commitments() -> None:
    roadmap = make_roadmap(2027)
    make_commitment(roadmap, status="completed", finished_on=TODAY)
    make_commitment(roadmap, status="in_progress")
    make_commitment(roadmap, status="in_progress", due_on=date(2027, 1, 1))
    make_commitment(roadmap, status="suspended", due_on=date(2027, 1, 1))
    make_commitment(roadmap)

    counted = RoadmapPage.objects.with_commitment_counts(TODAY).get()

    assert counted.commitments_count == 5
    assert (counted.done_count, counted.going_count, counted.planned_count) == (1, 1, 1)
    assert (counted.late_count, counted.stopped_count) == (1, 1)


def test_an_editor_may_change_the_commitments_of_their_city_and_of_joint_roadmaps() -> None:
    alder, puerto = city_pair()
    own = make_commitment(make_roadmap(2025, cities=[alder]))
    joint = make_commitment(make_roadmap(2026))
    make_commitment(make_roadmap(2027, cities=[puerto]))
    editor = ResidentFactory()
    editor.edits_for.add(alder)

    editable = Commitment.objects.editable_by(editor)

    assert set(editable) == {own, joint}
