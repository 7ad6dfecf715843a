"""Why something is not signed; the review of pages says no in the same words."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class NotYourCity(Refused):
    """Only those who work for the asked city answer for it; not even administrators do."""

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


class SayWhatToChange(Refused):
    """A request for changes without words helps nobody."""

    code = "say_what_to_change"
    field = "comment"

    def __init__(self) -> None:
        super().__init__(_("Say what should be changed."))


class RequestIsOver(Refused):
    """Every city has signed, somebody asked for changes, or it was called off."""

    code = "request_is_over"

    def __init__(self) -> None:
        super().__init__(_("This request is over: nothing can be signed here any more."))


class ContentHasChanged(Refused):
    """What would be signed is not what the reader has on the screen."""

    code = "content_has_changed"

    def __init__(self) -> None:
        super().__init__(
            _("It was changed after the cities were asked. They have to be asked again.")
        )


class CitiesHaveChanged(ContentHasChanged):
    """Not a word is another, but a signature names the cities that sign, too."""

    code = "cities_have_changed"

    def __init__(self) -> None:
        Refused.__init__(
            self,
            _("A city has joined or left since the cities were asked. All have to be asked again."),
        )


class CityHasSigned(Refused):
    """Somebody of the same city was first."""

    code = "city_has_signed"

    def __init__(self) -> None:
        super().__init__(_("Somebody has signed for this city already."))


class AlreadyAsked(Refused):
    """The cities are looking at exactly this."""

    code = "already_asked"

    def __init__(self) -> None:
        super().__init__(_("The cities are asked about this already."))


class NothingNewToSign(Refused):
    """Every city has signed exactly this."""

    code = "nothing_new_to_sign"

    def __init__(self) -> None:
        super().__init__(_("Every city has signed this as it is. Nothing has changed since."))
