"""Practices, the case studies they stand on, and the cities' rules side by side."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.models.pages import PageManager
from wagtail.search import index

from home.knowledge.editing import CaseStudyForm, PracticeForm, RuleForm
from home.knowledge.enums import CaseOutcome, Evidence, Gap, RuleArea
from home.knowledge.querysets import (
    CaseStudyQuerySet,
    CityRuleQuerySet,
    PracticeQuerySet,
    RuleQuerySet,
)
from home.knowledge.refusals import (
    NotMeasured,
    NotTriedEverywhere,
    OneSided,
    WithoutCase,
    WithoutNextStep,
)
from home.models import way_up
from partnership.cities.models import City, is_currency
from partnership.ledger.kinds import cities_of_page
from partnership.pages.blocks import BODY_BLOCKS
from partnership.pages.languages import field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side

THEME_HELP = _("Practices and case studies of one theme stand together: write it the same way.")


def _searched(*names: str) -> tuple[index.SearchField, ...]:
    """What the search finds of a page besides its title, in every language."""
    return tuple(index.SearchField(column) for name in names for column in field_names(name))


class KnowledgeIndexPage(BasePage):
    """What was tried, how it ended, and where the cities' rules differ."""

    lead = models.TextField(_("lead"), blank=True)

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = (
        "knowledge.PracticePage",
        "knowledge.CaseStudyPage",
        "knowledge.HarmonisedRulePage",
    )
    template = "knowledge/index.html"
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))

    class Meta:
        verbose_name = _("list of practices and rules")
        verbose_name_plural = _("lists of practices and rules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.knowledge.presenting import index_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "ancestors": way_up(self), **index_context(self, request)}


class CaseStudyPage(BasePage):
    """What one thing cost, how it ended, and what its people would do otherwise."""

    theme = models.CharField(_("theme"), max_length=60, blank=True, help_text=THEME_HELP)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=CaseOutcome, default=CaseOutcome.WORKED
    )
    ended_on = models.DateField(
        _("ended on"),
        default=timezone.localdate,
        help_text=_("The day it was done, or given up."),
    )
    summary = models.TextField(
        _("in short"), blank=True, help_text=_("Two sentences, shown in lists.")
    )
    context = models.TextField(
        _("context"), blank=True, help_text=_("What was special here: the place, people, season.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("what happened"), blank=True)
    cost = models.DecimalField(
        _("what it cost"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=(MinValueValidator(0, _("Money cannot be less than nothing.")),),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", validators=(is_currency,)
    )
    time_needed = models.CharField(
        _("time it took"),
        max_length=120,
        blank=True,
        help_text=_("For example: five months, two people half of their time."),
    )
    differently = models.TextField(_("what we would do differently"), blank=True)
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The lessons of its debrief stand here, too."),
    )
    commitment = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="case_studies",
        help_text=_("The lessons of its debrief stand here, too."),
    )

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    base_form_class = CaseStudyForm
    publish_required = ("title", "theme", "summary", "differently")
    parent_page_types = ("knowledge.KnowledgeIndexPage",)
    subpage_types = ()
    template = "knowledge/case_study.html"
    content_panels = (
        *BasePage.content_panels,
        FieldRowPanel(("outcome", "ended_on")),
        side_by_side("theme", heading=_("theme")),
        side_by_side("summary", heading=_("in short")),
        side_by_side("context", heading=_("context")),
        side_by_side("body", heading=_("what happened")),
        FieldRowPanel(("cost", "currency")),
        side_by_side("time_needed", heading=_("time it took")),
        side_by_side("differently", heading=_("what we would do differently")),
        FieldRowPanel(("event", "commitment")),
    )
    search_fields = (
        *BasePage.search_fields,
        *_searched("theme", "summary", "context", "body", "differently"),
    )

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        constraints = (
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="case_study_cost_not_negative",
                violation_error_message=_("Money cannot be less than nothing."),
            ),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.knowledge.presenting import case_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "ancestors": way_up(self), **case_context(self, request)}

    @property
    def outcome_kind(self) -> CaseOutcome:
        """How it ended, with its sign."""
        return CaseOutcome(self.outcome)


class PracticePage(BasePage):
    """How to do one thing well, and the cases that show what comes of it."""

    theme = models.CharField(_("theme"), max_length=60, blank=True, help_text=THEME_HELP)
    summary = models.TextField(
        _("what it is"), blank=True, help_text=_("Two sentences, shown in lists.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("how to do it"), blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=12, choices=Evidence, default=Evidence.IDEA
    )
    used_by = models.CharField(
        _("used by"),
        max_length=200,
        blank=True,
        help_text=_("What more there is to say: the office, since when, who is still to begin."),
    )
    used_in = ParentalManyToManyField(
        City, verbose_name=_("cities that work like this"), blank=True, related_name="+"
    )
    partners = ParentalManyToManyField(
        "partners.Partner",
        verbose_name=_("partners that work like this"),
        blank=True,
        related_name="practices",
        help_text=_("Each leads to its entry on the page of partners."),
    )
    cases = ParentalManyToManyField(
        CaseStudyPage, verbose_name=_("case studies"), blank=True, related_name="practices"
    )

    objects = PageManager.from_queryset(PracticeQuerySet)()

    base_form_class = PracticeForm
    publish_required = ("title", "theme", "summary", "body")
    parent_page_types = ("knowledge.KnowledgeIndexPage",)
    subpage_types = ()
    template = "knowledge/practice.html"
    content_panels = (
        *BasePage.content_panels,
        side_by_side("theme", heading=_("theme")),
        side_by_side("summary", heading=_("what it is")),
        side_by_side("body", heading=_("how to do it")),
        FieldPanel("evidence"),
        FieldPanel("cases", widget=CheckboxSelectMultiple),
        FieldPanel("used_in", widget=CheckboxSelectMultiple),
        FieldPanel("partners", widget=CheckboxSelectMultiple),
        side_by_side("used_by", heading=_("used by")),
    )
    search_fields = (*BasePage.search_fields, *_searched("theme", "summary", "body", "used_by"))

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.knowledge.presenting import practice_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        above = way_up(self)
        within = above[-1].get_url(request) if above else ""
        return {**context, "ancestors": above, **practice_context(self, within=within)}

    def refuse_unfit(self) -> None:
        """Raise WithoutCase, NotTriedEverywhere or NotMeasured where its cases do not carry it."""
        super().refuse_unfit()
        chosen = [case.pk for case in self.cases.all()]
        public = CaseStudyPage.objects.published().filter(pk__in=chosen)
        if not public:
            raise WithoutCase
        if self.evidence == Evidence.EVERYWHERE and (missing := _cities_without(public)):
            raise NotTriedEverywhere(missing)
        if self.evidence == Evidence.MEASURED and not public.measured():
            raise NotMeasured


def _cities_without(cases: CaseStudyQuerySet) -> list[City]:
    """The cities of which none of the cases is; a case of no city is of all of them."""
    if cases.filter(cities=None).exists():
        return []
    return list(City.objects.partners().exclude(pk__in=cases.values("cities")))


class HarmonisedRulePage(BasePage):
    """One rule as it is in each city, the common one, and how far the cities are from it."""

    area = models.CharField(_("area"), max_length=20, choices=RuleArea, default=RuleArea.OTHER)
    summary = models.TextField(
        _("what it is about"), blank=True, help_text=_("Two sentences, shown in lists.")
    )
    common_rule = models.TextField(
        _("common rule"),
        blank=True,
        help_text=_("Empty as long as the cities have agreed on none."),
    )
    gap = models.CharField(_("gap"), max_length=10, choices=Gap, default=Gap.SMALL)
    next_step = models.TextField(_("next step"), blank=True)
    next_step_on = models.DateField(_("day of the next step"), null=True, blank=True)
    lead_city = models.ForeignKey(
        City,
        verbose_name=_("city that leads the next step"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PageManager.from_queryset(RuleQuerySet)()

    base_form_class = RuleForm
    publish_required = ("title", "summary")
    parent_page_types = ("knowledge.KnowledgeIndexPage",)
    subpage_types = ()
    template = "knowledge/rule.html"
    content_panels = (
        *BasePage.content_panels,
        FieldRowPanel(("area", "gap")),
        side_by_side("summary", heading=_("what it is about")),
        InlinePanel("city_rules", heading=_("The rule in each city"), label=_("rule of a city")),
        side_by_side("common_rule", heading=_("common rule")),
        side_by_side("next_step", heading=_("next step")),
        FieldRowPanel(("next_step_on", "lead_city")),
    )
    search_fields = (
        *BasePage.search_fields,
        *_searched("summary", "common_rule", "next_step"),
    )

    class Meta:
        verbose_name = _("rule side by side")
        verbose_name_plural = _("rules side by side")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.knowledge.presenting import rule_context  # asks these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "ancestors": way_up(self), **rule_context(self)}

    @property
    def gap_kind(self) -> Gap:
        """How far the cities are from the common rule, with its sign."""
        return Gap(self.gap)

    def refuse_unfit(self) -> None:
        """Raise OneSided or WithoutNextStep where something is missing in this version."""
        super().refuse_unfit()
        self.refuse_what_is_missing([rule.city_id for rule in self.city_rules.all()])

    def refuse_what_is_missing(self, told: Iterable[int]) -> None:
        """The same, with the keys of the cities whose rules are told."""
        known = set(told)
        if missing := [city for city in cities_of_page(self) if city.pk not in known]:
            raise OneSided(missing)
        has_step = any(getattr(self, name) for name in field_names("next_step"))
        is_planned = has_step and self.next_step_on and self.lead_city_id
        if self.gap != Gap.NONE and not is_planned:
            raise WithoutNextStep


class CityRule(Orderable):
    """The rule as it is now in one city, and where it is written."""

    page = ParentalKey(HarmonisedRulePage, on_delete=models.CASCADE, related_name="city_rules")
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("rule as it is now"), blank=True)
    law = models.CharField(
        _("source"),
        max_length=160,
        blank=True,
        help_text=_("The law, ordinance or decision, and its number."),
    )
    url = models.URLField(_("address"), blank=True)

    objects = CityRuleQuerySet.as_manager()

    publish_required = ("text", "law")
    panels = (
        FieldPanel("city"),
        side_by_side("text", heading=_("rule as it is now")),
        side_by_side("law", heading=_("source")),
        FieldPanel("url"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("rule of a city")
        verbose_name_plural = _("rules of cities")
        constraints = (
            models.UniqueConstraint(fields=("page", "city"), name="rule_of_a_city_once_per_page"),
        )

    def __str__(self) -> str:
        return self.text or ""
