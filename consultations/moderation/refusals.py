"""Why something is not decided, appealed or removed."""

from django.utils.translation import gettext_lazy as _

from consultations.refusals import NotPossibleNow
from partnership.refusals import Refused


class AppealTooLate(NotPossibleNow):
    """The thirty days have passed."""

    code = "appeal_too_late"

    def __init__(self) -> None:
        super().__init__(_("You could appeal for 30 days. They are over."))


class AppealedAlready(NotPossibleNow):
    """Once for each decision."""

    code = "appealed_already"

    def __init__(self) -> None:
        super().__init__(
            _("You have appealed against this already. We write to you when it is decided.")
        )


class NothingToAppeal(NotPossibleNow):
    """It is shown again, withdrawn, or gone."""

    code = "nothing_to_appeal"

    def __init__(self) -> None:
        super().__init__(_("This decision does not stand any more, so there is nothing to appeal."))


class AppealEmpty(Refused):
    """An appeal in which nothing can be read."""

    code = "appeal_empty"
    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write why it should be shown."))


class NotYourAppeal(Refused):
    """Whoever decided, or somebody of the same city only, does not judge it."""

    code = "not_your_appeal"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody who works for another city, and did not decide before, looks at an appeal.")
        )


class AppealDecided(Refused):
    """Somebody of another city was first."""

    code = "appeal_decided"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has decided about this appeal in the meantime."))


class AnswerMissing(Refused):
    """An appeal turned down without a word."""

    code = "answer_missing"
    field = "answer"

    def __init__(self) -> None:
        super().__init__(_("Write to the author why it stays hidden."))


class NotYourCity(Refused):
    """Only who moderates for one of the consultation's cities; an administrator has no city."""

    code = "not_your_city"

    def __init__(self) -> None:
        super().__init__(
            _("Only somebody who moderates for one of this consultation's cities can do this.")
        )


class NotHidden(Refused):
    """What readers see is hidden first."""

    code = "not_hidden"

    def __init__(self) -> None:
        super().__init__(_("Hide it first. Only what nobody reads any more is removed for good."))


class AppealWaits(Refused):
    """The other city has not looked yet."""

    code = "appeal_waits"

    def __init__(self) -> None:
        super().__init__(_("Its author has appealed. Until that is decided, the words stay."))


class ReasonNotChosen(Refused):
    """No reason for the record."""

    code = "reason_not_chosen"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Choose the reason."))


class RemovalAsked(Refused):
    """It waits for a second person already, or is done."""

    code = "removal_asked"

    def __init__(self) -> None:
        super().__init__(_("This was asked for already. A second person has to confirm it."))


class RemovalOver(Refused):
    """Confirmed, called off, or about other words than were read."""

    code = "removal_over"

    def __init__(self) -> None:
        super().__init__(_("This has changed in the meantime. Look at it again."))


class TwoPeopleNeeded(Refused):
    """Whoever asked does not confirm; being an administrator changes nothing."""

    code = "two_people_needed"

    def __init__(self) -> None:
        super().__init__(_("You asked for this yourself. Somebody else has to confirm it."))


class WordsChanged(Refused):
    """Their author changed them after the moderator had read them."""

    code = "words_changed"

    def __init__(self) -> None:
        super().__init__(_("The words were changed after you read them. Please read them again."))
