"""What was asked to be approved, who signed for which city, and how it ended; never changed."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnership.cities.models import City
from partnership.ledger.digests import digest_of
from partnership.ledger.enums import Outcome
from partnership.ledger.querysets import ApprovalRequestQuerySet

DIGEST_LENGTH = 64
SALT_BYTES = 16


def new_salt() -> str:
    """So much chance that short words cannot be guessed from their digest."""
    return secrets.token_hex(SALT_BYTES)


def _by(label: Any) -> models.ForeignKey:
    """Who did it; empty once the account is erased, which is all that may ever change."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class ApprovalRequest(models.Model):
    """The cities are asked to sign something, exactly as it was in every language then.

    ``content`` is what they sign and ``digest`` its SHA-256 (see ``digests``). The tables of
    this room take no change and no deletion: the database refuses (see ``append_only``).
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    content = models.JSONField()
    digest = models.CharField(_("fingerprint"), max_length=DIGEST_LENGTH)
    cities = models.ManyToManyField(City, verbose_name=_("cities asked"), related_name="+")
    requested_by = _by(_("asked by"))
    requested_at = models.DateTimeField(_("asked at"), default=timezone.now)

    objects = ApprovalRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # records point to things, not the other way round

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ("-pk",)
        default_permissions = ()
        indexes = (models.Index(fields=("content_type", "object_id"), name="request_about"),)
        constraints = (
            models.CheckConstraint(
                condition=Exact(Length("digest"), DIGEST_LENGTH), name="request_digest_is_whole"
            ),
        )

    def __str__(self) -> str:
        return f"{self.content_type.model} {self.object_id}: {self.digest[:12]}"

    @property
    def is_open(self) -> bool:
        """Whether cities can still sign it."""
        return not hasattr(self, "conclusion")

    @property
    def is_intact(self) -> bool:
        """Whether what is kept here is what the fingerprint was made from."""
        return digest_of(self.content) == self.digest

    @cached_property
    def asked(self) -> list[City]:
        """The cities that must sign, in the cities' order."""
        return list(self.cities.order_by("position", "pk"))

    @property
    def missing(self) -> list[City]:
        """The cities that have not signed yet."""
        signed = set(self.approvals.values_list("city_id", flat=True))
        return [city for city in self.asked if city.pk not in signed]


class Approval(models.Model):
    """One city's signature under one fingerprint, given by one person."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="approvals")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    given_by = _by(_("signed by"))
    digest = models.CharField(_("fingerprint"), max_length=DIGEST_LENGTH)
    comment = models.TextField(_("comment"), blank=True)
    given_at = models.DateTimeField(_("signed at"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("given_at", "pk")
        default_permissions = ("add",)
        constraints = (
            models.UniqueConstraint(fields=("request", "city"), name="approval_once_per_city"),
            models.UniqueConstraint(
                fields=("request", "given_by"), name="approval_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.city}: {self.digest[:12]}"


class Conclusion(models.Model):
    """How a request ended, once."""

    request = models.OneToOneField(
        ApprovalRequest, on_delete=models.PROTECT, related_name="conclusion"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    comment = models.TextField(_("comment"), blank=True)
    concluded_by = _by(_("by"))
    concluded_at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="conclusion_outcome_is_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class LedgerEntry(models.Model):
    """A place in the public log: what every city signed, after all that was signed before it.

    ``hash`` covers the rest of the row and the hash before it (see ``chain``). The names of
    cities are kept as they were, so that a city that is called otherwise breaks nothing.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    request = models.OneToOneField(ApprovalRequest, on_delete=models.PROTECT, related_name="entry")
    digest = models.CharField(_("fingerprint"), max_length=DIGEST_LENGTH)
    signatures = models.JSONField(_("signatures"))
    before = models.CharField(_("hash before it"), max_length=DIGEST_LENGTH)
    hash = models.CharField(_("hash"), max_length=DIGEST_LENGTH, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("entries of the log")
        ordering = ("-number",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"

    @property
    def record(self) -> dict[str, Any]:
        """What ``hash`` is made from."""
        return {
            "before": self.before,
            "digest": self.digest,
            "number": self.number,
            "signatures": self.signatures,
        }

    @property
    def anchor(self) -> str:
        """Where links to it lead on its page."""
        return f"entry-{self.number}"

    def get_absolute_url(self) -> str:
        """The way to it, which stays the same when others come after it."""
        return reverse("ledger_entry", args=(self.number,))


class Quote(models.Model):
    """Words that signed content quotes; the only row of this room that may be deleted.

    See ``quotes``. The content holds ``digest``, so other words cannot be put in their place.
    """

    about = models.CharField(max_length=100, db_index=True)
    text = models.TextField(_("text"))
    salt = models.CharField(max_length=2 * SALT_BYTES, default=new_salt)
    digest = models.CharField(_("fingerprint"), max_length=DIGEST_LENGTH, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.about}: {self.digest[:12]}"

    def save(self, **kwargs: Any) -> None:
        if self._state.adding:
            self.digest = self._own_digest()
        super().save(**kwargs)

    @property
    def is_intact(self) -> bool:
        """Whether these are the words that were signed."""
        return self._own_digest() == self.digest

    def _own_digest(self) -> str:
        return digest_of({"salt": self.salt, "text": self.text})
