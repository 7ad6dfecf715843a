"""The yearly roadmap, its commitments, and the evidence they stand on."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from consultations.roadmap.enums import (
    LATE,
    OUTSTANDING,
    STATE_LABELS,
    CommitmentStatus,
    Disposition,
)
from consultations.roadmap.panels import ReviewPanel
from consultations.roadmap.presenting import index_context, roadmap_context
from consultations.roadmap.querysets import (
    TARGETS,
    CommitmentQuerySet,
    EvidenceLinkQuerySet,
    RoadmapQuerySet,
)
from consultations.roadmap.reviewed import in_the_sitemap, refuse_unreviewed
from partnership.cities.models import is_currency
from partnership.pages.access import open_to_all
from partnership.pages.languages import active, field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording


def next_year() -> int:
    """The first year without a roadmap, from this one on; a copy becomes the year after."""
    last = RoadmapPage.objects.aggregate(last=models.Max("year"))["last"]
    return last + 1 if last else timezone.now().year


class RoadmapIndexPage(BasePage):
    """The roadmaps of all years, the current one first."""

    lead = models.TextField(_("lead"), blank=True)

    subpage_types = ("roadmap.RoadmapPage",)
    max_count = 1
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("Lead")))
    template = "roadmap/index.html"

    class Meta:
        verbose_name = _("list of roadmaps")
        verbose_name_plural = _("lists of roadmaps")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        roadmaps = RoadmapPage.objects.child_of(self).filter(open_to_all())
        return {**context, **index_context(self, roadmaps, request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """One query reads all years: the page that is asked for and those it links to."""
        years = RoadmapPage.objects.child_of(self).live().with_reviews().order_by("year")
        years = self.knowing_restrictions(years)
        known = {page.slug_in(active()): page for page in years} if path_components else {}
        page = known.get(path_components[0]) if len(path_components) == 1 else None
        if page is None:
            return super().route(request, path_components)
        page._cached_parent_obj = self
        page.years = list(known.values())
        return page.route(request, [])


class RoadmapPage(BasePage):
    """What the cities promise each other, and their residents, for one year."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        unique=True,
        default=next_year,
        error_messages={"unique": _("There is a roadmap for this year already.")},
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two sentences under the title."))
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day the joint committee last went through it."),
    )

    objects = PageManager.from_queryset(RoadmapQuerySet)()

    parent_page_types = ("roadmap.RoadmapIndexPage",)
    subpage_types = ()
    content_panels = (
        *BasePage.content_panels,
        FieldRowPanel(["year", "reviewed_on"]),
        side_by_side("lead", heading=_("Lead")),
        HelpPanel(template="roadmap/admin/commitments_panel.html", heading=_("Commitments")),
        ReviewPanel(heading=_("Annual review")),
        InlinePanel(
            "changes", heading=_("What changed"), label=pgettext_lazy("of a roadmap", "Change")
        ),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in field_names("lead")),
        index.FilterField("year"),
    )
    template = "roadmap/roadmap.html"
    publish_required = ("title", "lead")
    can_be_mirrored = False
    exclude_fields_in_copy = ["year"]  # noqa: RUF012 - Wagtail adds it to a list

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **roadmap_context(self, request), "years": self.years}

    @cached_property
    def years(self) -> list["RoadmapPage"]:
        """The published roadmaps, by year; the list of roadmaps fills it in when it routes."""
        return list(RoadmapPage.objects.live().with_reviews().order_by("year"))

    def refuse_unfit(self) -> None:
        """Raise YearNotReviewed where the year before has not been looked back on."""
        super().refuse_unfit()
        refuse_unreviewed(self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Its own addresses, and those of the signed review of its year."""
        return [*super().get_sitemap_urls(request), *in_the_sitemap(self, request)]


class RoadmapChange(Orderable):
    """One line in the list of what changed on a roadmap during the year."""

    roadmap = ParentalKey(RoadmapPage, on_delete=models.CASCADE, related_name="changes")
    happened_on = models.DateField(_("day"))
    title = models.CharField(_("what changed"), max_length=120, blank=True)
    text = models.TextField(_("why"), blank=True)

    panels = (
        "happened_on",
        side_by_side("title", heading=_("What changed")),
        side_by_side("text", heading=_("Why")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("-happened_on", "sort_order")

    def __str__(self) -> str:
        return self.title


class Commitment(RemembersWording, ClusterableModel):
    """One promise on a roadmap: who leads it, by when, for how much, and because of whom."""

    roadmap = models.ForeignKey(
        RoadmapPage,
        verbose_name=_("roadmap"),
        on_delete=models.CASCADE,
        related_name="commitments",
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        blank=True,
        validators=(MinValueValidator(1),),
        help_text=_("Empty takes the next free number. Links to a commitment use its number."),
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    theme = models.CharField(_("theme"), max_length=60, blank=True)
    led_by = models.ManyToManyField(
        "cities.City", verbose_name=_("led by"), related_name="commitments"
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=CommitmentStatus,
        default=CommitmentStatus.AGREED,
        help_text=_("Late is not in the list: readers see it when the due day has passed."),
    )
    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(
        _("first due on"),
        null=True,
        blank=True,
        help_text=_("Only when the day was moved: the day promised first."),
    )
    finished_on = models.DateField(
        _("finished on"),
        null=True,
        blank=True,
        help_text=_("The day it was done or stopped."),
    )
    not_measured = models.TextField(
        _("why it cannot be measured"),
        blank=True,
        help_text=_("Only for what is done and has no reading of an indicator. Readers see it."),
    )
    planned = models.DecimalField(
        _("money planned"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    spent = models.DecimalField(
        _("money spent"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", validators=(is_currency,)
    )

    publish_required = ("title", "description")
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("-roadmap__year", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("roadmap", "number"),
                name="commitment_number_once_per_roadmap",
                violation_error_message=_("This roadmap has a commitment with that number."),
            ),
            models.CheckConstraint(
                condition=~Q(status=CommitmentStatus.COMPLETED) | Q(finished_on__isnull=False),
                name="commitment_done_has_its_day",
                violation_error_message=_("Say on which day it was finished."),
            ),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="commitment_money_not_negative",
                violation_error_message=_("Money planned or spent cannot be less than nothing."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def anchor(self) -> str:
        """The id of this commitment on its roadmap's page."""
        return f"item-{self.number}"

    def get_absolute_url(self) -> str:
        """Where readers find it in the active language."""
        return f"{self.roadmap.get_url()}#{self.anchor}"

    @property
    def is_promised(self) -> bool:
        """Whether readers know it and the cities stand by it: no city changes it alone."""
        seen = self.roadmap.live or self.roadmap.first_published_at is not None
        return seen and self.status != CommitmentStatus.PROPOSED

    @property
    def is_kept(self) -> bool:
        """Whether it is neither deleted nor moved to another roadmap."""
        return type(self).objects.kept().filter(pk=self.pk).exists()

    def state_on(self, today: date) -> str:
        """The status, or ``late`` when it is past due and not finished."""
        return LATE if self.status in OUTSTANDING and self.due_on < today else self.status

    @property
    def state_label(self) -> Any:
        """The words for ``state``, which ``with_state()`` added."""
        return self.label_of(self.state)

    @staticmethod
    def label_of(state: str) -> Any:
        """The words for a state, Late included."""
        return STATE_LABELS[state]

    @property
    def is_measured(self) -> bool:
        """Whether there is a reading of what it changed, or the reason why there is none."""
        return bool(self.not_measured) or self.indicators.filter(readings__isnull=False).exists()

    @property
    def was_moved(self) -> bool:
        """Whether the day differs from the one promised first."""
        return self.original_due_on is not None and self.original_due_on != self.due_on

    @property
    def is_late_again(self) -> bool:
        """Whether the later day, agreed on instead of the first, has passed, too."""
        first = self.original_due_on
        return first is not None and first < self.due_on and self.state == LATE

    @property
    def spent_percent(self) -> int | None:
        """How much of the planned money is spent; None when none was planned."""
        if not self.planned:
            return None
        return round(100 * (self.spent or Decimal()) / self.planned)


def _exactly_one_target() -> Q:
    """One of the targets is set and all the others are not."""
    exactly_one = Q()
    for chosen in TARGETS:
        exactly_one |= Q(**{f"{target}__isnull": target != chosen for target in TARGETS})
    return exactly_one


def _target(model: str, label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence_links",
    )


class EvidenceLink(Orderable):
    """Why a commitment exists: the words or the meeting it answers, and what became of them."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="evidence")
    disposition = models.CharField(
        _("what became of it"),
        max_length=10,
        choices=Disposition,
        default=Disposition.ADOPTED,
    )
    statement = _target("consultations.Statement", _("statement"))
    contribution = _target("consultations.Contribution", _("comment"))
    question = _target("consultations.Question", _("question"))
    event = _target("events.EventPage", _("event"))
    consultation = _target("consultations.ConsultationPage", _("whole consultation"))
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for the people who said it, such as why only in part."),
    )

    objects = EvidenceLinkQuerySet.as_manager()

    panels = (
        MultiFieldPanel(
            (
                FieldRowPanel(("statement", "contribution", "question")),
                FieldRowPanel(("event", "consultation")),
            ),
            heading=_("Because of (choose exactly one)"),
        ),
        "disposition",
        side_by_side("note", heading=_("Note")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("link to evidence")
        verbose_name_plural = _("links to evidence")
        constraints = (
            models.CheckConstraint(
                condition=_exactly_one_target(),
                name="evidence_has_exactly_one_target",
                violation_error_message=_("Choose exactly one thing this commitment answers."),
            ),
            *(
                models.UniqueConstraint(
                    fields=("commitment", target),
                    name=f"evidence_{target}_once_per_commitment",
                    violation_error_message=_("This commitment cites it already."),
                )
                for target in TARGETS
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.kind}"

    @property
    def kind(self) -> str:
        """Which kind of thing is cited, one of ``TARGETS``."""
        return next(target for target in TARGETS if getattr(self, f"{target}_id") is not None)

    @property
    def target(self) -> Any:
        """The thing that is cited."""
        return getattr(self, self.kind)
