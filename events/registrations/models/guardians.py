"""The consent of a parent or guardian: asked of themselves by mail, or told by who signs up."""

from typing import TYPE_CHECKING, Any

from django.core.signing import Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext


class GuardiansConsent:
    """What a place knows of the guardian of a minor; ``guardian_until`` is set while we wait.

    The address goes as soon as they have answered, or the place is given back.
    """

    if TYPE_CHECKING:
        code: Any
        event: Any
        guardian_email: Any
        guardian_until: Any
        guardian_asked_at: Any
        guardian_agreed_at: Any
        guardian_consent: Any
        is_active: Any
        get_status_display: Any
        ended_as: Any
        get_ended_as_display: Any

    @property
    def awaits_guardian(self) -> bool:
        """Whether a guardian is to confirm it still."""
        return self.guardian_until is not None

    @property
    def state_label(self) -> str:
        """The status in words, or that a guardian's answer is awaited, or how it ended."""
        if self.awaits_guardian and self.is_active:
            return gettext("Waits for the guardian")
        if self.ended_as:
            return str(self.get_ended_as_display())
        return str(self.get_status_display())

    @property
    def is_confirmed_by_guardian(self) -> bool:
        """Whether a guardian agreed themselves, by mail or on paper."""
        return bool(self.guardian_agreed_at and self.guardian_consent)

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the guardian's link still works; while the event is postponed it does."""
        ends_at = self.guardian_until
        return bool(ends_at and (self.event.is_postponed or ends_at > timezone.now()))

    @property
    def guardian_url(self) -> str:
        """The page of the guardian in the active language: of this asking, and of no other."""
        return reverse("guardian", args=(_signer().sign(f"{self.code}-{self._asking}"),))

    def is_asking(self, asking: str) -> bool:
        """Whether a link that carries this was the last that went out, and waits for an answer."""
        return self.awaits_guardian and bool(asking) and asking == self._asking

    @property
    def _asking(self) -> str:
        return f"{self.guardian_asked_at:%Y%m%d%H%M%S%f}" if self.guardian_asked_at else ""

    def settle_guardian(self, **answered: Any) -> None:
        """Wait no longer, unsaved: forget the address, and note what was ``answered``."""
        self.guardian_email, self.guardian_until = "", None
        for name, value in answered.items():
            setattr(self, f"guardian_{name}", value)


def asked_by(key: str) -> tuple[str, str]:
    """Return the code of the place and the asking of a link; raises BadSignature."""
    code, _hyphen, asking = _signer().unsign(key).partition("-")
    return code, asking


def _signer() -> Signer:
    return Signer(sep=".", salt="registrations.guardian")


#: A minor has a place with the consent of a guardian, or while one is asked for it.
CONSENT = models.CheckConstraint(
    condition=Q(is_minor=False)
    | Q(guardian_agreed_at__isnull=False)
    | Q(guardian_until__isnull=False)
    | Q(status="cancelled"),
    name="registration_of_a_minor_has_consent",
)
WAITING_FOR_GUARDIAN = models.Index(
    fields=("guardian_until",),
    condition=Q(guardian_until__isnull=False),
    name="registration_guardian_due",
)
