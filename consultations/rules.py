"""What every act in a consultation asks first: is it possible now, and for which city."""

from consultations.enums import ConsultationState
from consultations.models import ConsultationPage
from consultations.refusals import (
    AccountNeeded,
    ConsultationClosed,
    NotOpenYet,
    PhaseDoesNotAllow,
)
from partnership.people import tokens
from partnership.people.models import Participant


def refuse_unless_allowed(consultation: ConsultationPage, act: str) -> None:
    """Raise NotOpenYet, ConsultationClosed or PhaseDoesNotAllow when it cannot be done now."""
    if consultation.state == ConsultationState.FORTHCOMING:
        raise NotOpenYet
    if not consultation.live or not consultation.is_open:
        raise ConsultationClosed
    if not consultation.allows(act):
        raise PhaseDoesNotAllow


def refuse_guests(consultation: ConsultationPage, participant: Participant) -> None:
    """Raise AccountNeeded for a guest where people without an account do not take part."""
    if participant.is_guest and not consultation.takes_guests:
        raise AccountNeeded


def fresh(consultation_id: int) -> ConsultationPage:
    """The consultation as stored now: whether it is open is asked inside the transaction."""
    return ConsultationPage.objects.get(pk=consultation_id)


def spend(form_token: str | None, purpose: str) -> None:
    """Use up the token of the form; None for what comes from no form."""
    if form_token is not None:
        tokens.spend(form_token, purpose=purpose)


def home_city_id(participant: Participant) -> int | None:
    """The home city now: it is copied, so that moving house affects later acts only."""
    city = participant.city
    return city.pk if city else None
