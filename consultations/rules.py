"""What every act in a consultation asks first: is it possible now, and for which city."""

from consultations.enums import ConsultationState
from consultations.models import Admission, ConsultationPage
from consultations.refusals import (
    AccountNeeded,
    CodeNeeded,
    ConsultationClosed,
    NotOpenYet,
    NotPossibleNow,
    PhaseDoesNotAllow,
)
from partnership.people import tokens
from partnership.people.models import Participant


def refuse_unless_allowed(consultation: ConsultationPage, act: str) -> None:
    """Raise NotOpenYet, ConsultationClosed or PhaseDoesNotAllow when it cannot be done now."""
    refuse_unless_open(consultation)
    if not consultation.allows(act):
        raise PhaseDoesNotAllow


def refuse_unless_open(consultation: ConsultationPage) -> None:
    """Raise NotOpenYet or ConsultationClosed outside its two instants."""
    if consultation.state == ConsultationState.FORTHCOMING:
        raise NotOpenYet
    if not consultation.live or not consultation.is_open:
        raise ConsultationClosed


def city_counted_for(consultation: ConsultationPage, participant: Participant) -> int | None:
    """The city an act counts for; it is copied, so that moving house affects later acts only.

    Who was let in by a code counts for the city that gave it, others for their home city now;
    None is elsewhere. Raises CodeNeeded, or AccountNeeded for a guest where people without an
    account do not take part.
    """
    if consultation.asks_for_codes:
        own = Admission.objects.of(consultation, participant)
        city_id: int | None = own.values_list("city_id", flat=True).first()
        if city_id is None:
            raise CodeNeeded
        return city_id
    if participant.is_guest and not consultation.takes_guests:
        raise AccountNeeded
    return home_city_id(participant)


def city_of_reader(consultation: ConsultationPage, participant: Participant) -> int | None:
    """The city somebody counts for, or would: who only reads is refused nothing."""
    try:
        return city_counted_for(consultation, participant)
    except NotPossibleNow:
        return home_city_id(participant)


def fresh(consultation_id: int) -> ConsultationPage:
    """The consultation as stored now: whether it is open is asked inside the transaction."""
    return ConsultationPage.objects.get(pk=consultation_id)


def spend(form_token: str | None, purpose: str) -> None:
    """Use up the token of the form; None for what comes from no form."""
    if form_token is not None:
        tokens.spend(form_token, purpose=purpose)


def home_city_id(participant: Participant) -> int | None:
    """The home city now, of whoever looks at a page."""
    city = participant.city
    return city.pk if city else None
