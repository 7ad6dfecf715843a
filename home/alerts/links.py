"""The link in every mail about an alert: it stops them, signs nobody in, never expires."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from partnership.people.models import Resident


def stop_url(resident_id: int, code: str) -> str:
    """The link of a mail in that language."""
    with translation.override(code):
        path = reverse("alert_mails_stop", args=(_signer().sign(str(resident_id)),))
    return f"{settings.BASE_URL}{path}"


def resident_of(key: str) -> Resident | None:
    """Whose mails; None for a forged link, or when the account is gone."""
    try:
        person = _signer().unsign(key)
    except BadSignature:
        return None
    return Resident.objects.filter(pk=person).first()


def _signer() -> Signer:
    return Signer(sep=".", salt="home.alerts")
