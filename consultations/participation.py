"""What residents see of their own part in consultations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.drafts.links import address_of_paragraph, links_to_answer
from consultations.drafts.querysets import with_paragraphs
from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution, Support
from consultations.moderation.reading import put_hiding
from consultations.translations.forms import OwnLanguageForm
from partnership.pages.languages import active
from partnership.people.models import Participant

LATEST_COMMENTS = 20
LATEST_STATEMENTS = 20
LATEST_IDEAS = 20


def consultations_taken_part_in(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The consultations this person voted or answered in, or began to; one query."""
    rows = (
        ConsultationPage.objects.live()
        .taken_part_in_by(participant)
        .with_part_of(participant)
        .order_by("-closes_at")
    )
    return {
        "title": _("Your answers and votes"),
        "template": "consultations/my_consultations.html",
        "rows": list(rows),
    }


def comments_written(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The latest comments of this person, those nobody else sees among them; two queries."""
    written = participant.contributions.select_related("consultation", "parent")
    own = list(with_paragraphs(written.order_by("-created_at"))[:LATEST_COMMENTS])
    put_hiding(own)
    return {
        "title": _("Your comments"),
        "template": "consultations/my_comments.html",
        "rows": [
            {
                "comment": comment,
                "change_url": _change_url(comment),
                "replies_url": _replies_url(comment),
                "about": _idea_above(comment),
                "hiding": comment.hiding,
                **_about_a_paragraph(comment),
                "language": OwnLanguageForm(contribution=comment),
            }
            for comment in own
        ],
    }


def _about_a_paragraph(comment: Any) -> dict[str, Any]:
    """The ways to the paragraph it is about, and to what became of it."""
    slug = comment.consultation.slug_in(active())
    return {
        "paragraph_url": address_of_paragraph(slug, comment),
        "answers": links_to_answer(slug, comment),
    }


def _change_url(comment: Contribution) -> str:
    """Where its author changes or withdraws a comment; empty for what is gone for good."""
    is_there = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED, PublicationStatus.HIDDEN)
    return comment.edit_url if comment.publication_status in is_there else ""


def _replies_url(comment: Contribution) -> str:
    """Where the replies to it are read; empty while there are none, or readers do not find it."""
    is_there = comment.publication_status in (
        PublicationStatus.PUBLISHED,
        PublicationStatus.WITHDRAWN,
    )
    if not ((comment.reply_count or comment.is_idea) and is_there and comment.parent_id is None):
        return ""
    return comment.replies_url


def _idea_above(comment: Contribution) -> Contribution | None:
    """The idea it is about, while readers find that one."""
    idea = comment.parent
    is_there = idea and idea.publication_status == PublicationStatus.PUBLISHED
    if idea is None or not (idea.is_idea and is_there):
        return None
    idea.consultation = comment.consultation
    return idea


def ideas_supported(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The ideas of others that this person supports and readers find; one query."""
    ideas = Contribution.objects.published().ideas().of_residents()
    support = Support.objects.filter(participant=participant, supports=True)
    found = support.filter(contribution__in=ideas, contribution__consultation__live=True)
    rows = found.select_related("contribution__consultation").order_by("-created_at", "-pk")
    return {
        "title": _("Ideas you support"),
        "template": "consultations/my_support.html",
        "rows": [each.contribution for each in rows[:LATEST_IDEAS]],
    }


def statements_proposed(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The latest statements this person proposed, with what became of each; two queries."""
    proposed = participant.statements.select_related("consultation", "duplicate_of")
    own = list(proposed.order_by("-created_at")[:LATEST_STATEMENTS])
    put_hiding(own)
    return {
        "title": _("Your statements"),
        "template": "consultations/my_statements.html",
        "rows": own,
    }
