"""What keeps a practice or a rule from being published."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from partnership.cities.models import City
from partnership.pages.wording.gate import NotReady


class WithoutCase(NotReady):
    """A practice nobody can check: it links no case that readers can open."""

    code = "without_case"
    field = "cases"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Choose at least one published case study before publishing the practice: readers "
                "see there what happened when somebody tried it."
            )
        )


class NotTriedEverywhere(NotReady):
    """It is said to be tried in every city, and a city has no case."""

    code = "not_tried_everywhere"
    field = "evidence"

    def __init__(self, missing: Iterable[City]) -> None:
        names = ", ".join(city.name for city in missing)
        words = _("No chosen case study is from: %(cities)s. Choose one, or a lower level.")
        super().__init__(words % {"cities": names})


class NotMeasured(NotReady):
    """It is said to be measured, and nothing was."""

    code = "not_measured"
    field = "evidence"

    def __init__(self) -> None:
        super().__init__(
            _(
                "No chosen case study links a public commitment with a reading of an indicator. "
                "Choose one, or a lower level."
            )
        )


class OneSided(NotReady):
    """A city's rule is not told, so there is nothing side by side."""

    code = "one_sided"
    field = "city_rules"  # rows, and no field of the form: it is said at the top

    def __init__(self, missing: Iterable[City]) -> None:
        names = ", ".join(city.name for city in missing)
        words = _("Write down the rule as it is now in: %(cities)s.")
        super().__init__(words % {"cities": names})


class WithoutNextStep(NotReady):
    """There is a gap, and nobody has said who closes it by when."""

    code = "without_next_step"
    field = "gap"

    def __init__(self) -> None:
        super().__init__(
            _("As long as there is a gap, write the next step, its day and the city that leads it.")
        )
