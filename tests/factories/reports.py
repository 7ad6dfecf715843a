"""Closing reports for tests: of a charrette last week, published in every language."""

from typing import Any

from wagtail.images.tests.utils import get_test_image_file

from events.models import EventPage
from events.reports.models import ClosingReport, ReportPicture, SessionNote
from partnership.pages.models import Photo
from tests.factories.events import in_every_language, make_past_event


def make_report(event: EventPage | None = None, **fields: Any) -> ClosingReport:
    """A published report that says something in every language."""
    event = event or make_past_event()
    values = {"is_published": True, **in_every_language("summary", "We drew the quay.")}
    found = EventPage.objects.get(pk=event.pk)
    return ClosingReport.objects.create(event=found, **{**values, **fields})


def make_photo(description: str = "A table full of drawings", **fields: Any) -> Photo:
    """A photo described in every language."""
    words = in_every_language("description", description)
    values = {"title": "Photo", "file": get_test_image_file(), **words, **fields}
    return Photo.objects.create(**values)


def add_picture(report: ClosingReport, **fields: Any) -> ReportPicture:
    """A picture of the event."""
    photo = fields.pop("photo", None) or make_photo()
    return ReportPicture.objects.create(report=report, photo=photo, **fields)


def add_note(report: ClosingReport, text: str = "More trees.", **fields: Any) -> SessionNote:
    """A note somebody wrote there, in English."""
    return SessionNote.objects.create(report=report, text=text, language_code="en", **fields)
