"""The demo's front page, index pages, standard pages and stories."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Locale, Site

from consultations.models import ConsultationIndexPage
from consultations.roadmap.models import RoadmapIndexPage, RoadmapPage
from events.models import EventIndexPage
from home.models import (
    HomePage,
    PartnershipSettings,
    StandardPage,
    StoryIndexPage,
    StoryPage,
    TraceStep,
)
from partnership.demo.calendar import DemoCalendar
from partnership.demo.publishing import publish
from partnership.demo.texts import Words, columns, read, stream
from partnership.pages.models import BasePage


@dataclass
class DemoFrontPage:
    """The front page, which can tell its story once the pages it links to exist."""

    page: HomePage
    calendar: DemoCalendar

    def tell(
        self,
        *,
        consultations: dict[str, BasePage],
        events: dict[str, BasePage],
        roadmaps: dict[int, RoadmapPage],
        stories: dict[str, StoryPage],
    ) -> None:
        """Write the steps of one idea and publish the front page again."""
        targets: dict[str, tuple[BasePage, str]] = {
            "consultation:harbour": (consultations["harbour"], "statement-1"),
            "event:harbour-steps": (events["harbour-steps"], ""),
            "roadmap:1": (roadmaps[1], "item-1"),
            "story:ramp": (stories["ramp"], ""),
        }
        page = HomePage.objects.get(pk=self.page.pk)  # it has got children since it was read
        page.featured_consultation = consultations["safe-routes"]
        page.trace_steps = [
            _step(number, row, *targets[row["link"]])
            for number, row in enumerate(read("pages")["home"]["trace"])
        ]
        page.save()
        page.save_revision().publish()


@dataclass(frozen=True)
class DemoIndexes:
    """The pages that hold the events, the consultations and the roadmaps."""

    events: EventIndexPage
    consultations: ConsultationIndexPage
    roadmaps: RoadmapIndexPage


def make_front_page(calendar: DemoCalendar) -> DemoFrontPage:
    """Publish the front page in place of the one Wagtail's migrations made."""
    words = read("pages")["home"]
    root = BasePage.get_first_root_node()
    Locale.objects.get_or_create(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
    page = HomePage(
        **columns(title=words["title"], hero_heading=words["heading"], hero_lead=words["lead"]),
        **columns(trace_heading=words["trace_heading"], trace_lead=words["trace_lead"]),
        slug="front-page",
    )
    publish(page, under=root, calendar=calendar)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    for welcome in BasePage.objects.filter(depth=2).exclude(pk=page.pk):
        welcome.delete()
    about = PartnershipSettings.load()
    for column, text in columns(tagline=words["tagline"], footer_text=words["footer"]).items():
        setattr(about, column, text)
    about.twinned_since = words["since"]
    about.save()
    return DemoFrontPage(HomePage.objects.get(pk=page.pk), calendar)


def make_indexes(home: DemoFrontPage, calendar: DemoCalendar) -> DemoIndexes:
    """Publish the three index pages in the order of the menu."""
    made: list[Any] = []
    types = (EventIndexPage, ConsultationIndexPage, RoadmapIndexPage)
    for page_type, row in zip(types, read("pages")["indexes"], strict=True):
        page = page_type(**columns(title=row["title"], lead=row["lead"]), show_in_menus=True)
        made.append(publish(page, under=home.page, calendar=calendar))
    return DemoIndexes(*made)


def make_standard_pages(
    home: DemoFrontPage, calendar: DemoCalendar, indexes: DemoIndexes
) -> dict[str, BasePage]:
    """Publish the pages of text; return them by key."""
    made = {}
    known: dict[str, BasePage] = vars(indexes)
    for row in read("pages")["standard"]:
        page = StandardPage(
            **columns(title=row["title"], lead=row["intro"]),
            **stream("body", [_linked(section, known) for section in row["body"]], name=row["key"]),
            show_in_menus=row["in_menu"],
        )
        made[row["key"]] = publish(page, under=home.page, calendar=calendar)
    return made


def _linked(section: dict[str, Words], pages: dict[str, BasePage]) -> dict[str, Words]:
    """Return the section with links to pages where its text names their keys."""
    text = dict(section["text"])
    for key, page in pages.items():
        for code, words in text.items():
            link = f'<a linktype="page" id="{page.pk}">'
            text[code] = words.replace(f'<a page="{key}">', link)
    return {**section, "text": text}


def make_stories(
    home: DemoFrontPage, calendar: DemoCalendar, roadmaps: dict[int, RoadmapPage]
) -> dict[str, StoryPage]:
    """Publish the stories; return them by key."""
    words = read("pages")
    index = StoryIndexPage(
        **columns(title=words["story_index"]["title"], lead=words["story_index"]["lead"])
    )
    publish(index, under=home.page, calendar=calendar)
    made = {}
    for row in words["stories"]:
        years_ago, number = row["commitment"]
        page = StoryPage(
            **columns(title=row["title"], intro=row["intro"]),
            **stream("body", row["body"], name=row["key"]),
            told_on=calendar.day(row["day"]),
            commitment=roadmaps[years_ago].commitments.get(number=number),
        )
        since = calendar.noon(page.told_on)
        made[row["key"]] = publish(page, under=index, calendar=calendar, since=since)
    return made


def _step(number: int, row: dict[str, Any], page: BasePage, anchor: str) -> TraceStep:
    return TraceStep(
        sort_order=number,
        icon=row["icon"],
        link_page_id=page.pk,
        link_anchor=anchor,
        **columns(heading=row["title"], text=row["text"], link_label=row["label"]),
    )
