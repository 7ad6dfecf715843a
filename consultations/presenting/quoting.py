"""What a comment is about, in its words and with the way to it."""

from typing import Any

from consultations.enums import Back, PublicationStatus

#: Where the words do not stand above the comment already.
WORDS_AWAY = frozenset((Back.CONVERSATION, Back.THREAD))


def board_address(comment: Any) -> str:
    """The way to the drawing it is about; empty where readers find none."""
    board = comment.board
    if board is None or not (board.is_published and board.event.live and comment.is_board_open):
        return ""
    return board.get_absolute_url()


def quoted(comment: Any, back: Back) -> str:
    """The words of the statement or the board it is about; empty for what readers do not see.

    A reply stands below the comment that says so.
    """
    statement = comment.statement
    if back not in WORDS_AWAY or comment.parent_id is not None:
        return ""
    if statement is not None:
        is_shown = statement.publication_status == PublicationStatus.PUBLISHED
        return statement.text if is_shown else ""
    return comment.board.title if board_address(comment) else ""
