"""Languages that are behind in the demo, so that its editors find something to do."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from home.models import StoryIndexPage, StoryPage
from home.parity.models import LanguageVersion
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read, stream
from partnership.pages.languages import localized
from partnership.pages.models import BasePage, LanguageException
from partnership.people.models import Resident


def leave_languages_behind(
    *,
    events: Mapping[str, BasePage],
    stories: Mapping[str, BasePage],
    people: DemoPeople,
    calendar: DemoCalendar,
) -> None:
    """Change one language of some pages and not the other, with and without a promise."""
    words = read("behind")
    for row in words["drafts"]:
        _saved(_changed(row, events, stories), people.accounts[row["author"]], row, calendar)
    for row in words["signed"]:
        _publish_signed(
            _changed(row, events, stories), people.accounts[row["author"]], row, calendar
        )
    for row in words["new"]:
        _write_new_story(people.accounts[row["author"]], row, calendar)
    for row in words["came_later"]:
        _let_come_later(_known(row, events, stories), row)


def _known(
    row: dict[str, Any], events: Mapping[str, BasePage], stories: Mapping[str, BasePage]
) -> BasePage:
    return events[row["event"]] if "event" in row else stories[row["story"]]


def _let_come_later(page: BasePage, row: dict[str, Any]) -> None:
    versions = LanguageVersion.objects.filter(page_id=page.pk, language_code=row["code"])
    versions.update(published_at=F("published_at") + timedelta(days=row["days"]))


def _changed(
    row: dict[str, Any], events: Mapping[str, BasePage], stories: Mapping[str, BasePage]
) -> BasePage:
    """Return the page with the words of one language replaced."""
    known = _known(row, events, stories)
    page = type(known).objects.get(pk=known.pk)  # the tree has grown since it was read
    setattr(page, localized(row["field"], row["code"]), row["words"])
    return page


def _saved(page: BasePage, author: Resident, row: dict[str, Any], calendar: DemoCalendar) -> None:
    page.save_revision(user=author)
    page.standings.exclude(behind_since=None).update(behind_since=_instant(row["day"], calendar))


def _publish_signed(
    page: BasePage, author: Resident, row: dict[str, Any], calendar: DemoCalendar
) -> None:
    """Publish as the author did on a day when the promise was still to come."""
    published_at = page.last_published_at
    page.sign_for({row["follows"]: timezone.localdate()})
    _saved(page, author, row, calendar)
    page.get_latest_revision().publish(user=author)
    due_on: date = calendar.day(row["due_day"])
    LanguageException.objects.filter(page=page).update(
        due_on=due_on, signed_at=_instant(row["signed_day"], calendar)
    )
    BasePage.objects.filter(pk=page.pk).update(
        follows={row["follows"]: due_on.isoformat()}, last_published_at=published_at
    )


def _write_new_story(author: Resident, row: dict[str, Any], calendar: DemoCalendar) -> None:
    story = StoryPage(
        **columns(title=row["title"], intro=row["intro"]),
        **stream("body", row["body"], name=row["title"]["en"]),
        told_on=calendar.day(row["day"]),
        owner=author,
        live=False,
    )
    StoryIndexPage.objects.get().add_child(instance=story)
    _saved(story, author, row, calendar)


def _instant(day: int, calendar: DemoCalendar) -> datetime:
    return calendar.instant({"day": day, "time": "10:30"}, timezone.get_default_timezone_name())
