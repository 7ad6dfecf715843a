"""The one careful door to the search: whatever a reader types, the answer is a list of pages."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from wagtail.search import index
from wagtail.search.query import And, Or, PlainText, SearchQuery

from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage
from partnership.pages.word_forms import forms_of

LONGEST_QUERY = 200
MOST_RESULTS = 100
#: The index holds all languages of a page together, so it is asked for more than are shown.
CANDIDATES = 3 * MOST_RESULTS


def search_pages(query: str, *, language: str) -> list[BasePage]:
    """Return public pages whose text in that language has every word, the best first.

    A word is found in the singular and in the plural, where the language's endings are known;
    pages with the words as they were typed come first.
    Never raises, whatever was typed; capitals and accents make no difference. At most
    ``MOST_RESULTS`` pages of their specific types; two queries for the index, one per type.
    """
    words = words_of(clean_query(query))
    if not words:
        return []
    public = BasePage.objects.live().public()
    wanted = {word: forms_of(_plain(word), language) for word in words}
    candidates = public.specific().search(_query(wanted))[:CANDIDATES]
    found = [page for page in candidates if _has_all(page, wanted.values(), language)]
    # SQLite gives no sound order to anything but plain words.
    typed = public.search(" ".join(words), operator="and")[:CANDIDATES]
    places = {page.pk: place for place, page in enumerate(typed)}
    found.sort(key=lambda page: places.get(page.pk, CANDIDATES))
    return found[:MOST_RESULTS]


def _query(wanted: Mapping[str, frozenset[str]]) -> SearchQuery:
    """Ask the index for every word, in any of its forms."""
    words = [Or([PlainText(form) for form in {word, *forms}]) for word, forms in wanted.items()]
    return And(words)


def _has_all(page: BasePage, wanted: Iterable[frozenset[str]], language: str) -> bool:
    vocabulary = _vocabulary(page, language)
    return all(forms & vocabulary for forms in wanted)


def clean_query(query: str) -> str:
    """Return what may be shown again and searched for: one form of each letter, on one line."""
    text = query.encode("utf-8", "ignore").decode()[: 10 * LONGEST_QUERY]
    text = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(each)[0] in "CZ" else each for each in text)
    return " ".join("".join(kept).split())[:LONGEST_QUERY].strip()


def words_of(text: str) -> list[str]:
    """Return the runs of letters, digits and their marks; signs mean nothing to the search."""
    spaced = "".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in text)
    return [word for word in spaced.split() if any(each.isalnum() for each in word)]


def _vocabulary(page: BasePage, language: str) -> set[str]:
    """Return every word of the page in that language, plain."""
    return {_plain(word) for text in _texts(page, language) for word in words_of(text)}


def _texts(page: BasePage, language: str) -> Iterator[str]:
    others = tuple(localized("", code) for code in CODES if code != language)
    for field in type(page).get_search_fields():
        if isinstance(field, index.SearchField) and not field.field_name.endswith(others):
            value = field.get_value(page)
            yield " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _plain(word: str) -> str:
    """Return the word without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
