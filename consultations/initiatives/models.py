"""Programmes and campaigns: whom they bring together, what they cost, what they change."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.models.pages import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from consultations.initiatives.editing import InitiativeForm
from consultations.initiatives.enums import CAMPAIGNS, PROGRAMMES, InitiativeKind, IntakeState
from consultations.initiatives.fields import PromiseKey
from consultations.initiatives.querysets import InitiativeQuerySet, ServedQuerySet
from consultations.initiatives.refusals import (
    EndsNever,
    MeasuresNothing,
    ServesNothing,
    refuse_untraced,
)
from consultations.roadmap.delivery.models import (
    Cost,
    Measure,
    Measurement,
    money_rules,
    once_a_day,
)
from partnership.cities.wall_clock import WallClockField
from partnership.pages.addresses import has_slug
from partnership.pages.blocks import BODY_BLOCKS
from partnership.pages.languages import active, field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import folded, side_by_side


class InitiativeIndexPage(BasePage):
    """All programmes and campaigns: those that run, then those that are over."""

    lead = models.TextField(_("lead"), blank=True)

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ("initiatives.ProgrammePage", "initiatives.CampaignPage")
    template = "initiatives/index.html"
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))

    class Meta:
        verbose_name = _("list of programmes and campaigns")
        verbose_name_plural = _("lists of programmes and campaigns")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a programme or a campaign whole in one query, with its photo."""
        if len(path_components) == 1:
            children = InitiativePage.objects.child_of(self).whole()
            children = children.filter(has_slug(active(), path_components[0]))
            for found in self.knowing_restrictions(children):
                page = found.as_itself()
                page._cached_parent_obj = self
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from consultations.initiatives.presenting import index_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **index_context(self, request)}


#: In the order and the words of a commitment's screen.
DELIVERY_PANELS = (
    folded("budget_lines", heading=_("Who pays for what"), label=_("budget line")),
    folded("indicators", heading=_("What it changes"), label=_("indicator")),
    InlinePanel("served", heading=_("Commitments it serves"), label=_("commitment")),
    FieldPanel("cover_photo"),
)


class InitiativePage(BasePage):
    """What programmes and campaigns have in common; one of them is always either."""

    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two sentences, shown in lists and at the top.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("what it does"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = PageManager.from_queryset(InitiativeQuerySet)()

    #: Which kinds an editor may choose from.
    own_kinds: tuple[InitiativeKind, ...] = ()
    #: What is asked of it before it is published.
    must_serve = must_measure = must_end = False
    is_creatable = False
    base_form_class = InitiativeForm
    parent_page_types = ("initiatives.InitiativeIndexPage",)
    subpage_types = ()
    can_be_mirrored = False
    publish_required = ("title", "summary")
    template = "initiatives/initiative.html"
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("summary"), *field_names("body"))),
        index.FilterField("kind"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    )

    class Meta:
        verbose_name = _("programme or campaign")
        verbose_name_plural = _("programmes and campaigns")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiative_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        )

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "initiatives/initiative.html"  # one for all; Wagtail would look for one per type

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from consultations.initiatives.presenting import initiative_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **initiative_context(self, request)}

    def refuse_unfit(self) -> None:
        """Raise NotReady where no promise, no measure or no end stands where one must."""
        super().refuse_unfit()
        served = {each.commitment_id for each in self.served.all()}
        if self.must_serve and not served:
            raise ServesNothing
        if self.must_measure and not self.indicators.all():
            raise MeasuresNothing
        if self.must_end and self.ends_on is None:
            raise EndsNever
        for line in self.budget_lines.all():
            refuse_untraced(line.procurement_reference, line.serves_id, served)

    def as_itself(self) -> "InitiativePage":
        """The programme or campaign this is, as ``whole()`` has read it."""
        own: InitiativePage = self.campaignpage if self.is_campaign else self.programmepage
        own.cover_photo, own.is_restricted = self.cover_photo, self.is_restricted
        return own

    @property
    def is_campaign(self) -> bool:
        """Whether it is a campaign, else a programme."""
        return self.kind in CAMPAIGNS

    @property
    def cover_kind(self) -> str:  # type: ignore[override]  # a row of any kind has its own
        """The kind of printed cover."""
        return "festival" if self.is_campaign else "exchange"

    def is_over_on(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < today


class ProgrammePage(InitiativePage):
    """What the cities run together for years: an incubator, a consortium, joint purchasing."""

    lead_city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city that leads"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The times of the intake are on this city's clock; readers see every city's."),
    )
    intake_opens_at = WallClockField(_("intake opens at"), null=True, blank=True)
    intake_closes_at = WallClockField(_("intake closes at"), null=True, blank=True)
    intake_event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("one applies at the event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    intake_consultation = models.ForeignKey(
        "consultations.ConsultationPage",
        verbose_name=_("one applies in the consultation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    own_kinds = PROGRAMMES
    must_serve = True
    is_creatable = True
    content_panels = (
        *BasePage.content_panels,
        side_by_side("summary", heading=_("summary")),
        FieldRowPanel(("kind", "starts_on", "ends_on")),
        side_by_side("body", heading=_("what it does")),
        InlinePanel("partners", heading=_("Who takes part"), label=_("partner")),
        MultiFieldPanel(
            (
                FieldRowPanel(("lead_city", "intake_opens_at", "intake_closes_at")),
                FieldRowPanel(("intake_event", "intake_consultation")),
            ),
            heading=_("Intake"),
        ),
        *DELIVERY_PANELS,
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = (
            models.CheckConstraint(
                condition=Q(intake_opens_at=None, intake_closes_at=None)
                | Q(intake_opens_at__isnull=False, intake_closes_at=None, lead_city__isnull=False)
                | Q(intake_closes_at__gt=F("intake_opens_at"), lead_city__isnull=False),
                name="programme_intake_closes_after_it_opens",
                violation_error_message=_(
                    "An intake opens before it closes, on the clock of a city that leads."
                ),
            ),
        )

    @property
    def intake_state(self) -> IntakeState | None:
        """Whether one can apply now; None where nobody is taken in."""
        opens_at, closes_at, now = self.intake_opens_at, self.intake_closes_at, timezone.now()
        if opens_at is None:
            return None
        if now < opens_at:
            return IntakeState.FORTHCOMING
        is_open = closes_at is None or now < closes_at
        return IntakeState.OPEN if is_open else IntakeState.CLOSED


class CampaignPage(InitiativePage):
    """What the cities say to the world together, for a while."""

    message = models.TextField(_("message"), blank=True, help_text=_("What everybody shall hear."))
    channels = models.TextField(
        _("channels"), blank=True, help_text=_("Where it is heard or seen. One on each line.")
    )

    own_kinds = CAMPAIGNS
    must_measure = must_end = True
    is_creatable = True
    publish_required = (*InitiativePage.publish_required, "message")
    content_panels = (
        *BasePage.content_panels,
        side_by_side("summary", heading=_("summary")),
        FieldRowPanel(("kind", "starts_on", "ends_on")),
        side_by_side("message", heading=_("message")),
        side_by_side("channels", heading=_("channels")),
        side_by_side("body", heading=_("what it does")),
        InlinePanel("partners", heading=_("Who takes part"), label=_("partner")),
        *DELIVERY_PANELS,
    )
    search_fields = (
        *InitiativePage.search_fields,
        *(index.SearchField(name) for name in field_names("message")),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")


class InitiativePartner(Orderable):
    """A city or an organisation that takes part, and what it does."""

    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="partners")
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organisation = models.CharField(
        _("organisation"), max_length=120, blank=True, help_text=_("Empty: the city itself.")
    )
    part = models.CharField(_("what it does"), max_length=250, blank=True)

    publish_required = ("part",)
    panels = (
        FieldPanel("city"),
        side_by_side("organisation", heading=_("organisation")),
        side_by_side("part", heading=_("what it does")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.organisation or (self.city.name if self.city else "")


class ServedCommitment(Orderable):
    """A promise of a roadmap that a programme or a campaign serves."""

    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="served")
    commitment = PromiseKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        on_delete=models.CASCADE,
        related_name="served_by",
    )

    objects = ServedQuerySet.as_manager()
    panels = ("commitment",)

    class Meta(Orderable.Meta):
        verbose_name = _("commitment it serves")
        verbose_name_plural = _("commitments it serves")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.commitment_id}"


class InitiativeLine(Cost):
    """What one city pays for one thing of a programme or a campaign."""

    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="budget_lines")
    serves = PromiseKey(
        "roadmap.Commitment",
        verbose_name=_("for the commitment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("One of those it serves; a purchase needs one."),
    )

    panels = (*Cost.panels, FieldPanel("serves"))

    class Meta(Cost.Meta):
        constraints = money_rules("initiative_line")


class InitiativeIndicator(Measure):
    """What is measured to know whether a programme or a campaign changes anything."""

    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="indicators")


class InitiativeReading(Measurement):
    """What one city measured of a programme or a campaign."""

    indicator = ParentalKey(InitiativeIndicator, on_delete=models.CASCADE, related_name="readings")

    class Meta(Measurement.Meta):
        constraints = (once_a_day("one_reading_of_an_initiative_a_day"),)
