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


class CodeSpentBefore(CodeSpent):
    """The same, told to whoever types in a sheet of paper."""

    code = "code_spent_before"
    sentence = _(
        "This code has been used, on another sheet or on the site: whoever it belongs to is "
        "counted already. This sheet is not counted."
    )


class CodeMissing(CodeRefused):
    """A sheet of paper where everybody has one code."""

    code = "code_missing"
    sentence = _("Type the code that stands on the sheet. Without one a sheet is not counted.")


class CodeNotOfSheet(CodeRefused):
    """A sheet that is taken out gives back its own code and no other one."""

    code = "code_not_of_sheet"
    sentence = _(
        "This is not the code of the sheet. Nothing was changed; leave the code out, or compare "
        "it with the paper."
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


class NotSure(Refused):
    """A whole sheet is withdrawn by nobody in passing."""

    code = "not_sure"
    field = "is_sure"

    def __init__(self) -> None:
        super().__init__(_("Tick that you are sure. Nothing was withdrawn."))


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
