"""Who acts in a consultation from this browser: an account, or whoever used a code here."""

from datetime import timedelta

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from consultations.models import Admission, ConsultationPage
from partnership.people.models import Participant
from partnership.people.querysets import ParticipantQuerySet

#: Where the session keeps who used a code in which consultation, and until when.
HELD = "consultations.codes"
ON_A_SHARED_DEVICE, ON_ONES_OWN = timedelta(hours=1), timedelta(days=14)


def participants_here(request: HttpRequest, consultation: ConsultationPage) -> ParticipantQuerySet:
    """Whoever acts here and may, the account first; none for nobody; makes no row."""
    if not consultation.asks_for_codes:
        return Participant.objects.for_request(request)
    own = Q(pk=held(request, consultation))
    if request.user.is_authenticated:
        own |= Q(resident=request.user)
    let_in = Participant.objects.filter(own, admissions__consultation=consultation)
    return let_in.order_by(F("resident").desc(nulls_last=True))


def may_act(request: HttpRequest, consultation: ConsultationPage) -> bool:
    """Whether forms may be sent from this browser."""
    if not consultation.asks_for_codes:
        return request.user.is_authenticated
    return participants_here(request, consultation).exists()


def acting(request: HttpRequest, consultation: ConsultationPage) -> Participant | None:
    """The participant who acts here; an account's is made at the first act, None for nobody."""
    if consultation.asks_for_codes:
        return participants_here(request, consultation).select_related("resident__city").first()
    user = request.user
    return Participant.objects.of(user) if user.is_authenticated else None


def gate(request: HttpRequest, consultation: ConsultationPage) -> str:
    """What somebody needs before they may act: ``code``, ``account``, or nothing."""
    if may_act(request, consultation):
        return ""
    return "code" if consultation.asks_for_codes else "account"


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
    request.session.cycle_key()
    request.session[HELD] = {**request.session.get(HELD, {}), str(admission.consultation_id): entry}


def forget(request: HttpRequest, consultation: ConsultationPage) -> None:
    """Let the next one at this browser be somebody else."""
    kept = dict(request.session.get(HELD, {}))
    kept.pop(str(consultation.pk), None)
    request.session[HELD] = kept
