"""The link in every mail that nobody has to get: it stops them, signs nobody in, never expires."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from consultations.following.models import FormerGuest
from consultations.models import ConsultationPage
from partnership.people.models import Participant

Subject = tuple[Participant, ConsultationPage | None]


def stop_path(participant_id: int | None, consultation_id: int | None = None) -> str:
    """The page of one person's mails, in the active language; of one consultation where named."""
    key = _signer().sign(f"{participant_id or 0}-{consultation_id or 0}")
    return reverse("stop_mails", args=(key,))


def stop_url(participant: Participant, consultation: ConsultationPage, code: str) -> str:
    """The link of a mail about a consultation, in the language of the mail."""
    with translation.override(code):
        return f"{settings.BASE_URL}{stop_path(participant.pk, consultation.pk)}"


def subject_of(key: str) -> Subject | None:
    """Whose mails, and about what; None for a forged link, or when nobody is there any more."""
    try:
        person, consultation = _signer().unsign(key).split("-")
    except BadSignature:
        return None
    participant = whoever_is(person)
    if participant is None:
        return None
    return participant, ConsultationPage.objects.filter(pk=consultation).first()


def whoever_is(number: str) -> Participant | None:
    """The person of that number, or whoever the guest of that number has become."""
    became = FormerGuest.objects.filter(number=number).values("participant")
    people = Participant.objects.select_related("resident", "contact")
    return people.filter(Q(pk=number) | Q(pk__in=became)).first()


def _signer() -> Signer:
    return Signer(sep=".", salt="consultations.following")
