"""What a commitment takes along into another year: what is planned, nothing that was done."""

from typing import TYPE_CHECKING

from consultations.roadmap.delivery.models import BudgetLine, Indicator
from consultations.roadmap.enums import CommitmentStatus
from partnership.pages.languages import field_names

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment

WORDS_OF_INDICATORS = ("what", "unit", "method")


def begin_again(commitment: "Commitment") -> None:
    """Let it be planned, as a copy that is not saved: with its money to plan and its measures.

    Spending, readings and milestones are those of its own year.
    """
    commitment.status = CommitmentStatus.AGREED
    commitment.finished_on = commitment.original_due_on = commitment.spent = None
    for column in field_names("not_measured"):
        setattr(commitment, column, "")
    commitment.budget_lines.set([_planned(line) for line in commitment.budget_lines.all()])
    commitment.indicators.set([_to_measure(each) for each in commitment.indicators.all()])
    commitment.milestones.set([])


def _planned(line: BudgetLine) -> BudgetLine:
    words = {column: getattr(line, column) for column in field_names("what")}
    return BudgetLine(city=line.city, planned=line.planned, **words)


def _to_measure(indicator: Indicator) -> Indicator:
    columns = [column for name in WORDS_OF_INDICATORS for column in field_names(name)]
    kept = {column: getattr(indicator, column) for column in (*columns, "baseline", "target")}
    return Indicator(**kept)
