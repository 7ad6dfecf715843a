"""Places at events: who has one, who waits for one, what is kept for a city."""

from django.conf import settings
from django.core.signing import Signer
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel

from events.registrations.codes import LONGEST_CODE, in_groups, new_code
from events.registrations.enums import EXPECTED, HOLDING, Ending, RegistrationStatus
from events.registrations.models.guardians import CONSENT, WAITING_FOR_GUARDIAN, GuardiansConsent
from events.registrations.querysets import RegistrationQuerySet

NEEDS_LENGTH = 1000


class CityQuota(models.Model):
    """Places of an event that are kept for residents of one city, until they are released."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="quotas")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    places = models.PositiveIntegerField(_("places"), validators=(MinValueValidator(1),))

    panels = (FieldRowPanel(("city", "places")),)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("city__position",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "city"),
                name="one_quota_per_event_and_city",
                violation_error_message=_("This city has a quota already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.city}: {self.places}"


class Registration(GuardiansConsent, models.Model):
    """The place, or the places, that one participant has taken at one event or waits for."""

    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    participant = models.ForeignKey(
        "people.Participant",
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where the resident lived when taking the place; empty means elsewhere."),
    )
    joins_in = models.ForeignKey(
        "cities.City",
        verbose_name=_("joins in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    party_size = models.PositiveSmallIntegerField(
        _("people in the group"), default=1, validators=(MinValueValidator(1),)
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(
        _("language at the table"),
        max_length=20,
        blank=True,
        help_text=_("Empty means either."),
    )
    needs = models.TextField(_("what they need to take part"), max_length=NEEDS_LENGTH, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=RegistrationStatus,
        default=RegistrationStatus.REGISTERED,
    )
    #: Identifier of a question to what was answered: a text, a number, option identifiers.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    is_minor = models.BooleanField(_("under 18"), default=False)
    guardian_name = models.CharField(_("parent or guardian"), max_length=120, blank=True)
    guardian_agreed_at = models.DateTimeField(_("guardian agreed at"), null=True, blank=True)
    guardian_email = models.EmailField(_("guardian's address"), max_length=254, blank=True)
    # No choices, as above.
    guardian_language = models.CharField(_("guardian's language"), max_length=20, blank=True)
    guardian_until = models.DateTimeField(_("held for the guardian until"), null=True, blank=True)
    guardian_asked_at = models.DateTimeField(_("guardian asked at"), null=True, blank=True)
    guardian_reminded_at = models.DateTimeField(_("guardian reminded at"), null=True, blank=True)
    #: The words they agreed to, as they read them.
    guardian_consent = models.TextField(_("what the guardian agreed to"), blank=True)
    guardian_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consent on paper recorded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_reserve = models.BooleanField(_("in a place that was kept back"), default=False)
    offer_expires_at = models.DateTimeField(_("offer ends at"), null=True, blank=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by hand by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    promotion_reason = models.CharField(_("why it was given by hand"), max_length=300, blank=True)
    #: Digest of what the person was told about the event last; see ``facts``.
    told = models.CharField(max_length=64, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    thanked_at = models.DateTimeField(_("thanked at"), null=True, blank=True)
    #: How many of the group are in; the sum of the arrivals that stand.
    arrived = models.PositiveSmallIntegerField(_("people who came"), default=0, editable=False)
    code = models.CharField(
        _("code"), max_length=LONGEST_CODE, unique=True, default=new_code, editable=False
    )
    created_at = models.DateTimeField(
        _("taken at"), default=timezone.now, help_text=_("The order of the waiting list.")
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    ended_as = models.CharField(
        _("how it ended"), max_length=20, choices=Ending, blank=True, editable=False
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cancelled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cancelled_because = models.CharField(_("why staff gave it back"), max_length=300, blank=True)

    objects = RegistrationQuerySet.as_manager()

    #: Nothing an editor looks for among references; writing them would cost every sign-up.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("-created_at", "-pk")
        permissions = (
            ("view_people", _("Can see who takes a place, and what they need")),
            ("manage_places", _("Can give places by hand and write to those who have one")),
            ("check_in", _("Can let people in at the door, by their names and needs")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("event", "participant"),
                name="one_registration_per_event_and_participant",
                violation_error_message=_("You already have a place at this event."),
            ),
            models.CheckConstraint(
                condition=Q(party_size__gte=1), name="registration_of_at_least_one_person"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") ^ Q(cancelled_at__isnull=True),
                name="registration_cancelled_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status="offered") ^ Q(offer_expires_at__isnull=True),
                name="registration_offer_has_its_end",
            ),
            CONSENT,
            models.CheckConstraint(
                condition=Q(arrived__lte=F("party_size")), name="registration_no_more_come_than_are"
            ),
            models.CheckConstraint(
                condition=Q(status="attended") ^ Q(arrived=0),
                name="registration_attended_when_somebody_came",
            ),
        )
        indexes = (
            models.Index(
                fields=("event", "status", "created_at"), name="registration_event_status"
            ),
            WAITING_FOR_GUARDIAN,
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_active(self) -> bool:
        """Whether it takes up places at the event."""
        return self.status in HOLDING

    @property
    def is_registered(self) -> bool:
        """Whether its holder is expected to come."""
        return self.status == RegistrationStatus.REGISTERED

    @property
    def is_waiting(self) -> bool:
        """Whether it is in the waiting list."""
        return self.status == RegistrationStatus.WAITING

    @property
    def is_offered(self) -> bool:
        """Whether a place was offered and the answer is awaited."""
        return self.status == RegistrationStatus.OFFERED

    @property
    def missing(self) -> int:
        """How many of the group are not in."""
        return self.party_size - self.arrived

    @property
    def code_in_groups(self) -> str:
        """The code as people read it."""
        return in_groups(self.code)

    @property
    def can_cancel(self) -> bool:
        """Whether the place, the offer or the wait may still be given up."""
        is_ahead = self.event.is_postponed or self.event.ends_at > timezone.now()
        return self.status in EXPECTED and is_ahead

    @property
    def can_change(self) -> bool:
        """Whether what was written when signing up may still be changed."""
        is_held = self.is_registered or self.is_waiting
        is_ahead = self.event.is_postponed or self.event.starts_at > timezone.now()
        return is_held and is_ahead

    @property
    def can_accept(self) -> bool:
        """Whether the offer still stands; while the event is postponed it does not run out."""
        ends_at = self.offer_expires_at
        return bool(ends_at and (self.event.is_postponed or ends_at > timezone.now()))

    @property
    def mail_language(self) -> str:
        """The language its holder reads mails in."""
        return self.participant.language_code or self.language_code

    @property
    def place_url(self) -> str:
        """The page of this place in the active language; who has the address needs no account."""
        return reverse("place", args=(self.key,))

    @property
    def key(self) -> str:
        """What proves in an address that somebody may see and change this place."""
        return _signer().sign(self.code)


def code_in(key: str) -> str:
    """Return the code that a link to a place carries; raises BadSignature for a forged one."""
    return _signer().unsign(key)


def _signer() -> Signer:
    return Signer(sep=".", salt="registrations.place")
