"""Nothing of staff opens to staff without a second step, where the site asks for one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.pages import languages
from partnership.people.identity import second_step
from partnership.people.second_factor import services

#: Where somebody was going, in their session.
WANTED = "second_factor.wanted"
View = Callable[..., HttpResponse]


def of_staff(view: View) -> View:
    """Decorate a view of staff that is no editing screen: at the door, for example."""
    view.is_of_staff = True  # type: ignore[attr-defined] # read below
    return view


class StaffSecondFactor:
    """Leads to the page that sets it up; a script is told that it may not.

    All editing screens stay shut, and the views that are ``of_staff``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        second_step.remember(request)
        if request.path_info.startswith("/admin/") and services.is_missing(request.user):
            return _led(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_given: Any) -> HttpResponse | None:
        """Lead away from what is ``of_staff``, too."""
        is_of_staff = getattr(view, "is_of_staff", False)
        return _led(request) if is_of_staff and services.is_missing(request.user) else None


def _led(request: Any) -> HttpResponse:
    with translation.override(languages.known_or_active(request.user.language_code)):
        is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        if is_script or not request.accepts("text/html"):
            words = _("Set up the second step first.")
            return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect(reverse("mfa_index"))
