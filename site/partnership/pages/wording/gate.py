"""What keeps a page from being published: a text that is missing or out of date in a language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnership.pages.enums import TextState
from partnership.pages.languages import CODES, name_in_words, own_name
from partnership.pages.wording.memory import Memory, state_of
from partnership.pages.wording.slots import Slot
from partnership.refusals import Refused


@dataclass(frozen=True)
class Problem:
    """One text that is not ready in one language."""

    slot: Slot
    code: str
    state: TextState

    @property
    def message(self) -> Any:
        """What stands beside the field."""
        words = _("Write this in %(language)s before publishing.")
        if self.state == TextState.STALE:
            words = _("Another language has changed: bring %(language)s up to date.")
        return words % {"language": name_in_words(self.code)}

    @property
    def in_a_list(self) -> str:
        """One line of a list of reasons: the text, the language, what is the matter."""
        parts = {
            "text": self.slot.label,
            "language": own_name(self.code),
            "state": TextState(self.state).label,
        }
        return str(_("%(text)s (%(language)s): %(state)s") % parts)

    @property
    def anchor(self) -> str:
        """Where the text stands on the editing screen; empty for one read elsewhere."""
        return self.slot.anchors.get(self.code, "")

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes it the same problem again: the place, and what the other languages say."""
        others = tuple(sorted(self.slot.keys().items()))
        return self.slot.section, self.slot.name, self.code, self.state, others


CANNOT_BE_SAVED = _("Something else needs what this version no longer has.")


class NotReady(Refused):
    """The page cannot be published as it is; ``reasons`` are told to who is not there to see."""

    code = "not_ready"

    @property
    def reasons(self) -> list[str]:
        """One line for each reason, in the active language."""
        return [str(self)]


class NotInEveryLanguage(NotReady):
    """A text is missing or out of date in a language; ``problems`` are the reasons."""

    code = "not_in_every_language"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        reasons = "; ".join(dict.fromkeys(problem.in_a_list for problem in problems))
        super().__init__(_("Not published. %(reasons)s.") % {"reasons": reasons})

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(problem.in_a_list for problem in self.problems))


def refusal_of(error: Exception) -> NotReady:
    """What a scheduled version is refused with that cannot be saved any more."""
    if isinstance(error, NotReady):
        return error
    told = error.messages if isinstance(error, ValidationError) else [str(CANNOT_BE_SAVED)]
    return NotReady(" ".join(told))


class NotMirrored(NotReady):
    """An alias would be a second page on which people do the same thing, and nobody would know."""

    code = "not_mirrored"

    def __init__(self) -> None:
        super().__init__(
            _(
                "An alias of this page would take places and answers of its own. Make a copy, or "
                "link to the page."
            )
        )


def problems_in(slots: Iterable[Slot], memory: Memory) -> list[Problem]:
    """Return what is missing or out of date, in the order of the page.

    A text of ``publish_required`` must be there in every language, and any other one in
    every language as soon as it is there in one. Facts, such as an address, may stand in.
    """
    found = []
    for slot in slots:
        if slot.is_fact or not (slot.is_required or slot.keys()):
            continue
        for code in CODES:
            state = state_of(slot, code, memory)
            if state in {TextState.MISSING, TextState.STALE}:
                found.append(Problem(slot, code, state))
    return found


def new_problems(found: list[Problem], known: Iterable[Problem]) -> list[Problem]:
    """Return those that readers do not live with already.

    So a fact of a published page, such as that an event is cancelled, never waits for a
    translation that was late before.
    """
    old = {problem.identity for problem in known}
    return [problem for problem in found if problem.identity not in old]
