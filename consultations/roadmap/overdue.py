"""Promises whose day is over, and a year for which nothing is promised."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.models import Commitment, RoadmapIndexPage, RoadmapPage
from partnership import continuity
from partnership.continuity import Check, Concern

#: So long after a year has begun its roadmap may wait; its review may, too.
OPENED_WITHIN = timedelta(days=60)


def late_promises(today: date) -> Iterator[Concern]:
    """Promises of published roadmaps that are past due and not finished."""
    late = Commitment.objects.filter(roadmap__live=True).late(today).prefetch_related("led_by")
    for promise in late.in_order():
        words = {"promise": promise.title, "day": date_format(promise.due_on, "DATE_FORMAT")}
        yield Concern(
            words=_("“%(promise)s” was due on %(day)s.") % words,
            ahead=_("“%(promise)s” is due on %(day)s.") % words,
            due=promise.due_on,
            edit_url=reverse("commitments:edit", args=(promise.pk,)),
            cities=tuple(promise.led_by.all()),
        )


def year_without_roadmap(today: date) -> Iterator[Concern]:
    """The roadmap of a year that began more than 60 days ago, where there was one before.

    Its review comes first, and is asked for until the same day: who begins the one page is led
    to the other.
    """
    since = today - OPENED_WITHIN
    last = RoadmapPage.objects.newest_first().values_list("year", flat=True).first()
    if last is None or last >= since.year:
        return
    yield Concern(
        words=_("No roadmap of %(year)s is published.") % {"year": since.year},
        ahead=_("The roadmap of %(year)s is to be published.") % {"year": since.year},
        edit_url=_page_of(since.year),
        due=date(since.year - 1, 12, 31) + OPENED_WITHIN,
    )


def _page_of(year: int) -> str:
    """Where the roadmap of a year is written, or begun."""
    draft = RoadmapPage.objects.filter(year=year).values_list("pk", flat=True).first()
    if draft is not None:
        return reverse("wagtailadmin_pages:edit", args=(draft,))
    index = RoadmapIndexPage.objects.values_list("pk", flat=True).first()
    return reverse("wagtailadmin_pages:add", args=("roadmap", "roadmappage", index))


def register() -> None:
    """Ask for both."""
    check = Check(
        name="commitments.kept", heading=gettext_lazy("Promises that are late"), find=late_promises
    )
    continuity.register(check, order=20)
    opened = Check(
        name="roadmaps.opened",
        heading=gettext_lazy("Years without a roadmap"),
        find=year_without_roadmap,
    )
    continuity.register(opened, order=26)
