"""The demo's signatures: on the days its story tells, and in the open ledger in their order."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models.signals import pre_save

from consultations.analysis.models import CodedText, Quote
from consultations.official.models import AnswerWish, PublishedAnswer
from partnership.demo.people import DemoPeople
from partnership.ledger import append_only, chain
from partnership.ledger.models import Approval, ApprovalRequest, Conclusion, LedgerEntry
from partnership.ledger.services import approve

#: What is dated when it is written, and the column that says so.
MOMENTS: dict[type, str] = {
    ApprovalRequest: "requested_at",
    Approval: "given_at",
    Conclusion: "concluded_at",
    PublishedAnswer: "published_at",
    AnswerWish: "wished_at",
    CodedText: "coded_at",
    Quote: "picked_at",
}
#: How long before the last signature the cities were asked.
ASKED_BEFORE = timedelta(hours=3)


@contextmanager
def told_on(moment: datetime) -> Iterator[None]:
    """Date what is written meanwhile as the story tells it, not as the clock does."""

    def date_it(sender: type, instance: Any, **kwargs: Any) -> None:
        if instance._state.adding:
            setattr(instance, MOMENTS[sender], moment)

    for model in MOMENTS:
        pre_save.connect(date_it, sender=model)
    try:
        yield
    finally:
        for model in MOMENTS:
            pre_save.disconnect(date_it, sender=model)


def asked_for(moment: datetime) -> Any:
    """Date what is asked for, so that the last city can sign it at this moment."""
    return told_on(moment - ASKED_BEFORE)


def sign(
    request: ApprovalRequest, emails: Iterable[str], people: DemoPeople, *, at: datetime
) -> None:
    """Have everybody named sign for the city they work for."""
    with told_on(at):
        for email in emails:
            signer = people.accounts[email]
            approve(request, by=signer, city=signer.edits_for.get(), seen=request.digest)


def put_in_order() -> None:
    """Write the open ledger anew, in the order in which the last cities signed.

    The demo is made room by room, so its signatures come in another order than in its story.
    """
    signed = list(ApprovalRequest.objects.signed().order_by("conclusion__concluded_at", "pk"))
    connection.check_constraints()  # PostgreSQL changes no table of which checks are put off
    with append_only.lifted():
        LedgerEntry.objects.all().delete()
    for request in signed:
        chain.append(request)
