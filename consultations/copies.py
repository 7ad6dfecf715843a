"""What people said, voted and began in consultations, for the copy of their own data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.asking.kinds import choices_of
from consultations.enums import PublicationStatus
from consultations.models import (
    Admission,
    Answer,
    AnsweredMark,
    Contribution,
    Draft,
    EarlierWording,
    PersonTakingPart,
    Report,
    Response,
    Statement,
    Support,
    Turn,
    Vote,
)
from partnership.people.copies import Held, hold, of_participant

#: Counted from what others do.
FIGURES = ("reply_count", "support_count", "support_score")


def _value_with_its_words(answer: Answer) -> Any:
    """What was answered; the identifiers of options with what they say."""
    words = dict(choices_of(answer.question))

    def say(value: Any) -> Any:
        return f"{value}: {words[str(value)]}" if str(value) in words else value

    value = answer.value
    return [say(each) for each in value] if isinstance(value, list) else say(value)


def _told(statement: Statement) -> str:
    """A statement as readers see it; of one they do not see, the number."""
    is_seen = statement.publication_status == PublicationStatus.PUBLISHED
    return str(statement) if is_seen else str(statement.number)


def _about(own: Contribution) -> str | None:
    return _told(own.statement) if own.statement else None


ANSWERS = (
    Held(model=PersonTakingPart, title=_("consultations you took part in")),
    Held(model=Admission, title=_("where a code let you in")),
    Held(model=Response, labels={"code": _("receipt")}),
    Held(
        model=Answer,
        of=of_participant("response__participant"),
        told={
            "response": lambda answer: answer.response.receipt,
            "question": lambda answer: answer.question.text,
            "value": _value_with_its_words,
        },
        needs=("question__options",),
    ),
    Held(model=AnsweredMark, title=_("anonymous questions you answered")),
    Held(model=Draft),
)
VOTES_AND_STATEMENTS = (
    Held(model=Vote, told={"statement": lambda vote: _told(vote.statement)}),
    Held(
        model=Turn,
        told={"statement": lambda turn: _told(turn.statement)},
        labels={"given_at": _("shown at")},
        title=_("the statement you were shown last"),
    ),
    Held(
        model=Statement,
        labels={"id": _("number")},
        without=("text", "number"),  # a column for each language tells the text
        told={"duplicate_of": lambda own: own.duplicate_of_id},
    ),
)
CONVERSATION = (
    Held(
        model=Contribution,
        labels={"id": _("number")},
        without=("event", "session_key", "drawing", *FIGURES),
        told={"parent": lambda own: own.parent_id, "statement": lambda own: _about(own)},
        changed_at={"text": lambda own: "" if own.is_withdrawn else own.edit_url},
    ),
    Held(
        model=EarlierWording,
        of=of_participant("contribution__participant"),
        told={"contribution": lambda earlier: earlier.contribution_id},
    ),
    Held(
        model=Support,
        told={"contribution": lambda support: support.contribution_id},
        labels={"created_at": _("said at")},
    ),
    Held(model=Report, told={"contribution": lambda report: report.contribution_id}),
)


def register() -> None:
    """Tell of the answers first, then of votes, words, and what was said to words of others."""
    hold(*ANSWERS, *VOTES_AND_STATEMENTS, *CONVERSATION)
