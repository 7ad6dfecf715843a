"""Practices, case studies and rules for tests: the smallest valid ones."""

from typing import Any

from home.knowledge.enums import Gap
from home.knowledge.models import (
    CaseStudyPage,
    CityRule,
    HarmonisedRulePage,
    KnowledgeIndexPage,
    PracticePage,
)
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.pages import add_page, in_languages, make_site


def make_list() -> KnowledgeIndexPage:
    """The list, made once, at /en/learned/ and /es/aprendido/."""
    city_pair()
    found = KnowledgeIndexPage.objects.first()
    if found is not None:
        return found
    titles = in_languages("title", en="What we learned", es="Lo que aprendimos")
    slugs = in_languages("local_slug", en="learned", es="aprendido")
    return add_page(make_site(), KnowledgeIndexPage, **titles, **slugs, slug="learned")


def make_case(title: str = "The night bus", **fields: Any) -> CaseStudyPage:
    """A published case of all cities that worked."""
    return add_page(make_list(), CaseStudyPage, title=title, **fields)


def make_practice(*cases: CaseStudyPage, **fields: Any) -> PracticePage:
    """A published practice that links these cases."""
    values = {"title": "Two offers", "cases": cases, **fields}
    return add_page(make_list(), PracticePage, **values)


def make_rule(title: str = "Music at night", **fields: Any) -> HarmonisedRulePage:
    """A published rule without a gap, with the rule of each city."""
    values = {"gap": Gap.NONE, **fields}
    page = add_page(make_list(), HarmonisedRulePage, title=title, **values)
    for place, city in enumerate(City.objects.all()):
        rule_in(page, city, sort_order=place)
    return HarmonisedRulePage.objects.get(pk=page.pk)


def rule_in(page: HarmonisedRulePage, city: City, text: str = "", **fields: Any) -> CityRule:
    """What the rule is in a city."""
    words = {
        **in_every_language("text", text or f"Until ten in {city.code}."),
        **in_every_language("law", "Ordinance 7"),
    }
    return CityRule.objects.create(page=page, city=city, **{**words, **fields})
