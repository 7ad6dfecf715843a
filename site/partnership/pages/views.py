"""The door of the site, and what it tells machines about its pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap

from partnership.pages.languages import CODES, own_name


@require_safe
@never_cache
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the front page in the reader's language; ask when we publish in none of theirs.

    Nothing but this and the picture of a code at the door looks at Accept-Language.
    """
    code = preferred_language(request.headers.get("Accept-Language", ""))
    if code:
        response: HttpResponse = HttpResponseRedirect(f"/{code}/")
    else:
        choices = [{"code": each, "name": own_name(each), "url": f"/{each}/"} for each in CODES]
        response = render(request, "pages/choose_language.html", {"choices": choices})
    patch_vary_headers(response, ("Accept-Language",))
    return response


def preferred_language(accepted: str) -> str | None:
    """Return the partner language a browser asks for first, None when it asks for none."""
    for wanted, _quality in parse_accept_lang_header(accepted):
        if wanted == "*":
            return None
        try:
            code = translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
        if code in CODES:
            return code
    return None


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language, each naming its twins."""
    return wagtail_sitemap(request)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where the sitemap is, and that the editors' door leads nowhere for machines."""
    lines = ("User-agent: *", "Disallow: /admin/", f"Sitemap: {_sitemap_address(request)}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _sitemap_address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/sitemap.xml")
