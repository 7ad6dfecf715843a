"""Health, and the page for a form that was open for too long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_is_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form must be sent again (Django calls this when the CSRF check fails)."""
    return render(request, "403_csrf.html", status=403)
