"""The partner languages: their codes, their own names, the columns that hold them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse, translate_url
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

CODES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
DEFAULT: str = CODES[0]
#: The pair the migrations were written with; see ``migrations_for_languages``.
REFERENCE = ("en", "es")
#: The language that is read beside one's own.
BESIDE = "beside"
#: What the switcher carries over to the other language: searching, filtering, paging.
KEPT_PARAMETERS = (
    *("q", "page", "comments", "order", "city", "kind", "theme", "status", "when"),
    *("language", "month", "since", "free", "speaking", "voice", "back", BESIDE),
    *("neighbourhood", "outcome", "in", "serves", "year", "led_by", "state"),
)
WRITTEN_WITH_A_CAPITAL = ("en", "de", "nl")  # languages that write names of languages so


def own_name(code: str) -> str:
    """Return what the language calls itself: ``own_name("es")`` is Español."""
    return dict(settings.LANGUAGES)[code]


def name_in_words(code: str) -> str:
    """Return what the reader calls the language, as inside a sentence: Spanish, español.

    Where our sentences stand in for a language without a catalogue it is the name they use.
    """
    with translation.override(_language_of_sentences()):
        try:
            name = str(translation.get_language_info(code)["name_translated"])
        except KeyError:  # a language Django has no name for
            return code
        said_in = (translation.get_language() or DEFAULT).partition("-")[0]
        return name if said_in in WRITTEN_WITH_A_CAPITAL else name.lower()


def _language_of_sentences() -> str:
    """Return the active language, or the one in which our sentences stand in for it."""
    from partnership.interface.catalogues import language_of  # which asks for our languages

    return language_of("Write this in %(language)s before publishing.")


def localized(field: str, code: str) -> str:
    """Return the column of a field in one language: ``title_es``."""
    return build_localized_fieldname(field, code)


def field_names(field: str) -> list[str]:
    """Return the columns of a field in every partner language, in their order."""
    return [localized(field, code) for code in CODES]


def active() -> str:
    """Return the partner language being read now; the first one when it is none of them."""
    language = (translation.get_language() or DEFAULT).lower()
    if language in CODES:
        return language
    base = language.split("-")[0]
    return base if base in CODES else DEFAULT


def known_or_default(code: str | None) -> str:
    """Return the language somebody reads mails in; the first one where it is no partner's."""
    return code if code in CODES else DEFAULT


def known_or_active(code: str | None) -> str:
    """Return the language of an account; the one being read now where it is no partner's."""
    return code if code in CODES else active()


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return this page in every partner language: ``code``, ``name``, ``url``, ``current``.

    A Wagtail page is asked for its own addresses (a draft or preview too); any other view is
    found again under the other language's address. Where there is no twin, as on an error
    page, the link leads to that language's front page.
    """
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": f"{_address_in(code, request)}{_kept_query(request, code)}",
            "current": code == active(),
        }
        for code in CODES
    ]


def alternates(request: HttpRequest) -> list[dict[str, str]]:
    """Return ``code`` and full ``url`` of this page's twins for hreflang, x-default the last.

    Any other language's reader goes to the choice of languages from the front page, and to
    the first language from elsewhere.
    """
    twins = [
        {"code": code, "url": request.build_absolute_uri(_address_in(code, request))}
        for code in CODES
    ]
    is_front_page = _address_in(DEFAULT, request) == f"/{DEFAULT}/"
    default = request.build_absolute_uri("/") if is_front_page else twins[0]["url"]
    return [*twins, {"code": "x-default", "url": default}]


def _address_in(code: str, request: HttpRequest) -> str:
    page = getattr(request, "shown_page", None)
    if page is not None:
        return page.url_in(code, request) or f"/{code}/"
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        return f"/{code}/"  # nothing was found here
    owner = getattr(request, "slug_owner", None)
    if owner is not None:  # a page of that page's, such as one of its statements or its form
        kwargs = {**match.kwargs, "slug": owner.slug_in(code)}
        with translation.override(code):
            return reverse(match.view_name, kwargs=kwargs)
    address = translate_url(request.path, code)
    has_twin = address.startswith(f"/{code}/")
    return address if has_twin else f"/{code}/"


def _kept_query(request: HttpRequest, code: str) -> str:
    """Return what of the query string is a choice of what to read; tokens and texts are not.

    Who reads a second language beside theirs goes on reading both. A view adds what its form is
    about as ``request.form_is_about``, names and values.
    """
    kept = QueryDict(mutable=True)
    for name in KEPT_PARAMETERS:
        if name in request.GET:
            kept.setlist(name, request.GET.getlist(name))
    if kept.get(BESIDE) == code:
        kept[BESIDE] = active()
    for name, value in getattr(request, "form_is_about", {}).items():
        kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""
