"""Who is reading, and what they have said so far."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from consultations.models import ConsultationPage, Response, Turn
from partnership.people.models import Participant, Resident


@dataclass(frozen=True)
class Reader:
    """A resident who is signed in, with their votes (by statement) and their filled form.

    Without a session there is nobody: such pages are cached and must be the same for all.
    ``takes_turns`` says that what is shown to them counts as shown: no preview, no HEAD;
    ``turn`` is the key of the statement they have before them already.
    """

    resident: Resident | None = None
    participant: Participant | None = None
    votes: dict[int, str] = field(default_factory=dict)
    response: Response | None = None
    takes_turns: bool = False
    turn: int | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether forms may be sent from the page itself."""
        return self.resident is not None


def reader_of(request: HttpRequest, consultation: ConsultationPage) -> Reader:
    """Return who reads; three queries for a resident, none without a session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return Reader()
    takes_turns = request.method == "GET" and not getattr(request, "is_preview", False)
    turn = Turn.objects.filter(consultation=consultation, participant=OuterRef("pk"))
    found = Participant.objects.for_request(request).select_related("resident__city")
    participant = found.annotate(turn=Subquery(turn.values("statement_id"))).first()
    if participant is None:
        return Reader(resident=request.user, takes_turns=takes_turns)
    votes = participant.votes.filter(statement__consultation=consultation).on_published()
    return Reader(
        resident=request.user,
        participant=participant,
        votes=dict(votes.values_list("statement_id", "choice")),
        response=consultation.responses.filter(participant=participant).first(),
        takes_turns=takes_turns,
        turn=participant.turn,
    )
