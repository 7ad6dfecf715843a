"""What people wrote in a consultation in their own words: comments, and texts to questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import QueryDict

from consultations.analysis.models import CodedText
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Contribution

COMMENT, ANSWER = "comment", "answer"
#: Nobody has to look for words among more texts than these; the newest are read.
READ_AT_MOST = 5000
#: Keys of answers are made by chance and tell no order.
NEWEST_FIRST = ("-response__created_at", "-pk")


@dataclass(frozen=True)
class Text:
    """One text, wherever it was written."""

    kind: str
    pk: int
    words: str
    language_code: str
    city: Any
    question: str = ""

    @property
    def target(self) -> dict[str, Any]:
        """The column of a coding that points to it."""
        column = "contribution_id" if self.kind == COMMENT else "answer_id"
        return {column: self.pk}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which texts somebody looks at; anything unknown counts as not asked."""

    source: str = ""
    language: str = ""
    city: str = ""
    theme: str = ""
    reading: str = ""
    words: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "View":
        """Read it from an address, or from what was saved of one."""
        return cls(**{name: query.get(name, "").strip()[:100] for name in cls.__slots__})

    @classmethod
    def from_saved(cls, query: str) -> "View":
        """Read it from a saved view."""
        return cls.from_query(QueryDict(query).dict())

    @property
    def query(self) -> str:
        """The view as the query string of an address, without what was not asked."""
        asked = {name: getattr(self, name) for name in self.__slots__}
        return urlencode({name: value for name, value in asked.items() if value})


#: What a view can ask about who has read a text.
UNREAD, READ, READ_TWICE = "unread", "read", "twice"


class Texts:
    """The texts of a consultation as one person looks at them, comments first, then answers."""

    def __init__(self, consultation: ConsultationPage, view: View, *, coder: Any) -> None:
        self.consultation, self.view, self.coder = consultation, view, coder

    def count(self) -> int:
        """How many there are; two queries."""
        return self.comments().count() + self.answers().count()

    def __getitem__(self, part: slice) -> list[Text]:
        """A part of them, for a paginator."""
        comments = self.comments()
        before = comments.count()
        first = [_of_comment(each) for each in comments[part]]
        start, stop = max(part.start - before, 0), max(part.stop - before, 0)
        rest = self.answers()[start:stop] if stop else ()
        return first + [_of_answer(each) for each in rest]

    def first(self) -> Text | None:
        """The one that comes first; two queries at most."""
        if comment := self.comments().first():
            return _of_comment(comment)
        answer = self.answers().first()
        return _of_answer(answer) if answer else None

    def find(self, kind: str, pk: int) -> Text | None:
        """One of them, if it is among them."""
        if kind == COMMENT:
            comment = self.comments().filter(pk=pk).first()
            return _of_comment(comment) if comment else None
        answer = self.answers().filter(pk=pk).first()
        return _of_answer(answer) if answer else None

    def comments(self) -> QuerySet[Contribution]:
        """The published comments among them."""
        if self.view.source not in {"", COMMENT}:
            return Contribution.objects.none()
        comments = self.consultation.contributions.published().select_related("city")
        if self.view.language:
            comments = comments.filter(language_code=self.view.language)
        if self.view.city:
            comments = comments.filter(city__code=self.view.city)
        if self.view.words:
            comments = comments.filter(text__icontains=self.view.words)
        return self._as_read(comments, "contribution").order_by("pk")

    def answers(self) -> QuerySet[Answer]:
        """The texts to questions among them."""
        if self.view.source == COMMENT or self.consultation.holds_answers_back:
            return Answer.objects.none()
        answers = Answer.objects.filter(
            response__consultation=self.consultation, question__type=QuestionType.LONG_TEXT
        ).select_related("question", "response__city")
        if self.view.source:
            answers = answers.filter(question__identifier=self.view.source)
        if self.view.language:
            answers = answers.filter(response__language_code=self.view.language)
        if self.view.city:
            answers = answers.filter(response__city__code=self.view.city)
        if self.view.words:
            answers = answers.filter(pk__in=self._with_words(answers))
        return self._as_read(answers, "answer").order_by("response__created_at", "pk")

    def _with_words(self, answers: QuerySet[Answer]) -> list[int]:
        """A database cannot look into a JSON value for accents: they are escaped in it."""
        words = self.view.words.casefold()
        newest = answers.order_by(*NEWEST_FIRST).values_list("pk", "value")[:READ_AT_MOST]
        return [pk for pk, value in newest if words in str(value).casefold()]

    def _as_read(self, rows: Any, target: str) -> Any:
        """Only those that were read, or put under a theme, as the view asks."""
        codings = CodedText.objects.of(self.consultation).exclude(**{target: None})
        if self.view.theme.isdecimal():
            under = codings.filter(annotations__theme__number=int(self.view.theme[:4]))
            rows = rows.filter(pk__in=under.values(target))
        if self.view.reading == UNREAD:
            return rows.exclude(pk__in=codings.filter(coder=self.coder).values(target))
        if self.view.reading == READ:
            return rows.filter(pk__in=codings.values(target))
        if self.view.reading == READ_TWICE:
            several = codings.order_by().values(target).annotate(readers=Count("pk"))
            return rows.filter(pk__in=several.filter(readers__gt=1).values(target))
        return rows


def _of_comment(comment: Contribution) -> Text:
    return Text(COMMENT, comment.pk, comment.text, comment.language_code, comment.city)


def _of_answer(answer: Answer) -> Text:
    response = answer.response
    return Text(
        ANSWER,
        answer.pk,
        str(answer.value),
        response.language_code,
        response.city,
        answer.question.text,
    )


def all_words(consultation: ConsultationPage) -> Iterable[tuple[str, str]]:
    """The words and the language of the newest texts; two queries."""
    texts = Texts(consultation, View(), coder=None)
    comments = texts.comments().order_by("-pk").values_list("text", "language_code")
    yield from comments[:READ_AT_MOST]
    answers = texts.answers().order_by(*NEWEST_FIRST)
    words = answers.values_list("value", "response__language_code")
    for value, language_code in words[:READ_AT_MOST]:
        yield str(value), language_code
