"""60 statements, 8 votes each of 250 and of 50 residents: none is left unseen in either city."""

from collections.abc import Callable, Iterator
from itertools import chain, zip_longest
from random import Random

import pytest

from consultations.models import ConsultationPage, Vote
from consultations.services import vote
from consultations.turns import shown_in
from partnership.people.models import Participant
from tests.consultations.test_turns import in_city, turn_of, with_statements
from tests.factories.cities import city_pair
from tests.factories.consultations import make_participant

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db]

STATEMENTS, VOTES_EACH, RESIDENTS = 60, 8, (250, 50)
SEEN_AT_LEAST = 5


def everybody() -> Iterator[Participant]:
    """The residents of both cities by turns, until the smaller one has no more."""
    crowds = [
        [make_participant(city) for _number in range(number)]
        for city, number in zip(city_pair(), RESIDENTS, strict=True)
    ]
    return filter(None, chain.from_iterable(zip_longest(*crowds)))


def vote_on_eight(participant: Participant, consultation: ConsultationPage, chance: Random) -> None:
    """Vote on whatever comes next, and look at one more without voting."""
    voted: set[int] = set()
    for _vote in range(VOTES_EACH):
        statement = turn_of(participant, consultation, voted=voted)
        choice = chance.choice(("agree", "disagree", "pass"))
        vote(statement, participant=participant, choice=choice)
        voted.add(statement.pk)
    turn_of(participant, consultation, voted=voted)


def test_every_statement_is_seen_in_each_city(figure: Callable[..., None]) -> None:
    consultation, chance = with_statements(STATEMENTS), Random(5)

    for participant in everybody():
        vote_on_eight(participant, consultation, chance)

    assert Vote.objects.count() == VOTES_EACH * sum(RESIDENTS)
    for city, residents in zip(city_pair(), RESIDENTS, strict=True):
        fewest = min(shown_in(city.pk, in_city(consultation, city)).values())
        figure(f"Least seen of 60 statements, {residents} residents", fewest, unit="times")
        assert fewest >= SEEN_AT_LEAST
