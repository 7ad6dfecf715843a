"""A version of a draft text at its own address, and each of its paragraphs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultations.conversation.about import LARGEST_NUMBER
from consultations.conversation.pages import frame
from consultations.drafts.links import beside_asked_for, with_beside
from consultations.drafts.presenting import Shown, draft_context, paragraph_context
from consultations.models import ConsultationPage
from consultations.presenting.reader import reader_of
from consultations.views import find_consultation
from partnership.pages.languages import active


@require_safe
def newest_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Lead to the last version of a text."""
    _refuse_huge(number)
    consultation = find_consultation(slug)
    draft = consultation.draft_texts.current().filter(number=number).first()
    if draft is None:
        raise Http404
    draft.consultation = consultation
    return redirect(draft)


@require_safe
def draft_page(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    """Show a version, the comments on each paragraph, and what became of those before."""
    consultation, shown = _found(slug, number, version)
    if slug != consultation.slug_in(active()):
        return redirect(_with_query(shown.draft.get_absolute_url(), request))
    reader = reader_of(request, consultation)
    context = {
        **frame(request, consultation),
        **draft_context(shown, reader, request.GET),
    }
    return render(request, "drafts/draft.html", context)


@require_safe
def paragraph_page(
    request: HttpRequest, slug: str, number: int, version: int, paragraph: int
) -> HttpResponse:
    """Show a paragraph with everything that is said about it."""
    consultation, shown = _found(slug, number, version)
    found = next((each for each in shown.standing if each.number == paragraph), None)
    if found is None:
        raise Http404
    if slug != consultation.slug_in(active()):
        return redirect(_with_query(found.get_absolute_url(), request))
    reader = reader_of(request, consultation)
    framed: dict[str, Any] = frame(request, consultation)
    place = f"{shown.draft.get_absolute_url()}#{found.anchor}"
    draft = {"title": shown.draft, "url": with_beside(place, beside_asked_for(request.GET))}
    context = {
        **framed,
        "ancestors": [*framed["ancestors"], draft],
        **paragraph_context(shown, found, reader, request.GET),
    }
    return render(request, "drafts/paragraph.html", context)


def _found(slug: str, number: int, version: int) -> tuple[ConsultationPage, Shown]:
    _refuse_huge(number, version)
    consultation = find_consultation(slug)
    shown = Shown.find(consultation, number, version)
    if shown is None:
        raise Http404
    return consultation, shown


def _refuse_huge(*numbers: int) -> None:
    if max(numbers) > LARGEST_NUMBER:
        raise Http404


def _with_query(address: str, request: HttpRequest) -> str:
    return f"{address}?{request.GET.urlencode()}" if request.GET else address
