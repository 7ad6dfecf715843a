"""Event pages: what the cities do together, when, where, and how one can be there."""

import zoneinfo
from datetime import datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models.pages import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from events import listing, presenting
from events.editing import EventPageForm
from events.enums import EventKind, EventStatus, Mode, SignUpState
from events.models.details import ANNOUNCEMENT_PANEL, EventDetails
from events.models.parts import EventVenue
from events.models.sign_up import SIGN_UP_PANELS, SignUpRules
from events.querysets import EventQuerySet
from partnership.cities.former import there_at
from partnership.cities.models import City
from partnership.cities.wall_clock import WallClockField, validate_zone
from partnership.pages.blocks import BODY_BLOCKS
from partnership.pages.languages import active, field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import folded, side_by_side
from partnership.pages.wording.foreign import Enumeration
from partnership.serving import fresh_until


class EventIndexPage(BasePage):
    """All events: the coming ones first, then what has been."""

    lead = models.TextField(_("lead"), blank=True)

    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))
    subpage_types = (
        "events.ExchangePage",
        "events.FestivalPage",
        "events.CharrettePage",
        "events.ExhibitionPage",
        "events.PlanningSessionPage",
        "events.DrillPage",
    )
    max_count = 1
    template = "events/event_index.html"

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **listing.listing_context(self, request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the event in one query: everything its page shows is a column of EventPage."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        children = EventPage.objects.child_of(self).in_language_at(path_components[0], active())
        event = self.knowing_restrictions(children.for_page()).first()
        if event is None:
            return super().route(request, path_components)
        event._cached_parent_obj = self
        return event.route(request, [])

    def kind_links(self, request: HttpRequest) -> list[dict[str, Any]]:
        """One link per kind of event, for menus: title, url, current."""
        return listing.kind_links(self, request)


class EventPage(SignUpRules, EventDetails, BasePage):
    """One event of any kind; what is asked about all of them is a column here."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, editable=False)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two sentences, shown in lists and at the top.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)
    starts_at = WallClockField(_("starts at"), db_index=True)
    ends_at = WallClockField(_("ends at"), db_index=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        validators=(validate_zone,),
        help_text=_("All times on this screen are times of this zone, wherever you are."),
    )
    mode = models.CharField(_("how"), max_length=20, choices=Mode, default=Mode.IN_PERSON)
    takes_sign_up = models.BooleanField(
        _("one takes a place"), default=True, help_text=_("Off: everybody can simply come.")
    )
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1),),
        help_text=_("Empty means no limit."),
    )
    max_party_size = models.PositiveSmallIntegerField(
        _("largest group"),
        default=6,
        validators=(MinValueValidator(1),),
        help_text=_("How many places one person may take."),
    )
    sign_up_opens_at = WallClockField(_("sign-up opens at"), null=True, blank=True)
    sign_up_closes_at = WallClockField(
        _("sign-up closes at"),
        null=True,
        blank=True,
        help_text=_("Empty means when the event starts."),
    )
    price_note = models.CharField(
        _("price"), max_length=80, blank=True, help_text=_("For example: Free")
    )
    consultation = models.ForeignKey(
        "consultations.ConsultationPage",
        verbose_name=_("comes from the consultation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    hosting = ParentalManyToManyField(
        "partners.Partner",
        verbose_name=_("partners that host it"),
        blank=True,
        related_name="hosted",
        help_text=_("Readers see those that are published, with what they are."),
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    #: What the page type is; its rows carry it as ``kind``.
    own_kind: EventKind | None = None
    is_creatable = False
    base_form_class = EventPageForm
    parent_page_types = ("events.EventIndexPage",)
    subpage_types = ()
    can_be_mirrored = False
    publish_required = ("title", "summary")
    facts = ("status_reason",)
    content_panels = (
        *BasePage.content_panels,
        side_by_side("summary", heading=_("summary")),
        MultiFieldPanel(
            (
                FieldRowPanel(("starts_at", "ends_at")),
                FieldRowPanel(("time_zone", "mode")),
                FieldRowPanel(("languages", "online_url")),
            ),
            heading=_("When"),
        ),
        folded("venues", heading=_("Where"), label=_("venue")),
        side_by_side("body", heading=_("text")),
        folded("programme", heading=_("Programme"), label=_("programme item")),
        folded("provisions", heading=_("So that everyone can come"), label=_("provision")),
        side_by_side("what_to_bring", heading=_("what to bring")),
        MultiFieldPanel(
            (
                FieldPanel("hosting", widget=CheckboxSelectMultiple),
                side_by_side("hosts"),
                side_by_side("conveners"),
                FieldPanel("consultation"),
            ),
            heading=_("Where it comes from"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            (
                "takes_sign_up",
                FieldRowPanel(("capacity", "max_party_size")),
                FieldRowPanel(("sign_up_opens_at", "sign_up_closes_at")),
                side_by_side("price_note", heading=_("price")),
            ),
            heading=_("Taking a place"),
        ),
        *SIGN_UP_PANELS,
        ANNOUNCEMENT_PANEL,
        FieldPanel("cover_photo"),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("summary"), *field_names("body"))),
        index.FilterField("kind"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The event must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="event_has_room_for_somebody",
                violation_error_message=_("At least one place, or empty for no limit."),
            ),
            models.CheckConstraint(
                condition=Q(max_party_size__gte=1), name="event_lets_one_person_come"
            ),
        )

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.own_kind:
            self.kind = self.own_kind
        self.number_the_change(kwargs.get("update_fields"))
        return super().save(*args, **kwargs)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "events/event.html"  # one for all kinds; Wagtail would look for one per type

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        instants = (self.sign_up_opens_at, self.quotas_release_at, self.last_moment, self.ends_at)
        fresh_until(request, *instants)
        listing.mark_kind(request, self)
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presenting.event_context(self)}

    # What it is --------------------------------------------------------------------------

    @property
    def cover_kind(self) -> str:  # type: ignore[override]  # a row of any kind has its own
        """The kind of printed cover."""
        return self.kind

    @property
    def kind_label(self) -> str:
        """What sort of event, in the reader's language."""
        return self.get_kind_display()

    @property
    def where(self) -> str:
        """The names of its venues in one line; without any, how one can be there."""
        if self.way_to_be_there == Mode.ONLINE:  # moved there, nobody shall go to the hall
            return str(Mode.ONLINE.label).capitalize()
        names = [venue.name for venue in self.venues.all() if venue.name]
        return Enumeration(names, gettext("and")) or self.get_mode_display().capitalize()

    @cached_property
    def venue_list(self) -> list[EventVenue]:
        """Its venues with their cities."""
        if "venues" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.venues.all())
        return list(self.venues.select_related("city"))

    @cached_property
    def hosting_partners(self) -> list[Any]:
        """The partners that host it and that readers see; a page that knows of none asks nobody."""
        if not getattr(self, "has_hosting", True):
            return []
        return [partner for partner in self.hosting.all() if partner.is_published]

    @property
    def hosting_conveners(self) -> list[Any]:
        """Those of them that take no side."""
        return [partner for partner in self.hosting_partners if partner.is_convener]

    @cached_property
    def partner_cities(self) -> list[City]:
        """The cities that its times are told in and that people come from, read once."""
        return there_at(self, City.objects.all())

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone its times are written in."""
        return zoneinfo.ZoneInfo(self.time_zone or "UTC")

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at <= timezone.now()

    # Addresses ---------------------------------------------------------------------------

    @property
    def sign_up_url(self) -> str:
        """Where one takes a place, in the active language; never cached."""
        return reverse("event_sign_up", args=(self.slug_in(active()),))

    @property
    def calendar_url(self) -> str:
        """The calendar file in the active language."""
        return reverse("event_calendar", args=(self.slug_in(active()),))

    # Taking a place ----------------------------------------------------------------------

    def count_places_taken(self) -> int:
        """How many places are taken; asked for unless ``with_places_taken()`` already did."""
        if hasattr(self, "places_taken"):
            return self.places_taken
        return self.registrations.active().signed_up().places() if self.pk else 0

    @property
    def last_moment(self) -> datetime:
        """When the sign-up closes: at its own instant, or when the event starts."""
        return self.sign_up_closes_at or self.starts_at

    def places_left(self, taken: int) -> int | None:
        """How many places are free when that many are taken; None without a limit."""
        return None if self.public_capacity is None else max(0, self.public_capacity - taken)

    def sign_up_state(self, taken: int) -> SignUpState:
        """What the sign-up is like now, when that many places are taken."""
        state = self.sign_up_window()
        is_full = state == SignUpState.OPEN and (
            self.places_left(taken) == 0 or self.is_queued_for()
        )
        return SignUpState.FULL if is_full else state

    def sign_up_window(self) -> SignUpState:
        """What the sign-up is like now, whether or not there are places."""
        now = timezone.now()
        answers = (
            (self.event_status == EventStatus.CANCELLED, SignUpState.CANCELLED),
            (self.event_status == EventStatus.POSTPONED, SignUpState.POSTPONED),
            (self.is_over, SignUpState.OVER),
            (not self.takes_sign_up, SignUpState.NOT_NEEDED),
            (self.last_moment <= now, SignUpState.CLOSED),
            (self.sign_up_opens_at and self.sign_up_opens_at > now, SignUpState.NOT_YET),
        )
        return next((state for is_so, state in answers if is_so), SignUpState.OPEN)
