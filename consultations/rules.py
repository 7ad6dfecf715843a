"""What every act in a consultation asks first: is it possible now, and for which city."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.enums import ConsultationState
from consultations.models import Admission, ConsultationPage, SpentAddress
from consultations.models.spent_addresses import spent_digests
from consultations.refusals import (
    AccountNeeded,
    CodeNeeded,
    ConsultationClosed,
    NotOpenYet,
    NotPossibleNow,
    PhaseDoesNotAllow,
)
from consultations.visiting.refusals import AddressSpent
from partnership.people import guests, tokens
from partnership.people.models import Participant

#: How long after the close moderators and editors may still write to a guest.
TIME_TO_TELL = timedelta(days=60)


def refuse_unless_allowed(consultation: ConsultationPage, *acts: str) -> None:
    """Raise NotOpenYet, ConsultationClosed or PhaseDoesNotAllow when none can be done now."""
    refuse_unless_open(consultation)
    if not any(map(consultation.allows, acts)):
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
    account do not take part; AddressSpent for whoever has erased what is counted here.
    """
    if consultation.asks_for_codes:
        own = Admission.objects.of(consultation, participant)
        city_id: int | None = own.values_list("city_id", flat=True).first()
        if city_id is None:
            raise CodeNeeded
        return city_id
    if participant.is_guest and not consultation.takes_guests:
        raise AccountNeeded
    refuse_a_spent_address(consultation, participant)
    return home_city_id(participant)


def refuse_a_spent_address(consultation: ConsultationPage, participant: Participant) -> None:
    """Raise AddressSpent; asked only where ``fresh`` has found that somebody left."""
    if getattr(consultation, "has_spent_addresses", False):
        own = spent_digests(consultation.pk, participant)
        if consultation.spent_addresses.filter(digest__in=own).exists():
            raise AddressSpent


def city_of_reader(consultation: ConsultationPage, participant: Participant) -> int | None:
    """The city somebody counts for, or would: who only reads is refused nothing."""
    try:
        return city_counted_for(consultation, participant)
    except NotPossibleNow:
        return home_city_id(participant)


def fresh(consultation_id: int) -> ConsultationPage:
    """The consultation as stored now: whether it is open is asked inside the transaction."""
    spent = SpentAddress.objects.filter(consultation=OuterRef("pk"))
    known = ConsultationPage.objects.annotate(has_spent_addresses=Exists(spent))
    return known.get(pk=consultation_id)


def spend(form_token: str | None, purpose: str) -> None:
    """Use up the token of the form; None for what comes from no form."""
    if form_token is not None:
        tokens.spend(form_token, purpose=purpose)


def home_city_id(participant: Participant) -> int | None:
    """The home city now, of whoever looks at a page."""
    return participant.city_id


def keep_address_of(participant: Participant, consultation: ConsultationPage) -> None:
    """Keep a guest's address until they were told what became of their words; then it goes."""
    last = max(timezone.now(), consultation.closes_at)
    guests.keep_contact(participant, until=last + TIME_TO_TELL)
