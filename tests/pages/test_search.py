"""The search of a language: only its words, whatever is typed."""

import pytest
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from partnership.pages.search import clean_query, search_pages
from tests.factories.pages import add_page

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("indexed")]

HOSTILE = (
    '"', "'", 'a"b', "a'b", "''", '""', "\x00", "a\x00b", " ", "\t\n", "", "*", "a*", "(", "a OR",
    "AND", "NOT", "NEAR(a b)", "a:b", "title_en:a", "{a b}", "^a", "a -b", "a & b", "a | !b", "<->",
    "\\", "a\\", "%", "_", "a_b", ";", "--", "DROP TABLE x;", "<script>", "\u202eabc", "\u200b",
    "\ud800", "\ud83d\ude00", "😀", "́", "a" * 10_000, "a b " * 5_000, "１２", "ß", "İ", "ﬁ",
)  # fmt: skip


@pytest.fixture
def paths(site_tree):
    return add_page(
        site_tree,
        StandardPage,
        title_en="Safe routes to school",
        title_es="Caminos seguros al colegio",
        lead_en="Walking with the children",
        lead_es="Ir a pie con la niñez y sus mañanas",
    )


def found(query, language):
    return [page.pk for page in search_pages(query, language=language)]


def all_found(asked):
    """What each query of each language finds."""
    return {query: found(query, code) for code, queries in asked.items() for query in queries}


def test_a_page_is_found_by_its_words_in_that_language_alone(paths):
    its_own = {
        "en": ("routes", "ROUTES school", "walking"),
        "es": (
            *("caminos", "colegio", "niñez", "ninez", "NIÑEZ", "cáminos", "mananas"),
            '"caminos" (seguros)',
        ),
    }
    others = {"en": ("caminos", "routes caminos", "nothing"), "es": ("routes",)}
    only_begin_alike = {"en": ("routers",), "es": ("mes", "cam")}

    assert [query for query, pks in all_found(its_own).items() if pks != [paths.pk]] == []
    assert [query for query, pks in all_found(others).items() if pks] == []
    assert [query for query, pks in all_found(only_begin_alike).items() if pks] == []
    assert [type(page) for page in search_pages("routes", language="en")] == [StandardPage]


def test_the_singular_finds_the_plural_and_the_other_way_round(site_tree):
    page = add_page(
        site_tree,
        StandardPage,
        title_en="Safe routes to school for every child",
        title_es="Caminos seguros al colegio para el niño",
        lead_en="A city has a bench, many cities have benches.",
        lead_es="Una luz en la ciudad",
    )

    asked = {
        "en": ("route", "schools child", "cities", "city", "benches", "children", "bench"),
        "es": ("camino", "colegios seguro", "niños", "niño", "ciudades", "luces", "luz"),
    }
    assert [query for query, pks in all_found(asked).items() if pks != [page.pk]] == []


def test_pages_with_the_words_as_they_were_typed_come_first(site_tree):
    old_story = {"lead_en": "An old story " * 9, "lead_es": "Un cuento viejo"}
    others = [add_page(site_tree, StandardPage, title=f"Old pathes and paths {n}") for n in (1, 2)]
    typed = add_page(site_tree, StandardPage, title="The path", **old_story)

    assert found("old path", "en")[0] == typed.pk
    assert set(found("old path", "en")[1:]) == {page.pk for page in others}


def test_drafts_and_private_pages_are_not_found(paths, site_tree):
    add_page(site_tree, StandardPage, title="Routes in draft", live=False)
    private = add_page(site_tree, StandardPage, title="Routes in private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert found("routes", "en") == [paths.pk]


def test_nothing_that_can_be_typed_breaks_the_search(paths):
    for query in HOSTILE:
        assert isinstance(search_pages(query, language="es"), list), query


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  bus \t stop\n", "bus stop"),
        ("ni\u006e\u0303ez", "niñez"),
        ("a\x00b", "a b"),
        ("\u202eabc\u200b", "abc"),
        ("\ud800abc", "abc"),
        ("a" * 500, "a" * 200),
        ("", ""),
    ],
)
def test_what_is_shown_again_is_clean(typed, cleaned):
    assert clean_query(typed) == cleaned
