"""What the cities sign of a year: the words, a verdict on every promise, and the figures."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.reviews.enums import Verdict
from consultations.reviews.figures import Figures
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.querysets import judged
from consultations.reviews.refusals import ReviewNotReady
from consultations.reviews.telling import (
    facts_in_words,
    money_in_words,
    participation_in_words,
    risks_in_words,
)
from consultations.roadmap.models import Commitment
from partnership.cities.models import City
from partnership.ledger.kinds import Shown, cities_of_page
from partnership.ledger.models import ApprovalRequest
from partnership.pages.comparing import Cell, Row, cell_of
from partnership.pages.languages import CODES, localized
from partnership.pages.wording import gate, slots
from partnership.pages.wording.foreign import in_own_language

TEXTS = ("foreword", "went_well", "went_badly", "to_change")


def content_of(review: AnnualReview) -> dict[str, Any]:
    """Return what is signed; raises ReviewNotReady with every reason."""
    rows = list(review.judgements.all())
    if reasons := list(reasons_of(review, rows)):
        raise ReviewNotReady(reasons)
    return {
        "roadmap": review.roadmap_id,
        "year": review.roadmap.year,
        **{name: _texts(review, name) for name in TEXTS},
        "judgements": [_judgement(row) for row in rows],
        "figures": review.figures,
    }


def _texts(thing: Any, name: str) -> dict[str, str]:
    return {code: getattr(thing, localized(name, code)) or "" for code in CODES}


def _judgement(row: CommitmentReview) -> dict[str, Any]:
    return {
        "commitment": row.commitment_id,
        "verdict": str(row.verdict),
        "why": _texts(row, "why"),
        "carried_into": row.carried_into_id,
    }


def reasons_of(review: AnnualReview, rows: Iterable[CommitmentReview]) -> Iterator[str]:
    """Yield what is missing before the cities can be asked, in the active language."""
    memory = review.wording_so_far()
    found = list(slots.of_object(review))
    for problem in gate.problems_in((slot for slot in found if not slot.section), memory):
        yield problem.in_a_list
    for row in rows:
        if not row.verdict:
            yield not_judged(row.commitment)
        for problem in gate.problems_in(slots.of_object(row), memory):
            yield f"{row.commitment}: {problem.in_a_list}"
    for commitment in left_out(review, rows):
        yield not_judged(commitment)


def not_judged(commitment: Commitment) -> str:
    """Say which promise nobody has judged."""
    return _("Not judged yet: %(commitment)s") % {"commitment": commitment}


def left_out(review: AnnualReview, rows: Iterable[CommitmentReview]) -> list[Commitment]:
    """Return the promises of the roadmap that have no row in its review yet."""
    known = {row.commitment_id for row in rows}
    return [entry for entry in judged(review.roadmap) if entry.pk not in known]


def cities_of(review: AnnualReview) -> list[City]:
    """The roadmap's cities; all of them where it is joint or of one city only."""
    return cities_of_page(review.roadmap)


def title_of(review: AnnualReview) -> str:
    """What it is called, in the active language."""
    return str(review)


def address_of(review: AnnualReview) -> str:
    """Where it is written."""
    return reverse("annual_reviews:edit", args=(review.pk,))


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return the words, every promise with its verdict and its figures, and the sums of the year.

    No review is signed twice, so there is nothing that was signed ``before``.
    """
    names = {city.code: city.name for city in City.objects.all()}
    figures = content["figures"]
    facts = {entry["commitment"]: entry for entry in figures["commitments"]}
    later = Commitment.objects.select_related("roadmap").in_bulk(
        [row["carried_into"] for row in content["judgements"] if row["carried_into"]]
    )
    rows = [_row(label_of(name), content[name]) for name in TEXTS]
    for judgement in content["judgements"]:
        known = facts[judgement["commitment"]]
        title = f"{known['number']}. {in_own_language(known['title'])}"
        said = [*facts_in_words(known, names), *_carried(later.get(judgement["carried_into"]))]
        rows.append(Row(title, event=str(Verdict(judgement["verdict"]).label)))
        rows.append(_row(_("Why"), judgement["why"]))
        rows.append(Row(_("Figures"), [Cell("; ".join(said))]))
    return [*rows, *_sums(figures, names)]


def _sums(figures: Figures, names: dict[str, str]) -> Iterator[Row]:
    """The figures of the year as a whole, a row each."""
    for heading, lines in (
        (_("Money"), money_in_words(figures["money"])),
        (_("Who took part in the year"), participation_in_words(figures["participation"], names)),
        (_("Risks of the year"), risks_in_words(figures["risks"])),
    ):
        if lines:
            yield Row(heading, [Cell("; ".join(lines))])


def label_of(name: str) -> str:
    """What a text of a review is called."""
    field: Any = AnnualReview._meta.get_field(name)
    return str(capfirst(field.verbose_name))


def _row(label: str, texts: dict[str, str]) -> Row:
    return Row(label, [cell_of(texts, {}, code) for code in CODES])


def _carried(commitment: Commitment | None) -> Iterator[str]:
    if commitment is not None:
        said = {"year": commitment.roadmap.year, "commitment": commitment}
        yield _("Carried over into %(year)s, %(commitment)s") % said


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """Return those of roadmaps that readers can see, with the way to each review; one query."""
    asked = {each.pk: each.object_id for each in requests}
    readable = AnnualReview.objects.signed().readable().filter(pk__in=asked.values())
    found = {review.pk: review for review in readable.select_related("roadmap")}
    return {
        pk: Shown(title_of(found[review]), found[review].get_absolute_url())
        for pk, review in asked.items()
        if review in found
    }
