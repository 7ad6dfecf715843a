"""The front page, pages of plain text, stories, and what the partnership says about itself."""

from typing import Any

from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.models.pages import PageManager
from wagtail.search import index

from home.continuity.enums import BondKind, BondStatus
from home.enums import StepIcon
from home.querysets import StoryQuerySet
from home.refusals import WithoutCommitment
from partnership.pages.access import open_to_all
from partnership.pages.addresses import LINK_COLUMNS
from partnership.pages.blocks import BODY_BLOCKS
from partnership.pages.editing import ThingForm
from partnership.pages.languages import field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.wording.remembering import RemembersWording

STORIES_PER_PAGE = 12


class HomePage(BasePage):
    """The front page: what is being asked, what is coming up, what became of what was said."""

    hero_heading = models.CharField(
        _("large heading"),
        max_length=120,
        blank=True,
        help_text=_("Its first words are printed in the inks of the cities, one word each."),
    )
    hero_lead = models.TextField(_("lead"), blank=True)
    featured_consultation = models.ForeignKey(
        "consultations.ConsultationPage",
        verbose_name=_("consultation in the dark panel"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the open consultation that closes first."),
    )
    trace_heading = models.CharField(_("heading"), max_length=120, blank=True)
    trace_lead = models.TextField(_("lead"), blank=True)

    publish_required = ("title", "hero_heading", "hero_lead")
    max_count = 1
    template = "home/home.html"
    content_panels = (
        *BasePage.content_panels,
        MultiFieldPanel(
            (
                side_by_side("hero_heading", heading=_("large heading")),
                side_by_side("hero_lead", heading=_("lead")),
            ),
            heading=_("At the top"),
        ),
        FieldPanel("featured_consultation"),
        MultiFieldPanel(
            (
                side_by_side("trace_heading", heading=_("heading")),
                side_by_side("trace_lead", heading=_("lead")),
                InlinePanel("trace_steps", label=_("step"), max_num=6),
            ),
            heading=_("One idea, from the words to the work"),
        ),
    )

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.front_page import front_page  # asks the apps above, which need this model first

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **front_page(self, request)}


class TraceStep(Orderable):
    """One step on the way of an idea from a resident's words to something built."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="trace_steps")
    icon = models.CharField(_("picture"), max_length=20, choices=StepIcon, default=StepIcon.VOICE)
    heading = models.CharField(_("heading"), max_length=80, blank=True)
    text = models.TextField(_("text"), blank=True)
    link_page = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_anchor = models.SlugField(
        _("place on that page"),
        max_length=60,
        blank=True,
        help_text=_("For example item-6 or statement-41."),
    )
    link_label = models.CharField(_("words of the link"), max_length=80, blank=True)

    panels = (
        "icon",
        side_by_side("heading", heading=_("heading")),
        side_by_side("text", heading=_("text")),
        FieldRowPanel(("link_page", "link_anchor")),
        side_by_side("link_label", heading=_("words of the link")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.heading

    @property
    def label(self) -> str:
        """What the link says."""
        return self.link_label or (self.link_page.title if self.link_page else "")

    def url_for(self, request: HttpRequest) -> str:
        """Where it leads; empty for a page that is not published (any more)."""
        page = self.link_page
        url = page.get_url(request) if page and page.live else None
        if not url:
            return ""
        return f"{url}#{self.link_anchor}" if self.link_anchor else url


def way_up(page: BasePage) -> list[BasePage]:
    """The pages above this one that readers can open, the front page first; to link to."""
    return list(page.get_ancestors().live().filter(depth__gt=1).only(*LINK_COLUMNS))


class StandardPage(BasePage):
    """A page of text: about us, privacy, accessibility, how we count."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)

    publish_required = ("title", "body")
    parent_page_types = ("home.HomePage", "home.StandardPage")
    subpage_types = ("home.StandardPage",)
    template = "home/standard_page.html"
    content_panels = (
        *BasePage.content_panels,
        side_by_side("lead", heading=_("lead")),
        side_by_side("body", heading=_("text")),
        FieldPanel("cover_photo"),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("lead"), *field_names("body"))),
    )

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().filter(open_to_all())
        return {**context, "ancestors": way_up(self), "children": children}


class StoryIndexPage(BasePage):
    """All stories, the latest first."""

    lead = models.TextField(_("lead"), blank=True)

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ("home.StoryPage",)
    template = "home/story_index.html"
    content_panels = (*BasePage.content_panels, side_by_side("lead", heading=_("lead")))

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        stories = (
            StoryPage.objects.published().latest_first().prefetch_related("cover_photo__renditions")
        )
        pages = Paginator(stories, STORIES_PER_PAGE)
        shown = pages.get_page(request.GET.get("page"))
        return {**context, "ancestors": way_up(self), "stories": shown}


class StoryPage(BasePage):
    """What became of a promise, told by the people it happened to."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Two sentences, shown in lists.")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)
    told_on = models.DateField(_("date"), default=timezone.localdate)
    commitment = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        help_text=_("The promise of a roadmap this story is about."),
    )

    objects = PageManager.from_queryset(StoryQuerySet)()

    publish_required = ("title", "intro")
    parent_page_types = ("home.StoryIndexPage",)
    subpage_types = ()
    template = "home/story.html"
    cover_kind = "exchange"
    content_panels = (
        *BasePage.content_panels,
        side_by_side("intro", heading=_("introduction")),
        FieldRowPanel(("told_on", "commitment")),
        side_by_side("body", heading=_("text")),
        FieldPanel("cover_photo"),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in (*field_names("intro"), *field_names("body"))),
        index.FilterField("told_on"),
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # What leads on stands above the models; it is fetched when it is shown.
        from home.story_foot import way_on

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        url = self.commitment_url(request)
        on = way_on(self, request)
        return {**context, "ancestors": way_up(self), "commitment_url": url, "way_on": on}

    def refuse_unfit(self) -> None:
        """Raise WithoutCommitment where nobody said which promise the story is about."""
        super().refuse_unfit()
        if self.commitment_id is None:
            raise WithoutCommitment

    def commitment_url(self, request: HttpRequest) -> str:
        """Where the promise stands in its roadmap; empty without one, or before it is public."""
        if self.commitment is None or not self.commitment.roadmap.live:
            return ""
        return f"{self.commitment.roadmap.get_url(request)}#item-{self.commitment.number}"


@register_setting(icon="group")
class PartnershipSettings(RemembersWording, BaseGenericSetting):
    """What every page says about the partnership; the cities' names come from the cities."""

    partnership_name = models.CharField(
        _("name of the partnership"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the names of the cities in their order."),
    )
    tagline = models.CharField(_("line at the very top"), max_length=120, blank=True)
    footer_text = models.TextField(_("text in the footer"), blank=True)
    twinned_since = models.PositiveSmallIntegerField(
        _("sister cities since"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1900), MaxValueValidator(2100)),
    )
    kind = models.CharField(
        _("kind of bond"), max_length=20, choices=BondKind, default=BondKind.SISTER_CITY
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day of what was signed. Editors are reminded 180 days before."),
    )
    status_change = models.ForeignKey(
        "continuity.StatusChange",
        verbose_name=_("status"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    select_related = ("status_change",)
    base_form_class = ThingForm
    panels = (
        LanguagesPanel(),
        side_by_side("partnership_name", heading=_("name of the partnership")),
        side_by_side("tagline", heading=_("line at the very top")),
        side_by_side("footer_text", heading=_("text in the footer")),
        "twinned_since",
        FieldRowPanel(("kind", "signed_on", "valid_until")),
    )

    class Meta:
        verbose_name = _("the partnership")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(valid_until__gte=models.F("signed_on")),
                name="bond_ends_after_it_was_signed",
                violation_error_message=_("It cannot end before it was signed."),
            ),
        )

    @property
    def status(self) -> BondStatus:
        """How it stands: as every city signed it last, and active before they ever did."""
        return BondStatus(self.status_change.status if self.status_change else BondStatus.ACTIVE)

    @property
    def is_active(self) -> bool:
        """Whether readers need not be told anything."""
        return self.status == BondStatus.ACTIVE
