"""The mails to ambassadors, as ``outbox.post`` takes them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from home.ambassadors.links import LEAVE
from home.ambassadors.models import Ambassador
from partnership.pages.languages import known_or_default


def of_question(
    ambassador: Ambassador, *, name: str, email: str, text: str, is_known: bool
) -> dict[str, Any]:
    """Somebody's question; the answer goes to their address. ``is_known``: it was confirmed."""
    asked = {"asker": name, "address": email, "text": text, "is_known": is_known}
    return {**_letter("ambassador_asked", ambassador, asked), "reply_to": email}


def of_decision(ambassador: Ambassador) -> dict[str, Any]:
    """Whether the words are shown now; if not, why."""
    return _letter("ambassador_decided", ambassador, {})


def _letter(kind: str, ambassador: Ambassador, words: dict[str, Any]) -> dict[str, Any]:
    participant = ambassador.participant
    code = known_or_default(participant.language_code)
    with translation.override(code):
        url = f"{settings.BASE_URL}{reverse('my_ambassador')}"
        title = ambassador.event.title
    return {
        "kind": kind,
        "to": participant.email,
        "language_code": code,
        "about": ambassador,
        "context": {
            "name": participant.get_short_name(),
            "ambassador": ambassador,
            "event": title,
            "url": url,
            "stop_url": LEAVE.to(participant, code),
            **words,
        },
    }
