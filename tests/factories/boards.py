"""Boards for tests: of a charrette next week, published in every language."""

from typing import Any

from events.boards.models import Board
from events.models import EventPage
from tests.factories.events import in_every_language, make_event
from tests.factories.reports import make_photo


def make_board(event: EventPage | None = None, title: str = "Shade street", **fields: Any) -> Board:
    """A published board of the event."""
    found = EventPage.objects.get(pk=(event or make_event()).pk)
    values = {
        "is_published": True,
        "drawing": fields.pop("drawing", None) or make_photo("Trees on the south side"),
        **in_every_language("title", title),
        **in_every_language("explanation", "Trees take the place of cars."),
    }
    return Board.objects.create(event=found, **{**values, **fields})
