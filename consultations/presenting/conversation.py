"""The comments of a consultation, ten conversations to a page, the latest first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator

from consultations.models import ConsultationPage, Contribution
from consultations.outcomes import Outcome
from consultations.presenting.votes import links_to

PER_PAGE = 10
PAGE_PARAMETER = "comments"


def conversation(
    consultation: ConsultationPage,
    number: str | None,
    outcomes: Mapping[str, Sequence[Outcome]],
) -> dict[str, Any]:
    """Return one page of published comments with their published replies; three queries."""
    page = page_of_threads(consultation, number)
    threads = list(page.object_list)
    replies: dict[int, list[Contribution]] = defaultdict(list)
    for reply in consultation.contributions.published().replies_to(threads).with_authors():
        replies[reply.parent_id].append(reply)
    return {
        "page": page,
        "threads": [
            {
                **_entry(thread, outcomes),
                "replies": [_entry(reply, outcomes) for reply in replies[thread.pk]],
            }
            for thread in threads
        ],
    }


def page_of_threads(consultation: ConsultationPage, number: str | None) -> Page:
    """Return that page; the nearest one there is for a number that is none."""
    threads = consultation.contributions.published().threads().with_authors()
    return Paginator(threads, PER_PAGE).get_page(number)


def page_number_of(contribution: Contribution) -> int:
    """Return the page a published comment, or the comment it replies to, stands on."""
    thread = contribution.parent or contribution
    threads = thread.consultation.contributions.published().threads()
    return threads.newer_than(thread).count() // PER_PAGE + 1


def _entry(comment: Contribution, outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, Any]:
    resident = comment.participant.resident
    return {
        "comment": comment,
        "author": comment.author_name,
        "is_staff": bool(resident and resident.is_staff),
        "organisation": resident.organisation_name if resident else "",
        "became": links_to(outcomes.get(comment.anchor, ())),
    }
