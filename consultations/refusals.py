"""Why something cannot be done in a consultation, in sentences for the reader."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnership.refusals import Refused


class NotPossibleNow(Refused):
    """The consultation does not take this at the moment; the form itself was right."""

    code = "not_possible_now"


class NotOpenYet(NotPossibleNow):
    """The first instant is still to come."""

    code = "not_open_yet"

    def __init__(self) -> None:
        super().__init__(_("This consultation has not opened yet."))


class ConsultationClosed(NotPossibleNow):
    """The last instant has passed, or the page was taken down."""

    code = "consultation_closed"

    def __init__(self) -> None:
        super().__init__(_("This consultation has closed. What you sent was not counted."))


class PhaseDoesNotAllow(NotPossibleNow):
    """The consultation is open, but this is no part of the phase it is in."""

    code = "phase_does_not_allow"

    def __init__(self) -> None:
        super().__init__(_("This phase of the consultation does not take that."))


class WrongChoice(Refused):
    """None of the choices that were offered."""

    code = "wrong_choice"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(_("Choose one of the answers offered here."), field=field)


class BoardNotThere(Refused):
    """Readers do not see this board (any more), or it belongs to another consultation."""

    code = "board_not_there"

    def __init__(self) -> None:
        super().__init__(_("This board is not there any more."))


class ParagraphNotThere(Refused):
    """Readers do not see this paragraph, or a later version of its text."""

    code = "paragraph_not_there"

    def __init__(self) -> None:
        super().__init__(
            _("There is a later version of this text now. Comment on the paragraph there.")
        )


class StatementNotThere(Refused):
    """Readers do not see this statement (any more)."""

    code = "statement_not_there"

    def __init__(self) -> None:
        super().__init__(_("This statement is not in the consultation any more."))


class StatementEmpty(Refused):
    """A statement in which nothing can be read."""

    code = "statement_empty"
    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write your statement first."))


class AnswerMissing(Refused):
    """A question that must be answered was not."""

    code = "answer_missing"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("This question needs an answer."), field=field)


class NothingAnswered(Refused):
    """A form without a single answer."""

    code = "nothing_answered"

    def __init__(self) -> None:
        super().__init__(_("Answer at least one question."))


class OtherMissing(Refused):
    """“Other” was chosen and nothing said about it."""

    code = "other_missing"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("You chose “Other”: write what you mean."), field=field)


class OtherNotChosen(Refused):
    """Words of one's own beside another option."""

    code = "other_not_chosen"

    def __init__(self, *, field: str) -> None:
        super().__init__(
            _("You chose another answer above. Choose “Other”, or clear these words."), field=field
        )


class PlaceGivenTwice(Refused):
    """Two options on the same place of a ranking."""

    code = "place_given_twice"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Give each place to one option only."), field=field)


class NumberNotUnderstood(Refused):
    """Not a number, or not within the bounds."""

    code = "number_not_understood"

    def __init__(self, question: Any) -> None:
        low, high = question.number_min, question.number_max
        if low is not None and high is not None:
            message = _("Write a number from %(low)s to %(high)s, with at most two decimals.")
        elif low is not None:
            message = _("Write a number of at least %(low)s, with at most two decimals.")
        elif high is not None:
            message = _("Write a number of at most %(high)s, with at most two decimals.")
        else:
            message = _("Write a number, with at most two decimals and without other signs.")
        bounds = {"low": as_written(low), "high": as_written(high)}
        super().__init__(message % bounds, field=question.identifier)


def as_written(number: Any) -> str:
    """A bound as the reader writes it, without decimals it does not have."""
    if number is None:
        return ""
    decimals = max(0, -number.normalize().as_tuple().exponent)
    return number_format(number, decimals)


class DayNotUnderstood(Refused):
    """Not a day of any calendar."""

    code = "day_not_understood"

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Write the day as year-month-day, for example 2027-05-31."), field=field)


class PointNotUnderstood(Refused):
    """Not two coordinates on this planet."""

    code = "point_not_understood"

    def __init__(self, *, field: str) -> None:
        super().__init__(
            _("Write latitude and longitude, for example 41.6523, -3.2871."), field=field
        )


class AccountNeeded(NotPossibleNow):
    """A guest, where only people with an account take part."""

    code = "account_needed"

    def __init__(self) -> None:
        super().__init__(_("Only people with an account take part here."))


class CodeNeeded(NotPossibleNow):
    """Somebody without a code of their city, where only those with one take part."""

    code = "code_needed"

    def __init__(self) -> None:
        super().__init__(_("Only people with a code from their city take part here."))


class AnsweredForGood(NotPossibleNow):
    """Who has answered anonymously has answered once and for all."""

    code = "answered_for_good"

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have answered already. Nobody knows which answers are yours, so they cannot "
                "be changed."
            )
        )


class NothingKept(Refused):
    """Anonymous answers are not kept unfinished: they would lie beside a name."""

    code = "nothing_kept"

    def __init__(self) -> None:
        super().__init__(_("Anonymous answers are not kept unfinished. Send them in one go."))


class DraftTooLong(Refused):
    """More than a form is long."""

    code = "draft_too_long"

    def __init__(self) -> None:
        super().__init__(_("This is too long to be kept. Shorten the longest text."))


class SheetNumberMissing(Refused):
    """A sheet nobody could find again."""

    code = "sheet_number_missing"
    field = "sheet"

    def __init__(self) -> None:
        super().__init__(_("Write a number on the sheet, and type it here."))


class SheetKnown(Refused):
    """This number was typed in before."""

    code = "sheet_known"
    field = "sheet"

    def __init__(self, response: Any) -> None:
        words = _("This sheet is counted already: %(name)s typed it in on %(day)s.")
        name, day = response.entered_by or "–", date_format(response.created_at, "DATE_FORMAT")
        super().__init__(words % {"name": name, "day": day})


class TextTooLong(Refused):
    """More characters than there is room for."""

    code = "text_too_long"

    def __init__(self, *, longest: int, field: str = "text") -> None:
        message = ngettext(
            "Please make it shorter: at most %(count)d character.",
            "Please make it shorter: at most %(count)d characters.",
            longest,
        )
        super().__init__(message % {"count": longest}, field=field)


class CommentTooLong(TextTooLong):
    """A comment with more characters than there is room for."""

    code = "comment_too_long"


class CommentEmpty(Refused):
    """A comment in which nothing can be read."""

    code = "comment_empty"
    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write your comment first."))


class WrongLanguage(Refused):
    """Not a language of this partnership."""

    code = "wrong_language"
    field = "language_code"

    def __init__(self) -> None:
        super().__init__(_("Choose one of the languages of this site."))


class ReplyNotPossible(Refused):
    """The comment cannot be replied to: it is a reply, gone, or somewhere else."""

    code = "reply_not_possible"

    def __init__(self) -> None:
        super().__init__(_("That comment cannot be replied to. Write a comment of your own."))


class CommentNotThere(Refused):
    """Readers do not see this comment (any more), or it is somebody else's."""

    code = "comment_not_there"

    def __init__(self) -> None:
        super().__init__(_("This comment is not in the conversation any more."))


class EditingOver(NotPossibleNow):
    """The fifteen minutes have passed, or a moderator has hidden it."""

    code = "editing_over"

    def __init__(self) -> None:
        super().__init__(
            _("The time for changing these words is over. You can withdraw the comment.")
        )


class OwnComment(Refused):
    """One's own comment is neither supported nor reported."""

    code = "own_comment"

    def __init__(self) -> None:
        super().__init__(_("This is your own comment."))


class ReasonNotKnown(Refused):
    """None of the reasons for a report."""

    code = "reason_not_known"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Choose what is wrong with it."))


class AlreadyModerated(Refused):
    """Somebody else decided in the meantime."""

    code = "already_moderated"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has decided about this in the meantime."))


class NothingToKeep(Refused):
    """Left as it is, though nobody sees it yet."""

    code = "nothing_to_keep"

    def __init__(self) -> None:
        super().__init__(_("Nobody sees it yet: publish it or hide it."))


class ReasonMissing(Refused):
    """Hidden without a word to the author."""

    code = "reason_missing"
    field = "reason"

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _("Write the reason, or choose one; the author receives it."))
