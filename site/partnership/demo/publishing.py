"""Puts a demo page into the tree and publishes it, as an editor would have."""

from datetime import datetime, timedelta

from home.parity.models import LanguageVersion
from partnership.demo.calendar import DemoCalendar
from partnership.pages.models import BasePage


def publish(
    page: BasePage, *, under: BasePage, calendar: DemoCalendar, since: datetime | None = None
) -> BasePage:
    """Add the page below another one and publish it with a first revision.

    Readers have had it ``since`` that moment, else for two months; never since a later day.
    """
    parent = BasePage.objects.get(pk=under.pk)  # the tree has grown since it was read
    parent.add_child(instance=page)
    page.save_revision().publish()
    published_at = min(since or calendar.now - timedelta(days=60), calendar.now)
    BasePage.objects.filter(pk=page.pk).update(
        first_published_at=published_at, last_published_at=published_at
    )
    LanguageVersion.objects.filter(page_id=page.pk).update(published_at=published_at)
    page.refresh_from_db()
    return page
