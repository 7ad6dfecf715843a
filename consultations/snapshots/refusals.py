"""Why results are not published for good."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnership.masking import SMALLEST_GROUP
from partnership.refusals import Refused


class NotClosed(Refused):
    """People can still take part."""

    code = "not_closed"

    def __init__(self) -> None:
        super().__init__(_("The final results can be published once the consultation is closed."))


class NothingChanged(Refused):
    """What would be frozen is what is frozen."""

    code = "nothing_changed"

    def __init__(self) -> None:
        super().__init__(_("These figures are published already, and nothing has changed since."))


class ReasonMissing(Refused):
    """Published figures are replaced only for a reason that readers are told."""

    code = "reason_missing"
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Say why the published figures are replaced. Everybody can read it."))


class TooFewBetween(Refused):
    """Whoever has an earlier file could tell what the few said who came in between."""

    code = "too_few_between"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somewhere fewer than %(number)s people lie between these figures and published"
                " ones: both side by side would tell what they said. What is published stays, and"
                " readers are told where today's figures differ."
            )
            % {"number": SMALLEST_GROUP}
        )


class FinalResultsStand(Refused):
    """A sheet of paper would change what is published for good."""

    code = "final_results_stand"
    field = "corrects"

    def __init__(self) -> None:
        super().__init__(
            _(
                "The final results are published, and the sheets are as they were then: nothing"
                " was changed. If it has to be, say that it is for a correction, and publish the"
                " results again with a reason."
            )
        )


class TotalsDiffer(Refused):
    """The kept totals are not what the votes say."""

    code = "totals_differ"

    def __init__(self, wrong: Any) -> None:
        words = ngettext(
            "The totals differ from the votes (%(number)s figure). Have them counted again.",
            "The totals differ from the votes (%(number)s figures). Have them counted again.",
            wrong,
        )
        super().__init__(words % {"number": wrong})
