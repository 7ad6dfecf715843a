"""What a comment is about, as its form names it: a statement, a board, a paragraph, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from consultations.conversation.refusals import (
    AnsweredGone,
    BoardGone,
    StatementGone,
    TextGone,
)
from consultations.drafts.links import BESIDE_PARAMETER
from consultations.drafts.refusals import ParagraphChanged, ParagraphGone
from consultations.models import ConsultationPage, Contribution, Statement
from partnership.pages.access import open_to_all
from partnership.pages.huge_numbers import key_in
from partnership.refusals import Refused

LARGEST_NUMBER = 32_767
THINGS = ("statement", "board", "paragraph")
#: What is said when what the form names is not there: a form that is sent again names it no more.
GONE = {
    "parent": AnsweredGone,
    "statement": StatementGone,
    "board": BoardGone,
    "paragraph": TextGone,
}
#: A number is shorter; what is longer never was one.
LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class About:
    """What was asked for and readers see; at most one of them is used, the first.

    A paragraph is one of a version: ``begun_on`` is the one asked for if another version of its
    text followed, and ``paragraph`` the same in the last version, unless it is gone there.
    ``lost`` is what was asked for and is not there, by its name and as it was named.
    """

    statement: Statement | None = None
    board: Any = None
    paragraph: Any = None
    begun_on: Any = None
    lost: tuple[str, str] | None = None

    @classmethod
    def asked_for(
        cls,
        consultation: ConsultationPage,
        asked: Mapping[str, str],
        parent: Contribution | None = None,
    ) -> "About":
        """Return what the query or the form names; a query for each that is named.

        ``parent`` is what is replied to, as far as readers see what was named so.
        """
        statement = _statement(consultation, asked.get("statement", ""))
        board = _board(consultation, asked.get("board", ""))
        paragraph, begun_on = _paragraph(consultation, asked.get("paragraph", ""))
        found = {
            "parent": parent,
            "statement": statement,
            "board": board,
            "paragraph": paragraph or begun_on,
        }
        return cls(statement, board, paragraph, begun_on, _lost(asked, found))

    @property
    def thing(self) -> Any:
        """The one of them that there is; None for the consultation as a whole."""
        return self.statement or self.board or self.paragraph

    @property
    def as_named(self) -> dict[str, Any]:
        """The thing under its name, and None under the others, as the service takes them."""
        named: dict[str, Any] = dict.fromkeys(THINGS)
        for name in THINGS:
            if getattr(self, name):
                return {**named, name: self.thing}
        return named

    def gone(self, given: Mapping[str, str] | None) -> Refused | None:
        """Why what was written cannot be about what its writer was looking at."""
        return self.changed if given else None

    @property
    def changed(self) -> Refused | None:
        """That it is gone, or has another version, and what the comment would be about now."""
        if self.lost:
            return GONE[self.lost[0]]()
        if self.begun_on is None:
            return None
        return ParagraphChanged(self.paragraph) if self.paragraph else ParagraphGone(self.begun_on)


#: The consultation as a whole.
NOTHING = About()


def query_of(parent: Contribution | None, about: About, back: str = "", beside: str = "") -> str:
    """Return the query that opens the form about the same thing again.

    ``beside`` is the language in which a text is read beside one's own.
    """
    query = _query_of(parent, about, back)
    return f"{query}&{BESIDE_PARAMETER}={beside}" if query and beside else query


def _query_of(parent: Contribution | None, about: About, back: str) -> str:
    if parent:
        return f"?parent={parent.pk}&back={back}" if back else f"?parent={parent.pk}"
    if about.lost:
        return f"?{urlencode([about.lost])}"
    if about.statement:
        return f"?statement={about.statement.number}"
    if about.board:
        return f"?board={about.board.pk}"
    paragraph = about.begun_on or about.paragraph
    return f"?paragraph={paragraph.pk}" if paragraph else ""


def _lost(asked: Mapping[str, str], found: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first that was named and is not there."""
    missing = (name for name in GONE if asked.get(name) and not found[name])
    name = next(missing, None)
    return (name, asked[name][:LONGEST_NAME]) if name else None


def _statement(consultation: ConsultationPage, number: str) -> Statement | None:
    """The published statement with that number."""
    key = key_in(number)
    if key is None:
        return None
    return consultation.statements.published().filter(number=key).first()


def _board(consultation: ConsultationPage, pk: str) -> Any:
    """The published board, of an event of this consultation."""
    key = key_in(pk)
    if key is None:
        return None
    boards: Any = Contribution._meta.get_field("board").related_model
    shown = boards.objects.published().filter(open_to_all("event__"), event__live=True)
    return shown.filter(event__consultation=consultation, pk=key).select_related("event").first()


def _paragraph(consultation: ConsultationPage, pk: str) -> tuple[Any, Any]:
    """The paragraph in the last version of its text, and the one asked for if it is another."""
    key = key_in(pk)
    if key is None:
        return None, None
    paragraphs: Any = Contribution._meta.get_field("paragraph").related_model
    rows = paragraphs.objects.select_related("draft__consultation")
    known = rows.of_drafts(consultation.draft_texts.current())
    found = known.filter(pk=key).first()
    if found is not None:
        return found, None
    before = rows.of_drafts(consultation.draft_texts.published()).filter(pk=key).first()
    if before is None:
        return None, None
    return known.filter(key=before.key, draft__number=before.draft.number).first(), before
