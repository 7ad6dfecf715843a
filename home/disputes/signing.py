"""What the cities sign about a disagreement, and how little of it readers are told."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.roadmap.promises.enums import ChangeState
from home.disputes.enums import Confidentiality
from home.disputes.models import DisputeChange
from home.disputes.refusals import ChangeIsOver
from partnership.cities.models import City
from partnership.ledger.kinds import Shown
from partnership.ledger.models import ApprovalRequest
from partnership.pages.comparing import Cell, Row, cell_of
from partnership.pages.languages import CODES, localized


def content_of(change: DisputeChange) -> dict[str, Any]:
    """Return what is signed, never a word of the matter; raises ChangeIsOver."""
    if change.state == ChangeState.CALLED_OFF:
        raise ChangeIsOver
    reason = {code: getattr(change, localized("reason", code)) or "" for code in CODES}
    # Its key and no number: gaps between numbers would tell of those that nobody sees.
    what = {"dispute": change.dispute.key, "reason": reason}
    if change.until is None or change.step is None:
        before = change.dispute.confidentiality
        return {**what, "before": before, "after": str(change.confidentiality)}
    return {
        **what,
        "step": change.step.stage,
        "before": change.step.due_on.isoformat(),
        "after": change.until.isoformat(),
    }


def title_of(change: DisputeChange) -> str:
    """What it is called for those who sign, in the active language: a number and no matter."""
    words = {"number": change.dispute_id}
    if change.until is None:
        return _("Disagreement No. %(number)s: what readers see") % words
    return _("Disagreement No. %(number)s: more time") % words


def address_of(change: DisputeChange) -> str:
    """The screen on which it is moved."""
    return reverse("disputes:way", args=(change.dispute_id,))


def cities_of(change: DisputeChange) -> list[City]:
    """The cities of the disagreement."""
    return list(change.dispute.cities.all())


def may_read(change: DisputeChange, person: Any) -> bool:
    """Whether this person works for one of its cities; the key of another city opens nothing."""
    return type(change.dispute).objects.of_editor(person).filter(pk=change.dispute_id).exists()


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return what there is now, what there is to be, and why; nothing is signed twice."""
    if "step" in content:
        days = [parse_date(content[name]) for name in ("before", "after")]
        label, words = _("Last day"), [date_format(day, "DATE_FORMAT") for day in days if day]
    else:
        label = capfirst(_("what readers see"))
        words = [str(Confidentiality(content[name]).label) for name in ("before", "after")]
    return [
        Row(label, [Cell(format_html("{} → {}", *words))]),
        Row(_("Why"), [cell_of(content["reason"], {}, code) for code in CODES]),
    ]


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """Return what readers of the open ledger are told: of a closed one nothing; one query."""
    asked = {each.pk: each.object_id for each in requests}
    changes = DisputeChange.objects.filter(pk__in=asked.values()).select_related("dispute")
    found = {change.pk: change for change in changes if not change.dispute.is_closed}
    return {pk: _shown(found[change]) for pk, change in asked.items() if change in found}


def _shown(change: DisputeChange) -> Shown:
    dispute = change.dispute
    title = _("More time for a disagreement")
    if change.until is None:
        title = _("Readers see more of a disagreement")
    return Shown(title, dispute.get_absolute_url(), has_content=dispute.is_told)
