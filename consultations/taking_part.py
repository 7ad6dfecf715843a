"""Who acts in a consultation from this browser: an account, whoever used a code here, a guest."""

from datetime import timedelta

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from consultations.models import Admission, ConsultationPage
from partnership.people import guests
from partnership.people.models import Participant
from partnership.people.querysets import ParticipantQuerySet
from partnership.session_room import renew_key

#: Where the session keeps who used a code in which consultation, and until when.
HELD = "consultations.codes"
#: Where a request keeps whom it has found.
FOUND = "_acting_in_consultations"
#: What somebody may need before they act.
CODE, ACCOUNT, ADDRESS = "code", "account", "address"
ON_A_SHARED_DEVICE, ON_ONES_OWN = timedelta(hours=1), timedelta(days=14)


def participants_here(request: HttpRequest, consultation: ConsultationPage) -> ParticipantQuerySet:
    """Whoever acts here and may, the account first; none for nobody; makes no row."""
    if not consultation.asks_for_codes:
        if request.user.is_authenticated or not consultation.takes_guests:
            return Participant.objects.for_request(request)
        return _guests_here(request, consultation)
    own = Q(pk=held(request, consultation))
    if request.user.is_authenticated:
        own |= Q(resident=request.user)
    let_in = Participant.objects.filter(own, admissions__consultation=consultation)
    return let_in.order_by(F("resident").desc(nulls_last=True))


def may_act(request: HttpRequest, consultation: ConsultationPage) -> bool:
    """Whether forms may be sent from this browser."""
    if not consultation.asks_for_codes and request.user.is_authenticated:
        return True
    return _found(request, consultation) is not None


def acting(request: HttpRequest, consultation: ConsultationPage) -> Participant | None:
    """The participant who acts here; an account's is made at the first act, None for nobody."""
    if not consultation.asks_for_codes and request.user.is_authenticated:
        return Participant.objects.of(request.user)
    return _found(request, consultation)


def is_known_by_code(consultation: ConsultationPage, participant: Participant) -> bool:
    """Whether it is somebody whom nobody can write to: a code stands for no address."""
    return consultation.asks_for_codes and participant.is_guest


def gate(request: HttpRequest, consultation: ConsultationPage) -> str:
    """What somebody needs before they may act: a code, an account, an address; or nothing."""
    if may_act(request, consultation):
        return ""
    if consultation.asks_for_codes:
        return CODE
    return ADDRESS if consultation.takes_guests else ACCOUNT


def _found(request: HttpRequest, consultation: ConsultationPage) -> Participant | None:
    """Whoever acts here and has a row; asked once as long as the browser shows the same keys."""
    guest = guests.present(request.session, purpose=purpose_of(consultation))
    shown = (consultation.pk, request.user.pk, held(request, consultation), guest)
    kept = request.__dict__.setdefault(FOUND, {})
    if shown not in kept:
        here = participants_here(request, consultation)
        kept[shown] = here.select_related("resident__city", "contact__city").first()
    return kept[shown]


# Guests ------------------------------------------------------------------------------------


def purpose_of(consultation: ConsultationPage) -> str:
    """What a guest confirms an address for: everything in one consultation."""
    return f"consultations.{consultation.pk}"


def _guests_here(request: HttpRequest, consultation: ConsultationPage) -> ParticipantQuerySet:
    """Whoever confirmed an address here; never somebody whose account needs a second key."""
    key = guests.present(request.session, purpose=purpose_of(consultation))
    if key is None:
        return Participant.objects.none()
    return Participant.objects.filter(pk=key).known_by_address()


# What the session remembers ----------------------------------------------------------------


def held(request: HttpRequest, consultation: ConsultationPage) -> int | None:
    """The key of whoever used a code of this consultation in this browser, while it lasts."""
    kept = request.session.get(HELD, {}).get(str(consultation.pk))
    if not kept or kept["until"] <= timezone.now().timestamp():
        return None
    return int(kept["participant"])


def remember(request: HttpRequest, admission: Admission, *, is_own_device: bool) -> None:
    """Let this browser go on without the code, which is spent."""
    lasts = ON_ONES_OWN if is_own_device else ON_A_SHARED_DEVICE
    entry = {
        "participant": admission.participant_id,
        "until": (timezone.now() + lasts).timestamp(),
    }
    renew_key(request.session)
    request.session.set_expiry(None)  # as long as any, whatever it began with
    request.session[HELD] = {**request.session.get(HELD, {}), str(admission.consultation_id): entry}


def forget(request: HttpRequest, consultation: ConsultationPage) -> None:
    """Let the next one at this browser be somebody else."""
    kept = dict(request.session.get(HELD, {}))
    kept.pop(str(consultation.pk), None)
    request.session[HELD] = kept
