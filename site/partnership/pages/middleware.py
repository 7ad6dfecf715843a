"""The language of a page is in its address and nowhere else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from partnership.pages.languages import CODES, DEFAULT
from partnership.pages.wording.foreign import mark_foreign_words, marked

EDITING = "/admin/"


class LanguageOfTheAddress:
    """Activate the language the address names; the first one where it names none.

    Django's own middleware asks cookies and Accept-Language, and redirects unknown addresses
    by them. Then one address would show two things and could not be kept in a cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        mark_foreign_words()  # by now every model is registered

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request.path_info)
        translation.activate(code)  # and left active: exports are streamed after we return
        request.LANGUAGE_CODE = code
        if request.path_info.startswith(f"/{code}/"):
            with marked():
                response = self.get_response(request)
        else:
            response = self.get_response(request)
            translation.activate(code)  # not the editor's own: files are the same for everybody
        response.headers.setdefault("Content-Language", translation.get_language() or code)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Begin in the editor's own language: Wagtail refuses outside the view, which is in it.

        Wagtail asks for the same row of this user, so that it costs nothing more.
        """
        if request.path_info.startswith(EDITING) and request.user.is_authenticated:
            profile = getattr(request.user, "wagtail_userprofile", None)
            if profile is not None:
                translation.activate(profile.get_preferred_language())


def language_of(path: str) -> str:
    """Return the partner language in whose part of the site the address is."""
    first_part = path.lstrip("/").split("/", 1)[0]
    return first_part if first_part in CODES else DEFAULT
