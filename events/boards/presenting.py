"""What readers see of boards: all of them under the event, and each with its statements."""

from typing import Any

from events.boards.forms import DRAWN_AT
from events.boards.models import Board
from events.boards.querysets import ALONE, IN_LISTS, BoardQuerySet
from events.models import EventPage
from partnership.pages.small_pictures import small_picture


def boards_of(event: EventPage) -> list[dict[str, Any]]:
    """Return the published boards of an event at which people draw; one query, if it has any."""
    has_some = event.pk and event.kind in DRAWN_AT and getattr(event, "has_boards", True)
    if not has_some:
        return []
    boards: BoardQuerySet = event.boards.all()  # type: ignore[assignment]  # a manager's
    return [
        {
            "board": board,
            "image": small_picture(board, "drawing", IN_LISTS),
            "url": _address(board, event),
        }
        for board in boards.published().with_picture()
    ]


def _address(board: Board, event: EventPage) -> str:
    board.event = event  # at hand already: nobody asks for it again
    return board.get_absolute_url()


def board_context(board: Board) -> dict[str, Any]:
    """Everything the page of one board shows, in a number of queries that never grows."""
    statements: Any = board.statements  # the relation belongs to consultations
    return {
        "board": board,
        "image": small_picture(board, "drawing", ALONE),
        "statements": list(statements.public().select_related("consultation")),
        "others": [row for row in boards_of(board.event) if row["board"].pk != board.pk],
    }
