"""What is checked when an event is not as planned, or open on days of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events import years
from events.enums import EventStatus
from partnership.cities.wall_clock import WallClockFormField
from partnership.pages.editing import PageForm
from partnership.pages.languages import field_names

DAYS = ("opens_on", "closes_on", "opens_at", "closes_at")


class PlanChecks(PageForm):
    """A part of the form of an event."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_reason()
        self._remember_the_first_date()
        for venue in self._rows("venues"):
            self._check_opening_days(venue)
        for form in (self, *self._rows("venues"), *self._rows("programme")):
            _check_years(form)
        return cleaned

    def _check_reason(self) -> None:
        """Ask why, in one language at least: a fact never waits for its translation."""
        status = self.cleaned_data.get("event_status", EventStatus.SCHEDULED)
        if self.is_deferred_validation or status == EventStatus.SCHEDULED:
            return
        names = [name for name in field_names("status_reason") if name in self.fields]
        if names and not any(self.cleaned_data.get(name) for name in names):
            self.add_error(names[0], _("Say why, in one language at least."))

    def _remember_the_first_date(self) -> None:
        """Of a new date, keep the one that was public before, unless another was written."""
        is_moved = self.cleaned_data.get("event_status") == EventStatus.RESCHEDULED
        if not is_moved or self.cleaned_data.get("planned_for") or not self.instance.pk:
            return
        model = type(self.instance)
        public = model.objects.filter(pk=self.instance.pk, live=True)
        before = public.values_list("starts_at", flat=True).first()
        if before and before != self.cleaned_data.get("starts_at"):
            self.cleaned_data["planned_for"] = before
            self.instance.planned_for = before

    def _check_opening_days(self, venue: Any) -> None:
        """Opening days are known when first day, last day and both hours are."""
        missing = [name for name in DAYS if not venue.cleaned_data.get(name)]
        if self.is_deferred_validation or len(missing) in {0, len(DAYS)}:
            return
        for name in missing:
            if name in venue.fields:
                venue.add_error(name, _("Write first and last day and both hours, or none."))

    def _rows(self, name: str) -> list[Any]:
        """Return the inline forms that are neither empty nor being deleted."""
        formset = self.formsets.get(name)
        if formset is None or not self.is_bound:
            return []
        gone = formset.deleted_forms if formset.is_valid() else ()
        return [
            row for row in formset.forms if row not in gone and getattr(row, "cleaned_data", None)
        ]


def _check_years(form: Any) -> None:
    """Refuse a day that nobody can mean, beside its field; in drafts, too, it is a slip."""
    for name, day in list(form.cleaned_data.items()):
        is_ours = isinstance(form.fields.get(name), (WallClockFormField, forms.DateField))
        if is_ours and day and not years.FIRST <= day.year <= years.LAST:
            message = _("Write a year from %(first)d to %(last)d.")
            form.add_error(name, message % {"first": years.FIRST, "last": years.LAST})
