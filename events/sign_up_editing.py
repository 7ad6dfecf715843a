"""What is checked about sharing places and asking questions when an event is edited."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _


class SignUpChecks:
    """The part of the event's form about taking places; mixed into ``EventPageForm``."""

    if TYPE_CHECKING:
        instance: Any
        cleaned_data: Any
        formsets: Any
        add_error: Any
        is_bound: Any
        _rows: Any

    def is_valid(self) -> bool:
        """Also ask what concerns several rows at once; each answer stands beside its row."""
        is_valid: bool = super().is_valid()  # type: ignore[misc] # the form's
        if not self.is_bound:
            return is_valid  # a preview of which nothing was sent, or kept no longer
        checks = (self._quotas_fit(), self._sign_up_questions_fit())
        return is_valid and all(checks)

    def _quotas_fit(self) -> bool:
        """Quotas and the places kept back are no more than there are."""
        capacity = self.cleaned_data.get("capacity")
        reserved = self.cleaned_data.get("reserved_places") or 0
        rows = self._rows("quotas")
        kept = sum(row.cleaned_data.get("places") or 0 for row in rows)
        if capacity is None or kept + reserved <= capacity:
            return True
        message = _("More places are kept than there are.")
        if rows:
            return _refuse(rows[-1], "places", message)
        self.add_error("reserved_places", message)
        return False

    def _sign_up_questions_fit(self) -> bool:
        """What was answered stays as it was asked."""
        formset = self.formsets.get("sign_up_questions")
        if formset is None:
            return True
        given = self._answers_given()
        fits = True
        for row in formset.forms:
            answered = row.instance.identifier in given if row.instance.pk else False
            if answered and row in _deleted(formset):
                # The screen hides a deleted row, and with it whatever stands beside it.
                self.add_error(None, _("People have answered this question: it stays."))
                fits = False
            elif answered and "type" in row.changed_data:
                fits = _refuse(row, "type", _("People have answered this question already."))
            fits = self._options_fit(row, given) and fits
        return fits

    def _options_fit(self, row: Any, given: dict[str, set[str]]) -> bool:
        """Options that were chosen stay; a choice has options."""
        options = row.formsets.get("options")
        if options is None or not hasattr(row, "cleaned_data"):
            return True
        fits, gone = True, _deleted(options)
        chosen = given.get(row.instance.identifier, set())
        if any(option.instance.identifier in chosen for option in gone if option.instance.pk):
            fits = _refuse(row, None, _("People have chosen this option: it stays."))
        kept = [each for each in options.forms if each not in gone and each.has_changed()]
        kept += [each for each in options.forms if each not in gone and each.instance.pk]
        is_choice = row.cleaned_data.get("type", "").endswith("choice")
        if is_choice and not kept and row not in _deleted(self.formsets["sign_up_questions"]):
            fits = _refuse(row, "type", _("Add the options people can choose from."))
        return fits

    def _answers_given(self) -> dict[str, set[str]]:
        """Return the identifiers of questions that were answered, with what was chosen."""
        registrations = apps.get_model("registrations", "Registration")  # models name this form
        given: dict[str, set[str]] = {}
        rows = registrations.objects.filter(event_id=self.instance.pk).exclude(answers={})
        for answers in rows.values_list("answers", flat=True):
            for identifier, value in answers.items():
                chosen = value if isinstance(value, list) else [value]
                given.setdefault(identifier, set()).update(map(str, chosen))
        return given


def _deleted(formset: Any) -> list[Any]:
    return formset.deleted_forms if formset.is_valid() else []


def _refuse(row: Any, field: str | None, message: Any) -> bool:
    row.add_error(field, message)
    return False
