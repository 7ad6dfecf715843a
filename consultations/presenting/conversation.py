"""The comments of a consultation, ten conversations to a page, the latest first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from consultations.models import ConsultationPage, Contribution
from consultations.outcomes import Outcome
from consultations.presenting.votes import links_to
from consultations.translations.reading import reading_of
from partnership.pages.languages import active

PER_PAGE = 10
PAGE_PARAMETER = "comments"


def conversation(
    consultation: ConsultationPage,
    number: str | None,
    outcomes: Mapping[str, Sequence[Outcome]],
    *,
    total: int,
) -> dict[str, Any]:
    """Return one page of published comments with their published replies; one query.

    ``total`` is how many published conversations there are.
    """
    published = consultation.contributions.published()
    paginator = Paginator(published.threads(), PER_PAGE)
    paginator.count = total
    page = paginator.get_page(number)
    by_parent: dict[int | None, list[Contribution]] = defaultdict(list)
    spoken = published.with_replies(page.object_list).with_authors()
    for comment in spoken.with_translation_into(active()) if total else ():
        by_parent[comment.parent_id].append(comment)
    threads = by_parent.pop(None, [])[::-1]
    slug = consultation.slug_in(active())
    return {
        "page": page,
        "threads": [
            {
                **_entry(thread, outcomes, slug),
                "replies": [_entry(reply, outcomes, slug) for reply in by_parent[thread.pk]],
            }
            for thread in threads
        ],
    }


def page_number_of(contribution: Contribution) -> int:
    """Return the page a published comment, or the comment it replies to, stands on."""
    thread = contribution.parent or contribution
    threads = thread.consultation.contributions.published().threads()
    return threads.newer_than(thread).count() // PER_PAGE + 1


def _entry(
    comment: Contribution, outcomes: Mapping[str, Sequence[Outcome]], slug: str
) -> dict[str, Any]:
    resident = comment.participant.resident
    reading = reading_of(comment)
    can_be_better = reading.can_be_better
    return {
        "comment": comment,
        "reading": reading,
        "translate_url": reverse("translate_comment", args=(slug, comment.pk))
        if can_be_better
        else "",
        "author": comment.author_name,
        "is_staff": bool(resident and resident.is_staff),
        "organisation": resident.organisation_name if resident else "",
        "became": links_to(outcomes.get(comment.anchor, ())),
    }
