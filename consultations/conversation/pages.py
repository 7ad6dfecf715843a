"""Two pages for everybody: a comment with all its replies, and a statement with its comments."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from consultations import answered
from consultations.conversation.about import LARGEST_NUMBER
from consultations.deciding import deciding, there_at_the_close
from consultations.disclosure import shows_statement_figures
from consultations.enums import Act, VoteChoice
from consultations.joined import with_joined
from consultations.models import ConsultationPage, Statement
from consultations.presenting import figures, votes
from consultations.presenting.conversation import conversation, whole_thread
from consultations.presenting.head import ancestors
from consultations.presenting.reader import Reader, reader_of
from consultations.snapshots.reading import latest, statement_figures
from consultations.views import find_consultation
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.access import open_to_all
from partnership.pages.languages import active
from partnership.pages.small_pictures import small_picture
from partnership.serving import fresh_until

#: What ``with_picture()`` of boards brings.
BOARD_SIZE = "fill-640x420"


def frame(request: HttpRequest, consultation: ConsultationPage) -> dict[str, Any]:
    """What pages of something in a consultation show around their subject."""
    request.slug_owner = consultation  # type: ignore[attr-defined]  # for language_links()
    fresh_until(request, *consultation.turning_points)
    url = consultation.get_url(request)
    above = ancestors(consultation, request)
    return {
        "consultation": consultation,
        "url": url,
        "ancestors": [*above, {"title": consultation.title, "url": url}],
        "may_comment": consultation.allows(Act.COMMENT),
    }


@require_safe
def thread_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a comment and every reply to it, twenty to a page."""
    consultation = find_consultation(slug)
    reader = reader_of(request, consultation)
    shown = consultation.contributions.shown().threads().with_authors()
    shown = shown.with_translation_into(active())
    thread = get_object_or_404(shown.with_answer_of(reader.participant), pk=pk)
    if thread.is_idea:
        return redirect(thread.replies_url)
    context = whole_thread(consultation, thread, request.GET.get("page"), reader)
    return render(
        request, "consultations/thread_page.html", {**frame(request, consultation), **context}
    )


@require_safe
def statement_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one statement: how the cities stand, if the reader may know, and what was said."""
    if number > LARGEST_NUMBER:
        raise Http404
    consultation = find_consultation(slug)
    reader = reader_of(request, consultation)
    statements = with_joined(consultation.statements.published().for_cards(), "tallies")
    statement = next((entry for entry in statements if entry.number == number), None)
    if statement is None:
        raise Http404
    threads = consultation.contributions.shown().threads().filter(statement=statement)
    talk = conversation(
        consultation, request.GET, {}, total=threads.count(), reader=reader, statement=statement
    )
    context = {
        **frame(request, consultation),
        "statement": statement,
        "answers": answered.to_statement(consultation, statement),
        "board": _board(statement),
        "conversation": talk,
        "entry": {"statement": statement, "own": _own_answer(reader, statement)},
        "may_vote": consultation.allows(Act.VOTE),
        "row": _figures(request, consultation, statements, statement, reader),
    }
    return render(request, "consultations/statement_page.html", context)


def _board(statement: Statement) -> dict[str, Any] | None:
    """The drawing a statement is about, and the way to it; one query."""
    boards: Any = Statement._meta.get_field("board").related_model
    shown = boards.objects.published().with_picture().select_related("event")
    shown = shown.filter(open_to_all("event__"), event__live=True)
    board = shown.filter(pk=statement.board_id).first()
    if board is None:
        return None
    return {
        "board": board,
        "image": small_picture(board, "drawing", BOARD_SIZE),
        "url": board.get_absolute_url(),
    }


def _own_answer(reader: Reader, statement: Statement) -> str:
    choice = reader.votes.get(statement.pk)
    return str(VoteChoice(choice).label) if choice else ""


def _figures(
    request: HttpRequest,
    consultation: ConsultationPage,
    statements: list[Statement],
    statement: Statement,
    reader: Reader,
) -> dict[str, Any] | None:
    """The row of the chart; None while this reader may not see it."""
    is_shown = shows_statement_figures(
        consultation,
        resident=reader.resident,
        votes=len(reader.votes),
        statements=len(votes.asked_about(statements)),
    )
    if not is_shown:
        return None
    cities = there_at_the_close(consultation, once(request, cities_of_the_site))
    decide = deciding(consultation, cities)
    results = statement_figures(latest(consultation), [statement], cities, decide=decide)
    return figures.ground_rows(results, {})[0]
