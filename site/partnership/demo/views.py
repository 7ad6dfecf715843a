"""The demo's mail reader, so that the journey through a mail needs no mail server."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership.demo import mailbox

View = Callable[..., HttpResponse]


def only_from_this_machine(view: View) -> View:
    """Answer 404 to anybody else: other people's codes are in these mails."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            is_local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
        except ValueError:
            is_local = False
        if not is_local:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_from_this_machine
@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mails of the demo, the newest first."""
    return render(request, "demo/mail.html", {"letters": mailbox.letters()})


@only_from_this_machine
@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show the text of one mail."""
    letter = mailbox.letter(name)
    if letter is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": letter})
