"""What the page of final results shows."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.deciding import deciding
from consultations.enums import Channel
from consultations.models import ConsultationPage, Question
from consultations.presenting import figures
from consultations.presenting.head import ancestors
from consultations.presenting.question_figures import of_these, question_cards
from consultations.snapshots.content import ELSEWHERE, Drift, content_of
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import counted_cities, frozen_groups, statement_figures
from consultations.snapshots.services import verify
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.languages import active
from partnership.serving import fresh_until


def results_context(
    consultation: ConsultationPage, snapshots: Sequence[ResultSnapshot], request: HttpRequest
) -> dict[str, Any]:
    """Return what the template shows, in a number of queries that never grows."""
    fresh_until(request, consultation.closes_at)
    snapshot = snapshots[0]
    cities = counted_cities(snapshot, once(request, cities_of_the_site))
    url = consultation.get_url(request)
    slug = consultation.slug_in(active())
    questions = list(consultation.questions.prefetch_related("options"))
    statements = list(consultation.statements.published().for_cards())
    decide = deciding(consultation, cities)
    results = statement_figures(snapshot, statements, cities, decide=decide)
    verification = verify(snapshot, content_of(consultation, cities, questions, statements))
    return {
        "consultation": consultation,
        "cities": cities,
        "url": url,
        "ancestors": [*ancestors(consultation, request), {"title": consultation.title, "url": url}],
        "snapshot": snapshot,
        "verification": verification,
        "drift": drift_in_words(verification.drift, cities),
        "versions": [_version(each, slug) for each in snapshots],
        "questions": [_question(snapshot, each, cities, decide) for each in questions],
        "ground": figures.ground_rows(results, {}, slug) if results else (),
        "closer_look": figures.closer_look(results),
        "table": figures.statement_table(results) if results else None,
    }


def _version(snapshot: ResultSnapshot, slug: str) -> dict[str, Any]:
    address = reverse("consultation_results_file", args=(slug, snapshot.number))
    return {"snapshot": snapshot, "url": address}


def _question(
    snapshot: ResultSnapshot, question: Question, cities: Sequence[City], decide: Container[int]
) -> dict[str, Any]:
    """The card of everybody, and a table for each way in where there was more than one."""
    groups = frozen_groups(snapshot, question, cities)
    everybody = groups.pop(("", ""), None)
    cards = question_cards([everybody] if everybody else [], {}, decide=decide)
    several = Counter(split for split, _group in groups)
    return {
        "question": question,
        "card": cards[0] if cards else None,
        "groups": [
            {"name": name, "table": card["table"], "id": f"{question.anchor}-{group}"}
            for (split, group), result in groups.items()
            if several[split] > 1
            for name in [_name_of(split, group)]
            for card in question_cards([result], {})
            if "table" in card
        ],
    }


def _name_of(split: str, group: str) -> str:
    """What a group of people is called."""
    if split == "channel":
        return _("Only who took part %(name)s") % {"name": Channel(group).label}
    return capfirst(of_these(group))


def drift_in_words(drift: Iterable[Drift], cities: Sequence[City]) -> list[str]:
    """Where today's figures differ, without them.

    Beside the published figures the new ones would tell what the one person said who came in
    between.
    """
    names = {city.code: city.name for city in cities}
    labels = {
        "question": _("Question %(key)s, %(city)s"),
        "statement": _("Statement %(key)s, %(city)s"),
    }
    said = (
        labels[kind]
        % {"key": key, "city": names.get(city, _("Elsewhere") if city == ELSEWHERE else city)}
        for kind, key, city, *_figures in drift
    )
    return list(dict.fromkeys(said))
