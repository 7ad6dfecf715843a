"""Looking for a word among 10,000 comments, held against reading all of them."""

from statistics import median
from time import perf_counter
from typing import Any

import pytest

from consultations.enums import PublicationStatus
from consultations.finding import COMMENTS
from consultations.models import Contribution
from partnership.pages.finding import FEW, matching
from partnership.pages.languages import DEFAULT
from partnership.pages.words import wanted_of
from tests.factories.consultations import make_consultation, make_participant

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db]

COMMENTS_IN_ALL, ROUNDS = 10_000, 7
WORDS = "La parada del autobús está en la esquina del río, y a la niñez le falta sombra. "


@pytest.mark.parametrize(("what", "query"), [("nowhere", "zebra"), ("everywhere", "rio parada")])
def test_a_word_among_ten_thousand_comments(figure, what, query):
    consultation, author = make_consultation(), make_participant()
    said: dict[str, Any] = {
        "consultation": consultation,
        "participant": author,
        "language_code": DEFAULT,
        "text": WORDS * 5,
        "publication_status": PublicationStatus.PUBLISHED,
    }
    everything = (Contribution(**said) for _each in range(COMMENTS_IN_ALL))
    Contribution.objects.bulk_create(everything, batch_size=1000)
    rows = matching(COMMENTS, wanted_of(query, DEFAULT), DEFAULT)

    seconds = _median(lambda: list(rows[:FEW]))
    baseline = _median(lambda: list(Contribution.objects.readable().values_list("text")))

    ratio = seconds / baseline
    figure(f"a word said {what}: finding against reading them all", ratio, unit="times", at_most=15)


def _median(work: Any) -> float:
    taken = []
    for _round in range(ROUNDS):
        started = perf_counter()
        work()
        taken.append(perf_counter() - started)
    return median(taken)
