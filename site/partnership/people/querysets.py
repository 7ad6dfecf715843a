"""Which residents, which participants."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager as Accounts
from django.db import models
from django.db.models import Q

from partnership.mailboxes import spelled

if TYPE_CHECKING:
    from partnership.people.models import Participant, Resident


class ResidentQuerySet(models.QuerySet):
    """Residents' accounts."""

    def unconfirmed(self) -> Self:
        """Accounts that were begun and never used: nothing would be lost with them."""
        return self.filter(
            last_login=None, participant=None, is_staff=False, is_superuser=False
        ).exclude(emailaddress__verified=True)

    def at(self, email: str) -> Self:
        """The account that confirmed this address; it may have been closed."""
        address = spelled(email)
        return self.filter(email=address, emailaddress__email=address, emailaddress__verified=True)

    def entrusted(self) -> Self:
        """Whoever administers, has a role, or works for a city: what makes somebody staff."""
        has_city, has_role = Q(edits_for__isnull=False), Q(groups__isnull=False)
        return self.filter(Q(is_superuser=True) | has_city | has_role).distinct()


class ResidentManager(Accounts.from_queryset(ResidentQuerySet)):  # type: ignore[misc] # a call
    """Makes accounts; the e-mail address is what one signs in with."""

    def get_by_natural_key(self, email: str | None) -> "Resident":
        return self.get(email=spelled(email))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Resident":
        """Make an account; without a password it can only sign in by code."""
        resident = self.model(email=spelled(email), **fields)
        resident.set_password(password)
        resident.save(using=self._db)
        return resident

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Resident":
        """Make an account that may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Whoever takes part: an account, or later a guest's confirmed address."""

    def of(self, resident: "Resident") -> "Participant":
        """Return the participant behind an account, made at the first act."""
        participant, _created = self.get_or_create(resident=resident)
        participant.resident = resident  # at hand already: nobody asks for it again
        return participant

    def known_by_address(self) -> Self:
        """Whoever a confirmed address is enough to act for.

        No account that needs two keys, and none that was closed.
        """
        usable = self.exclude(resident__is_active=False).exclude(resident__is_staff=True)
        return usable.exclude(resident__authenticator__type="totp")

    def for_request(self, request: Any) -> Self:
        """The participant who is signed in, or none; makes no row."""
        if not request.user.is_authenticated:
            return self.none()
        return self.filter(resident=request.user)
