"""The pages of a consultation."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from consultations.answered import refuse_unanswered
from consultations.editing import ConsultationPageForm
from consultations.enums import ConsultationState, Moderation, Participation
from consultations.identities import keep_identities, keep_promise
from consultations.joined import with_joined
from consultations.models.drafts import DraftAddresses
from consultations.models.ideas import IdeaAddresses
from consultations.models.phases import Phase
from consultations.phases_apart import make_room
from consultations.querysets import ConsultationQuerySet
from consultations.something_to_do import refuse_idle
from partnership.cities.models import City
from partnership.cities.wall_clock import WallClockField
from partnership.pages.blocks import BODY_BLOCKS
from partnership.pages.languages import active, field_names, localized
from partnership.pages.models import BasePage
from partnership.pages.panels import folded, side_by_side

PROSE = ("h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link")


class ConsultationIndexPage(BasePage):
    """The list of consultations: open, forthcoming, closed and answered."""

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ("home.HomePage",)
    subpage_types = ("consultations.ConsultationPage",)
    content_panels = (*BasePage.content_panels, side_by_side("lead"))
    cover_kind = "consultation"
    template = "consultations/index.html"

    class Meta:
        verbose_name = _("list of consultations")
        verbose_name_plural = _("lists of consultations")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a consultation in one query, where any page takes two, with what it is about."""
        if len(path_components) == 1:
            children = ConsultationPage.objects.child_of(self)
            page = children.filter(**{localized("local_slug", active()): path_components[0]})
            page = self.knowing_restrictions(page.with_answers_known())
            for found in with_joined(page, "neighbourhoods"):
                found._cached_parent_obj = self
                return found.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # What a page shows stands above the models; it is fetched when it is shown.
        from consultations.presenting.listing import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class ConsultationPage(DraftAddresses, IdeaAddresses, BasePage):
    """One consultation, asked in all partner languages at once.

    Whether it is open is computed from its two instants at every read and write; only what
    no clock can tell (being read, answered) is stored.
    """

    lead = models.TextField(_("lead"), blank=True, help_text=_("The question in two sentences."))
    body = StreamField(BODY_BLOCKS, verbose_name=_("background"), blank=True)
    lead_city = models.ForeignKey(
        City,
        verbose_name=_("lead city"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("All times below are on this city's clock; readers see every city's."),
    )
    opens_at = WallClockField(_("opens at"), db_index=True)
    closes_at = WallClockField(_("closes at"), db_index=True)
    participation = models.CharField(
        _("who may take part"),
        max_length=20,
        choices=Participation,
        default=Participation.REGISTERED,
    )
    is_anonymous = models.BooleanField(
        _("the questions are answered anonymously"),
        default=False,
        help_text=_(
            "The answers are kept without a person, with no time but the day, and nobody can "
            "change them; figures are shown after the close. What people have kept unfinished is "
            "forgotten. Once somebody has answered this stays as it is."
        ),
    )
    moderation = models.CharField(
        _("comments are read"),
        max_length=20,
        choices=Moderation,
        default=Moderation.BEFORE,
        help_text=_("By a moderator; proposed statements always before they are shown."),
    )
    reports_to_hide = models.PositiveSmallIntegerField(
        _("reports that hide a comment"),
        null=True,
        blank=True,
        default=5,
        validators=(MinValueValidator(2), MaxValueValidator(1000)),
        help_text=_(
            "From so many different people on it is not shown until a moderator has looked."
            " Empty: it stays until then."
        ),
    )
    takes_ideas = models.BooleanField(
        _("residents write ideas"),
        default=False,
        help_text=_(
            "In every phase in which they may propose. Others support an idea and comment on it. "
            "Once there are ideas this stays as it is."
        ),
    )
    target_per_city = models.PositiveIntegerField(
        _("people hoped for in each city"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1),),
    )
    neighbourhoods = ParentalManyToManyField(
        "cities.Neighbourhood",
        verbose_name=_("neighbourhoods"),
        related_name="consultations",
        blank=True,
        help_text=_("It is about these only; none means the whole of its cities."),
    )
    readers = models.CharField(
        _("read by"),
        max_length=200,
        blank=True,
        help_text=_("Who reads every answer, with name and city."),
    )
    hear_back_on = models.DateField(
        _("answer due on"),
        null=True,
        blank=True,
        help_text=_("The day by which residents will be told what became of it."),
    )
    stored_state = models.CharField(
        _("after the close"),
        max_length=20,
        choices=ConsultationState.stored(),
        blank=True,
        help_text=_("Counts once the last instant has passed."),
    )
    outcome = RichTextField(_("outcome"), blank=True, features=PROSE)

    objects = PageManager.from_queryset(ConsultationQuerySet)()

    base_form_class = ConsultationPageForm

    parent_page_types = ("consultations.ConsultationIndexPage",)
    subpage_types = ()
    content_panels = (
        *BasePage.content_panels,
        side_by_side("lead"),
        side_by_side("body"),
        MultiFieldPanel(
            (
                "lead_city",
                FieldRowPanel(("opens_at", "closes_at")),
                FieldRowPanel(("participation", "target_per_city")),
                "is_anonymous",
                "moderation",
                "reports_to_hide",
                FieldPanel("neighbourhoods", widget=CheckboxSelectMultiple),
                "takes_ideas",
            ),
            heading=_("When and who"),
        ),
        folded("phases", heading=_("Phases"), label=_("Phase")),
        folded("questions", each=True, heading=_("Questions"), label=_("Question")),
        HelpPanel(template="consultations/admin/paper_panel.html", heading=_("On paper")),
        HelpPanel(template="consultations/admin/statements_panel.html", heading=_("Statements")),
        HelpPanel(template="drafts/admin/panel.html", heading=_("Draft texts")),
        MultiFieldPanel(
            (side_by_side("readers"), "hear_back_on", "stored_state", side_by_side("outcome")),
            heading=_("Who reads it and what became of it"),
            classname="collapsed",
        ),
        FieldPanel("cover_photo"),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(name) for name in field_names("lead")),
        *(index.SearchField(name) for name in field_names("body")),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
    )
    publish_required = ("title", "lead")
    can_be_mirrored = False
    cover_kind = "consultation"
    template = "consultations/consultation.html"

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        permissions = (
            ("moderate_contribution", _("Can publish and hide contributions")),
            ("export_consultation", _("Can export a consultation")),
            ("enter_paper", _("Can type in answers from paper")),
            ("export_staff_profile", _("Can export a consultation with the staff's columns")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_it_opens",
                violation_error_message=_("A consultation closes after it opens."),
            ),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from consultations.presenting.consultation import consultation_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **consultation_context(self, request)}

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.pk:
            keep_identities(self)
        if self.pk and kwargs.get("update_fields") is None:  # not while a draft is kept
            keep_promise(self)
            make_room(self)
        return super().save(*args, **kwargs)

    def refuse_half_a_page(self) -> None:
        """Also raise NotAnswered where it would be called answered and not everything is."""
        super().refuse_half_a_page()
        refuse_unanswered(self)

    def refuse_unfit(self) -> None:
        """Raise NothingToDo where people are meant to take part and could not."""
        super().refuse_unfit()
        refuse_idle(self)

    @property
    def vote_url(self) -> str:
        """Where votes are sent, in the active language."""
        return self._address_of("consultation_vote")

    @property
    def answer_url(self) -> str:
        """Where the questions are answered, in the active language."""
        return self._address_of("consultation_answer")

    @property
    def guest_url(self) -> str:
        """Where a guest types the code from the mail, in the active language."""
        return self._address_of("consultation_guest")

    @property
    def receipt_url(self) -> str:
        """Where somebody looks up that an answer is counted, in the active language."""
        return self._address_of("consultation_receipt")

    @property
    def paper_url(self) -> str:
        """The questions to print, in the active language."""
        return self._address_of("consultation_paper")

    @property
    def comment_url(self) -> str:
        """Where comments are written, in the active language."""
        return self._address_of("consultation_comment")

    @property
    def propose_url(self) -> str:
        """Where statements are proposed, in the active language."""
        return self._address_of("consultation_propose")

    @property
    def sign_in_url(self) -> str:
        """Where a guest's form is kept for whoever signs in first, in the active language."""
        return self._address_of("consultation_sign_in")

    @property
    def hear_url(self) -> str:
        """Where somebody asks to be told of the answers, in the active language."""
        return self._address_of("consultation_hear")

    @property
    def open_data_url(self) -> str:
        """Where it is downloaded once it has closed, in the active language."""
        return self._address_of("consultation_open_data")

    def _address_of(self, name: str) -> str:
        return reverse(name, args=(self.slug_in(active()),))

    @property
    def state(self) -> ConsultationState:
        """Where the consultation stands at this moment."""
        return self.state_at(timezone.now())

    def state_at(self, instant: datetime) -> ConsultationState:
        """Where the consultation stands at an instant; the last instant itself is closed."""
        if instant < self.opens_at:
            return ConsultationState.FORTHCOMING
        if instant < self.closes_at:
            return ConsultationState.OPEN
        return ConsultationState(self.stored_state or ConsultationState.CLOSED)

    @property
    def is_open(self) -> bool:
        """Whether anything may be said now."""
        return self.state == ConsultationState.OPEN

    @property
    def is_over(self) -> bool:
        """Whether the last instant has passed."""
        return timezone.now() >= self.closes_at

    @property
    def code_url(self) -> str:
        """Where the code from one's city is typed, in the active language."""
        return self._address_of("consultation_code")

    @property
    def asks_for_codes(self) -> bool:
        """Whether only people with a code from their city take part."""
        return self.participation == Participation.VERIFIED

    @property
    def holds_answers_back(self) -> bool:
        """Whether nobody reads the answers yet: one by one they would tell who sent them."""
        return self.is_anonymous and not self.is_over

    @property
    def is_read_first(self) -> bool:
        """Whether a moderator reads comments before they are shown."""
        return self.moderation == Moderation.BEFORE

    @property
    def late_from(self) -> datetime | None:
        """When the day is over, in the lead city, by which an answer was promised."""
        if self.hear_back_on is None:
            return None
        next_day = self.hear_back_on + timedelta(days=1)
        return datetime.combine(next_day, time.min, ZoneInfo(self.lead_city.time_zone))

    @property
    def is_past_promise(self) -> bool:
        """Whether that day is over, answered or not."""
        return self.late_from is not None and self.late_from <= timezone.now()

    @property
    def turning_points(self) -> list[datetime | None]:
        """The instants at which its pages change by themselves."""
        of_phases = [when for each in self.phase_list for when in (each.starts_at, each.ends_at)]
        return [self.opens_at, self.closes_at, self.late_from, *of_phases]

    @property
    def takes_guests(self) -> bool:
        """Whether people without an account may answer the questions."""
        return self.participation == Participation.OPEN

    @cached_property
    def phase_list(self) -> list[Phase]:
        """The phases in their order, asked for once."""
        return sorted(self.phases.all(), key=lambda phase: phase.starts_at)

    def phase_at(self, instant: datetime) -> Phase | None:
        """The phase an instant falls into, if any."""
        running = (phase for phase in self.phase_list if phase.covers(instant))
        return next(running, None)

    @property
    def current_phase(self) -> Phase | None:
        """The phase we are in now, if any."""
        return self.phase_at(timezone.now())

    def allows(self, act: str) -> bool:
        """Whether residents may do this now: it is open, for them, and the phase says so."""
        phase = self.current_phase
        takes_part = self.participation != Participation.NONE
        return bool(takes_part and self.is_open and phase and act in phase.allows)
