"""Why a disagreement does not move, and why the cities are not asked."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class NoPathway(Refused):
    """Without agreed steps there are no clocks."""

    code = "no_pathway"

    def __init__(self) -> None:
        super().__init__(_("Write the steps of a disagreement on the page of contacts first."))


class NotItsCity(Refused):
    """Only those who work for one of its cities move it, and for that city."""

    code = "not_its_city"
    field = "city"

    def __init__(self) -> None:
        super().__init__(_("Choose a city of this disagreement that you work for."))


class MovedMeanwhile(Refused):
    """Somebody else pressed first."""

    code = "moved_meanwhile"

    def __init__(self) -> None:
        super().__init__(_("Somebody has moved it on since you opened this. Look at it again."))


class IsOver(Refused):
    """What has an outcome does not move."""

    code = "is_over"

    def __init__(self) -> None:
        super().__init__(_("This disagreement is over."))


class LastStep(Refused):
    """After the last step there is only an outcome."""

    code = "last_step"

    def __init__(self) -> None:
        super().__init__(_("This is the last step: say how it ended."))


class NotInEveryLanguage(Refused):
    """Both sides read it, each in their language."""

    code = "not_in_every_language"

    def __init__(self) -> None:
        super().__init__(_("Write it in every language."))


class NotYoursToWithdraw(Refused):
    """Who raised a matter takes it back, and nobody else."""

    code = "not_yours_to_withdraw"
    field = "outcome_kind"

    def __init__(self) -> None:
        super().__init__(_("Only the city that raised it can withdraw it."))


class ChangeWaits(Refused):
    """The cities answer one question at a time."""

    code = "change_waits"

    def __init__(self) -> None:
        super().__init__(
            _("The cities are asked about this disagreement already. Wait for their signatures.")
        )


class NotLater(Refused):
    """An extension gives more time."""

    code = "not_later"
    field = "until"

    def __init__(self) -> None:
        super().__init__(_("Choose a day to come that is later than the last day now."))


class NotMoreOpen(Refused):
    """Only to show more, every city is asked."""

    code = "not_more_open"
    field = "confidentiality"

    def __init__(self) -> None:
        super().__init__(_("Readers see that much already. To show less, edit the disagreement."))


class ChangeIsOver(Refused):
    """The step it was about was left, or it was called off."""

    code = "change_is_over"

    def __init__(self) -> None:
        super().__init__(_("This is not asked any more."))
