"""The demo's boards, and which statements are about them."""

from typing import Any

from consultations.models import Statement
from events.boards.models import Board
from partnership.demo.drawings import make_photo
from partnership.demo.texts import columns, read

WORDS = ("title", "explanation")


def make_boards(events: dict[str, Any], consultations: dict[str, Any]) -> None:
    """Put up the boards and join each with its statements."""
    for row in read("reports")["boards"]:
        board = Board.objects.create(
            event=events[row["event"]].eventpage_ptr,
            drawing=make_photo(row["drawing"], row["description"]),
            is_published=True,
            **columns(**{name: row[name] for name in WORDS}),
        )
        about = Statement.objects.filter(consultation=consultations[row["consultation"]])
        about.filter(number__in=row["statements"]).update(board=board)
