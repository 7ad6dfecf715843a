"""Budget lines of a promise: what cities have to pay waits until every city has signed it."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.roadmap.delivery.models import BudgetLine
from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.values import LINES, Values, line_values
from partnership.cities.models import City
from partnership.pages.languages import localized
from partnership.pages.wording.slots import kept_rows


def typed_in(form: Any) -> list[BudgetLine] | None:
    """Return the lines as they stand in the form; None where some of them are refused."""
    formset = form.formsets.get(LINES)
    if formset is None or not formset.is_valid():
        return None
    rows = kept_rows(form, LINES)
    for row in rows:
        if "city" in row.changed_data:
            row.instance.currency = row.instance.city.currency
    return [row.instance for row in rows]


def values_of_lines(lines: list[BudgetLine]) -> list[Values]:
    """Return what is promised by lines, new ones last."""
    in_order = sorted(lines, key=lambda line: (line.pk is None, line.pk or 0))
    return [line_values(line) for line in in_order if line.planned]


def hold_back(lines: list[BudgetLine], before: list[Values]) -> list[tuple[BudgetLine, Values]]:
    """Let the lines promise what they did before, unsaved; return what was typed of each.

    A new line is kept, and nothing is planned for it yet.
    """
    typed = [(line, line_values(line)) for line in lines if line.planned]
    stood = {values["line"]: values for values in before}
    cities = {city.code: city for city in City.objects.all()}
    for line in lines:
        _let_promise(line, stood.get(line.pk), cities)
    return typed


def put_lines(commitment: Commitment, values: list[Values]) -> None:
    """Let the lines of a commitment, which is locked, promise these values and no others."""
    stand = {each["line"]: each for each in values}
    cities = {city.code: city for city in City.objects.all()}
    for line in BudgetLine.objects.filter(commitment=commitment):
        _let_promise(line, stand.get(line.pk), cities)
        line.save()


def are_there(commitment: Commitment, values: list[Values]) -> bool:
    """Whether all these lines still exist."""
    keys = {each["line"] for each in values}
    return BudgetLine.objects.filter(commitment=commitment, pk__in=keys).count() == len(keys)


def why_not_deleted(form: Any, *promised: list[Values]) -> list[str]:
    """Say of each line that would be deleted why it stays: it is promised, or holds money."""
    keys = {each["line"] for values in promised for each in values}
    words = _("“%(line)s” stays: a city pays for it, or has. Write 0 as planned instead.")
    gone = [row.instance for row in form.formsets[LINES].deleted_forms if row.instance.pk]
    stored = BudgetLine.objects.filter(pk__in=[line.pk for line in gone])
    return [words % {"line": line} for line in stored if line.pk in keys or any(line.amounts)]


def _let_promise(line: BudgetLine, values: Values | None, cities: dict[str, City]) -> None:
    if values is None:
        line.planned = BudgetLine._meta.get_field("planned").get_default()
        return
    line.city = cities[values["city"]]
    line.currency = values["currency"]
    line.planned = BudgetLine._meta.get_field("planned").to_python(values["planned"])
    for code, words in values["what"].items():
        setattr(line, localized("what", code), words)
