"""A site with a front page, and pages on it."""

from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Locale, Site, pages

from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage


def make_site() -> BasePage:
    """Return the front page of the only site; make again what a flush took away.

    That may be the root page, the site and the locale that the migrations made.
    """
    at_the_root = _front_page_model().objects.filter(sites_rooted_here__is_default_site=True)
    if there := at_the_root.first():
        return there
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    Locale.objects.get_or_create(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
    root = BasePage.get_first_root_node() or BasePage.add_root(**_titles("Root"))
    front_page = add_page(root, _front_page_model(), title="Front page", slug="front-page")
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    welcome, site.root_page = site.root_page_id and site.root_page, front_page
    site.save()
    if welcome:
        welcome.delete()
    return front_page


def leave_as_migrated() -> None:
    """Put the page of welcome back that the migrations made, in place of the front page."""
    site = Site.objects.get(is_default_site=True)
    front_page = site.root_page
    site.root_page = add_page(BasePage.get_first_root_node(), title="Welcome", slug="home")
    site.save()
    front_page.delete()


def add_page(parent: BasePage, page_class: type[BasePage] = BasePage, **fields: Any) -> Any:
    """Publish a page under the parent and return it.

    ``title`` is short for the same title in every language (``title_en`` and the like win),
    and what else must be written before publishing is "Words" unless it is given.
    The addresses are made from the titles unless ``slug`` and ``local_slug_es`` are given.
    ``cities`` may be a list; none makes it the page of all cities. What is given is right and is
    not asked again, which is a third of a page's saving; nor does the log say who made it.
    """
    cities = fields.pop("cities", ())
    titles = _titles(fields.pop("title", page_class.__name__))
    page = page_class(**{**titles, **_what_must_be_written(page_class), **fields})
    # The caller's object may have been read before other children were added.
    fresh = BasePage.objects.select_related("locale").get(pk=parent.pk)
    page.locale = fresh.locale  # which Wagtail would read the whole parent for
    if cities:
        page.cities = cities
    with patch.object(ClusterableModel, "full_clean", nothing), patch.object(pages, "log", nothing):
        fresh.add_child(instance=page)
    return page


def nothing(*_arguments: Any, **_named: Any) -> None:
    """In place of what is left out."""


def in_languages(field: str, **words: str) -> dict[str, str]:
    """The columns of a field; a language that is not named gets the English words.

    ``in_languages("title", en="Events", es="Eventos")`` fits any pair of languages.
    """
    return {localized(field, code): words.get(code, words["en"]) for code in CODES}


def _titles(title: str) -> dict[str, str]:
    return {localized("title", code): title for code in CODES}


def _what_must_be_written(page_class: type[BasePage]) -> dict[str, Any]:
    """Return words for every text a published page must have in every language."""
    columns = (
        page_class._meta.get_field(localized(name, code))
        for name in page_class.publish_required
        if name != "title"
        for code in CODES
    )
    return {
        column.name: [("heading", "Words")] if isinstance(column, StreamField) else "Words"
        for column in columns
    }


def _front_page_model() -> type[BasePage]:
    """The front page of the home app, or the plain page as long as there is none."""
    if apps.is_installed("home") and "homepage" in apps.all_models["home"]:
        return apps.get_model("home", "HomePage")
    return BasePage
