"""Phases of one consultation never overlap, whoever writes them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from consultations import phases_apart
from consultations.models import ConsultationPage, Phase
from tests.consultations.test_pages import text_of
from tests.factories.consultations import make_consultation, make_phase

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HOUR = timedelta(hours=1)


def two_phases():
    """A consultation whose phases follow each other without an instant between them."""
    page = make_consultation()
    middle = page.opens_at + 24 * HOUR
    Phase.objects.update(ends_at=middle)
    second = make_phase(page, middle, middle + 24 * HOUR)
    return (
        ConsultationPage.objects.get(pk=page.pk),
        page.phases.get(starts_at=page.opens_at),
        second,
    )


def test_the_table_itself_refuses_phases_that_overlap():
    page, first, second = two_phases()

    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        make_phase(page, first.starts_at + HOUR, first.ends_at - HOUR)
    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        Phase.objects.filter(pk=second.pk).update(starts_at=second.starts_at - HOUR)

    assert Phase.objects.count() == 2


def test_phases_of_two_consultations_may_run_at_once():
    first = make_consultation()
    second = make_consultation(title="Another")

    assert first.current_phase.starts_at < second.current_phase.ends_at
    assert second.current_phase.starts_at < first.current_phase.ends_at


def test_all_phases_of_a_page_can_be_moved_at_once():
    page, first, second = two_phases()
    page.phases = list(page.phases.all())
    for phase in page.phases.all():
        phase.starts_at += 24 * HOUR
        phase.ends_at += 24 * HOUR

    page.save()

    kept = Phase.objects.order_by("starts_at").values_list("pk", "starts_at")
    assert list(kept) == [(first.pk, second.starts_at), (second.pk, second.ends_at)]


def test_two_phases_can_change_places():
    page, first, second = two_phases()
    places = {first.pk: second, second.pk: first}
    page.phases = list(page.phases.all())
    for phase in page.phases.all():
        phase.starts_at, phase.ends_at = places[phase.pk].starts_at, places[phase.pk].ends_at

    page.save()

    kept = Phase.objects.order_by("starts_at").values_list("pk", flat=True)
    assert list(kept) == [second.pk, first.pk]


def test_a_draft_that_moves_a_phase_leaves_readers_theirs():
    page, first, second = two_phases()
    page.phases = list(page.phases.all())
    for phase in page.phases.all():
        phase.ends_at -= HOUR

    page.save_revision()

    kept = Phase.objects.order_by("starts_at").values_list("pk", "ends_at")
    assert list(kept) == [(first.pk, first.ends_at), (second.pk, second.ends_at)]


def test_what_a_migration_dropped_is_put_back():
    page, first, _second = two_phases()
    if connection.vendor == "sqlite":  # which drops it when it builds the table anew
        phases_apart.lift(connection)

    phases_apart.protect_again("default")

    with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        make_phase(page, first.starts_at, first.ends_at)


def test_the_last_instant_itself_is_closed_and_the_next_phase():
    consultation = make_consultation()
    opens, closes = consultation.opens_at, consultation.closes_at
    before = timedelta(microseconds=1)
    first, second = (
        Phase(kind="vote", starts_at=start, ends_at=start + HOUR) for start in (opens, opens + HOUR)
    )

    states = [
        consultation.state_at(instant)
        for instant in (opens - before, opens, closes - before, closes)
    ]

    assert states == ["forthcoming", "open", "open", "closed"]
    assert [phase.covers(second.starts_at) for phase in (first, second)] == [False, True]


def test_the_page_says_what_each_stage_is_for_and_what_one_can_do_in_it(client):
    page, _first, second = two_phases()
    Phase.objects.filter(pk=second.pk).update(kind="decide", allows=[])

    text = text_of(client.get(page.url))

    assert "What happens in each stage" in text
    assert "The cities weigh it, and decide." in text
    assert text.count("You can answer the questions") == 1
