"""Debriefs of what the cities did together, and the lessons in them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from home.archive.enums import LessonState
from home.archive.querysets import DebriefQuerySet, LessonQuerySet
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording


class Debrief(RemembersWording, ClusterableModel):
    """What went well and what to change: about an event, or about a commitment."""

    event = models.OneToOneField(
        "events.EventPage",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="debrief",
    )
    commitment = models.OneToOneField(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="debrief",
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    held_on = models.DateField(
        _("held on"), null=True, blank=True, help_text=_("The day you sat together.")
    )
    went_well = models.TextField(_("what went well"), blank=True)
    to_change = models.TextField(_("what to change"), blank=True)
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see it, with its lessons.")
    )

    objects = DebriefQuerySet.as_manager()

    page_paths = ("event", "commitment__roadmap")
    publish_required = ("went_well", "to_change")

    class Meta:
        verbose_name = _("debrief")
        verbose_name_plural = _("debriefs")
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(event__isnull=False) ^ Q(commitment__isnull=False),
                name="debrief_of_an_event_or_a_commitment",
                violation_error_message=_("Choose an event or a commitment."),
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(held_on__isnull=False),
                name="published_debrief_was_held",
                violation_error_message=_("Say on which day you sat together."),
            ),
        )

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Any:
        """What it looks back at."""
        return self.event.title if self.event is not None else self.commitment

    @property
    def subject_told(self) -> Any:
        """The event or the commitment while its page is published; else None.

        Whether that page is restricted is asked of the rows: see ``LessonQuerySet.public``.
        """
        commitment: Any = self.commitment
        page: Any = self.event if self.event is not None else commitment.roadmap
        return (self.event or commitment) if page.live else None


class Lesson(Orderable):
    """One thing to do otherwise next time; listed until it is taken up somewhere."""

    debrief = ParentalKey(Debrief, on_delete=models.CASCADE, related_name="lessons")
    text = models.CharField(_("lesson"), max_length=250, blank=True)
    observation = models.ForeignKey(
        "drills.Observation",
        verbose_name=_("what was seen at a drill"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
        help_text=_("The observation it came from, if it came from a drill."),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=LessonState, default=LessonState.PROPOSED
    )
    taken_up_on = models.DateField(_("taken up on"), null=True, blank=True)
    taken_up_in = models.CharField(
        _("taken up in"),
        max_length=160,
        blank=True,
        help_text=_("Where else it stands from now on: a checklist, a contract."),
    )
    taken_up_url = models.URLField(_("address"), blank=True)
    taken_up_version = models.ForeignKey(
        "protocols.ProtocolVersion",
        verbose_name=_("version of a protocol"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
        limit_choices_to={"signed_at__isnull": False},
        help_text=_(
            "The version in which it was taken up first; every city has signed it. What is taken "
            "up names one."
        ),
    )

    objects = LessonQuerySet.as_manager()

    publish_required = ("text",)
    panels = (
        side_by_side("text", heading=_("lesson")),
        FieldPanel("observation"),
        FieldRowPanel(("state", "taken_up_on")),
        side_by_side("taken_up_in", heading=_("taken up in")),
        FieldRowPanel(("taken_up_version", "taken_up_url")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=LessonState.ADOPTED, taken_up_on__isnull=False)
                | (~Q(state=LessonState.ADOPTED) & Q(taken_up_on=None)),
                name="lesson_is_taken_up_on_a_day",
                violation_error_message=_("What is taken up has the day it was taken up on."),
            ),
        )

    def __str__(self) -> str:
        return self.text or ""

    @property
    def is_taken_up(self) -> bool:
        """Whether it has become part of how things are done."""
        return self.state == LessonState.ADOPTED

    @property
    def is_in_words(self) -> bool:
        """Whether it is taken up and names no version, as was possible at first."""
        return self.is_taken_up and self.taken_up_version_id is None

    @property
    def version_told(self) -> Any:
        """The version it was taken up in, where readers can open that; else None.

        Whether its protocol is restricted is known of those ``with_versions()`` alone.
        """
        version: Any = self.taken_up_version
        is_open = version and version.protocol.live and getattr(self, "has_open_version", True)
        return version if is_open else None
