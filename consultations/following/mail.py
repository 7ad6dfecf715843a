"""The mails about promises and replies, as ``outbox.post`` takes them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from consultations.following.deliveries import news_of_deliveries
from consultations.following.enums import MailKind
from consultations.following.links import stop_url
from consultations.following.models import Notice, PromiseStep
from consultations.models import ConsultationPage, Contribution
from consultations.roadmap.enums import STATE_LABELS
from partnership.pages.languages import known_or_default
from partnership.people.models import Participant

#: The words of each kind; those of answers are written where answers are published.
TEMPLATES = {
    MailKind.PROMISES: "promises_moved",
    MailKind.DELIVERIES: "promises_delivered",
    MailKind.REPLIES: "comment_replied",
}
OF_ANSWERS = "consultation_answered"


def language_to_write_in(participant: Participant) -> str:
    """The language this person reads mails in, if it is one of the partnership's."""
    return known_or_default(participant.language_code)


def of_promises(
    participant: Participant, consultation: ConsultationPage, steps: Sequence[PromiseStep]
) -> dict[str, Any]:
    """The one mail that names every promise that moved and goes back to a consultation."""
    code = language_to_write_in(participant)
    with translation.override(code):
        news = [news_of(step) for step in steps]
    return _letter(MailKind.PROMISES, participant, consultation, code, news=news)


def news_of(step: PromiseStep) -> dict[str, Any]:
    """What one step says, for emails/promises_moved_words.txt."""
    promise = step.commitment
    return {
        "title": promise.title,
        "url": f"{settings.BASE_URL}{promise.get_absolute_url()}",
        "year": promise.roadmap.year,
        "is_new": not step.is_move or step.is_first,
        "state": STATE_LABELS[step.status],
        "was_state": STATE_LABELS[step.was_status] if _differs(step, "status") else "",
        "day": step.due_on,
        "was_day": step.was_due_on if _differs(step, "due_on") else None,
    }


def _differs(step: PromiseStep, name: str) -> bool:
    return not step.is_first and getattr(step, name) != getattr(step, f"was_{name}")


def of_deliveries(participant: Participant, notices: Sequence[Notice]) -> dict[str, Any] | None:
    """The one mail that names what promises delivered; None where nothing of it is left."""
    code = language_to_write_in(participant)
    with translation.override(code):
        news = list(news_of_deliveries(notices))
    return delivered(participant, notices[0].consultation, news) if news else None


def delivered(
    participant: Participant, consultation: ConsultationPage, news: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """That mail with these entries; its link stops the mails about one of the consultations."""
    code = language_to_write_in(participant)
    return _letter(MailKind.DELIVERIES, participant, consultation, code, news=news)


def of_replies(participant: Participant, comment: Contribution, number: int) -> dict[str, Any]:
    """The mail that leads the author of a comment or an idea to its replies.

    It does not quote them: what a moderator takes down later lies in nobody's mailbox.
    """
    code, page = language_to_write_in(participant), comment.consultation
    with translation.override(code):
        url = f"{settings.BASE_URL}{comment.replies_url}"
    told = {"number": number, "url": url, "is_idea": comment.is_idea}
    return _letter(MailKind.REPLIES, participant, page, code, **told)


def way_to_stop(
    kind: MailKind, participant: Participant, consultation: ConsultationPage, code: str
) -> dict[str, Any]:
    """What the foot of such a mail says: its kind, and where it is stopped."""
    return {
        "kind_of_mail": kind.label,
        "stop_url": stop_url(participant, consultation, code, kind),
    }


def _letter(
    of: MailKind, participant: Participant, consultation: ConsultationPage, code: str, **words: Any
) -> dict[str, Any]:
    return {
        "kind": TEMPLATES[of],
        "to": participant.email,
        "language_code": code,
        "context": {
            "name": participant.get_short_name(),
            "consultation": consultation,
            **way_to_stop(of, participant, consultation, code),
            **words,
        },
    }
