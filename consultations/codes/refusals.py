"""Why a code does not let somebody in, in sentences for the reader."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnership.refusals import Refused


class CodeRefused(Refused):
    """Something about the code that was typed; a sentence beside the field."""

    code = "code_refused"
    field = "code"
    sentence = _("This code cannot be used here.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class CodeUnknown(CodeRefused):
    """No code of ours."""

    code = "code_unknown"
    sentence = _(
        "We do not know this code. Compare it with your paper: twelve letters and digits. Capital "
        "or small letters and hyphens make no difference."
    )


class CodeSpent(CodeRefused):
    """A code lets one person in, once."""

    code = "code_spent"
    sentence = _(
        "This code has been used. If it was you, go on with the device you used it on, unless you "
        "finished there: then nobody can go on with it. If it was not you, ask your city hall for "
        "another one."
    )


class CodeWithdrawn(CodeRefused):
    """The city took it back, because the paper was lost."""

    code = "code_withdrawn"
    sentence = _("Your city has withdrawn this code. Ask your city hall for another one.")


class CodeOfAnother(CodeRefused):
    """A code of another consultation."""

    code = "code_of_another"
    sentence = _("This code belongs to another consultation; the paper says to which.")


class AlreadyAdmitted(CodeRefused):
    """One person needs one code; this one stays unused."""

    code = "already_admitted"
    sentence = _("You take part already. This code was not used; give it back to your city hall.")


class NumbersNotUnderstood(Refused):
    """Not numbers of slips."""

    code = "numbers_not_understood"
    field = "numbers"

    def __init__(self) -> None:
        super().__init__(_("Write the numbers of the slips, for example 4, 7-12."))


class WrongNumberOfCodes(Refused):
    """None, or more than anybody cuts."""

    code = "wrong_number_of_codes"
    field = "number"

    def __init__(self, most: int) -> None:
        message = ngettext(
            "Make at least one code, and at most %(count)d at a time.",
            "Make at least one code, and at most %(count)d at a time.",
            most,
        )
        super().__init__(message % {"count": most})
