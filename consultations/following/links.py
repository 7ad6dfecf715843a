"""The link in every mail that nobody has to get: it stops them, signs nobody in, never expires."""

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from consultations.following.enums import MailKind
from consultations.following.models import FormerGuest
from consultations.models import ConsultationPage
from partnership.people.models import Participant


class Subject(NamedTuple):
    """Whose mails; about what and of which kind, where a mail or a row of theirs says it."""

    participant: Participant
    consultation: ConsultationPage | None
    kind: MailKind | None


def stop_path(
    participant_id: int | None,
    consultation_id: int | None = None,
    kind: MailKind | str | None = None,
) -> str:
    """The page of one person's mails, in the active language; of what is named, if anything."""
    subject = f"{participant_id or 0}-{consultation_id or 0}"
    key = _signer().sign(f"{subject}-{kind}" if kind else subject)
    return reverse("stop_mails", args=(key,))


def stop_url(
    participant: Participant, consultation: ConsultationPage, code: str, kind: MailKind
) -> str:
    """The link of a mail of a kind about a consultation, in the language of the mail."""
    with translation.override(code):
        return f"{settings.BASE_URL}{stop_path(participant.pk, consultation.pk, kind)}"


def subject_of(key: str) -> Subject | None:
    """What the link is about; None for a forged one, or when nobody is there any more.

    Old mails name no kind, and go on working.
    """
    try:
        person, consultation, *kind = _signer().unsign(key).split("-")
    except BadSignature:
        return None
    participant = whoever_is(person)
    if participant is None:
        return None
    page = ConsultationPage.objects.filter(pk=consultation).first()
    return Subject(participant, page, kind_of("".join(kind)))


def kind_of(value: str) -> MailKind | None:
    """The kind of that name, if there is one."""
    return MailKind(value) if value in MailKind.values else None


def whoever_is(number: str) -> Participant | None:
    """The person of that number, or whoever the guest of that number has become."""
    became = FormerGuest.objects.filter(number=number).values("participant")
    people = Participant.objects.select_related("resident", "contact")
    return people.filter(Q(pk=number) | Q(pk__in=became)).first()


def _signer() -> Signer:
    return Signer(sep=".", salt="consultations.following")
