"""A thing that is half written until it is ticked as published: then every language is there."""

from typing import Any

from partnership.pages.editing import ThingForm
from partnership.pages.wording import gate, slots
from partnership.serving import public_changed


class PublishedForm(ThingForm):
    """Asks the gate when ``is_published`` is ticked; what is kept back may be half written."""

    def is_valid(self) -> bool:
        """Also look at all rows at once; each answer stands beside its field."""
        is_valid: bool = super().is_valid()
        if not self.is_bound:
            return is_valid
        checks = [self.rows_fit()]
        if self.goes_public():
            checks += [self._is_in_every_language(), self.fits_readers()]
        return is_valid and all(checks)

    def goes_public(self) -> bool:
        """Whether readers will see it once it is saved."""
        return bool(self.cleaned_data.get("is_published"))

    def rows_fit(self) -> bool:
        """Whether the rows below fit together; a form with such a rule says so."""
        return True

    def fits_readers(self) -> bool:
        """Whether what readers will see is complete, beside the languages."""
        return True

    def _is_in_every_language(self) -> bool:
        found = list(slots.of_form(self))
        problems = gate.problems_in(found, self._wording_of(found))
        for problem in problems:
            if problem.slot.refuse:
                problem.slot.refuse(problem.code, self.words_for(problem))
        return not problems

    def words_for(self, problem: gate.Problem) -> Any:
        """What stands beside a text that is not ready in a language."""
        return problem.message

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        public_changed()
        return saved
