"""Residents' accounts, and the participant every act points to."""

import secrets
import uuid

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.cities.models import City
from partnership.people.enums import OrganisationKind
from partnership.people.querysets import ParticipantQuerySet, ResidentManager


class Resident(AbstractBaseUser, PermissionsMixin):
    """One person's account; the e-mail address is the key, there is no user name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    city = models.ForeignKey(
        City,
        verbose_name=_("home city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="residents",
        help_text=_("Empty means elsewhere."),
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    organisation_name = models.CharField(_("organisation"), max_length=120, blank=True)
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=20, choices=OrganisationKind, blank=True
    )
    edits_for = models.ManyToManyField(
        City,
        verbose_name=_("works for"),
        blank=True,
        related_name="editors",
        help_text=_("The cities whose pages this person may edit and moderate."),
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = ResidentManager()

    #: Whether a trusted provider asked for a second step when this session began; no column.
    did_second_step = False

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in takes a code of an app besides; asks the database."""
        return Authenticator.objects.filter(user=self, type=Authenticator.Type.TOTP).exists()

    @property
    def needs_two_keys(self) -> bool:
        """Whether a code sent to the address is not enough to act for this account."""
        return self.is_staff or self.has_second_factor

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


#: Begins what stands for the address of somebody who erased their account; no digest has it.
FORMER = "former:"


def former_digest() -> str:
    """A mark made by chance, for whoever nobody is to find again."""
    return f"{FORMER}{secrets.token_hex(24)}"


def called(name: str, guest_digest: str | None) -> str:
    """What a participant is called where there may be no name any more."""
    is_former = bool(guest_digest and guest_digest.startswith(FORMER))
    return name or str(_("Former participant") if is_former else _("guest"))


class Participant(models.Model):
    """Who acts: a resident's account or a guest's confirmed address, exactly one of the two."""

    resident = models.OneToOneField(
        Resident, null=True, blank=True, on_delete=models.CASCADE, related_name="participant"
    )
    guest_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.CheckConstraint(
                condition=Q(resident__isnull=False) ^ Q(guest_digest__isnull=False),
                name="participant_is_account_or_guest",
            ),
        )

    def __str__(self) -> str:
        return called(self.name, self.guest_digest)

    @property
    def person(self) -> "Resident | GuestContact | None":
        """Who can be written to: the account, or what a guest left; None once that is erased."""
        return self.resident if self.resident_id else getattr(self, "contact", None)

    @property
    def is_guest(self) -> bool:
        """Whether it is somebody without an account."""
        return self.resident_id is None

    @property
    def is_former(self) -> bool:
        """Whether the account was erased."""
        return bool(self.guest_digest and self.guest_digest.startswith(FORMER))

    @property
    def name(self) -> str:
        """What they call themselves; empty once a guest's details are erased."""
        return self.person.name if self.person else ""

    def get_short_name(self) -> str:
        """How a mail greets them, as ``Resident.get_short_name``."""
        return self.name.split(" ")[0]

    @property
    def email(self) -> str:
        """Where to write to them; empty once a guest's details are erased."""
        return self.person.email if self.person else ""

    @property
    def language_code(self) -> str:
        """The language they read mails in."""
        return self.person.language_code if self.person else ""

    @property
    def city(self) -> City | None:
        """The home city now; rows copy it when they are written."""
        return self.person.city if self.person else None

    @property
    def city_id(self) -> int | None:
        """The key of the same, which asks for nothing more than the person."""
        return self.person.city_id if self.person else None


class GuestContact(models.Model):
    """How to write to a guest: kept while that is needed, then erased.

    The participant stays, with the digest of the address only: acts keep their author, and the
    same address is known again.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="contact", verbose_name=_("participant")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=80)
    city = models.ForeignKey(
        City,
        verbose_name=_("home city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty means elsewhere."),
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    keep_until = models.DateTimeField(_("kept until"), db_index=True)

    wagtail_reference_index_ignore = True  # nobody looks for a guest among references

    class Meta:
        verbose_name = _("contact of a guest")
        verbose_name_plural = _("contacts of guests")

    def __str__(self) -> str:
        return self.name


class UnusedAccount(models.Model):
    """Somebody was told that their account will be erased unless they use it; see ``unused``."""

    resident = models.OneToOneField(
        Resident, on_delete=models.CASCADE, related_name="+", verbose_name=_("account")
    )
    #: The address it had then: a mail to another one has warned nobody.
    email = models.EmailField(_("e-mail address"))
    mail = models.ForeignKey(
        "outbox.OutgoingMail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    #: On how many days the clock went round since the mail left, and the last of them.
    days = models.PositiveSmallIntegerField(_("days since"), default=0)
    counted_on = models.DateField(null=True)

    wagtail_reference_index_ignore = True  # it goes with its account

    class Meta:
        verbose_name = _("unused account")
        verbose_name_plural = _("unused accounts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.resident_id}"


class SpentToken(models.Model):
    """A one-use form token that has been used; unique, so a form counts once."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    spent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("spent form token")
        verbose_name_plural = _("spent form tokens")

    def __str__(self) -> str:
        return str(self.token)
