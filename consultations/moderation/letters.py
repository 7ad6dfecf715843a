"""The mails to authors and to the moderators of the other cities."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from consultations.models import Contribution, Statement
from consultations.moderation.models import APPEAL_WITHIN, Appeal, Decision
from partnership.outbox.services import post
from partnership.pages.languages import known_or_default, localized
from partnership.people.guests import keep_contact
from partnership.people.models import Participant, Resident

APPEAL_LINK = "moderation.appeal"


def language_of(target: Contribution | Statement) -> str:
    """The language the author reads mails in; the one of the words where that is not known."""
    author = target.participant
    code = author.language_code if author else ""
    wanted = code or target.language_code
    return known_or_default(wanted)


def tell_author(target: Contribution | Statement, kind: str, **context: Any) -> None:
    """Write to whoever wrote it, an account or a guest, as long as there is an address."""
    author = target.participant
    if author is None or not author.email:
        return
    code = language_of(target)
    name = "contribution" if isinstance(target, Contribution) else "statement"
    page = target.consultation
    post(
        kind,
        to=author.email,
        language_code=code,
        context={
            "name": author.get_short_name(),
            name: target,
            "consultation": page,
            "url": f"{settings.BASE_URL}{target.path_in(code)}",
            "original": _wording(target, code),
            **context,
        },
        about=target,
    )


def _wording(target: Contribution | Statement, code: str) -> str:
    if isinstance(target, Contribution):
        return target.text
    return getattr(target, localized("text", code)) or target.original_text


def appeal_address(decision: Decision, code: str) -> str:
    """The link of the mail: it shows on GET, acts on POST, once, and signs nobody in."""
    key = signing.dumps(decision.pk, salt=APPEAL_LINK)
    with translation.override(code):
        return f"{settings.BASE_URL}{reverse('appeal_by_link', args=(key,))}"


def decision_of_link(key: str) -> int:
    """Return the key of the decision a link is about; raises BadSignature for others."""
    number: int = signing.loads(key, salt=APPEAL_LINK, max_age=APPEAL_WITHIN)
    return number


def tell_of_hiding(target: Contribution | Statement, decision: Decision) -> None:
    """Tell the author that it is not shown, why, and how to appeal until when.

    The way of a comment leads to where its author finds what can be done with it.
    """
    code = language_of(target)
    more = {}
    if isinstance(target, Contribution):
        with translation.override(code):
            more["url"] = f"{settings.BASE_URL}{target.edit_url}"
    name = "comment" if isinstance(target, Contribution) else "statement"
    tell_author(
        target,
        f"consultation_{name}_hidden",
        appeal_url=appeal_address(decision, code),
        appeal_until=decision.appeal_until,
        **more,
    )


def tell_judges(appeal: Appeal, judges: Any) -> None:
    """Tell the moderators of the other cities, each in their language, without any name."""
    for judge in judges:
        tell_judge(appeal, judge)


def tell_judge(appeal: Appeal, judge: Resident) -> None:
    """Tell one of them, once."""
    page = appeal.decision.consultation
    with translation.override(judge.language_code):
        title = page.title
    post(
        "appeal_waits",
        to=judge.email,
        language_code=judge.language_code,
        context={
            "name": judge.get_short_name(),
            "title": title,
            "url": f"{settings.BASE_URL}{reverse('appeals')}",
        },
        about=appeal,
        dedup_key=f"appeal_waits:{appeal.pk}:{judge.pk}",
    )


def keep_in_reach(author: Participant | None, *, until: datetime) -> None:
    """See to it that a guest who may appeal can still be written to."""
    if author is not None:
        keep_contact(author, until=until)
