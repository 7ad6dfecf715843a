"""Editing several languages at once: what is behind, what was confirmed, what was promised."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from partnership.pages.enums import TextState
from partnership.pages.languages import CODES, localized, own_name
from partnership.pages.wording import gate, memory, slots
from partnership.pages.wording.differences import Change, changes
from partnership.pages.wording.structure import copy_structure

#: A promise for longer than this is no exception.
LONGEST_PROMISE = timedelta(days=92)
STILL_RIGHT, COPY_STRUCTURE = "still_right", "copy_structure"


class DrawnByItsPanel(forms.BoundField):
    """A field that stands in the panel of languages and nowhere else.

    Wagtail writes every field that no panel claims once more at the end of the form, and
    browsers would send that empty one, too; a panel can claim fields of the model only.
    """

    def __str__(self) -> SafeString:
        return SafeString("")

    __html__ = __str__


@dataclass
class Standing:
    """How one text stands in one language, as the editor is shown it."""

    code: str
    state: TextState
    anchor: str
    label: str
    is_required: bool
    still_right: str = ""
    changes: dict[str, list[Change]] = field(default_factory=dict)
    sources: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return own_name(self.code)

    @property
    def is_behind(self) -> bool:
        """Whether somebody should look at it."""
        return self.state != TextState.CURRENT


class WordingForm:
    """Part of every form with texts in several languages; the thing remembers its wording."""

    fields: dict[str, Any]
    instance: Any
    data: Any
    is_bound: bool
    _so_far: memory.Memory

    def add_small_change(self) -> None:
        """Offer the tick that confirms all languages; call it when the form is made."""
        self._so_far = self.instance.wording_so_far()  # before the form changes anything
        self.fields["is_small_change"] = forms.BooleanField(
            required=False,
            label=_("Only a small change"),
            help_text=_("A typing error, for example: the other languages are still right."),
            bound_field_class=DrawnByItsPanel,
        )

    def confirm_by_hand(self) -> None:
        """Pass on to the thing what the editor said of its texts."""
        self.instance.confirm_wording(
            still_right=self.still_right,
            is_small_change=self.is_small_change,
            before=self.wording_before,
        )

    @property
    def still_right(self) -> list[tuple[str, str]]:
        """The (section, key) of every text said to be right as it is."""
        pressed = self.data.getlist(STILL_RIGHT) if self.is_bound else []
        parted = (value.rpartition("|") for value in pressed)
        return [(section, key) for section, _bar, key in parted]

    @property
    def is_small_change(self) -> bool:
        """Whether the editor ticked it."""
        return bool(getattr(self, "cleaned_data", {}).get("is_small_change"))

    @cached_property
    def wording_before(self) -> memory.Memory:
        """What the texts remembered when the editor sat down."""
        return self._so_far

    @cached_property
    def standings(self) -> list[Standing]:
        """Every text that counts in every language; each row's form gets those of its own.

        Of a form that was sent, how its texts would stand if it were saved.
        """
        found = list(slots.of_form(self))
        wording = self._wording_of(found)
        shown = []
        for slot in found:
            if not slot.is_fact and (slot.is_required or slot.keys()):
                shown += [_standing(slot, code, wording) for code in slot.values]
        return shown

    def _wording_of(self, found: list[slots.Slot]) -> memory.Memory:
        if not self.is_bound:
            return self.wording_before
        return memory.remembered(
            found,
            self.wording_before,
            confirmed=self.still_right,
            is_small_change=self.is_small_change,
        )


@dataclass
class LanguageOverview:
    """One language of the thing being edited: what is ready, and what is not."""

    code: str
    name: str
    total: int
    behind: list[Standing]

    @property
    def percentage(self) -> int:
        """The share that is up to date, rounded down."""
        return 100 * (self.total - len(self.behind)) // self.total if self.total else 100


def overview(form: WordingForm) -> list[LanguageOverview]:
    """Return every language of what the form edits, in their order."""
    standings = form.standings
    return [
        LanguageOverview(
            code=code,
            name=own_name(code),
            total=sum(each.code == code for each in standings),
            behind=[each for each in standings if each.code == code and each.is_behind],
        )
        for code in CODES
    ]


def _standing(slot: slots.Slot, code: str, wording: memory.Memory) -> Standing:
    state = memory.state_of(slot, code, wording)
    keys = slot.keys()
    standing = Standing(
        code=code,
        state=state,
        anchor=slot.anchors[code],
        label=slot.label,
        is_required=slot.is_required,
        sources=[(other, own_name(other)) for other in keys if other != code],
    )
    if state in {TextState.STALE, TextState.MACHINE}:
        standing.still_right = f"{slot.section}|{keys[code]}"
        record = wording[slot.section][keys[code]]
        standing.changes = {
            own_name(other): changes(record.get("was", {}).get(other, ""), slot.values[other])
            for other in memory.disagreeing(record, keys, code)
            if other in record.get("was", {})
        }
    if slot.form is not None:
        own = slot.form.__dict__.setdefault("standing_of", {})
        own[localized(slot.name, code)] = standing
    return standing


class GatedForm(WordingForm):
    """The form of a page: not published half, unless somebody signs that the rest follows."""

    @property
    def promise_fields(self) -> list[str]:
        """The names of the fields for the days, in the order of the languages."""
        return [promise_field(code) for code in CODES]

    def add_promises(self) -> None:
        """Offer a day per language by which it follows; call it when the form is made."""
        for code in CODES:
            self.fields[promise_field(code)] = forms.DateField(
                required=False,
                widget=AdminDateInput,
                label=_("%(language)s follows by") % {"language": own_name(code)},
                bound_field_class=DrawnByItsPanel,  # type: ignore[call-arg]  # the stubs are older
            )

    def check_promises(self) -> None:
        """Refuse days that have passed, and days too far away to mean anything."""
        today = timezone.localdate()
        for code, day in self.promised.items():
            if not today <= day <= today + LONGEST_PROMISE:
                self.add_error(
                    promise_field(code),
                    _("Choose a day from today on, at most %(days)d days ahead.")
                    % {"days": LONGEST_PROMISE.days},
                )

    @property
    def promised(self) -> dict[str, Any]:
        """The days written in this form, by language."""
        cleaned = getattr(self, "cleaned_data", {})
        days = {code: cleaned.get(promise_field(code)) for code in CODES}
        return {code: day for code, day in days.items() if day}

    @cached_property
    def open_problems(self) -> list[gate.Problem]:
        """What stands against publishing what this form holds."""
        found = list(slots.of_form(self))
        problems = gate.problems_in(found, self._wording_of(found))
        promised = {**self.instance.promised_days(), **self.promised}
        refused: list[gate.Problem] = self.instance.refused_problems(problems, promised)
        return refused

    def passes_the_gate(self) -> bool:
        """Say beside each text what is missing; where the gate only warns it passes."""
        cities = getattr(self, "cleaned_data", {}).get("cities")
        if not self.open_problems or not self.instance.is_gate_closed(cities):
            return True
        for problem in self.open_problems:
            if problem.slot.refuse:
                problem.slot.refuse(problem.code, problem.message)
        return False

    def copy_wanted_structure(self) -> None:
        """Give one language's text the blocks of another's, when that button was pressed."""
        wanted = self.data.get(COPY_STRUCTURE, "") if self.is_bound else ""
        target, _bar, source = wanted.partition("<")
        cleaned = self.cleaned_data
        if {target, source} <= cleaned.keys() and target != source:
            cleaned[target] = copy_structure(cleaned[source], onto=cleaned[target])


def promise_field(code: str) -> str:
    """Return the name of the field for the day a language follows by."""
    return f"follows_by_{code.replace('-', '_')}"
