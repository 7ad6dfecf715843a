"""What a reader sees of what was found: its kind, where it stands, and the words around."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from partnership.interface.templatetags.figures import number
from partnership.pages import finding
from partnership.pages.languages import active
from partnership.pages.models import BasePage
from partnership.pages.search import search_pages, texts_of
from partnership.pages.words import Wanted, places_of, says, wanted_of

PAGES_AT_ONCE = 10
EXCERPT_WORDS = 40
#: Signs of a longer text, and how many of them come before the first word that was looked for.
EXCERPT_SIGNS, SIGNS_BEFORE = 260, 80
SENTENCE_ENDS = ".!?:;,…»”’)"
#: Where page types keep their two sentences; the first that is written is shown.
SUMMARIES = ("search_description", "summary", "lead", "intro", "hero_lead")


def everything(asked: str, request: HttpRequest) -> dict[str, Any]:
    """Return a page of the pages, and beside the first one a few rows of every other kind."""
    wanted = wanted_of(asked, active())
    paginator = Paginator(search_pages(asked, language=active()), PAGES_AT_ONCE)
    page = paginator.get_page(request.GET.get("page"))
    found = finding.find(asked, language=active()) if page.number == 1 else []
    return {
        "found": page,
        "query": f"{urlencode({'q': asked})}&",
        "results": as_results(page, request, wanted),
        "groups": [_group(each, asked, wanted) for each in found],
    }


def _group(found: finding.Found, asked: str, wanted: Wanted) -> dict[str, Any]:
    return {
        "name": found.source.name,
        "heading": found.source.heading,
        "number": found.number,
        "rows": _rows(found.told, wanted),
        "url": _address(asked, found.source.name) if found.number > len(found.told) else "",
    }


def one_kind(asked: str, request: HttpRequest) -> dict[str, Any] | None:
    """Return a page of the rows of the kind that is asked for; None for no such kind."""
    kind = finding.pages_of(request.GET.get("in", ""), asked, language=active())
    if kind is None:
        return None
    source, paginator = kind
    page = paginator.get_page(request.GET.get("page"))
    label = _("%(kind)s: %(number)s")
    return {
        "found": page,
        "query": f"{urlencode({'q': asked, 'in': source.name})}&",
        "rows": _rows(map(source.tell, page), wanted_of(asked, active())),
        "choices": [
            {"label": _("Everything that was found"), "url": _address(asked)},
            {
                "label": label % {"kind": source.heading, "number": number(paginator.count)},
                "url": _address(asked, source.name),
                "current": True,
            },
        ],
    }


def _address(asked: str, kind: str = "") -> str:
    return f"?{urlencode({'q': asked} | ({'in': kind} if kind else {}))}"


def _rows(told: Iterable[finding.Told], wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {
            "told": each,
            "title": marked(each.title, wanted),
            "excerpt": marked(around(on_one_line(each.text), wanted), wanted),
        }
        for each in told
    ]


def as_results(
    pages: Iterable[BasePage], request: HttpRequest, wanted: Wanted
) -> list[dict[str, Any]]:
    """Return title, url, kind and excerpt of each page, in the reader's language."""
    return [
        {
            "title": marked(page.title, wanted),
            "url": page.get_url(request),
            "kind": page._meta.verbose_name,
            "excerpt": marked(why_found(page, wanted), wanted),
        }
        for page in pages
    ]


def excerpt(page: BasePage) -> str:
    """Return the beginning of what the page says about itself; empty when it says nothing."""
    texts = (getattr(page, name, "") for name in SUMMARIES)
    written = next((text for text in texts if text), "")
    return Truncator(written).words(EXCERPT_WORDS)


def why_found(page: BasePage, wanted: Wanted) -> str:
    """Return what the page says of itself, or the words around the first that is not there.

    A page is found by all of its text; where title and summary do not say why, a reader would
    have to open it to see.
    """
    summary = excerpt(page)
    shown = f"{page.title}\n{summary}"
    missing = tuple(forms for forms in wanted if not says(shown, (forms,)))
    if not missing:
        return summary
    texts = map(on_one_line, texts_of(page, active()))
    return next((around(text, missing) for text in texts if any_of(text, missing)), summary)


def any_of(text: str, wanted: Wanted) -> bool:
    """Whether the text says one of the words at least."""
    return any(True for _place in places_of(text, wanted))


def on_one_line(text: str) -> str:
    """Return the text without its lines; a heading is set apart from what follows it."""
    if hasattr(text, "__html__"):
        return text
    lines = [" ".join(line.split()) for line in text.splitlines()]
    written = [line for line in lines if line]
    ended = [line if line[-1] in SENTENCE_ENDS else f"{line} ·" for line in written[:-1]]
    return " ".join((*ended, *written[-1:]))


def around(text: str, wanted: Wanted) -> str:
    """Return the part of a text that has the first of the words; of a short one, all of it."""
    if len(text) <= EXCERPT_SIGNS:
        return text
    first = next((begins for begins, _ends in places_of(text, wanted)), 0)
    begins = text.rfind(" ", 0, max(first - SIGNS_BEFORE, 0)) + 1
    cut = text[begins : begins + EXCERPT_SIGNS]
    is_end = begins + EXCERPT_SIGNS >= len(text)
    whole_words = cut if is_end else f"{cut.rpartition(' ')[0] or cut} …"
    return f"… {whole_words}" if begins else whole_words


def marked(text: str, wanted: Wanted) -> str:
    """Return the text with the words that were looked for in <mark>, safe to be shown.

    What stands in for a text that is missing brings its own mark, that of its language.
    """
    if hasattr(text, "__html__"):
        return text
    shown, known = SafeString(), 0
    for begins, ends in places_of(text, wanted):
        shown += format_html("{}<mark>{}</mark>", text[known:begins], text[begins:ends])
        known = ends
    return shown + escape(text[known:])
