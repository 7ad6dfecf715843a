"""The demo's boards, and which statements are about them."""

from datetime import timedelta
from typing import Any

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from events.boards.models import Board
from partnership.demo.drawings import make_photo
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.demo.words import translate

WORDS = ("title", "explanation")


def make_boards(events: dict[str, Any], people: DemoPeople, consultations: dict[str, Any]) -> None:
    """Put up the boards and join each with its statements and what people say about it."""
    for row in read("reports")["boards"]:
        board = Board.objects.create(
            event=events[row["event"]].eventpage_ptr,
            drawing=make_photo(row["drawing"], row["description"]),
            is_published=True,
            **columns(**{name: row[name] for name in WORDS}),
        )
        about = Statement.objects.filter(consultation=consultations[row["consultation"]])
        about.filter(number__in=row["statements"]).update(board=board)
        for number, said in enumerate(row.get("comments", ()), 1):
            _comment(board, consultations[row["consultation"]], said, number, people)


def _comment(
    board: Board, consultation: Any, said: dict[str, Any], number: int, people: DemoPeople
) -> None:
    """What somebody says about a board, some hours after the session."""
    author = people.participants[said["city"]][number]
    contribution = Contribution.objects.create(
        consultation=consultation,
        board=board,
        participant=author,
        city=author.resident.city,
        alignment=said["alignment"],
        language_code=said["language"],
        text=said["text"],
        publication_status=PublicationStatus.PUBLISHED,
        created_at=board.event.ends_at + timedelta(hours=5 * number),
    )
    translate(contribution, said, people)
