"""Whom to write to: offices of the cities, mediators, and the way of a disagreement."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from home.committees.enums import StageKind
from home.committees.presenting import contacts_context
from home.committees.querysets import CONFIRMED_FOR, ContactQuerySet, MediatorQuerySet
from partnership.pages.languages import field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording


class ContactsPage(BasePage):
    """Whom to write to in each city, and what happens when the cities disagree."""

    lead = models.TextField(_("lead"), blank=True)
    pathway_lead = models.TextField(
        _("when we disagree"),
        blank=True,
        help_text=_("Two sentences above the steps and the mediators."),
    )

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ()
    template = "committees/contacts.html"
    content_panels = (
        *BasePage.content_panels,
        side_by_side("lead", heading=_("lead")),
        side_by_side("pathway_lead", heading=_("when we disagree")),
        InlinePanel("stages", heading=_("The steps of a disagreement"), label=_("step")),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("lead"), *field_names("pathway_lead"))),
    )

    class Meta:
        verbose_name = _("page of contacts")
        verbose_name_plural = _("pages of contacts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **contacts_context(self, request)}


class PathwayStage(Orderable):
    """One step of a disagreement: what happens, and how long it may take."""

    page = ParentalKey(ContactsPage, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("step"), max_length=20, choices=StageKind)
    days = models.PositiveSmallIntegerField(_("days at most"), validators=(MinValueValidator(1),))
    text = models.TextField(_("what happens"), blank=True)

    publish_required = ("text",)
    panels = (FieldRowPanel(("kind", "days")), side_by_side("text", heading=_("what happens")))

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Confirmed(models.Model):
    """What somebody has to say again, every 180 days, is right as it stands."""

    confirmed_on = models.DateField(_("confirmed on"), default=timezone.localdate, editable=False)

    class Meta:
        abstract = True

    @property
    def to_be_confirmed_by(self) -> date:
        """The day it counts as unconfirmed from."""
        return self.confirmed_on + CONFIRMED_FOR


class Contact(RemembersWording, Confirmed):
    """An office of a city that answers; who holds it is known to staff only."""

    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="contacts"
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("For example: school exchanges.")
    )
    mailbox = models.EmailField(
        _("mailbox of the office"),
        help_text=_("Readers see it. It stays when the person changes, so it is nobody’s own."),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    primary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("first holder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers do not see who holds a role."),
    )
    primary_name = models.CharField(
        _("first holder, without an account here"), max_length=120, blank=True
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second holder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deputy_name = models.CharField(
        _("second holder, without an account here"), max_length=120, blank=True
    )

    objects = ContactQuerySet.as_manager()

    publish_required = ("role",)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("city__position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(primary=None) | Q(primary_name=""),
                name="contact_has_one_first_holder",
                violation_error_message=_("Choose an account or write a name, not both."),
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | Q(deputy_name=""),
                name="contact_has_one_second_holder",
                violation_error_message=_("Choose an account or write a name, not both."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} ({self.city})"

    @property
    def anchor(self) -> str:
        """The id of this contact on the page."""
        return f"contact-{self.pk}"

    @property
    def holders(self) -> int:
        """How many people hold it: names, and accounts that are in use."""
        accounts = (self.primary, self.deputy)
        names = (self.primary_name, self.deputy_name)
        return sum(bool(one and one.is_active) for one in accounts) + sum(map(bool, names))

    @property
    def has_two_holders(self) -> bool:
        """Whether somebody answers when the other one is away."""
        return self.holders > 1


class Mediator(RemembersWording, Confirmed):
    """Somebody of neither side who helps when the cities disagree."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("Readers see the entry only when the person has agreed to it."),
    )
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    neutrality = models.TextField(
        _("statement of neutrality"),
        blank=True,
        help_text=_("Why they are of neither side, in their own words."),
    )
    availability = models.CharField(_("availability"), max_length=250, blank=True)
    mailbox = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Readers see it. Leave it empty if they should not.")
    )
    consent_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("Empty it, and the entry is gone from the page at once."),
    )

    objects = MediatorQuerySet.as_manager()

    publish_required = ("languages", "neutrality", "availability")

    class Meta:
        verbose_name = _("mediator")
        verbose_name_plural = _("mediators")
        ordering = ("pk",)

    def __str__(self) -> str:
        # No name: this stands in logs, which nobody's consent reaches.
        word = str(self._meta.verbose_name)
        return f"{word} {self.pk}" if self.pk else word

    @property
    def confirmed_until(self) -> date:
        """The last day on which readers see the entry, unless it is confirmed again."""
        return self.to_be_confirmed_by - timedelta(days=1)
