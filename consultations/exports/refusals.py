"""Why an export is not made."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class ReasonMissing(Refused):
    """Names and addresses leave the house only for a reason that is written down."""

    code = "reason_missing"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Say why names and e-mail addresses are needed. It is kept in the log."))


class InstantToCome(Refused):
    """What is there at an instant that has not come yet would be another file tomorrow."""

    code = "instant_to_come"
    field = "as_of"

    def __init__(self) -> None:
        super().__init__(_("Choose an instant that has passed."))


class NothingYet(Refused):
    """Before it opened there was nothing in a consultation."""

    code = "nothing_yet"
    field = "as_of"

    def __init__(self) -> None:
        super().__init__(
            _("Choose an instant after the opening: before it, nothing had been said.")
        )


class NotToBeFetched(Refused):
    """The file is not there yet, was fetched, or its minutes are over."""

    code = "not_to_be_fetched"

    def __init__(self) -> None:
        super().__init__(_("This file is gone: it can be fetched once, and for 10 minutes."))


class NotForStaff(Refused):
    """The person may export, but not what is personal."""

    code = "not_for_staff"
    field = "profile"

    def __init__(self) -> None:
        super().__init__(_("You may export the public profile only."))
