"""The page of one board."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from events.boards.models import Board
from events.boards.presenting import board_context
from events.boards.querysets import ALONE
from events.presenting import ancestors
from events.views import find_event
from partnership.pages.languages import active

LARGEST_NUMBER = 32_767


@require_safe
def board_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a board, the statements to vote on, and the other boards of its event."""
    event = find_event(slug)
    if number > LARGEST_NUMBER:
        raise Http404
    board = Board.objects.published().with_picture(ALONE).filter(event=event, number=number).first()
    if board is None:
        raise Http404
    board.event = event
    if slug != event.slug_in(active()):
        return redirect(board)
    request.slug_owner = event  # for language_links()
    url = event.get_url(request)
    above = [*ancestors(event), {"title": event.title, "url": url}]
    context = {"event": event, "event_url": url, "ancestors": above, **board_context(board)}
    return render(request, "boards/board.html", context)
