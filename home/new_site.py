"""An empty site for a new partnership: cities, the front page, a list for every kind of page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from consultations.models import ConsultationIndexPage
from consultations.roadmap.models import RoadmapIndexPage
from events.models import EventIndexPage
from home.groups import ensure_groups
from home.models import HomePage, PartnershipSettings, StoryIndexPage
from partnership.cities.models import City
from partnership.interface.catalogues import is_translated
from partnership.pages.languages import CODES, DEFAULT, localized
from partnership.pages.models import BasePage
from partnership.pages.slugs import slug_of
from partnership.refusals import Refused
from partnership.review.services import ensure_review

#: What Wagtail's own migrations leave: the root of the tree and one page that says welcome.
DEPTH_OF_FRONT_PAGE = 2


class SiteIsNotEmpty(Refused):
    """Somebody has begun already, and nothing of theirs may be touched."""

    code = "not_empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCity:
    """A city as the person at the terminal describes it."""

    code: str
    name: str
    language_code: str
    time_zone: str


def is_empty() -> bool:
    """Whether there is no city and no page but the ones a fresh database has."""
    pages = BasePage.objects.filter(depth__gt=DEPTH_OF_FRONT_PAGE)
    return not City.objects.exists() and not pages.exists()


@transaction.atomic
def start_partnership(cities: Sequence[NewCity]) -> HomePage:
    """Make the cities, the front page and the lists, and return the front page.

    Every page is published, in every partner language, with words an editor will replace.
    Raises SiteIsNotEmpty rather than mix with what is there.
    """
    if not is_empty():
        raise SiteIsNotEmpty("This site has cities or pages already: nothing was changed.")
    ensure_groups()
    for position, city in enumerate(cities):
        _make_city(city, position)
    with translation.override(DEFAULT):
        front_page = _make_front_page()
        for page in _index_pages():
            _publish(page, BasePage.objects.get(pk=front_page.pk))
    ensure_review(front_page)
    PartnershipSettings.load()
    return front_page


def has_words(code: str) -> bool:
    """Whether a new site is begun in that language, and not with words of another one."""
    with translation.override(code):
        return is_translated("Our cities, one plan we write together")


def _make_city(city: NewCity, position: int) -> City:
    names = {localized("name", code): city.name for code in CODES}
    made = City(
        code=city.code,
        position=position,
        language_code=city.language_code,
        time_zone=city.time_zone,
        **names,
    )
    made.full_clean()
    made.save()
    return made


def _make_front_page() -> HomePage:
    """Put our front page in the place of Wagtail's welcome."""
    root = BasePage.get_first_root_node()
    Locale.objects.get_or_create(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
    welcome = [page.pk for page in root.get_children()]
    page = HomePage(
        slug="front-page",
        **_in_each_language("title", lambda: _("Front page")),
        **_in_each_language("hero_heading", lambda: _("Our cities, one plan we write together")),
        **_in_each_language(
            "hero_lead", lambda: _("Tell us what comes next, in your own language.")
        ),
    )
    _publish(page, root)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    for old in BasePage.objects.filter(pk__in=welcome):
        old.delete()
    return HomePage.objects.get(pk=page.pk)


def _index_pages() -> list[BasePage]:
    """The lists, in the order of the menu."""
    named: tuple[tuple[type[BasePage], Callable[[], str], bool], ...] = (
        (EventIndexPage, lambda: _("Events"), True),
        (ConsultationIndexPage, lambda: _("Consultations"), True),
        (RoadmapIndexPage, lambda: _("Roadmap"), True),
        (StoryIndexPage, lambda: _("Stories"), False),
    )
    return [
        page_type(show_in_menus=in_menu, **_titles_and_slugs(words))
        for page_type, words, in_menu in named
    ]


def _titles_and_slugs(words: Callable[[], str]) -> dict[str, str]:
    titles = _in_each_language("title", words)
    slugs = {
        localized("local_slug", code): slug_of(titles[localized("title", code)], code)
        for code in CODES
    }
    return {**titles, **slugs, "slug": slugs[localized("local_slug", DEFAULT)]}


def _in_each_language(field: str, words: Callable[[], str]) -> dict[str, str]:
    """Return the columns of a field, each in its language as far as our catalogues know it."""
    columns: dict[str, Any] = {}
    for code in CODES:
        with translation.override(code):
            columns[localized(field, code)] = words()
    return columns


def _publish(page: BasePage, parent: BasePage) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
