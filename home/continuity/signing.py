"""What the cities sign: the status of the partnership from now on, and why, in every language."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from home.continuity.enums import BondStatus
from home.continuity.models import StatusChange
from home.continuity.refusals import StatusWithoutReason
from partnership.ledger.kinds import Shown
from partnership.ledger.models import ApprovalRequest
from partnership.pages.comparing import Cell, Row, cell_of
from partnership.pages.languages import CODES, localized


def content_of(change: StatusChange) -> dict[str, Any]:
    """Return what is signed; raises StatusWithoutReason while a language of it is missing."""
    reason = {code: getattr(change, localized("reason", code)) or "" for code in CODES}
    if not all(reason.values()):
        raise StatusWithoutReason
    until = change.until.isoformat() if change.until else None
    return {"before": change.before, "after": change.status, "until": until, "reason": reason}


def title_of(change: StatusChange) -> str:
    """What it is called, in the active language."""
    status = change.get_status_display()
    return _("Status of the partnership: %(status)s") % {"status": status}


def address_of(change: StatusChange) -> str:
    """Where the changes of status are listed."""
    return reverse("status_changes:index")


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return how it stands, how it is to stand, until when and why.

    No change is ever signed twice, so there is nothing that was signed ``before``.
    """
    labels = [BondStatus(content[name]).label for name in ("before", "after")]
    until = parse_date(content["until"] or "")
    last_day = date_format(until, "DATE_FORMAT") if until else _("the cities sign otherwise")
    return [
        Row(_("Status"), [Cell(format_html("{} → {}", *labels))]),
        Row(_("Until"), [Cell(last_day)]),
        Row(_("Why"), [cell_of(content["reason"], {}, code) for code in CODES]),
    ]


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """Return what readers of the open ledger are told of changed status; one query."""
    asked = {each.pk: each.object_id for each in requests}
    found = StatusChange.objects.made().in_bulk(list(asked.values()))
    address = reverse("partnership")
    return {
        pk: Shown(title_of(found[change]), f"{address}#history")
        for pk, change in asked.items()
        if change in found
    }
