"""Protocols, what every city signs of them, and their steps."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.models.pages import PageManager
from wagtail.search import index

from home.models import way_up
from home.protocols.editing import ProtocolForm, VersionsPanel
from home.protocols.enums import ProtocolKind
from home.protocols.querysets import ProtocolQuerySet, VersionQuerySet
from partnership.pages.languages import active, field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording


class ProtocolIndexPage(BasePage):
    """All protocols of the partnership."""

    lead = models.TextField(_("lead"), blank=True)

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ("protocols.ProtocolPage",)
    template = "protocols/index.html"
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))

    class Meta:
        verbose_name = _("list of protocols")
        verbose_name_plural = _("lists of protocols")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.protocols.presenting import index_rows  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "ancestors": way_up(self), "rows": index_rows()}


class ProtocolPage(BasePage):
    """How the cities do one thing together; the steps are in its versions."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=ProtocolKind, default=ProtocolKind.EXCHANGE
    )
    purpose = models.TextField(
        _("what it is for"), blank=True, help_text=_("Two sentences, shown in lists.")
    )
    reviewed_on = models.DateField(
        _("last looked over on"),
        null=True,
        blank=True,
        help_text=_("The day the cities last asked whether it still fits, and changed nothing."),
    )

    objects = PageManager.from_queryset(ProtocolQuerySet)()

    base_form_class = ProtocolForm
    publish_required = ("title", "purpose")
    parent_page_types = ("protocols.ProtocolIndexPage",)
    subpage_types = ()
    template = "protocols/protocol.html"
    content_panels = (
        *BasePage.content_panels,
        FieldRowPanel(("kind", "reviewed_on")),
        side_by_side("purpose", heading=_("what it is for")),
        VersionsPanel(heading=_("Versions")),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in field_names("purpose")),
    )

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.protocols.presenting import protocol_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **protocol_context(self, request)}

    @property
    def is_mutual_aid(self) -> bool:
        """Whether it also says who may ask, what is offered, who pays and by which law."""
        return self.kind == ProtocolKind.MUTUAL_AID


class ProtocolVersion(RemembersWording, ClusterableModel):
    """What every city signs: written as a draft, in force from a day, never changed again."""

    protocol = models.ForeignKey(
        ProtocolPage,
        verbose_name=_("protocol"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    valid_from = models.DateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_("Empty: the day on which the last city signs. It is never valid before that."),
    )
    who_may_ask = models.TextField(_("who may ask"), blank=True)
    what_is_offered = models.TextField(_("what is offered"), blank=True)
    cost_rule = models.TextField(_("who pays"), blank=True)
    signed_at = models.DateTimeField(_("signed by every city at"), null=True, editable=False)
    in_force_from = models.DateField(_("in force from"), null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    page_paths = ("protocol",)

    class Meta:
        verbose_name = _("version of a protocol")
        verbose_name_plural = _("versions of protocols")
        ordering = ("protocol", "-number")
        constraints = (
            models.UniqueConstraint(fields=("protocol", "number"), name="protocol_version_once"),
            models.UniqueConstraint(
                fields=("protocol",),
                condition=Q(signed_at=None),
                name="one_draft_of_a_protocol",
                violation_error_message=_("The next version of this protocol is begun already."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, in_force_from=None)
                | Q(signed_at__isnull=False, in_force_from__isnull=False),
                name="signed_version_is_in_force_from_a_day",
            ),
        )

    def __str__(self) -> str:
        words = {"protocol": self.protocol.title, "number": self.number}
        return gettext("%(protocol)s, version %(number)s") % words

    @property
    def is_signed(self) -> bool:
        """Whether every city has signed it, and it never changes again."""
        return self.signed_at is not None

    def has_begun(self, today: date) -> bool:
        """Whether it was or is in force by this day."""
        return self.in_force_from is not None and self.in_force_from <= today

    def get_absolute_url(self) -> str:
        """Its own address in the active language, which stays when other versions follow."""
        return reverse("protocol_version", args=(self.protocol.slug_in(active()), self.number))


class ProtocolStep(Orderable):
    """Who does what, and when; ``key`` is the same in every version that keeps the step."""

    version = ParentalKey(ProtocolVersion, on_delete=models.CASCADE, related_name="steps")
    key = models.UUIDField(default=uuid4, editable=False)
    what = models.TextField(_("what is done"), blank=True)
    who = models.CharField(_("who does it"), max_length=160, blank=True)
    when = models.CharField(_("when"), max_length=160, blank=True)

    publish_required = ("what", "who")
    panels = (
        side_by_side("what", heading=_("what is done")),
        side_by_side("who", heading=_("who does it")),
        side_by_side("when", heading=_("when")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.what or ""


class LegalBasis(Orderable):
    """By which law or decision one city may help, or be helped."""

    version = ParentalKey(ProtocolVersion, on_delete=models.CASCADE, related_name="legal_bases")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("legal basis"), blank=True)
    url = models.URLField(_("address"), blank=True)

    publish_required = ("text",)
    panels = (
        FieldPanel("city"),
        side_by_side("text", heading=_("legal basis")),
        FieldPanel("url"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "city"), name="protocol_legal_basis_once_per_city"
            ),
        )

    def __str__(self) -> str:
        return self.text or ""
