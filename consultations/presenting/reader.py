"""Who is reading, and what they have said so far."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest

from consultations.models import ConsultationPage, Draft, Response, Turn
from consultations.rules import city_of_reader
from consultations.speaking.confirmed import partners_here
from consultations.taking_part import participants_here
from consultations.visiting.holding import held
from consultations.visiting.words import Words, words_for
from partnership.people.models import Participant, Resident


@dataclass(frozen=True)
class Reader:
    """Who acts here: an account, a guest, the holder of a code; their votes and filled form.

    Without a session there is nobody: such pages are cached and must be the same for all.
    ``takes_turns`` says that what is shown to them counts as shown: no preview, no HEAD;
    ``turn`` is the key of the statement they have before them already. ``has_answered`` is known
    of anonymous answers too, which are nobody's.
    """

    resident: Resident | None = None
    may_act: bool = False
    city_id: int | None = None
    participant: Participant | None = None
    votes: dict[int, str] = field(default_factory=dict)
    response: Response | None = None
    has_answered: bool = False
    has_draft: bool = False
    #: What is said of what waits for a guest's code.
    waits: Words | None = None
    takes_turns: bool = False
    turn: int | None = None
    #: Those the account speaks for, asked for where a form offers them.
    partners: Any = ()

    @property
    def is_guest(self) -> bool:
        """Whether they act without an account."""
        return self.may_act and self.resident is None

    @property
    def is_signed_in(self) -> bool:
        """Whether forms may be sent from the page itself."""
        return self.may_act


def reader_of(request: HttpRequest, consultation: ConsultationPage) -> Reader:
    """Return who reads; three queries for a resident, none without a session.

    Where a code is needed, an account without one reads like a visitor.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Reader()
    resident = request.user if request.user.is_authenticated else None
    takes_others = consultation.asks_for_codes or consultation.takes_guests
    if resident is None and not takes_others:
        return Reader()
    takes_turns = request.method == "GET" and not getattr(request, "is_preview", False)
    found = participants_here(request, consultation).select_related(
        "resident__city", "contact__city"
    )
    participant: Any = found.annotate(**_what_waits(consultation)).first()
    if participant is None:
        return Reader(
            resident=resident,
            may_act=resident is not None and not consultation.asks_for_codes,
            city_id=resident.city_id if resident else None,
            waits=None if resident else words_for(held(request, consultation)),
            takes_turns=takes_turns,
            partners=partners_here(request),
        )
    votes = participant.votes.filter(statement__consultation=consultation).on_published()
    response, has_answered = _answered(participant, consultation)
    return Reader(
        resident=resident,
        may_act=True,
        city_id=city_of_reader(consultation, participant),
        participant=participant,
        votes=dict(votes.values_list("statement_id", "choice")),
        response=response,
        has_answered=has_answered,
        has_draft=participant.has_draft,
        takes_turns=takes_turns,
        turn=participant.turn,
        partners=partners_here(request),
    )


def _what_waits(consultation: ConsultationPage) -> dict[str, Any]:
    """The statement before a participant and whether they have begun to answer, for one query."""
    own = {"consultation": consultation, "participant": OuterRef("pk")}
    return {
        "turn": Subquery(Turn.objects.filter(**own).values("statement_id")),
        "has_draft": Exists(Draft.objects.filter(**own)),
    }


def _answered(
    participant: Participant, consultation: ConsultationPage
) -> tuple[Response | None, bool]:
    """The filled form, if it can be known whose it is, and whether there is one; one query."""
    if consultation.is_anonymous:
        return None, participant.answered_marks.filter(consultation=consultation).exists()
    response = consultation.responses.filter(participant=participant).first()
    return response, response is not None
