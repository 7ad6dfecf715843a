"""What keeps a programme or a campaign from being published."""

from django.utils.translation import gettext_lazy as _

from partnership.pages.wording.gate import NotReady


class ServesNothing(NotReady):
    """A programme of no promise."""

    code = "serves_nothing"
    field = "served"

    def __init__(self) -> None:
        super().__init__(_("Choose at least one commitment this programme serves."))


class MeasuresNothing(NotReady):
    """A campaign of which nobody could say what it changed."""

    code = "measures_nothing"
    field = "indicators"

    def __init__(self) -> None:
        super().__init__(_("Say what is measured: a campaign has at least one indicator."))


class EndsNever(NotReady):
    """A campaign without a last day."""

    code = "ends_never"
    field = "ends_on"

    def __init__(self) -> None:
        super().__init__(_("Say on which day the campaign ends."))


class Untraced(NotReady):
    """Money that no promise stands behind, or one that is not served here."""

    code = "untraced"
    field = "serves"


def refuse_untraced(reference: str, serves: int | None, served: set[int]) -> None:
    """Raise Untraced for a purchase without a promise, or a line for one that is not served.

    ``serves`` and ``served`` are the keys of commitments.
    """
    if serves is not None and serves not in served:
        raise Untraced(_("This is not among the commitments it serves."))
    if reference and serves is None:
        raise Untraced(_("A purchase has a commitment behind it: choose which one."))
