"""The register of signatures, told on the days of the story: all of it is written on one day."""

from datetime import datetime, timedelta
from typing import Any

from partnership.demo.calendar import DemoCalendar
from partnership.ledger import append_only, chain
from partnership.ledger.models import ApprovalRequest, LedgerEntry

#: Where the things that cities sign keep when it was; what has none was signed today.
WHEN = ("signed_at", "settled_at", "published_at")
#: How long the cities took, and how far apart they signed.
ASKED, BETWEEN = timedelta(days=6), timedelta(days=1)


def date_back(calendar: DemoCalendar) -> None:
    """Give every signature the day of its story, and write the register again in that order."""
    signed = [(_when(request, calendar), request) for request in ApprovalRequest.objects.signed()]
    signed.sort(key=lambda each: (each[0], each[1].pk))
    with append_only.lifted():
        LedgerEntry.objects.all().delete()
        for at, request in signed:
            _sign_on(request, at)
    for _at, request in signed:
        chain.append(request)


def _when(request: ApprovalRequest, calendar: DemoCalendar) -> datetime:
    subject: Any = request.subject
    told = (getattr(subject, name, None) for name in WHEN)
    return next(filter(None, told), calendar.now)


def _sign_on(request: ApprovalRequest, at: datetime) -> None:
    """The last city signs at that moment, the others on the days before."""
    requests = ApprovalRequest.objects.filter(pk=request.pk)
    requests.update(requested_at=at - ASKED)
    for days, approval in enumerate(request.approvals.order_by("-pk")):
        request.approvals.filter(pk=approval.pk).update(given_at=at - days * BETWEEN)
    request.conclusion.concluded_at = at
    request.conclusion.save(update_fields=["concluded_at"])
