"""What the cities answered: told by whoever keeps official answers, shown with what was said.

The room of official answers stands above this one and registers itself when the site starts,
as the roadmap does in ``outcomes``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.enums import ConsultationState
from consultations.outcomes import Outcome
from partnership.pages.wording.gate import NotReady

if TYPE_CHECKING:
    from consultations.models import ConsultationPage, Statement

#: Answers as components/official_answer.html wants them.
Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Answered:
    """What a page of a consultation shows of the answers.

    ``url`` is where all of them are read, empty before they are published; ``to_comments``
    holds those to the comments on the page, ``outcomes`` the way to the others by the anchor
    of what they answer.
    """

    url: str = ""
    to_comments: dict[int, Answers] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)


class Reader(Protocol):
    """Who knows the published answers."""

    def on_page(self, consultation: "ConsultationPage", comments: Sequence[int]) -> Answered:
        """Return what a page with these comments shows; one query."""

    def to_statement(self, key: int) -> Answers:
        """Return the answers to one statement; two queries at most."""

    def unaccounted(self, consultation: "ConsultationPage") -> int:
        """Return how many contributions have neither an answer nor a signed reason for none."""


_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Ask this reader for answers; called from AppConfig.ready()."""
    _readers[:] = [reader]


def on_page(consultation: "ConsultationPage", comments: Iterable[int]) -> Answered:
    """What a page shows; no query while the consultation runs, or when nothing is published."""
    is_known = getattr(consultation, "has_published_answers", True)
    if not (_readers and is_known and consultation.is_over and consultation.pk):
        return Answered()
    return _readers[0].on_page(consultation, list(comments))


def to_statement(consultation: "ConsultationPage", statement: "Statement") -> Answers:
    """The answers to a statement; no query while the consultation runs."""
    if not consultation.is_over:
        return []
    return [answer for reader in _readers for answer in reader.to_statement(statement.pk)]


class NotAnswered(NotReady):
    """It cannot be called answered yet; said at every door through which a page is published."""

    code = "not_answered"
    field = "stored_state"

    def __init__(self, contributions: int) -> None:
        words = ngettext(
            "Not every contribution has an answer: %(number)s has none. Answer it, or have every "
            "city sign why the rest has no answer of its own.",
            "Not every contribution has an answer: %(number)s have none. Answer them, or have "
            "every city sign why the rest has no answer of its own.",
            contributions,
        )
        super().__init__(words % {"number": number_format(contributions)})


class NotOverYet(NotReady):
    """What it is called after the close is said after the close, when all is there to count."""

    code = "not_over_yet"
    field = "stored_state"

    def __init__(self) -> None:
        super().__init__(
            _("This can be said once the consultation is over. Until then, leave it empty.")
        )


def refuse_unanswered(consultation: "ConsultationPage") -> None:
    """Raise NotAnswered when it would newly be called answered, and not everything is.

    Everything said has an answer, of its own or by its theme, or every city has signed why the
    rest has none. What readers know as answered already stays so. Before the close nothing is
    answered, whatever has been said so far: NotOverYet.
    """
    if not consultation.stored_state:
        return
    if left := _unanswered(consultation):
        raise NotAnswered(left)
    if consultation.closes_at and not consultation.is_over:
        raise NotOverYet


def _unanswered(consultation: "ConsultationPage") -> int:
    """How many contributions keep it from newly being called answered."""
    if consultation.stored_state != ConsultationState.ANSWERED or not consultation.pk:
        return 0
    known = type(consultation)._base_manager.filter(pk=consultation.pk, live=True)
    if known.filter(stored_state=ConsultationState.ANSWERED).exists():
        return 0
    return sum(reader.unaccounted(consultation) for reader in _readers)
