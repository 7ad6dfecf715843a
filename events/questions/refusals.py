"""Why somebody cannot ask, support or come in, in words they can act on."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class NoTimeForQuestions(Refused):
    """It has not opened yet, or it is over."""

    code = "no_time_for_questions"

    def __init__(self) -> None:
        super().__init__(_("Questions cannot be asked or supported at the moment."))


class QuestionNotThere(Refused):
    """Hidden, answered or gone in the meantime."""

    code = "question_not_there"

    def __init__(self) -> None:
        super().__init__(_("This question was answered or taken away in the meantime."))


class QuestionTakenUp(Refused):
    """It stands on the wall, or was answered: other people have heard it."""

    code = "question_taken_up"

    def __init__(self) -> None:
        super().__init__(
            _("Your question was taken up already, so it cannot be withdrawn any more.")
        )


class WrongHallCode(Refused):
    """Not the code on the wall of this event, or of any that goes on."""

    code = "wrong_hall_code"
    field = "code"

    def __init__(self) -> None:
        super().__init__(_("This is not the code on the wall. It has six letters."))


class AddressOfStaff(Refused):
    """An account that needs more than a code sent to its address."""

    code = "address_of_staff"

    def __init__(self) -> None:
        super().__init__(_("This address has an account that signs in. Please sign in instead."))


class NoReason(Refused):
    """Whoever asked may want to know why nobody sees it."""

    code = "no_reason"

    def __init__(self) -> None:
        super().__init__(_("Choose the reason."))
