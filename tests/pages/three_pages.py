"""A page of each city and one of both under the front page, for the tests of this room."""

from types import SimpleNamespace

from home.models import StandardPage
from partnership.pages.groups import ensure_groups
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site


def make_pages(cities, root):
    """Return the pages ``alder``, ``puerto`` and ``joint``, and the ``root`` they stand under."""
    alder, puerto = cities
    return SimpleNamespace(
        alder=add_page(root, StandardPage, title="Alder's page", cities=[alder]),
        puerto=add_page(root, StandardPage, title="Puerto's page", cities=[puerto]),
        joint=add_page(root, StandardPage, title="Page of both"),
        root=root,
    )


def give_leads(pages):
    """Give every page a lead in both languages."""
    for page in (pages.alder, pages.puerto, pages.joint):
        fresh = StandardPage.objects.get(pk=page.pk)
        fresh.lead_en, fresh.lead_es = "Lead", "Entradilla"
        fresh.save()
        fresh.save_revision().publish()
    return pages


def make_whole_pages():
    """Return them with everything in every language, and with the groups of who edits them."""
    ensure_groups()
    return give_leads(make_pages(city_pair(), make_site()))


def read_again(pages):
    """Return pages that a module shares as objects of one test's own."""
    names = ("alder", "puerto", "joint")
    own = {name: StandardPage.objects.get(pk=getattr(pages, name).pk) for name in names}
    return SimpleNamespace(**own, root=make_site())
