"""A commitment's form tells progress, which is saved at once, from what the cities must sign."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.promises.lines import (
    hold_back,
    typed_in,
    values_of_lines,
    why_not_deleted,
)
from consultations.roadmap.promises.models import LONGEST_REASON, PromiseChange
from consultations.roadmap.promises.refusals import ChangeWaits
from consultations.roadmap.promises.services import ask_to_change
from consultations.roadmap.promises.telling import label_of
from consultations.roadmap.promises.values import (
    LINES,
    NAMES,
    TEXTS,
    Values,
    put,
    values_in,
    values_of,
    what_must_be_signed,
)
from partnership.ledger.models import ApprovalRequest
from partnership.pages.editing import ThingForm
from partnership.pages.languages import CODES, localized, own_name
from partnership.pages.wording.forms import DrawnByItsPanel
from partnership.people.text_fields import PlainTextField

REASONS = {code: localized("reason", code) for code in CODES}


class PromiseForm(ThingForm):
    """Before a promise is made it is written freely; what readers know is changed by all cities."""

    #: Where the cities sign, once a change was asked for.
    request: ApprovalRequest | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_stored = not self.instance._state.adding
        self.is_promise = is_stored and self.instance.is_promised
        self.asked: Values = {}
        if is_stored and self.instance.is_kept:
            for name in ("roadmap", "number"):
                self.fields[name].disabled = True
        if self.is_promise:
            self.before = values_of(self.instance)
            self._add_reasons()
            status = self.fields["status"]
            status.choices = [one for one in status.choices if one[0] != CommitmentStatus.PROPOSED]

    def _add_reasons(self) -> None:
        for code, name in REASONS.items():
            self.fields[name] = PlainTextField(
                label=format_lazy(
                    "{} ({})", gettext_lazy("Why the promise changes"), own_name(code)
                ),
                max_length=LONGEST_REASON,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                bound_field_class=DrawnByItsPanel,
            )

    @property
    def reasons(self) -> list[Any]:
        """The fields for the reason, a language after the other."""
        return [self[name] for name in REASONS.values()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.lines = typed_in(self)
        texts = {localized(name, code) for name in TEXTS for code in CODES}
        wanted = texts.union(NAMES) - {*TEXTS, LINES}
        if self.is_promise and wanted <= cleaned.keys() and self.lines is not None:
            self._tell_apart(cleaned, values_of_lines(self.lines))
        return cleaned

    def _tell_apart(self, cleaned: dict[str, Any], lines: list[Values]) -> None:
        after = {**values_in(cleaned.get, [name for name in NAMES if name != LINES]), LINES: lines}
        names = what_must_be_signed(self.before, after, is_small_change=self.is_small_change)
        waiting = self.instance.promise_changes.waiting().first()
        touched = {name for name in NAMES if self.before[name] != after[name]}
        if waiting and (names or touched & {*waiting.after}):
            self.add_error(None, str(ChangeWaits()))
            return
        for refusal in why_not_deleted(self, self.before[LINES], *self._lines_of(waiting)):
            self.add_error(None, refusal)
        self.asked = {name: after[name] for name in names}
        for name in REASONS.values() if names else ():
            if not cleaned.get(name):
                things = ", ".join(label_of(each) for each in names if each in touched)
                message = _("This changes what is promised: %(things)s. Say why.")
                self.add_error(name, message % {"things": things})

    @staticmethod
    def _lines_of(waiting: PromiseChange | None) -> list[list[Values]]:
        return [waiting.after[LINES]] if waiting and LINES in waiting.after else []

    def save(self, commit: bool = True) -> Any:
        """Save what may be saved at once, and ask the cities for the rest."""
        if self.asked:
            put(self.instance, {name: self.before[name] for name in self.asked})
        if "led_by" in self.asked:
            self.cleaned_data["led_by"] = list(self.instance.led_by.all())
        held = hold_back(self.lines or [], self.before[LINES]) if LINES in self.asked else []
        thing = super().save(commit=commit)
        if LINES in self.asked:  # new lines have their numbers now
            self.asked[LINES] = [{**values, "line": line.pk} for line, values in held]
        if self.asked:
            reasons = {code: self.cleaned_data[name] for code, name in REASONS.items()}
            self.request = ask_to_change(thing, after=self.asked, reasons=reasons, by=self.for_user)
        return thing
