"""What the partnership rests on in each city, and how its status has changed."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.promises.enums import ChangeState
from home.continuity.enums import FOR_A_TIME, BondStatus, InstrumentKind, Validity
from home.continuity.querysets import REMINDED_BEFORE, InstrumentQuerySet, StatusChangeQuerySet
from partnership.pages.wording.remembering import RemembersWording

LONGEST_REASON = 600


class Instrument(RemembersWording):
    """An ordinance, an agreement or a procedure that binds a city to the partnership."""

    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="instruments",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two sentences for whoever has not read it.")
    )
    binds = models.TextField(
        _("what it binds"),
        blank=True,
        help_text=_("Who must do what, whoever governs: offices, budgets, terms."),
    )
    reference = models.CharField(
        _("number"), max_length=80, blank=True, help_text=_("Its number in the city's register.")
    )
    adopted_on = models.DateField(_("adopted on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("Its last day. Editors are reminded 180 days before."),
    )
    ended_on = models.DateField(
        _("repealed or replaced on"),
        null=True,
        blank=True,
        help_text=_("From that day on it counts no more, and nobody is reminded of it."),
    )
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    url = models.URLField(
        _("address"), blank=True, help_text=_("Where the city has published it, if it has.")
    )

    publish_required = ("title", "summary", "binds")
    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("city__position", "-adopted_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="instrument_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("adopted_on")),
                name="instrument_is_adopted_before_it_is_repealed",
                violation_error_message=_("It cannot be repealed before it was adopted."),
            ),
        )

    def __str__(self) -> str:
        return self.title or ""

    @property
    def anchor(self) -> str:
        """The id of this instrument on the page of the partnership."""
        return f"instrument-{self.pk}"

    def validity_on(self, today: date) -> Validity:
        """Whether it counts on a day, and for how long."""
        if self.ended_on is not None and self.ended_on <= today:
            return Validity.SET_ASIDE
        if self.valid_until is not None and self.valid_until < today:
            return Validity.EXPIRED
        if self.valid_from > today:
            return Validity.TO_COME
        if self.valid_until is not None and self.valid_until <= today + REMINDED_BEFORE:
            return Validity.EXPIRES_SOON
        return Validity.IN_FORCE


class StatusChange(models.Model):
    """From which status to which, why, and until when; who asked and signed is in the ledger."""

    before = models.CharField(_("status before"), max_length=10, choices=BondStatus, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=BondStatus)
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day of a pause or a limit. Empty: until the cities sign otherwise."),
    )
    reason = models.TextField(
        _("why"),
        max_length=LONGEST_REASON,
        blank=True,
        help_text=_("Readers find it at the top of every page."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState, default=ChangeState.WAITING, editable=False
    )
    settled_at = models.DateTimeField(_("signed or called off at"), null=True, editable=False)

    objects = StatusChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # records point to things, not the other way round

    class Meta:
        verbose_name = _("change of the partnership's status")
        verbose_name_plural = _("changes of the partnership's status")
        ordering = ("-pk",)
        default_permissions = ("add", "view")
        constraints = (
            models.UniqueConstraint(
                fields=("state",),
                condition=Q(state=ChangeState.WAITING),
                name="one_change_of_status_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.WAITING, settled_at=None)
                | (~Q(state=ChangeState.WAITING) & Q(settled_at__isnull=False)),
                name="settled_status_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(status__in=FOR_A_TIME),
                name="status_for_a_time_is_a_pause_or_a_limit",
                violation_error_message=_("Only a pause or a limit lasts until a day."),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_status_display())
