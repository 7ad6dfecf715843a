"""What the cities sign: every answer of a sheet, in every language, with what it leads to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.official.enums import AnswerState
from consultations.official.models import AnswerSheet, OfficialAnswer
from consultations.official.refusals import AnswersNotReady, NothingAnswered
from consultations.roadmap.models import Commitment
from partnership.cities.models import City
from partnership.ledger import quotes
from partnership.ledger.kinds import cities_of_page
from partnership.pages.comparing import Cell, Row, cell_of, difference
from partnership.pages.languages import CODES, DEFAULT, localized
from partnership.pages.wording import gate, slots

#: The texts of an answer that exist in every language.
TEXTS = ("text", "answered_by")
TAKEN_BACK = (PublicationStatus.WITHDRAWN, PublicationStatus.ERASED)


def content_of(sheet: AnswerSheet) -> dict[str, Any]:
    """Return what is signed. Raises NothingAnswered, or AnswersNotReady with every reason."""
    answers = list(
        OfficialAnswer.objects.filter(sheet=sheet)
        .with_targets()
        .prefetch_related("commitments")
        .order_by("pk")
    )
    if not answers:
        raise NothingAnswered
    if reasons := [*_reasons(answers), *_reasons_of_rest(sheet)]:
        raise AnswersNotReady(reasons)
    content = {
        "consultation": sheet.consultation_id,
        "answers": _entries(answers),
    }
    rest = _rest_of(sheet)
    # Left out when there is none: what was signed before there could be one keeps its digest.
    return {**content, "rest": rest} if any(rest.values()) else content


def _rest_of(sheet: AnswerSheet) -> dict[str, str]:
    """Why the rest has no answer of its own, in every language."""
    return {code: getattr(sheet, localized("rest", code)) or "" for code in CODES}


def _reasons_of_rest(sheet: AnswerSheet) -> Iterator[str]:
    rest = _rest_of(sheet)
    if any(rest.values()) and not all(rest.values()):
        yield _("The reason for the rest is not there in every language")


def _reasons(answers: Iterable[OfficialAnswer]) -> Iterator[str]:
    for answer in answers:
        for problem in gate.problems_in(slots.of_object(answer), answer.wording_so_far()):
            yield f"{answer.target}: {problem.in_a_list}"


def quotes_of(sheet: AnswerSheet) -> dict[str, str]:
    """What is quoted of every target, by its name; locks what residents wrote."""
    for model in (Contribution, Statement):
        rows = model.objects.filter(official_answers__sheet=sheet).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))
    return _quotes_of(OfficialAnswer.objects.filter(sheet=sheet).with_targets())


def _quotes_of(answers: Iterable[OfficialAnswer]) -> dict[str, str]:
    return {quotes.name_of(answer.target): _words_of(answer.target) for answer in answers}


def _words_of(target: Any) -> str:
    """The words that are answered; none of what its author took back, or was removed.

    Themes and questions are there in every language: quoted in the first one, whoever looks, or
    each city would sign something else.
    """
    if getattr(target, "publication_status", "") in TAKEN_BACK:
        return ""
    with override(DEFAULT):
        return str(getattr(target, "original_text", "") or getattr(target, "text", "") or target)


def _entries(answers: list[OfficialAnswer]) -> list[dict[str, Any]]:
    quoted = quotes.digests(_quotes_of(answers))
    return [_entry(answer, quoted.get(quotes.name_of(answer.target), "")) for answer in answers]


def _entry(answer: OfficialAnswer, quote: str) -> dict[str, Any]:
    texts = {
        name: {code: getattr(answer, localized(name, code)) or "" for code in CODES}
        for name in TEXTS
    }
    return {
        "answer": answer.pk,
        "to": f"{answer.kind}:{answer.target.pk}",
        "quote": quote,
        "state": str(answer.state),
        "commitments": sorted(promise.pk for promise in answer.commitments.all()),
        **texts,
    }


def cities_of(sheet: AnswerSheet) -> list[City]:
    """The consultation's cities; all of them where it is joint or of one city only."""
    return cities_of_page(sheet.consultation)


def title_of(sheet: AnswerSheet) -> str:
    """What the sheet is called, in the active language."""
    return _("Answers to “%(consultation)s”") % {"consultation": sheet.consultation.title}


def address_of(sheet: AnswerSheet) -> str:
    """Where its answers are written."""
    return reverse("answer_sheet", args=(sheet.consultation_id,))


# Showing it ------------------------------------------------------------------------------


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return every answer with a column per language, marked against what was signed before."""
    earlier = {entry["answer"]: entry for entry in (before or {}).get("answers", ())}
    kept = quotes.words(entry.get("quote", "") for entry in content["answers"])
    rows: list[Row] = []
    for entry in content["answers"]:
        old = earlier.get(entry["answer"])
        if old != entry:
            words = kept.get(entry.get("quote", ""), "") or entry.get("words", "")
            rows += _rows_of_answer(entry, old, words or _("The words were removed."))
    now, then = content.get("rest", {}), (before or {}).get("rest", {})
    if now != then:
        label = capfirst(_("why the rest has no answer of its own"))
        rows.append(Row(label, [cell_of(now, then, code) for code in CODES]))
    return rows


def _rows_of_answer(entry: dict[str, Any], old: dict[str, Any] | None, words: str) -> list[Row]:
    event = _("Changed") if old else _("Added")
    states = (_state(old), _state(entry))
    labels = {"text": _("answer"), "answered_by": _("who answers")}
    return [
        Row(words, event=event),
        Row(capfirst(_("what becomes of it")), [Cell(difference(*states))]),
        *(
            Row(
                capfirst(labels[name]),
                [cell_of(entry[name], (old or {}).get(name, {}), code) for code in CODES],
            )
            for name in TEXTS
        ),
        *_promises(entry, old),
    ]


def _state(entry: dict[str, Any] | None) -> str:
    return str(AnswerState(entry["state"]).label) if entry else ""


def _promises(entry: dict[str, Any], old: dict[str, Any] | None) -> list[Row]:
    now, then = entry["commitments"], (old or {}).get("commitments", [])
    if not now and not then:
        return []
    promises = Commitment.objects.in_bulk([*now, *then])
    named = (", ".join(str(promises.get(pk, pk)) for pk in keys) for keys in (then, now))
    return [Row(capfirst(_("commitments it leads to")), [Cell(difference(*named))])]
