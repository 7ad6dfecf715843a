"""What a comment is about, as its form names it: a statement, a board, a paragraph, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultations.drafts.refusals import ParagraphChanged, ParagraphGone
from consultations.models import ConsultationPage, Contribution, Statement
from consultations.refusals import BoardNotThere, ParagraphNotThere, StatementNotThere
from partnership.pages.access import open_to_all
from partnership.pages.huge_numbers import key_in
from partnership.refusals import Refused

LARGEST_NUMBER = 32_767
GONE = {"statement": StatementNotThere, "board": BoardNotThere, "paragraph": ParagraphNotThere}


@dataclass(frozen=True, slots=True)
class About:
    """What was asked for and readers see; at most one of them is used, the first.

    A paragraph is one of a version: ``begun_on`` is the one asked for if another version of its
    text followed, and ``paragraph`` the same in the last version, unless it is gone there.
    """

    statement: Statement | None = None
    board: Any = None
    paragraph: Any = None
    begun_on: Any = None

    @classmethod
    def asked_for(cls, consultation: ConsultationPage, asked: Mapping[str, str]) -> "About":
        """Return what the query or the form names; a query for each that is named."""
        paragraph, begun_on = _paragraph(consultation, asked.get("paragraph", ""))
        return cls(
            statement=_statement(consultation, asked.get("statement", "")),
            board=_board(consultation, asked.get("board", "")),
            paragraph=paragraph,
            begun_on=begun_on,
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
        if given and self.changed:
            return self.changed
        missing = (name for name in GONE if given and given.get(name) and not getattr(self, name))
        name = next(missing, None)
        return GONE[name]() if name else None

    @property
    def changed(self) -> Refused | None:
        """That the text has another version since, and what the comment would be about now."""
        if self.begun_on is None:
            return None
        return ParagraphChanged(self.paragraph) if self.paragraph else ParagraphGone(self.begun_on)


#: The consultation as a whole.
NOTHING = About()


def query_of(parent: Contribution | None, about: About, back: str = "") -> str:
    """Return the query that opens the form about the same thing again."""
    if parent:
        return f"?parent={parent.pk}&back={back}" if back else f"?parent={parent.pk}"
    if about.statement:
        return f"?statement={about.statement.number}"
    if about.board:
        return f"?board={about.board.pk}"
    paragraph = about.begun_on or about.paragraph
    return f"?paragraph={paragraph.pk}" if paragraph else ""


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
