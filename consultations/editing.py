"""How a consultation is edited: on the lead city's clock, nothing that was answered taken away."""

from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from consultations.enums import WITH_OPTIONS, Participation
from partnership.cities.models import City
from partnership.cities.wall_clock import set_zone
from partnership.pages.editing import PageForm

#: What this site can check so far; the other values are for later.
OFFERED = (Participation.REGISTERED, Participation.NONE)


class ConsultationPageForm(PageForm):
    """Every time on the screen is the lead city's; phases follow one another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "participation" in self.fields:
            self.fields["participation"].choices = [(each.value, each.label) for each in OFFERED]
        self._start_in_the_editors_city()
        set_zone(self, self._zone())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A consultation closes after it opens."))
        return cleaned

    def is_valid(self) -> bool:
        """Also ask what concerns several rows at once; each answer stands beside its row."""
        is_valid = super().is_valid()
        checks = (self._phases_fit(), self._questions_fit())
        return is_valid and all(checks)

    # The clock -------------------------------------------------------------------------

    def _start_in_the_editors_city(self) -> None:
        if self.instance.lead_city_id is None and self.for_user is not None:
            city = self.for_user.edits_for.first() or self.for_user.city
            self.initial.setdefault("lead_city", city.pk if city else None)

    def _zone(self) -> str:
        """The zone of the city being chosen, else of the one that was."""
        written = str(self.data.get(self.add_prefix("lead_city"), "")) if self.is_bound else ""
        chosen = int(written) if written.isascii() and written.isdigit() else None
        wanted = chosen or self.instance.lead_city_id or self.initial.get("lead_city")
        city = City.objects.filter(pk=wanted).first() or City.objects.first()
        return city.time_zone if city else "UTC"

    # Phases ----------------------------------------------------------------------------

    def _phases_fit(self) -> bool:
        """Each ends after it starts, and before the next one starts."""
        complete = [
            row
            for row in self._rows("phases")
            if row.cleaned_data.get("starts_at") and row.cleaned_data.get("ends_at")
        ]
        fits = True
        for row in complete:
            if row.cleaned_data["ends_at"] <= row.cleaned_data["starts_at"]:
                fits = _refuse(row, "ends_at", _("A phase ends after it starts."))
        in_order = sorted(complete, key=lambda row: row.cleaned_data["starts_at"])
        for earlier, later in pairwise(in_order):
            if later.cleaned_data["starts_at"] < earlier.cleaned_data["ends_at"]:
                fits = _refuse(
                    later, "starts_at", _("This phase starts before the one before it ends.")
                )
        return fits

    # Questions -------------------------------------------------------------------------

    def _questions_fit(self) -> bool:
        """What was answered stays; before publishing, every language is there."""
        answered = set(self._answers().values_list("question_id", flat=True).distinct())
        fits = True
        for row in self._formset("questions"):
            is_answered = row.instance.pk in answered
            if is_answered and row in self.formsets["questions"].deleted_forms:
                fits = _refuse(row, None, _("People have answered this question: it stays."))
            elif is_answered and "type" in row.changed_data:
                fits = _refuse(row, "type", _("People have answered this question already."))
        for row in self._rows("questions"):
            fits = self._question_fits(row) and fits
        return fits

    def _question_fits(self, row: Any) -> bool:
        fits = True
        low, high = row.cleaned_data.get("scale_min"), row.cleaned_data.get("scale_max")
        if low is not None and high is not None and high <= low:
            fits = _refuse(row, "scale_max", _("A scale ends above where it starts."))
        options = row.formsets["options"]
        gone = options.deleted_forms if options.is_valid() else []
        for option in gone:
            if option.instance.pk and self._is_chosen(row.instance, option.instance.identifier):
                fits = _refuse(row, None, _("People have chosen this option: it stays."))
        kept = [each for each in options.forms if each not in gone and each.has_changed()]
        kept += [each for each in options.forms if each not in gone and each.instance.pk]
        low, high = row.cleaned_data.get("number_min"), row.cleaned_data.get("number_max")
        if low is not None and high is not None and high < low:
            fits = _refuse(row, "number_max", _("The largest number is not below the smallest."))
        if row.cleaned_data.get("type") in WITH_OPTIONS and not kept:
            fits = _refuse(row, "type", _("Add the options people can choose from."))
        return fits

    def _answers(self) -> Any:
        answers = apps.get_model("consultations", "Answer")  # models name this form
        return answers.objects.filter(response__consultation_id=self.instance.pk)

    def _is_chosen(self, question: Any, identifier: str) -> bool:
        values = self._answers().filter(question=question).values_list("value", flat=True)
        return any(
            identifier in (value if isinstance(value, list) else [value]) for value in values
        )

    # Rows ------------------------------------------------------------------------------

    def _formset(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        return list(formset.forms) if formset else []

    def _rows(self, name: str) -> list[Any]:
        """Return the inline forms that were filled in and are not being deleted."""
        formset = self.formsets.get(name)
        if formset is None or not self.is_bound:
            return []
        gone = formset.deleted_forms if formset.is_valid() else []
        return [
            row for row in formset.forms if row not in gone and getattr(row, "cleaned_data", None)
        ]


def _refuse(row: Any, field: str | None, message: Any) -> bool:
    row.add_error(field, message)
    return False
