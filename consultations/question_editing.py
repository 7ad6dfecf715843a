"""How questions are edited: answers keep their sense, conditions lead somewhere.

Once somebody has answered a question, whatever would make the answer say something else is
refused: taking it or an option away, its kind, its identifiers, its scale, bounds and unit,
and whom it is asked of. Its wording changes only with the tick that the change is small. An
option may be added to a choice, not to a ranking, whose places it would move, nor to a sum that
people have divided.
"""

from typing import Any

from django.apps import apps
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.budget_editing import (
    limit_amounts,
    note_the_other_money,
    offer_places,
    refusals,
)
from consultations.enums import OF_EVERYBODY, WITH_OPTIONS, QuestionType
from consultations.identities import answered_among
from partnership.pages.languages import field_names

#: Columns that decide what an answer means, besides the kind and the identifier.
MEANING = (
    *("scale_min", "scale_max", "number_min", "number_max", "shown_if"),
    *("budget", "currency", "fewest_projects", "exchange_rate", "rate_on"),
)
WORDING = ("text", "scale_min_label", "scale_max_label", "number_unit")
#: The same of an option.
MEANING_OF_OPTIONS = ("cost", "city", "neighbourhood")
WORDING_OF_OPTIONS = ("label", "description")
STAYS = _("People have answered this question already: it stays as they were asked.")


def offer_conditions(formset: Any) -> None:
    """Let each question follow from an answer to a question before it; and name the places."""
    choices: list[tuple[str, Any]] = [OF_EVERYBODY]
    for row in formset.forms if formset is not None else ():
        if "shown_if" in row.fields:
            row.fields["shown_if"].widget.choices = list(choices)
        if answers := _answers_of(row):
            choices.append((_short(str(row.instance)), answers))
    offer_places(formset)
    limit_amounts(formset)


def _answers_of(row: Any) -> list[tuple[str, Any]]:
    """The answers to a stored question that others may follow from."""
    question = row.instance
    if not question.identifier:
        return []
    if question.type == QuestionType.SCALE:
        known: list[tuple[str, Any]] = [(str(point), str(point)) for point in question.scale_points]
    elif question.has_options and question.type != QuestionType.RANKING:
        options = row.formsets["options"].get_queryset()  # which its own rows are made of
        known = [(each.identifier, _short(str(each))) for each in options if each.identifier]
        known += [("other", _("Other"))] if question.takes_other else []
    else:
        return []
    return [(f"{question.identifier}={value}", label) for value, label in known]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class QuestionRows:
    """The rows of questions as they were sent, asked about several at once.

    Each refusal stands beside its row.
    """

    def __init__(self, page_form: Any, formset: Any) -> None:
        self.page_form, self.formset = page_form, formset
        self.gone = formset.deleted_forms if formset.is_valid() else []
        filled = [row for row in formset.forms if getattr(row, "cleaned_data", None)]
        kept = [row for row in filled if row not in self.gone]
        self.kept = sorted(kept, key=lambda row: row.cleaned_data.get("ORDER") or 0)

    def fit(self) -> bool:
        """Whether everything may be stored; names what has no identifier yet."""
        checks = [self._stays(row) for row in self.gone if row.instance.pk in self.answered]
        checks += [self._row_fits(row) for row in self.kept]
        checks += [self._name(self.kept, "q"), *self._conditions()]
        return all(checks)

    @cached_property
    def answered(self) -> set[int]:
        """The questions somebody has answered."""
        questions = apps.get_model("consultations", "Question")  # models name this form
        own = questions.objects.filter(consultation=self.page_form.instance.pk)
        return answered_among(own)

    def _stays(self, row: Any) -> bool:
        return refuse(row, None, _("People have answered this question: it stays."))

    def _row_fits(self, row: Any) -> bool:
        checks = [self._makes_sense(row), self._name(_options(row), "o")]
        if row.instance.pk in self.answered:
            checks += [self._says_the_same(row), self._offers_the_same(row)]
        return all(checks)

    # What makes no sense ---------------------------------------------------------------

    def _makes_sense(self, row: Any) -> bool:
        fits, sent = True, row.cleaned_data
        low, high = sent.get("scale_min"), sent.get("scale_max")
        if low is not None and high is not None and high <= low:
            fits = refuse(row, "scale_max", _("A scale ends above where it starts."))
        low, high = sent.get("number_min"), sent.get("number_max")
        if low is not None and high is not None and high < low:
            fits = refuse(row, "number_max", _("The largest number is not below the smallest."))
        if sent.get("type") in WITH_OPTIONS and not _options(row):
            fits = refuse(row, "type", _("Add the options people can choose from."))
        if sent.get("type") == QuestionType.BUDGET:
            checks = [refuse(*refusal) for refusal in refusals(row, _options(row))]
            fits = fits and not checks
        if fits:
            note_the_other_money(row.instance)
        return fits

    def _name(self, rows: list[Any], prefix: str) -> bool:
        """Give identifiers to rows without; refuse one that another row has."""
        fits, taken = True, set()
        for row in rows:
            identifier = row.cleaned_data.get("identifier") or _stored(row, "identifier")
            if identifier in taken:
                fits = refuse(row, "identifier", _("Another one is called so already."))
            taken |= {identifier} if identifier else set()
            row.instance.identifier = identifier or ""
        for row in rows:
            if not row.instance.identifier:
                number = next(n for n in range(1, len(taken) + 2) if f"{prefix}{n}" not in taken)
                row.instance.identifier = f"{prefix}{number}"
                taken.add(row.instance.identifier)
        return fits

    def _conditions(self) -> list[bool]:
        """Whether each follows from an answer that an earlier question offers."""
        known, fits = {""}, []
        for row in self.kept:
            if row.cleaned_data.get("shown_if", "") not in known:
                message = _("This answer is not offered by any question before this one.")
                fits.append(refuse(row, "shown_if", message))
            known |= self._leads_to(row)
        return fits

    def _leads_to(self, row: Any) -> set[str]:
        question, sent = row.instance, row.cleaned_data
        if question.type == QuestionType.SCALE:
            low, high = sent.get("scale_min") or 1, sent.get("scale_max") or 1
            values = {str(point) for point in range(low, high + 1)}
        elif question.type == QuestionType.RANKING:
            return set()
        else:
            values = {option.instance.identifier for option in _options(row)}
            values |= {"other"} if question.takes_other else set()
        return {f"{question.identifier}={value}" for value in values}

    # What was answered -----------------------------------------------------------------

    def _says_the_same(self, row: Any) -> bool:
        fits = True
        if "type" in row.changed_data:
            fits = refuse(row, "type", _("People have answered this question already."))
        for name in MEANING:
            if name in row.changed_data:
                fits = refuse(row, name, STAYS)
        if "allows_other" in row.changed_data and not row.cleaned_data.get("allows_other"):
            fits = refuse(row, "allows_other", STAYS)
        return self._is_called_the_same(row) and self._is_worded_the_same(row, WORDING) and fits

    def _is_called_the_same(self, row: Any) -> bool:
        if row.instance.identifier == _stored(row, "identifier"):
            return True
        return refuse(row, "identifier", STAYS)

    def _is_worded_the_same(self, row: Any, names: tuple[str, ...]) -> bool:
        """The tick at the top of the page says that other words mean the same."""
        if self.page_form.is_small_change:
            return True
        fits = True
        for column in (column for name in names for column in field_names(name)):
            if column in row.changed_data and _stored(row, column):
                fits = refuse(
                    row,
                    column,
                    _(
                        "People have answered these words. If the new ones mean the same, tick "
                        "“Only a small change” above; if not, add another question."
                    ),
                )
        return fits

    def _offers_the_same(self, row: Any) -> bool:
        options = row.formsets["options"]
        gone = options.deleted_forms if options.is_valid() else []
        fits = True
        if any(option.instance.pk for option in gone):
            fits = refuse(row, None, _("People have answered this question: its options stay."))
        is_ranking = row.instance.type == QuestionType.RANKING
        for option in _options(row):
            if option.instance.pk:
                fits = self._is_called_the_same(option) and fits
                fits = self._is_worded_the_same(option, WORDING_OF_OPTIONS) and fits
                fits = _costs_the_same(option) and fits
            elif is_ranking:
                fits = refuse(option, None, _("A new option would move the places given so far."))
            elif row.instance.is_budget:
                words = _("People have divided the sum already: no project can join.")
                fits = refuse(option, None, words)
        return fits


def _costs_the_same(option: Any) -> bool:
    """Whether a project people could choose costs what it did, where it did."""
    changed = [name for name in MEANING_OF_OPTIONS if name in option.changed_data]
    return not [refuse(option, name, STAYS) for name in changed]


def _stored(row: Any, name: str) -> Any:
    """What a column holds in the version that is edited."""
    return row.initial.get(name) if row.instance.pk or row.initial else ""


def _options(row: Any) -> list[Any]:
    """The forms of a question's options that are filled in and not being deleted."""
    options = row.formsets["options"]
    gone = options.deleted_forms if options.is_valid() else []
    return [
        option
        for option in options.forms
        if option not in gone
        and getattr(option, "cleaned_data", None) is not None
        and (option.has_changed() or option.instance.pk)
    ]


def refuse(row: Any, field: str | None, message: Any) -> bool:
    """Say what is wrong beside a row; False, for whoever adds up the checks."""
    row.add_error(field, message)
    return False
