"""Why a guest's address is not confirmed, or is not a guest's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class WrongCode(Refused):
    """Not the code from the newest mail."""

    code = "wrong_code"
    field = "code"
    words: Any = _("This is not the code we sent. Look at the newest mail.")

    def __init__(self) -> None:
        super().__init__(self.words)


class AccountClosed(WrongCode):
    """The right code, which opens nothing: the account with this address was closed."""

    code = "account_closed"
    words = _("This account is closed.")


class CodeExpired(Refused):
    """The code is too old, was tried too often, or was never asked for in this browser."""

    code = "code_expired"
    words: Any = _("This code is too old. Nothing is lost: please send the form again.")

    def __init__(self) -> None:
        super().__init__(self.words)


class AddressUsedUp(CodeExpired):
    """Somebody tried too many codes of this address, perhaps somebody else."""

    code = "address_used_up"
    words = _(
        "Too many wrong codes were typed for this address. Wait an hour. If it was not you, the"
        " newest mail with a code has a link with which you need not wait."
    )


class AddressHasAccount(Refused):
    """The address is an account's: what it did is seen there."""

    code = "address_has_account"
    words = _("This address has an account. Sign in: there you see and erase everything.")

    def __init__(self) -> None:
        super().__init__(self.words)
