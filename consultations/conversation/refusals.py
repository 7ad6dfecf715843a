"""Why words cannot be about what their writer was looking at, and what they would be about."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class AnsweredGone(Refused):
    """The comment or idea that somebody was replying to is hidden or withdrawn."""

    code = "answered_gone"

    def __init__(self) -> None:
        super().__init__(
            _(
                "What you replied to is not in the conversation any more. Your words would be "
                "a comment on the consultation as a whole. Send them if you want that."
            )
        )


class StatementGone(Refused):
    """Readers do not see the statement any more."""

    code = "statement_gone"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This statement is not in the consultation any more. Your comment would be about "
                "the consultation as a whole. Send it if you want that."
            )
        )


class BoardGone(Refused):
    """Readers do not see the board any more."""

    code = "board_gone"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This board is not there any more. Your comment would be about "
                "the consultation as a whole. Send it if you want that."
            )
        )


class TextGone(Refused):
    """Readers do not see the draft text any more, or it never had the paragraph."""

    code = "text_gone"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This paragraph is not there any more. Your comment would be about "
                "the consultation as a whole. Send it if you want that."
            )
        )
