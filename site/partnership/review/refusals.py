"""Why a review is not answered."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class ReviewIsOver(Refused):
    """Somebody of the city answered first, or the review was called off."""

    code = "review_is_over"

    def __init__(self) -> None:
        super().__init__(_("Somebody has answered already, or the review was called off."))


class NotYourCity(Refused):
    """Only those who edit pages for the asked city answer for it; not even administrators do."""

    code = "not_your_city"

    def __init__(self) -> None:
        super().__init__(_("Only an editor who works for the city that is asked can answer."))


class OnePersonOneCity(Refused):
    """Whoever has signed this version for one city cannot sign it for another."""

    code = "one_person_one_city"

    def __init__(self) -> None:
        super().__init__(
            _("You have signed this version for one city already. Somebody else must sign next.")
        )


class PageHasChanged(Refused):
    """What the reader has on the screen is not what would be published."""

    code = "page_has_changed"

    def __init__(self) -> None:
        super().__init__(
            _("The page was changed while you were reading. This is the new version: look again.")
        )


class SayWhatToChange(Refused):
    """A request for changes without words helps nobody."""

    code = "say_what_to_change"
    field = "comment"

    def __init__(self) -> None:
        super().__init__(_("Say what should be changed."))
