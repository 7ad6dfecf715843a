"""What can never be false about a commitment and its evidence."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consultations.roadmap.models import EvidenceLink, RoadmapPage, next_year
from tests.factories.events import make_event
from tests.factories.exports import make_consultation_to_export, make_statement
from tests.factories.roadmap import cite, make_commitment, make_roadmap, make_roadmap_index

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def refused(make: object) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_evidence_has_exactly_one_target() -> None:
    commitment = make_commitment()
    consultation = make_consultation_to_export()
    statement = make_statement(consultation)

    assert refused(lambda: cite(commitment))
    assert refused(lambda: cite(commitment, statement=statement, consultation=consultation))
    assert refused(
        lambda: cite(
            commitment,
            statement=statement,
            consultation=consultation,
            event=make_event().eventpage_ptr,
        )
    )
    assert EvidenceLink.objects.count() == 0


def test_a_commitment_cites_the_same_thing_once() -> None:
    consultation = make_consultation_to_export()
    commitment = make_commitment()
    cite(commitment, consultation=consultation)
    cite(make_commitment(), consultation=consultation)

    assert refused(lambda: cite(commitment, consultation=consultation))


def test_a_number_is_given_once_per_roadmap() -> None:
    commitment = make_commitment()
    make_commitment(make_roadmap(2020), number=commitment.number)

    assert refused(lambda: make_commitment(commitment.roadmap, number=commitment.number))


def test_what_is_done_has_the_day_it_was_finished() -> None:
    commitment = make_commitment()
    commitment.status = "completed"

    with pytest.raises(ValidationError, match="on which day"):
        commitment.full_clean()
    assert refused(commitment.save)


def test_money_is_never_negative() -> None:
    assert refused(lambda: make_commitment(planned=Decimal("-0.01")))


def test_the_spent_share_needs_a_plan() -> None:
    assert make_commitment(planned=Decimal(200), spent=Decimal(50)).spent_percent == 25
    assert make_commitment(spent=Decimal(50)).spent_percent is None
    assert make_commitment(planned=Decimal(200)).spent_percent == 0


def test_a_day_counts_as_moved_only_when_it_is_another_day() -> None:
    day = date(2027, 5, 22)

    assert make_commitment(due_on=day, original_due_on=date(2027, 4, 1)).was_moved
    assert not make_commitment(due_on=day, original_due_on=day).was_moved


def test_a_copied_roadmap_is_the_next_years() -> None:
    roadmap = make_roadmap(2027)

    copied = roadmap.copy(keep_live=False, update_attrs={"slug": "copy"})

    assert copied.specific.year == 2028
    assert not copied.live


def test_the_first_roadmap_is_this_years() -> None:
    make_roadmap_index()

    assert next_year() == date.today().year  # noqa: DTZ011 - the day matters to nobody here
    assert RoadmapPage.objects.count() == 0
