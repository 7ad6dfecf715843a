"""Copying a checklist into a drill; the review and its actions in the admin."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.drills.enums import ActionState
from events.drills.models import Checklist, Observation
from events.looking_back import refuse_before_its_end, refuse_day
from events.models import DrillPage
from partnership.pages.languages import CODES, localized, name_in_words
from partnership.pages.two_hands.forms import TwoHandsForm
from partnership.serving import public_changed


class CopyForm(forms.Form):
    """Which checklist is copied."""

    checklist = forms.ModelChoiceField(
        label=_("Copy a checklist into this drill"),
        queryset=Checklist.objects.all(),
        widget=forms.Select(attrs={"class": "select"}),
    )


class InEveryLanguage(TwoHandsForm, WagtailAdminModelForm):
    """Saved is public at once, so every language must be there when it is saved."""

    in_every_language: tuple[str, ...] = ("text",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_for_languages(self, self.in_every_language)
        return cleaned

    def ask_for_languages(self, form: Any, names: tuple[str, ...]) -> None:
        """Say beside each field of the form which language is missing.

        What is wrong with one that was written is said already.
        """
        for name in names:
            for code in CODES:
                column = localized(name, code)
                is_missing = not form.cleaned_data.get(column) and column not in form.errors
                if column in form.fields and is_missing:
                    message = _("Write it in %(language)s too.") % {"language": name_in_words(code)}
                    form.add_error(column, message)

    def ask_for_rows(self, name: str) -> list[Any]:
        """Ask the same of the rows below; return those that stay."""
        formset = self.formsets[name]
        gone = formset.deleted_forms if formset.is_valid() else ()
        rows = [row for row in formset.forms if row not in gone and row.has_changed()]
        for row in rows:
            self.ask_for_languages(row, ("text",))
        return rows

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        public_changed()
        return saved


class ChecklistForm(InEveryLanguage):
    """A checklist with its items."""

    in_every_language = ("title",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_for_rows("items")
        return cleaned


class OfOwnDrill(InEveryLanguage):
    """Only the drills of the editor's cities can be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drills = DrillPage.objects.order_by("-starts_at")
        if self.for_user is not None:
            drills = drills.own_of(self.for_user)
        self.fields["drill"].queryset = drills


class DrillItemForm(OfOwnDrill):
    """An item of a drill that no checklist has."""


class OnOwnRisk:
    """Only the risks of the editor's cities can be named, beside the one that is."""

    fields: dict[str, Any]
    instance: Any
    for_user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        risks = self.fields["risk"].queryset
        if self.for_user is not None:
            own = risks.editable_by(self.for_user)
            risks = risks.filter(Q(pk__in=own.values("pk")) | Q(pk=self.instance.risk_id))
        self.fields["risk"].queryset = risks.gravest_first()


class ObservationForm(OnOwnRisk, WagtailAdminModelForm):
    """One thing that was seen; a row of its review."""


class ReviewForm(OfOwnDrill):
    """A review with what was observed."""

    in_every_language = ("summary",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        drill = cleaned.get("drill")
        refuse_day(self, "held_on", since=drill, may_come=not cleaned.get("is_published"))
        refuse_before_its_end(self, drill)
        self.ask_for_rows("observations")
        for row in self.formsets["observations"].forms:
            self._keep_what_something_follows(row)
        return cleaned

    def _keep_what_something_follows(self, row: Any) -> None:
        is_deleted = row.cleaned_data.get("DELETE") if hasattr(row, "cleaned_data") else False
        if is_deleted and row.instance.pk and row.instance.actions.exists():
            self.add_error(
                None, _("An observation with corrective actions stays: move the actions first.")
            )
        elif is_deleted and row.instance.pk and row.instance.lessons.exists():
            self.add_error(
                None, _("An observation that a lesson came from stays: change the lesson first.")
            )


class ActionForm(OnOwnRisk, InEveryLanguage):
    """A corrective action; closing it notes the day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Observation.objects.select_related("review__drill").order_by("-review__held_on")
        drills = DrillPage.objects.all()
        if self.for_user is not None:
            drills = drills.own_of(self.for_user)
        self.fields["observation"].queryset = seen.filter(review__drill__in=drills)
        self.fields["owner"].queryset = self.fields["owner"].queryset.filter(is_staff=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_done = cleaned.get("state") == ActionState.DONE
        if is_done and not cleaned.get("closed_on"):
            self.add_error("closed_on", _("Write the day it was closed on."))
        if not is_done:
            cleaned["closed_on"] = None
        observation = cleaned.get("observation")
        drill = observation.review.drill if observation else None
        refuse_day(self, "closed_on", since=drill)
        refuse_day(self, "due_on", since=None, may_come=True)
        return cleaned
