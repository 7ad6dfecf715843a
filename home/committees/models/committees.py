"""Committees: their pages, who sits in them, when they met and what they decided."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Orderable
from wagtail.search import index

from home.committees.enums import SeatRole
from home.committees.presenting import committee_context, index_context
from home.committees.querysets import CommitteeDecisionQuerySet, MeetingQuerySet, MembershipQuerySet
from partnership.pages.languages import field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording


class CommitteeIndexPage(BasePage):
    """All committees of the partnership."""

    lead = models.TextField(_("lead"), blank=True)

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ("committees.CommitteePage",)
    template = "committees/index.html"
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))

    class Meta:
        verbose_name = _("list of committees")
        verbose_name_plural = _("lists of committees")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **index_context(self, CommitteePage.objects.child_of(self), request)}


class CommitteePage(BasePage):
    """One committee: what it is for and how often it meets; its cities are those of the page."""

    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("Two sentences under the name.")
    )
    rhythm = models.CharField(
        _("how often it meets"),
        max_length=160,
        blank=True,
        help_text=_("For example: four times a year, in each city in turn."),
    )
    months_between = models.PositiveSmallIntegerField(
        _("months between two meetings"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1),),
        help_text=_("When this is over without a meeting, its editors are reminded."),
    )

    publish_required = ("title", "purpose")
    parent_page_types = ("committees.CommitteeIndexPage",)
    subpage_types = ()
    template = "committees/committee.html"
    can_be_mirrored = False
    content_panels = (
        *BasePage.content_panels,
        side_by_side("purpose"),
        side_by_side("rhythm", heading=_("how often it meets")),
        FieldPanel("months_between"),
        HelpPanel(template="committees/admin/seats_panel.html", heading=_("Seats and meetings")),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("purpose"), *field_names("rhythm"))),
    )

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **committee_context(self, request)}


class Membership(models.Model):
    """A seat: who has it, for which city, since when, and who sits there instead.

    A person is named to readers only once they have agreed to it, on a day.
    """

    committee = models.ForeignKey(
        CommitteePage,
        verbose_name=_("committee"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    name = models.CharField(
        _("person"),
        max_length=120,
        blank=True,
        help_text=_("Readers see the name only when the person has agreed to it."),
    )
    organisation = models.CharField(
        _("organisation or office"),
        max_length=120,
        blank=True,
        help_text=_("Readers see it, with or without the person."),
    )
    consent_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("Empty it, and the name is gone from the page at once."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    deputy = models.ForeignKey(
        "self",
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
        help_text=_("Another seat of the same city in this committee."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("committee", "city__position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(organisation=""),
                name="seat_is_somebodys",
                violation_error_message=_("Write a person, an organisation or an office."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_began",
                violation_error_message=_("The term ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        # No name: this stands in logs, which nobody's consent reaches.
        return f"{self.get_role_display()} ({self.city})"

    @property
    def called(self) -> str:
        """Whose seat it is, for editors."""
        return ", ".join(filter(None, (self.name, self.organisation)))

    @property
    def public_name(self) -> str:
        """The person's name, once they have agreed to it; else empty."""
        return self.name if self.consent_on else ""

    def is_current_on(self, today: date) -> bool:
        """Whether its term has begun and not ended."""
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)

    def deputy_on(self, today: date) -> "Membership | None":
        """Who sits there instead on that day."""
        return self.deputy if self.deputy and self.deputy.is_current_on(today) else None

    def lacks_a_deputy(self, today: date) -> bool:
        """Whether nobody would sit there instead; a deputy needs none."""
        needs_one = self.role != SeatRole.DEPUTY and self.is_current_on(today)
        return needs_one and self.deputy_on(today) is None


class Meeting(RemembersWording, ClusterableModel):
    """A day on which a committee meets: what is on the agenda, and afterwards the minutes."""

    committee = models.ForeignKey(
        CommitteePage,
        verbose_name=_("committee"),
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    held_on = models.DateField(_("day"))
    agenda = models.TextField(_("agenda"), blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The signed minutes, for example. Readers can download it."),
    )

    objects = MeetingQuerySet.as_manager()

    page_paths = ("committee",)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "held_on"),
                name="committee_meets_once_a_day",
                violation_error_message=_("This committee has a meeting on that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee}, {date_format(self.held_on)}"

    @property
    def anchor(self) -> str:
        """The id of this meeting on its committee's page."""
        return f"meeting-{self.held_on:%Y-%m-%d}"


class Decision(Orderable):
    """What a committee decided at a meeting, and the promise that came of it."""

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField(_("decision"), blank=True)
    commitment = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
        help_text=_("The promise of a roadmap that goes back to it."),
    )

    objects = CommitteeDecisionQuerySet.as_manager()

    publish_required = ("text",)
    panels = (side_by_side("text", heading=_("decision")), FieldPanel("commitment"))

    class Meta(Orderable.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.text or ""

    def get_absolute_url(self) -> str:
        """Where readers find it in the active language."""
        meeting = self.meeting
        return f"{meeting.committee.get_url()}?year={meeting.held_on.year}#{meeting.anchor}"
