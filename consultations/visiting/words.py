"""What a guest sent, called by its name: a vote, a comment, answers."""

from dataclasses import dataclass
from typing import Any

from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext

from consultations.visiting.holding import COME_IN, Held


@dataclass(frozen=True, slots=True)
class Words:
    """Of one kind of thing: that it waits, the button that sends it, and that it is sent."""

    waits: Any
    button: Any
    sent: Any


#: By the name of the address it was sent to.
OF_ONE = {
    "consultation_vote": Words(
        gettext_lazy("Your vote is not counted yet"),
        gettext_lazy("Confirm, and count my vote"),
        gettext_lazy("Your address is confirmed, and your vote is sent."),
    ),
    "consultation_comment": Words(
        gettext_lazy("Your comment is not sent yet"),
        gettext_lazy("Confirm, and send my comment"),
        gettext_lazy("Your address is confirmed, and your comment is sent."),
    ),
    "consultation_answer": Words(
        gettext_lazy("Your answers are not counted yet"),
        gettext_lazy("Confirm, and count my answers"),
        gettext_lazy("Your address is confirmed, and your answers are sent."),
    ),
    "consultation_propose": Words(
        gettext_lazy("Your statement is not sent yet"),
        gettext_lazy("Confirm, and send my statement"),
        gettext_lazy("Your address is confirmed, and your statement is sent."),
    ),
    "consultation_write_idea": Words(
        gettext_lazy("Your idea is not sent yet"),
        gettext_lazy("Confirm, and send my idea"),
        gettext_lazy("Your address is confirmed, and your idea is sent."),
    ),
    "consultation_support": Words(
        gettext_lazy("Your support is not counted yet"),
        gettext_lazy("Confirm, and count my support"),
        gettext_lazy("Your address is confirmed, and your support is sent."),
    ),
}
OF_ANYTHING = Words(
    gettext_lazy("What you sent is not counted yet"),
    gettext_lazy("Confirm, and send it"),
    gettext_lazy("Your address is confirmed, and what you sent is on its way."),
)


def words_for(waiting: dict[str, Held]) -> Words | None:
    """Return what is said of everything that waits; None where nothing was sent yet."""
    sent = [entry for entry in waiting.values() if COME_IN not in entry["typed"]]
    if not sent:
        return None
    if len(sent) == 1:
        return OF_ONE.get(_address(sent[0]), OF_ANYTHING)
    if {_address(entry) for entry in sent} == {"consultation_vote"}:
        return _of_votes(len(sent))
    return _of_several(len(sent))


def _address(entry: Held) -> str:
    with translation.override(entry["language"]):
        return resolve(entry["path"]).url_name or ""


def _of_votes(count: int) -> Words:
    waits = ngettext(
        "Your %(count)s vote is not counted yet", "Your %(count)s votes are not counted yet", count
    )
    button = ngettext(
        "Confirm, and count my %(count)s vote", "Confirm, and count my %(count)s votes", count
    )
    sent = ngettext(
        "Your address is confirmed, and your %(count)s vote is sent.",
        "Your address is confirmed, and your %(count)s votes are sent.",
        count,
    )
    return Words(*(text % {"count": count} for text in (waits, button, sent)))


def _of_several(count: int) -> Words:
    waits = ngettext(
        "The %(count)s thing you sent is not counted yet",
        "The %(count)s things you sent are not counted yet",
        count,
    )
    return Words(waits % {"count": count}, OF_ANYTHING.button, OF_ANYTHING.sent)
