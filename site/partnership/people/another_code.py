"""What is said to whoever asks for another code; known and unknown addresses read the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

RESEND = "resend"


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the button below the code was pressed."""
    return request.POST.get("action") == RESEND


def say_it_was_sent(request: HttpRequest) -> None:
    """Say that only the newest code works."""
    messages.success(request, _("We have sent a new code. The earlier one no longer works."))


def say_nothing_waits(request: HttpRequest) -> None:
    """Say so to whoever sends a code that nothing waits for any more: twice, or too late.

    The first of two clicks gives the session another key, which the second one does not know yet.
    """
    if request.method == "POST":
        words = _(
            "No code is waited for in this browser any more. If you have just typed it, it counts;"
            " if not, please begin again."
        )
        messages.info(request, words)


def saying_so(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of allauth say it, which sends another code without a word.

    Asked for too often, that page is an error, and what was sent before stays good.
    """

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        address = unquote(answer.headers.get("Location", "").partition("?")[0])
        comes_back = address == request.path
        if is_asked_for(request) and comes_back:
            say_it_was_sent(request)
        return answer

    return telling
