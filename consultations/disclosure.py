"""Who may see which figures when: while people vote, the figures must not sway them."""

from consultations.enums import ConsultationState
from consultations.models import ConsultationPage, Response
from partnership.pages.permissions import holds_key_to
from partnership.people.models import Participant, Resident

VOTES_BEFORE_FIGURES = 5


def votes_needed(statements: int) -> int:
    """How many votes open the figures: five, or all where there are fewer statements."""
    return min(VOTES_BEFORE_FIGURES, statements)


def shows_statement_figures(
    consultation: ConsultationPage, *, resident: Resident | None, votes: int, statements: int
) -> bool:
    """Whether this reader may see how the cities voted.

    Everybody after the close; before it who has voted on five of the published statements (or
    on all), and analysts. ``votes`` is how many of them this reader has voted on.
    """
    if consultation.state == ConsultationState.FORTHCOMING:
        return False
    if consultation.is_over or is_analyst(resident, consultation):
        return True
    return bool(statements) and votes >= votes_needed(statements)


def shows_question_figures(
    consultation: ConsultationPage, *, resident: Resident | None, response: Response | None
) -> bool:
    """Whether this reader may see the answers by city: who has answered, then everybody.

    Of anonymous answers nobody before the close: figures that grow by one tell whose it was.
    """
    if consultation.state == ConsultationState.FORTHCOMING or consultation.holds_answers_back:
        return False
    if consultation.is_over or response is not None:
        return True
    return is_analyst(resident, consultation)


def is_analyst(resident: Resident | None, consultation: ConsultationPage) -> bool:
    """Whether this person works with the figures of this one; asks the database for staff only."""
    if not (resident and resident.is_staff):
        return False
    may_export = resident.has_perm("consultations.export_consultation")
    return may_export and holds_key_to(consultation, resident)


def shows_figures_to(consultation: ConsultationPage, participant: Participant | None) -> bool:
    """The same rule for callers that have counted nothing yet, such as an export."""
    statements = consultation.statements.asked().count()
    votes = 0
    if participant is not None:
        own = participant.votes.filter(statement__consultation=consultation)
        votes = own.on_published().count()
    resident = participant.resident if participant else None
    return shows_statement_figures(
        consultation, resident=resident, votes=votes, statements=statements
    )
