"""Why a review is not answered."""

from django.utils.translation import gettext_lazy as _

from partnership.ledger.refusals import NotYourCity, OnePersonOneCity, SayWhatToChange
from partnership.refusals import Refused

__all__ = (
    "NotYourCity",
    "OnePersonOneCity",
    "PageHasChanged",
    "ReviewIsOver",
    "SayWhatToChange",
)


class ReviewIsOver(Refused):
    """Somebody of the city answered first, or the review was called off."""

    code = "review_is_over"

    def __init__(self) -> None:
        super().__init__(_("Somebody has answered already, or the review was called off."))


class PageHasChanged(Refused):
    """What the reader has on the screen is not what would be published."""

    code = "page_has_changed"

    def __init__(self) -> None:
        super().__init__(
            _("The page was changed while you were reading. This is the new version: look again.")
        )
