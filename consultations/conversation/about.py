"""What a comment is about, as its form names it: a statement, a board, a paragraph, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultations.models import ConsultationPage, Contribution, Statement
from consultations.refusals import BoardNotThere, ParagraphNotThere, StatementNotThere
from partnership.pages.access import open_to_all
from partnership.pages.huge_numbers import key_in
from partnership.refusals import Refused

LARGEST_NUMBER = 32_767
GONE = {"statement": StatementNotThere, "board": BoardNotThere, "paragraph": ParagraphNotThere}


@dataclass(frozen=True, slots=True)
class About:
    """What was asked for and readers see; at most one of them is used, the first."""

    statement: Statement | None = None
    board: Any = None
    paragraph: Any = None

    @classmethod
    def asked_for(cls, consultation: ConsultationPage, asked: Mapping[str, str]) -> "About":
        """Return what the query or the form names; a query for each that is named."""
        return cls(
            statement=_statement(consultation, asked.get("statement", "")),
            board=_board(consultation, asked.get("board", "")),
            paragraph=_paragraph(consultation, asked.get("paragraph", "")),
        )

    @property
    def thing(self) -> Any:
        """The one of them that there is; None for the consultation as a whole."""
        return self.statement or self.board or self.paragraph

    @property
    def as_named(self) -> dict[str, Any]:
        """The thing under its name, and None under the others, as the service takes them."""
        named: dict[str, Any] = dict.fromkeys(GONE)
        for name in GONE:
            if getattr(self, name):
                return {**named, name: self.thing}
        return named

    def gone(self, given: Mapping[str, str] | None) -> Refused | None:
        """Why what was written cannot be about what its writer was looking at."""
        missing = (name for name in GONE if given and given.get(name) and not getattr(self, name))
        name = next(missing, None)
        return GONE[name]() if name else None


#: The consultation as a whole.
NOTHING = About()


def query_of(parent: Contribution | None, about: About) -> str:
    """Return the query that opens the form about the same thing again."""
    if parent:
        return f"?parent={parent.pk}"
    if about.statement:
        return f"?statement={about.statement.number}"
    if about.board:
        return f"?board={about.board.pk}"
    return f"?paragraph={about.paragraph.pk}" if about.paragraph else ""


def _statement(consultation: ConsultationPage, number: str) -> Statement | None:
    """The published statement with that number."""
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(LARGEST_NUMBER))):
        return None
    return consultation.statements.published().filter(number=int(number)).first()


def _board(consultation: ConsultationPage, pk: str) -> Any:
    """The published board, of an event of this consultation."""
    key = key_in(pk)
    if key is None:
        return None
    boards: Any = Contribution._meta.get_field("board").related_model
    shown = boards.objects.published().filter(open_to_all("event__"), event__live=True)
    return shown.filter(event__consultation=consultation, pk=key).select_related("event").first()


def _paragraph(consultation: ConsultationPage, pk: str) -> Any:
    """The paragraph, of the last version of a text of this consultation."""
    key = key_in(pk)
    if key is None:
        return None
    paragraphs: Any = Contribution._meta.get_field("paragraph").related_model
    shown = paragraphs.objects.of_drafts(consultation.draft_texts.current())
    return shown.filter(pk=key).select_related("draft__consultation").first()
