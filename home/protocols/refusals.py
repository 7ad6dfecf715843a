"""Why a version of a protocol is not begun, changed or sent to be signed."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class DraftExists(Refused):
    """The next version is written once."""

    code = "draft_exists"

    def __init__(self) -> None:
        super().__init__(_("The next version of this protocol is begun already."))


class VersionIsSigned(Refused):
    """What every city has signed never changes."""

    code = "version_is_signed"

    def __init__(self) -> None:
        super().__init__(_("Every city has signed this version: write the next one."))


class VersionNotReady(Refused):
    """Something is missing that every city has to read before it signs."""

    code = "version_not_ready"

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(
            _("This version cannot be signed yet. %(reasons)s")
            % {"reasons": "; ".join(self.reasons)}
        )
