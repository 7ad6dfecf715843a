"""The signed review of a year as open data: the figures of its day, as codes."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from consultations.reviews.enums import Verdict
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.roadmap.enums import CommitmentStatus
from partnership.pages.languages import CODES, localized
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage


def review_table(roadmap: "RoadmapPage", today: date) -> Table | None:
    """What every city has signed of each promise; None while there is no signed review."""
    review = AnnualReview.objects.signed().filter(roadmap=roadmap).first()
    if review is None:
        return None
    columns = (
        Column("number", _("number"), "integer"),
        *columns_in_every_language("title", _("commitment")),
        Column("led_by", _("led by")),
        Column("verdict", _("verdict"), values=tuple(Verdict.choices)),
        *columns_in_every_language("why", _("why")),
        Column("carried_into", _("carried over into")),
        Column("status", _("status"), values=tuple(CommitmentStatus.choices)),
        Column("due_on", _("due on"), "date"),
        Column("finished_on", _("finished on"), "date"),
        Column("late_days", _("days late"), "integer"),
        Column("planned", _("money planned")),
        Column("spent", _("money spent")),
        Column("currency", _("currency")),
        Column("evidence", _("links to evidence"), "integer"),
        Column("open_risks", _("open risks"), "integer"),
        Column("figures_on", _("day of the figures"), "date"),
    )
    return Table("review", columns, lambda: _rows(review))


def _rows(review: AnnualReview) -> Iterator[Row]:
    facts = {each["commitment"]: each for each in review.figures["commitments"]}
    rows = CommitmentReview.objects.filter(review=review, commitment__in=facts)
    for row in rows.to_read():
        known = facts[row.commitment_id]
        yield (
            known["number"],
            *(known["title"].get(code, "") for code in CODES),
            "|".join(known["led_by"]),
            row.verdict,
            *(getattr(row, localized("why", code)) or "" for code in CODES),
            _goal(row),
            *(known[name] for name in ("status", "due_on", "finished_on", "late_days")),
            *_money(known["money"]),
            *(known[name] for name in ("evidence", "open_risks")),
            review.figures["day"],
        )


def _goal(row: Any) -> str:
    """The commitment it goes on in, once readers know it: its year and number."""
    goal = row.carried_into
    return f"{goal.roadmap.year}-{goal.number}" if goal and row.goes_on else ""


def _money(sums: list[dict[str, Any]]) -> tuple[str | None, str | None, str]:
    """Planned, spent and the currency, where one sum holds all of it."""
    whole = next((each for each in sums if not each["left_out"]), None)
    return (whole["planned"], whole["spent"], whole["currency"]) if whole else (None, None, "")
