"""Why an annual review is not begun, changed or sent to be signed."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class ReviewExists(Refused):
    """A roadmap is looked back on once."""

    code = "review_exists"
    field = "roadmap"

    def __init__(self) -> None:
        super().__init__(_("The review of this roadmap is begun already."))


class ReviewIsSigned(Refused):
    """What every city has signed never changes."""

    code = "review_is_signed"

    def __init__(self) -> None:
        super().__init__(_("Every city has signed this review: it never changes again."))


class ReviewNotReady(Refused):
    """Something is missing that every city has to read before it signs."""

    code = "review_not_ready"

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(
            _("This review cannot be signed yet. %(reasons)s")
            % {"reasons": "; ".join(self.reasons)}
        )
