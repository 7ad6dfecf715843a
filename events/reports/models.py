"""The closing report of an event, its pictures, and the notes people wrote there."""

import uuid
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from events.reports.fields import AttendanceField, WrittenInField
from events.reports.querysets import ReportQuerySet
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording

#: A report is published within so many days.
REPORT_WITHIN = timedelta(days=30)
LONGEST_NOTE = 2000


class ClosingReport(RemembersWording, ClusterableModel):
    """Who came, what was said, what was decided; one for each event, of all its cities."""

    event = models.OneToOneField(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="report",
    )
    attendance = AttendanceField(
        _("who came"),
        default=dict,
        blank=True,
        help_text=_("People by the city they live in. Fewer than five are not told to readers."),
    )
    organisations = models.TextField(
        _("organisations that took part"), blank=True, help_text=_("One on each line.")
    )
    summary = models.TextField(_("what was said"), blank=True)
    decisions = models.TextField(
        _("what was decided"), blank=True, help_text=_("One on each line.")
    )
    links = models.TextField(
        _("links"),
        blank=True,
        help_text=_("One on each line: the words, then the address, https://…"),
    )
    consultation = models.ForeignKey(
        "consultations.ConsultationPage",
        verbose_name=_("the notes go to the consultation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="session_reports",
        help_text=_("There everybody can read, translate and answer them."),
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see it on the page of the event.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), null=True, blank=True, editable=False)
    #: How many of the notes stand in the consultation.
    notes_taken = models.PositiveIntegerField(default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    page_paths = ("event",)
    publish_required = ("summary",)

    class Meta:
        verbose_name = _("closing report")
        verbose_name_plural = _("closing reports")
        ordering = ("-event__ends_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_published=False) | models.Q(published_at__isnull=False),
                name="published_report_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.event.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()
        super().save(*args, **kwargs)


class ReportPicture(Orderable):
    """A photograph of the event; its description in every language is the photo's own."""

    report = ParentalKey(ClosingReport, on_delete=models.CASCADE, related_name="pictures")
    photo = models.ForeignKey(
        "pages.Photo", verbose_name=_("photo"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    panels = (FieldPanel("photo"), side_by_side("caption", heading=_("caption")))

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or str(self.photo)


class SessionNote(Orderable):
    """What somebody wrote or drew there, in the language it was written in."""

    report = ParentalKey(ClosingReport, on_delete=models.CASCADE, related_name="notes")
    #: Where the note stands in the consultation is found by its key, so it is counted once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(
        _("note"),
        max_length=LONGEST_NOTE,
        help_text=_("As it was written; of a drawing, what it says."),
    )
    language_code = WrittenInField(_("written in"), max_length=20, blank=True)
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("written where"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The table it comes from, if they were apart."),
    )
    drawing = models.ForeignKey(
        "pages.Photo",
        verbose_name=_("drawing"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    digest = models.CharField(max_length=64, editable=False)

    panels = (
        FieldPanel("text"),
        FieldRowPanel(("language_code", "city")),
        FieldPanel("drawing"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = (
            models.UniqueConstraint(fields=("report", "digest"), name="session_note_once"),
        )

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.what_it_says()
        super().save(*args, **kwargs)

    def what_it_says(self) -> str:
        """Return a digest of words and drawing: the same form sent twice brings the same."""
        words = " ".join(self.text.split()).casefold()
        return sha256(f"{words}|{self.drawing_id or ''}".encode()).hexdigest()


def report_due_on(event: Any) -> date:
    """Return the day by which the report is expected, on the event's clock."""
    return (event.ends_at + REPORT_WITHIN).astimezone(ZoneInfo(event.time_zone)).date()
