"""The card with the next statement, and the list of all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.disclosure import votes_needed
from consultations.enums import Act, VoteChoice
from consultations.models import ConsultationPage, Statement
from consultations.outcomes import Outcome
from consultations.presenting.reader import Reader
from consultations.services import VOTE
from consultations.translations.reading import wording_origin
from consultations.turns import first_turn_of, take_turn
from consultations.voting import next_statement
from partnership.pages.languages import CODES, active, localized
from partnership.people import tokens

#: By so many words people know again what they have just voted on.
FIRST_WORDS = 6


@dataclass(frozen=True)
class Card:
    """One statement to vote on."""

    statement: Statement
    original: str
    origin: str
    done: int
    total: int
    ticks: tuple[str, ...]
    chosen: str
    note: str
    token: str


def card(
    consultation: ConsultationPage,
    statements: Sequence[Statement],
    reader: Reader,
    query: Mapping[str, str],
) -> Card | None:
    """Return the statement asked for by number, else the reader's next; None when done."""
    if not consultation.allows(Act.VOTE):
        return None
    asked = asked_about(statements)
    asked_for = asked_statement(statements, query.get("statement")) if reader.is_signed_in else None
    statement = asked_for or _next(consultation, asked, reader)
    if statement is None:
        return None
    chosen = reader.votes.get(statement.pk, "")
    done = votes_on(asked, reader)
    return Card(
        statement=statement,
        original=_original(statement),
        origin=wording_origin(statement),
        done=done,
        total=len(asked),
        ticks=_ticks(done, len(asked), is_change=bool(chosen)),
        chosen=chosen,
        note=_note(statements, reader, query.get("saved"), chosen),
        token=tokens.issue(VOTE) if reader.is_signed_in else "",
    )


def asked_about(statements: Sequence[Statement]) -> list[Statement]:
    """Those that people are asked about: of several that say the same, the first one."""
    return [statement for statement in statements if statement.duplicate_of_id is None]


def votes_on(statements: Sequence[Statement], reader: Reader) -> int:
    """On how many of these the reader has voted."""
    return sum(statement.pk in reader.votes for statement in statements)


def _next(
    consultation: ConsultationPage, asked: Sequence[Statement], reader: Reader
) -> Statement | None:
    """The reader's turn; without a session, or in a preview, nothing is written."""
    if not reader.is_signed_in or not reader.takes_turns:
        return next_statement(asked, shown=None, voted=reader.votes)
    participant = reader.participant
    if participant is None and reader.resident is not None:
        participant = first_turn_of(reader.resident)
    if participant is None:
        return None
    return take_turn(
        consultation,
        participant=participant,
        statements=asked,
        voted=reader.votes,
        now=reader.turn,
    )


def _original(statement: Statement) -> str:
    """The words as they were written, when the reader is shown a translation of them."""
    code = statement.language_code
    if code not in CODES or code == active():
        return ""
    return getattr(statement, localized("text", code)) or ""


def asked_statement(statements: Sequence[Statement], number: str | None) -> Statement | None:
    """Return the statement with that number, as the address wrote it."""
    return next((entry for entry in statements if str(entry.number) == number), None)


def _ticks(done: int, total: int, *, is_change: bool) -> tuple[str, ...]:
    now = () if is_change or done >= total else ("now",)
    return ("on",) * done + now + ("",) * (total - done - len(now))


def _note(statements: Sequence[Statement], reader: Reader, saved: str | None, chosen: str) -> str:
    """What is said under the buttons: what was just saved, else how this works."""
    last = asked_statement(statements, saved)
    if last is not None and last.pk in reader.votes:
        answer = VoteChoice(reader.votes[last.pk]).label
        words = Truncator(last.text).words(FIRST_WORDS)
        return _("Saved: “%(words)s”, %(answer)s. Here is the next one.") % {
            "words": words,
            "answer": answer,
        }
    if chosen:
        return _("You have answered this one; choose again to change it.")
    needed = votes_needed(len(asked_about(statements)))
    words = ngettext(
        "You can change any answer until the consultation closes. Figures appear once you have"
        " answered %(number)d, so that they do not sway you.",
        "You can change any answer until the consultation closes. Figures appear once you have"
        " answered %(number)d, so that they do not sway you.",
        needed,
    )
    return words % {"number": needed}


def statement_list(
    statements: Sequence[Statement],
    reader: Reader,
    outcomes: Mapping[str, Sequence[Outcome]],
    slug: str,
) -> list[dict[str, Any]]:
    """Every statement with the reader's own answer and what became of it."""
    return [
        {
            "statement": statement,
            "url": statement_address(slug, statement),
            "own": _own_answer(reader, statement),
            "same_as": _original_of(statement, statements),
            "board": board_of(statement),
            "became": links_to(outcomes.get(statement.anchor, ())),
        }
        for statement in statements
    ]


def board_of(statement: Any) -> dict[str, str] | None:
    """The drawing it is about, when readers see that, and the way to it."""
    board = statement.board
    if board is None or not (board.is_published and board.event.live and statement.is_board_open):
        return None
    return {"title": board.title, "url": board.get_absolute_url()}


def _own_answer(reader: Reader, statement: Statement) -> str:
    choice = reader.votes.get(statement.pk)
    return str(VoteChoice(choice).label) if choice else ""


def _original_of(statement: Statement, statements: Sequence[Statement]) -> Statement | None:
    """The statement that said it first, when readers see it."""
    found = (entry for entry in statements if entry.pk == statement.duplicate_of_id)
    return next(found, None)


def statement_address(slug: str, statement: Statement | None) -> str:
    """The page of a statement in the consultation at this slug; nothing for none."""
    number = statement.number if statement else None
    return reverse("consultation_statement", args=(slug, number)) if number else ""


def links_to(outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """The chips that lead from words to the promises they became."""
    return [
        {
            "url": outcome.url,
            "label": f"{outcome.title}: {outcome.disposition_label}",
            "note": outcome.note,
            "icon": outcome.sign[0],
            "tone": outcome.sign[1],
        }
        for outcome in outcomes
    ]
