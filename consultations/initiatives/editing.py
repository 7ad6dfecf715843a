"""How programmes and campaigns are edited: on the leading city's clock, every purchase traced."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from consultations.initiatives.refusals import (
    EndsNever,
    MeasuresNothing,
    ServesNothing,
    Untraced,
    refuse_untraced,
)
from partnership.cities.days import refuse_slips
from partnership.cities.models import City
from partnership.cities.wall_clock import set_zone
from partnership.pages.editing import PageForm
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import field_names
from partnership.pages.wording.gate import NotReady
from partnership.pages.wording.slots import kept_rows

#: What is chosen in rows, and from what.
CHOSEN_IN_ROWS = {"commitment": "promise", "serves": "promise", "city": "city"}
NOTHING = "---------"  # as Django says it


class InitiativeForm(PageForm):
    """What a version lacks to be published stands beside its field, of rows too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [(kind.value, kind.label) for kind in self.instance.own_kinds]
            self.fields["kind"].choices = kinds
        cities = list(City.objects.all())
        self._read_choices_once()
        set_zone(self, self._zone(cities))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        refuse_slips(self, "starts_on", "ends_on")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        self._check_intake(cleaned)
        return cleaned

    def _check_intake(self, cleaned: dict[str, Any]) -> None:
        opens_at, closes_at = cleaned.get("intake_opens_at"), cleaned.get("intake_closes_at")
        if closes_at and "intake_opens_at" not in self.errors and not opens_at:
            self.add_error("intake_opens_at", _("Say when the intake opens, too."))
        elif opens_at and closes_at and closes_at <= opens_at:
            self.add_error("intake_closes_at", _("The intake must close after it opens."))
        if (opens_at or closes_at) and not cleaned.get("lead_city"):
            self.add_error("lead_city", _("Choose the city on whose clock the intake runs."))

    def is_valid(self) -> bool:
        """Also ask for a name of every partner, and for every promise once."""
        is_valid: bool = super().is_valid()
        answers = [*map(_has_a_name, self._rows("partners")), self._serves_each_once()]
        return all(answers) and is_valid

    def _serves_each_once(self) -> bool:
        seen: set[Any] = set()
        twice = []
        for row in self._rows("served", "commitment"):
            commitment = row.cleaned_data["commitment"]
            if commitment in seen:
                twice.append(row)
            seen.add(commitment)
        for row in twice:
            row.add_error("commitment", _("This commitment is in the list already."))
        return not twice

    def is_fit(self) -> bool:
        """Asked of the rows as they were sent; each answer stands beside its row."""
        served = {row.cleaned_data["commitment"].pk for row in self._rows("served", "commitment")}
        answers = [_is_traced(row, served) for row in self._rows("budget_lines")]
        if self.instance.must_serve and not served:
            answers.append(self._refuse_rows(ServesNothing()))
        if self.instance.must_measure and not self._rows("indicators"):
            answers.append(self._refuse_rows(MeasuresNothing()))
        if self.instance.must_end and not self.cleaned_data.get("ends_on"):
            self.add_error("ends_on", str(EndsNever()))
            answers.append(False)
        return all(answers)

    def save(self, commit: bool = True) -> Any:
        """Save; a line whose city was changed is counted in the other city's money."""
        for row in self._rows("budget_lines", "city"):
            if "city" in row.changed_data:
                row.instance.currency = row.instance.rate_currency = ""
            row.instance.settle_money()
        return super().save(commit=commit)

    # Rows ------------------------------------------------------------------------------

    def _rows(self, name: str, *needed: str) -> list[Any]:
        """The rows that stay and hold what is needed of them."""
        rows = [row for row in kept_rows(self, name) if hasattr(row, "cleaned_data")]
        return [row for row in rows if all(row.cleaned_data.get(each) for each in needed)]

    def _refuse_rows(self, refusal: NotReady) -> bool:
        """Say above the rows what is missing among them."""
        self.formsets[refusal.field].non_form_errors().append(str(refusal))
        return False

    def _read_choices_once(self) -> None:
        """Offer the same in every row, however many rows there are."""
        known: dict[str, list[Any]] = {}
        for form in _forms_of(self):
            for name, kind in CHOSEN_IN_ROWS.items():
                if name in form.fields:
                    field = form.fields[name]
                    field.choices = known[kind] = known.get(kind) or _choices_of(field)

    # The clock -------------------------------------------------------------------------

    def _zone(self, cities: list[City]) -> str:
        """The zone of the city being chosen, else of the one that was."""
        written = key_in(str(self.data.get(self.add_prefix("lead_city"), "")))
        wanted = written or getattr(self.instance, "lead_city_id", None)
        found = next((city for city in cities if city.pk == wanted), None)
        return found.time_zone if found else next((city.time_zone for city in cities), "UTC")


def _forms_of(form: Any) -> Iterator[Any]:
    """The form and those of its rows, and of theirs."""
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            yield from _forms_of(row)


def _choices_of(field: Any) -> list[tuple[Any, str]]:
    return [("", NOTHING), *((one.pk, field.label_from_instance(one)) for one in field.queryset)]


def _has_a_name(row: Any) -> bool:
    """Whether a partner is a city or an organisation."""
    named = row.cleaned_data.get("city") or any(
        row.cleaned_data.get(column) for column in field_names("organisation")
    )
    if not named:
        row.add_error("city", _("Choose a city, or name the organisation."))
    return bool(named)


def _is_traced(row: Any, served: set[int]) -> bool:
    """Whether a purchase has its promise, and every promise is among those it serves."""
    serves = row.cleaned_data.get("serves")
    reference = row.cleaned_data.get("procurement_reference", "")
    try:
        refuse_untraced(reference, serves.pk if serves else None, served)
    except Untraced as refusal:
        row.add_error(refusal.field, str(refusal))
        return False
    return True
