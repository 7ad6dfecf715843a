"""The answers to the questions, one row each, and the questions they belong to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.enums import QuestionType
from consultations.exports.enums import TableName
from consultations.exports.scope import PERSON, Scope, channel_column
from consultations.models import Answer, Question, QuestionOption
from consultations.models.questions import OTHER, POINT
from partnership.pages.languages import CODES, field_names
from partnership.tables.columns import (
    AT_A_TIME,
    Column,
    Row,
    Table,
    columns_in_every_language,
)

SEVERAL = "|"
READ = (
    "pk",
    "question_id",
    "response__city_id",
    "response__language_code",
    "response__changed_at",
    "response__channel",
    "value",
)
READ_BY_STAFF = ("words", "latitude", "longitude")


class Codebook:
    """The questions of a consultation and the words of their options, read once."""

    def __init__(self, scope: Scope) -> None:
        questions = scope.consultation.questions.prefetch_related("options")
        self.questions: dict[int, Question] = {entry.pk: entry for entry in questions}
        self._labels = {
            (question.pk, option.identifier): _in_every_language(option, "label")
            for question in self.questions.values()
            for option in question.options.all()
        }
        self._labels |= {
            (question.pk, value): words
            for question in self.questions.values()
            if question.has_options
            for value, words in _beside_the_options().items()
        }

    def labels(self, question_id: int, chosen: list[str]) -> tuple[str, ...]:
        """The words of what was chosen, joined, in every language; nothing for a scale."""
        words = [self._labels.get((question_id, identifier)) for identifier in chosen]
        known = [labels for labels in words if labels]
        if not known:
            return ("",) * len(field_names("label"))
        return tuple(SEVERAL.join(labels) for labels in zip(*known, strict=True))


def _beside_the_options() -> dict[str, tuple[str, ...]]:
    """What stands for an answer that is no option, in every language."""
    return {
        OTHER: in_each_language(gettext_lazy("Other")),
        POINT: in_each_language(gettext_lazy("Only a point on the map")),
    }


def in_each_language(words: Any) -> tuple[str, ...]:
    """A sentence of the site in every partner language, in their order."""
    found = []
    for code in CODES:
        with translation.override(code):
            found.append(str(words))
    return tuple(found)


def _in_every_language(entry: Any, name: str) -> tuple[str, ...]:
    return tuple(getattr(entry, column) or "" for column in field_names(name))


def answers_table(scope: Scope) -> Table:
    """One row per answer.

    The public does not get those of groups the page masks, nor what people wrote themselves:
    the form promises that it is read and never published one by one.
    """
    columns = (
        Column("key", _("row")),
        Column("question", _("question")),
        type_column(),
        scope.city_column,
        Column("language", _("language")),
        channel_column(),
        scope.day_column,
        Column("value", _("value")),
        *columns_in_every_language("label", _("answer")),
        *_staff_columns(scope),
        *scope.person_columns,
    )
    return Table(TableName.ANSWERS.value, columns, lambda: _answers(scope))


def _staff_columns(scope: Scope) -> tuple[Column, ...]:
    """Own words and where it is; no columns at all for the public."""
    if scope.is_public:
        return ()
    return (
        Column("words", _("own words")),
        Column("latitude", _("latitude"), "number"),
        Column("longitude", _("longitude"), "number"),
    )


def type_column() -> Column:
    """How a question is answered."""
    return Column("type", _("kind of answer"), values=tuple(QuestionType.choices))


def _answers(scope: Scope) -> Iterator[Row]:
    codebook = Codebook(scope)
    asked = codebook.questions.values()
    read = _read(scope, [each.pk for each in asked if not (scope.is_public and each.is_text)])
    for pk, question_id, city_id, language, at, channel, value, *more in read:
        if (question_id, city_id) in scope.masked_groups:
            continue
        question = codebook.questions[question_id]
        chosen = value if isinstance(value, list) else [str(value)]
        yield (
            scope.key("answer", pk),
            question.identifier,
            question.type,
            scope.city(city_id),
            scope.language(language),
            channel_of(scope, question_id, channel),
            scope.day(at, city_id),
            _value(value),
            *codebook.labels(question_id, [] if question.is_text else chosen),
            *_staff_only(scope, more),
        )


def _staff_only(scope: Scope, values: list[Any]) -> tuple[Any, ...]:
    """Own words, the point and the person, for staff; nothing was read of them for the public."""
    if scope.is_public:
        return ()
    words, latitude, longitude, *person = values
    point = (None if degrees is None else float(degrees) for degrees in (latitude, longitude))
    return words, *point, *scope.person(tuple(person))


def text_answers(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The answers in people's own words: key, question, city, language, when, text, person.

    None for the public, who reads what was published on a page.
    """
    if scope.is_public:
        return
    codebook = Codebook(scope)
    texts = [pk for pk, question in codebook.questions.items() if question.is_text]
    for pk, question_id, city_id, language, at, _channel, value, *more in _read(scope, texts):
        yield (
            scope.key("answer", pk),
            codebook.questions[question_id].identifier,
            scope.city(city_id),
            language,
            scope.day(at, city_id),
            str(value),
            scope.person(tuple(more[-len(PERSON) :])),
        )


def _read(scope: Scope, questions: list[int]) -> Iterator[tuple[Any, ...]]:
    answers = scope.answers if scope.tells_answers else Answer.objects.none()
    shuffled = ("question__sort_order", "question_id", _shuffled(scope))
    order = shuffled if scope.is_public else ("response_id", "question_id")
    fields = (
        *READ,
        *(() if scope.is_public else READ_BY_STAFF),
        *scope.person_fields("response__"),
    )
    told = answers.filter(question__in=questions).order_by(*order)
    return told.values_list(*fields).iterator(AT_A_TIME)


def _shuffled(scope: Scope) -> MD5:
    """An order that is always the same and nobody can undo.

    In the order they came in, the answers of one person would stand in the same place under
    every question, and could be put together again.
    """
    # MD5 because PostgreSQL has it without an extension; what keeps it closed is the secret.
    return MD5(Concat(Value(scope.key("order", 0)), Cast("pk", CharField())))


def channel_of(scope: Scope, question_id: int, channel: str) -> str:
    """How it came in; not for the public where the figures keep back who came one way."""
    is_told = not scope.is_public or question_id not in scope.questions_with_masked_ways
    return channel if is_told else ""


def _value(value: Any) -> str | int | float:
    if isinstance(value, list):
        return SEVERAL.join(value)
    return value if isinstance(value, int | float) else str(value)


def questions_table(scope: Scope) -> Table:
    """The wording behind the identifiers: one row per question and one per option."""
    columns = (
        Column("question", _("question")),
        Column("option", _("option")),
        type_column(),
        *columns_in_every_language("text", _("wording")),
        Column("required", _("must be answered"), values=(("yes", _("yes")), ("no", _("no")))),
        Column("smallest", _("smallest number"), "number"),
        Column("largest", _("largest number"), "number"),
        *columns_in_every_language("unit", _("unit")),
        Column("amount", _("sum to divide, or cost of the project"), "integer"),
        Column("currency", _("currency")),
        Column("place", _("city where it happens; empty for every city"), values=scope.city_names),
        *columns_in_every_language("description", _("description")),
    )
    return Table(TableName.QUESTIONS.value, columns, lambda: _questions(scope))


def _questions(scope: Scope) -> Iterator[Row]:
    no_bounds = ("",) * (3 + len(CODES))
    for question in Codebook(scope).questions.values():
        wording = _in_every_language(question, "text")
        bounds = (*_bounds_of(question), *_sum_of(question))
        yield question.identifier, "", question.type, *wording, *bounds
        for option in question.options.all():
            wording = _in_every_language(option, "label")
            more = (*no_bounds, *_project(scope, question, option))
            yield question.identifier, option.identifier, question.type, *wording, *more


def _sum_of(question: Question) -> tuple[Any, ...]:
    """The sum to divide and its money; of other questions nothing."""
    told = (question.budget, question.currency) if question.is_budget else (None, "")
    return *told, "", *("" for _code in CODES)


def _project(scope: Scope, question: Question, option: QuestionOption) -> tuple[Any, ...]:
    """What a project costs, where it happens, what it is; of other options nothing."""
    if not question.is_budget:
        return (None, "", "", *("" for _code in CODES))
    place = scope.city(option.city_id) if option.city_id else ""
    words = _in_every_language(option, "description")
    return option.cost, question.currency, place, *words


def _bounds_of(question: Question) -> tuple[Any, ...]:
    """What an answer must keep to: whether it is asked for, bounds and unit of a number."""
    low, high = question.number_bounds
    unit = _in_every_language(question, "number_unit")
    return "yes" if question.required else "no", low, high, *unit
