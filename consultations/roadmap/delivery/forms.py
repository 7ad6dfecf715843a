"""What a commitment's form asks of its money, its indicators and its milestones."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.roadmap.enums import CommitmentStatus
from partnership.pages.editing import ThingForm
from partnership.pages.languages import field_names, name_in_words
from partnership.pages.wording.slots import kept_rows, of_form

NOT_MEASURED = field_names("not_measured")
SECTIONS = ("budget_lines", "milestones", "indicators", "indicators/readings")


class DeliveryForm(ThingForm):
    """Saved is public at once, so every row is there in every language; done means measured."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance
        is_done = not stored._state.adding and stored.status == CommitmentStatus.COMPLETED
        #: What was called done before anybody asked for a reading is none of this editor's doing.
        self.was_unmeasured = is_done and not stored.is_measured

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_money(cleaned)
        is_done = cleaned.get("status") == CommitmentStatus.COMPLETED
        if is_done and not self.was_unmeasured and not self._is_measured:
            words = _(
                "Done needs a reading: add one to an indicator below, or say in every language "
                "why it cannot be measured."
            )
            self.add_error("status", words)
        return cleaned

    def is_valid(self) -> bool:
        """Also ask for every language of every row."""
        is_valid: bool = super().is_valid()
        return self._is_written_in_every_language() and is_valid if self.is_bound else is_valid

    def _check_money(self, cleaned: dict[str, Any]) -> None:
        """An amount stands in the lines or above them, never in both."""
        lines = [row.instance for row in kept_rows(self, "budget_lines")]
        for name in ("planned", "spent"):
            if cleaned.get(name) and any(getattr(line, name) for line in lines):
                self.add_error(
                    name, _("The budget lines say it: leave this empty, or it counts twice.")
                )

    @property
    def _is_measured(self) -> bool:
        if any(self.cleaned_data.get(name) for name in NOT_MEASURED):
            return True
        return any(kept_rows(row, "readings") for row in kept_rows(self, "indicators"))

    def _is_written_in_every_language(self) -> bool:
        """Say beside each text of a row in which language it is missing."""
        is_complete = True
        for slot in of_form(self):
            missing = [code for code in slot.values if not slot.is_written(code)]
            some = len(missing) < len(slot.values)
            if slot.section in SECTIONS and missing and (some or slot.is_required):
                is_complete = False
                for code in missing:
                    words = (
                        _("Write it in %(language)s too.")
                        if some
                        else _("Write it in %(language)s.")
                    )
                    slot.refuse(code, words % {"language": name_in_words(code)})
        return is_complete
