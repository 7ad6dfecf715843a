"""Error pages, health, the cities' inks, and pictures where no web server serves them."""

import logging
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from partnership.cities.inks import theme_of
from partnership.cities.models import City
from partnership.serving.health import why_not_ready
from partnership.serving.uploads import is_of_a_full_disk

logger = logging.getLogger(__name__)

DATABASE_IS_DOWN = (OperationalError, InterfaceError)
#: When even the template of the error page fails.
LAST_WORDS = "<!doctype html><html lang=en><title>Error</title><p>Please try again later."
ONE_YEAR = 31_536_000


def form_is_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form must be sent again (Django calls this when the CSRF check fails)."""
    return _page_of_the_site(request, 403, "403_csrf.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request makes no sense, without asking it anything: its host may be false."""
    return _page_without_records(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page is for others."""
    return _page_of_the_site(request, 403, "403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return _page_of_the_site(request, 404, "404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed; while nothing can be kept, that it will pass (503)."""
    if not _cannot_keep(sys.exception()):
        return _page_without_records(request, 500)
    response = _page_without_records(request, 503)
    response["Retry-After"] = "60"
    return response


def _cannot_keep(error: BaseException | None) -> bool:
    """Whether the database is away, or the disk is full that uploads go to."""
    return is_of_a_full_disk(error) or isinstance(error, DATABASE_IS_DOWN)


def _page_of_the_site(request: HttpRequest, status: int, template: str) -> HttpResponse:
    """Return the error inside the frame of the site; the frame asks the database."""
    with translation.override(_language_of(request)):
        return render(request, template, status=status)


def _page_without_records(request: HttpRequest, status: int) -> HttpResponse:
    """Return the error on a page that needs neither the database nor the request."""
    with translation.override(_language_of(request)):
        try:
            return HttpResponse(render_to_string(f"{status}.html"), status=status)
        except Exception:  # whatever broke it, the reader gets an answer
            logger.exception("The page for error %s cannot be made.", status)
            return HttpResponse(LAST_WORDS, status=status)


def _language_of(request: HttpRequest) -> str:
    """Return the language of the address, else the one the reader's browser asks for."""
    return translation.get_language_from_request(request, check_path=True)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; asks nobody else."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the site can write, else 503 and the reason, for whoever balances load."""
    reason = why_not_ready()
    status = 503 if reason else 200
    return HttpResponse(f"{reason or 'ready'}\n", content_type="text/plain", status=status)


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The inks the cities chose, as a style sheet; empty when they keep the house's own.

    The link to it carries the version of the inks, so browsers may keep it for good.
    """
    try:
        css = theme_of(City.objects.all())
    except DatabaseError:
        css = ""
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    kept = f"public, max-age={ONE_YEAR}, immutable" if "v" in request.GET else "no-cache"
    response["Cache-Control"] = kept
    return response


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Hand out an uploaded picture; only where no web server does (the demo)."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
