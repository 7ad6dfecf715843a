"""The one careful door to the search: whatever a reader types, the answer is a list of pages."""

from collections.abc import Iterable, Iterator
from functools import reduce

from wagtail.search import index
from wagtail.search.query import And, Or, PlainText, SearchQuery

from partnership.pages.access import open_to_all
from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage
from partnership.pages.word_forms import forms_of
from partnership.pages.words import clean_query, plain, says, wanted_of, words_of

MOST_RESULTS = 100
#: The index holds all languages of a page together, so it is asked for more than are shown.
CANDIDATES = 3 * MOST_RESULTS


def search_pages(query: str, *, language: str) -> list[BasePage]:
    """Return public pages whose text in that language has every word, the best first.

    A word is found in the singular and in the plural, where the language's endings are known;
    pages with the words as they were typed come first.
    Never raises, whatever was typed; capitals and accents make no difference. At most
    ``MOST_RESULTS`` pages of their specific types, in three queries at most.
    """
    words = words_of(clean_query(query))
    if not words:
        return []
    wanted = wanted_of(query, language)
    # The index cannot ask what is restricted: that is asked when what it found is read.
    live = BasePage.objects.live()
    candidates = of_their_types(live.search(_query(words, language))[:CANDIDATES])
    found = [page for page in candidates if says("\n".join(texts_of(page, language)), wanted)]
    if len(found) < 2:  # one page needs no order
        return found
    # SQLite gives no sound order to anything but plain words.
    typed = live.search(" ".join(words), operator="and")[:CANDIDATES]
    places = {page.pk: place for place, page in enumerate(typed)}
    found.sort(key=lambda page: places.get(page.pk, CANDIDATES))
    return found[:MOST_RESULTS]


def of_their_types(pages: Iterable[BasePage]) -> list[BasePage]:
    """Return those of the pages that everybody may open, as what they are, in their order.

    One query: ``specific()`` asks once for each type; here the tables of the types are joined.
    """
    paths = {page.pk: _path_to(page.specific_class) for page in pages}
    joined = [path for path in set(paths.values()) if path]
    known = BasePage.objects.filter(open_to_all())
    whole = (known.select_related(*joined) if joined else known).in_bulk(list(paths))
    return [
        reduce(getattr, filter(None, path.split("__")), whole[pk])
        for pk, path in paths.items()
        if pk in whole
    ]


def _path_to(page_type: type[BasePage] | None) -> str:
    """The relations that lead from the page that all types build on to this one."""
    types = (*reversed(page_type._meta.get_base_chain(BasePage)), page_type) if page_type else ()
    return "__".join(each._meta.model_name or "" for each in types if each is not BasePage)


def _query(words: list[str], language: str) -> SearchQuery:
    """Ask the index for every word, in any of its forms."""
    asked = {word: forms_of(plain(word), language) for word in words}
    return And([Or([PlainText(f) for f in {word, *forms}]) for word, forms in asked.items()])


def texts_of(page: BasePage, language: str) -> Iterator[str]:
    """Give everything a page says in a language, field by field; headings stand on own lines."""
    others = tuple(localized("", code) for code in CODES if code != language)
    for field in type(page).get_search_fields():
        if isinstance(field, index.SearchField) and not field.field_name.endswith(others):
            value = field.get_value(page)
            yield "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
