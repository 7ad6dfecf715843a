"""Why a guardian cannot be asked, or cannot answer any more."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class GuardianUnreachable(Refused):
    """A guardian who is asked by mail has a name and an address."""

    code = "guardian_unreachable"

    def __init__(self, field: str) -> None:
        sentence = _("Under 18 you need a parent or guardian: write their name and their e-mail.")
        super().__init__(sentence, field=field)


class GuardianIsYourself(Refused):
    """The address of whoever signs up: a mail there would ask nobody else."""

    code = "guardian_is_yourself"
    field = "guardian_email"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Write the address of your parent or guardian, not your own: a mail to yours would "
                "ask nobody but you. If your family has only one, write to your city; its address "
                "is at the foot of this page."
            )
        )


class AskedTooOften(Refused):
    """One address, several times a day."""

    code = "guardian_asked_too_often"
    field = "guardian_email"

    def __init__(self) -> None:
        super().__init__(
            _("This address was asked several times today already. Try again tomorrow.")
        )


class GuardianLinkOver(Refused):
    """Answered, given up, or another address was asked since."""

    code = "guardian_link_over"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link does not wait for an answer any more: it was used, its time is over, "
                "or the place was given back. There is nothing left to do."
            )
        )


class ConsentHasChanged(Refused):
    """What they agreed to is not what is asked now."""

    code = "consent_has_changed"

    def __init__(self) -> None:
        super().__init__(_("Something about the event has changed meanwhile: please read again."))


class NoConsentToRecord(Refused):
    """Nobody waits for a guardian here."""

    code = "no_consent_to_record"

    def __init__(self) -> None:
        super().__init__(_("This place does not wait for a guardian any more."))


class GuardianHasNotConfirmed(Refused):
    """At the door: a minor whose guardian has not answered."""

    code = "guardian_has_not_confirmed"

    def __init__(self) -> None:
        super().__init__(
            _("Not yet confirmed by the guardian. If you have their consent on paper, record it.")
        )
