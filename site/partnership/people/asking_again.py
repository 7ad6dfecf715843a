"""Asking whoever is signed in once more who it is, before the page and not behind it."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

View = Callable[[HttpRequest], HttpResponse]


def asks_who_it_is(view: View) -> View:
    """Open a page of one's account only to whoever has said so in the last minutes.

    Allauth would keep a form that was sent later, and send it on for whoever confirms next: on a
    shared device that may be somebody else than who filled it in. So it is to be filled in again.
    """

    @login_required
    @wraps(view)
    def asking(request: HttpRequest) -> HttpResponse:
        try:
            raise_if_reauthentication_required(request, app="allauth.account")
        except ReauthenticationRequired:
            if request.method != "POST":
                raise
            messages.info(request, _("Nothing was done yet. First confirm that it is you."))
            return redirect(request.path)
        return view(request)

    return asking
