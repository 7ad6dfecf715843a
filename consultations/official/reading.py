"""Published answers as readers are shown them, and how much of what was said is answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.answered import Answered, Answers
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage
from consultations.official.enums import LOOKS, AnswerState
from consultations.official.models import AnswerSheet, CoveredText, PublishedAnswer
from consultations.official.signing import TEXTS, title_of
from consultations.outcomes import Outcome
from partnership.ledger.kinds import Shown
from partnership.ledger.models import ApprovalRequest
from partnership.pages.languages import CODES, active, field_names, localized, own_name


class Reader:
    """Tells the consultation's own pages what was answered; see ``consultations.answered``."""

    def on_page(self, consultation: ConsultationPage, comments: Sequence[int]) -> Answered:
        sheets = AnswerSheet.objects.filter(consultation_id=consultation.pk)
        rows = list(sheets.exclude(published_at=None).rows_for(comments))
        if not rows:
            return Answered()
        address = page_address(consultation)
        found = Answered(address, defaultdict(list), defaultdict(list))
        for row in rows:
            if row["comment"] in comments:
                found.to_comments[row["comment"]].append(_from_row(row))
            elif anchor := _anchor(row):
                outcome = _outcome(f"{address}#answer-{row['key']}", anchor, row["state"])
                found.outcomes[anchor].append(outcome)
        return found

    def to_statement(self, key: int) -> Answers:
        current = PublishedAnswer.objects.current().select_related("answer__theme")
        return [shown(each) for each in current.filter(answer__statement=key).with_promises()]

    def unaccounted(self, consultation: ConsultationPage) -> int:
        sheet = AnswerSheet.objects.filter(consultation_id=consultation.pk).first()
        if sheet is not None and sheet.published_at and sheet.accounts_for_the_rest:
            return 0
        coverage = coverage_of(consultation)
        return coverage.total - coverage.answered


def _anchor(row: dict[str, Any]) -> str:
    if row["statement"]:
        return f"statement-{row['statement']}"
    return f"question-{row['question']}" if row["question"] else ""


def _outcome(url: str, anchor: str, state: str) -> Outcome:
    return Outcome(
        anchor=anchor,
        title=_("The cities’ answer"),
        url=url,
        disposition=state,
        disposition_label=str(AnswerState(state).label),
        status="",
        status_label="",
        is_promise=False,
    )


def _from_row(row: dict[str, Any]) -> dict[str, Any]:
    """An answer without its promises, which the page of answers shows."""
    columns = {name: row[name] for text in TEXTS for name in field_names(text)}
    published = PublishedAnswer(
        answer_id=row["key"], state=row["state"], published_at=row["shown_since"], **columns
    )
    return _shown(published, row["theme"] or "", ())


def page_address(consultation: ConsultationPage) -> str:
    """Where the answers to a consultation are read, in the active language."""
    return reverse("consultation_answers", args=(consultation.slug_in(active()),))


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """What readers of the open ledger are told of signed sheets; two queries.

    Sheets that were signed before quotes were kept apart still hold residents' words, and their
    content is handed out to nobody.
    """
    asked = {each.pk: each.object_id for each in requests}
    with_words = ApprovalRequest.objects.filter(
        pk__in=asked, content__content__answers__0__has_key="words"
    )
    quoting = set(with_words.order_by().values_list("pk", flat=True))
    sheets = AnswerSheet.objects.readable().filter(pk__in=asked.values())
    found = {sheet.pk: sheet for sheet in sheets.select_related("consultation")}
    return {
        pk: Shown(
            title_of(found[sheet]), page_address(found[sheet].consultation), pk not in quoting
        )
        for pk, sheet in asked.items()
        if sheet in found
    }


def shown(published: PublishedAnswer) -> dict[str, Any]:
    """One answer as its component wants it, with the promises it leads to."""
    theme = published.answer.theme
    return _shown(published, theme.title if theme else "", published.commitments.all())


def _shown(published: PublishedAnswer, theme: str, promises: Iterable[Any]) -> dict[str, Any]:
    """In the reader's language, the others one click away."""
    tone, icon = LOOKS[AnswerState(published.state)]
    return {
        "key": published.answer_id,
        "state": AnswerState(published.state).label,
        "tone": tone,
        "icon": icon,
        "text": published.text,
        "answered_by": published.answered_by,
        "published_at": published.published_at,
        "theme": theme,
        "others": [
            {
                "code": code,
                "name": own_name(code),
                "text": getattr(published, localized("text", code)),
                "answered_by": getattr(published, localized("answered_by", code)),
            }
            for code in CODES
            if code != active()
        ],
        "promises": [
            {"label": promise.title, "url": promise.get_absolute_url()} for promise in promises
        ],
    }


# How much is answered ----------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """How many of one kind of contribution have an answer."""

    name: str
    answered: int
    total: int


@dataclass(frozen=True)
class Coverage:
    """How much of what people said the cities have answered, with how many answers."""

    shares: tuple[Share, ...]
    answers: int = 0

    @property
    def answered(self) -> int:
        """How many contributions have an answer."""
        return sum(share.answered for share in self.shares)

    @property
    def total(self) -> int:
        """How many contributions there are."""
        return sum(share.total for share in self.shares)

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down, so that 100 means every single one; None of nothing."""
        return 100 * self.answered // self.total if self.total else None


def coverage_of(consultation: ConsultationPage) -> Coverage:
    """Count what has an answer; one query, whatever was said.

    Counted are the published statements, the published comments with their replies, and the
    texts written to questions. A statement that says the same as another goes with it, a reply
    with the comment it replies to; a comment or text is answered by an answer of its own, by
    one to its question, or by one to a theme it was coded with.
    """
    answers = PublishedAnswer.objects.current().of(consultation)
    covered = CoveredText.objects.filter(published__in=answers.values("pk"))
    comments = _keys(answers, "answer__contribution"), _keys(covered, "contribution")
    written = Answer.objects.filter(
        response__consultation=consultation, question__type=QuestionType.LONG_TEXT
    )
    texts = Q(question__in=_keys(answers, "answer__question"))
    texts |= Q(pk__in=_keys(covered, "answer"))
    asked = _is_one_of(_keys(answers, "answer__statement"), "pk", "duplicate_of")
    own = _is_one_of(comments[0], "pk", "parent") | _is_one_of(comments[1], "pk", "parent")
    counted = _counted(
        (consultation.statements.published(), asked),
        (consultation.contributions.published(), own),
        (written, texts),
        (answers, Q(pk__isnull=False)),
    )
    names = (_("statements"), _("comments"), _("texts"))
    shares = (Share(name, *counted[place]) for place, name in enumerate(names))
    return Coverage(tuple(shares), answers=counted[len(names)][0])


def _counted(*kinds: tuple[Any, Q]) -> dict[int, tuple[int, int]]:
    """Return (answered, all) for each of these rows, by their place; one query for all."""
    first, *others = (
        rows.order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(
            total=Count("pk", distinct=True),
            answered=Count("pk", filter=is_answered, distinct=True),
        )
        for place, (rows, is_answered) in enumerate(kinds)
    )
    found = {row["place"]: (row["answered"], row["total"]) for row in first.union(*others)}
    return {place: found.get(place, (0, 0)) for place in range(len(kinds))}


def _keys(rows: Any, column: str) -> Any:
    return rows.order_by().filter(**{f"{column}__isnull": False}).values(column)


def _is_one_of(keys: Any, *fields: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__in": keys})
    return found


def words_of(shares: Iterable[Share]) -> list[dict[str, Any]]:
    """The kinds of which there are any, for a table."""
    return [
        {"name": share.name, "answered": share.answered, "total": share.total}
        for share in shares
        if share.total
    ]
