"""Answer readers without a session from the cache; loosen the policy for the editor only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class AnonymousPageCache:
    """Placeholder until the cache lands: passes every request on."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class AdminPolicy:
    """Wagtail's editor still writes inline scripts and styles: allowed there and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {
                "script-src": ["'unsafe-inline'"],
                "style-src": ["'unsafe-inline'"],
                "frame-ancestors": ["'self'"],
            }
        return response
