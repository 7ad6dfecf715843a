"""The form of a commitment in the admin."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.roadmap.delivery.forms import DeliveryForm
from consultations.roadmap.promises.forms import PromiseForm
from partnership.cities.today import latest_today
from partnership.pages.languages import CODES, field_names, localized, name_in_words
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.locking import lock
from partnership.serving import public_changed

PROSE = ("title", "description")
TARGETS = frozenset(("statement", "contribution", "question", "event", "consultation"))


class CommitmentForm(DeliveryForm, PromiseForm):
    """Saved is public at once, so every language must be there when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PROSE:
            for column in field_names(name):
                self.fields[column].required = True
        if self.for_user is not None:
            roadmaps = self.fields["roadmap"].queryset
            self.fields["roadmap"].queryset = roadmaps.editable_by(self.for_user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        roadmap = cleaned.get("roadmap")
        if roadmap and not cleaned.get("number") and "number" not in self.errors:
            lock(type(roadmap), roadmap.pk)
            last = roadmap.commitments.aggregate(last=Max("number"))["last"] or 0
            cleaned["number"] = last + 1
        for name in ("theme", "not_measured"):
            self._ask_for_every_language(name, cleaned)
        self._check_the_day(cleaned)
        return cleaned

    def is_valid(self) -> bool:
        """Also look whether whoever writes may read what each row newly cites."""
        is_valid: bool = super().is_valid()
        if not self.is_bound or self.for_user is None:
            return is_valid
        readable = city_keys(self.for_user).readable()
        for form in self.formsets["evidence"].forms:
            for name in TARGETS & set(form.changed_data):
                is_valid = _is_readable(form, name, readable) and is_valid
        return is_valid

    def _check_the_day(self, cleaned: dict[str, Any]) -> None:
        """Nothing was finished on a day to come, nor long before it was promised."""
        finished_on, roadmap = cleaned.get("finished_on"), cleaned.get("roadmap")
        if finished_on and finished_on > latest_today():
            self.add_error("finished_on", _("This day has not come yet."))
        elif finished_on and roadmap and finished_on.year < roadmap.year - 1:
            message = _("This is long before the roadmap of %(year)s: check the year.")
            self.add_error("finished_on", message % {"year": roadmap.year})

    def _ask_for_every_language(self, name: str, cleaned: dict[str, Any]) -> None:
        """What is written in one language must be written in all of them."""
        missing = [code for code in CODES if not cleaned.get(localized(name, code))]
        if missing and len(missing) < len(CODES):
            for code in missing:
                message = _("Write it in %(language)s too.") % {"language": name_in_words(code)}
                self.add_error(localized(name, code), message)

    def save(self, commit: bool = True) -> Any:
        commitment = super().save(commit=commit)
        public_changed()
        return commitment


def _is_readable(form: Any, name: str, readable: Any) -> bool:
    """Whether the page of what is cited is among these; says so beside the field when not."""
    chosen = getattr(form, "cleaned_data", {}).get(name)
    if chosen is None or readable.filter(pk=getattr(chosen, "consultation_id", chosen.pk)).exists():
        return True
    form.add_error(name, _("Choose something that you may read."))
    return False


def year_select() -> forms.Select:
    """Roadmaps are few: a list of them is quicker than a page chooser."""
    return forms.Select()
