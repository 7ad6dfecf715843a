"""What the mails about an approval say, and to whom; the review of pages has the same words."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from partnership.cities.models import City
from partnership.ledger.enums import Outcome
from partnership.ledger.kinds import kind_of
from partnership.ledger.models import ApprovalRequest
from partnership.people.models import Resident


def request_to_sign(request: ApprovalRequest, subject: Any, reader: Resident) -> dict[str, Any]:
    """Return the arguments of ``post`` but its kind: something waits for the reader's city."""
    return {
        **_letter(request, subject, reader),
        "template": "review_asked",
        "dedup_key": f"approval_asked:{request.pk}:{reader.pk}",
    }


def all_signed(request: ApprovalRequest, subject: Any) -> dict[str, Any] | None:
    """Return the arguments of ``post``: every city has signed. None for an erased author."""
    author = request.requested_by
    if author is None:
        return None
    return {
        **_letter(request, subject, author),
        "kind": "approval_signed",
        "template": "review_signed",
        "dedup_key": f"approval_signed:{request.pk}",
    }


def changes_asked(request: ApprovalRequest, subject: Any, *, city: City) -> dict[str, Any] | None:
    """Return the arguments of ``post``: a city asks for changes, in its own words."""
    author, conclusion = request.requested_by, request.conclusion
    if author is None:
        return None
    letter = _letter(request, subject, author)
    reviewer = conclusion.concluded_by
    words = {
        "comment": conclusion.comment,
        "comment_language": reviewer.language_code if reviewer else "",
        "reviewer": reviewer,
        "city": city,
    }
    return {
        **letter,
        "context": {**letter["context"], **words},
        "kind": "approval_changes",
        "template": "review_changes",
        "dedup_key": f"approval_changes:{request.pk}",
    }


def ended(request: ApprovalRequest, subject: Any, reader: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: what the reader asked for or signed counts no more."""
    letter, conclusion = _letter(request, subject, reader), request.conclusion
    by = conclusion.concluded_by
    words = {
        "comment": conclusion.comment,
        "comment_language": by.language_code if by else "",
        "reviewer": by,
        "was_edited": conclusion.outcome == Outcome.EDITED,
    }
    return {
        **letter,
        "context": {**letter["context"], **words},
        "kind": "approval_ended",
        "dedup_key": f"approval_ended:{request.pk}:{reader.pk}",
    }


def _letter(request: ApprovalRequest, subject: Any, to: Resident) -> dict[str, Any]:
    kind = kind_of(subject)
    with translation.override(to.language_code):
        title = kind.title(subject)
    screen = settings.BASE_URL + reverse("approval", args=(request.pk,))
    return {
        "to": to.email,
        "language_code": to.language_code,
        "context": {
            "name": to.get_short_name(),
            "page": {"title": title},
            "author": request.requested_by,
            "is_thing": True,
            "page_url": screen,
            "review_url": screen,
            "edit_url": settings.BASE_URL + kind.address(subject),
        },
        "about": request,
    }
