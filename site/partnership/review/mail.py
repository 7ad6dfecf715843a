"""What the mails about a review say, and to whom."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import WorkflowState

from partnership.pages.models import BasePage
from partnership.people.models import Resident
from partnership.review.models import CityReview


def request_to_read(review: CityReview, reader: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: a page waits for the reader's city."""
    return {
        **_letter(review.workflow_state, reader),
        "dedup_key": f"review_asked:{review.pk}:{reader.pk}",
    }


def publication(state: WorkflowState, author: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: every city has signed."""
    return {**_letter(state, author), "dedup_key": f"review_signed:{state.pk}"}


def request_for_changes(review: CityReview, author: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: a city asks for changes, in its own words."""
    letter = _letter(review.workflow_state, author)
    words = {
        "comment": review.comment,
        "comment_language": review.finished_by.language_code if review.finished_by else "",
        "reviewer": review.finished_by,
        "city": review.task.name,
    }
    return {
        **letter,
        "context": {**letter["context"], **words},
        "dedup_key": f"review_changes:{review.pk}",
    }


def _letter(state: WorkflowState, to: Resident) -> dict[str, Any]:
    page = BasePage.objects.get(pk=state.object_id).specific  # as it is by now
    draft = page.get_latest_revision().as_object()
    return {
        "to": to.email,
        "language_code": to.language_code,
        "context": {
            "name": to.get_short_name(),
            "page": draft,
            "author": state.requested_by,
            "is_live": page.live,
            "goes_live_at": draft.go_live_at,
            "page_url": page.full_url_in(to.language_code),
            "review_url": settings.BASE_URL + reverse("city_review", args=(page.pk,)),
            "edit_url": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        },
        "about": page,
    }
