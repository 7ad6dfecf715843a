"""Which figures are shown to whom, and which statement comes next."""

from datetime import timedelta

import pytest

from consultations.disclosure import shows_figures_to
from consultations.enums import QuestionType
from consultations.models import StatementTally
from consultations.presenting.figures import statement_table
from consultations.question_results import question_results
from consultations.results import statement_results
from consultations.services import answer, vote
from consultations.voting import next_statement
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("statements", "needed"), [(2, 2), (5, 5), (9, 5)])
def test_figures_are_shown_after_five_votes_or_all(statements, needed):
    consultation, participant = make_consultation(), make_participant()
    shown = []

    for _number in range(statements):
        shown.append(shows_figures_to(consultation, participant))
        statement = StatementFactory(consultation=consultation)
        vote(statement, participant=participant, choice="pass")

    # Each round added one statement and one vote: the reader had voted on all there were.
    assert shown[0] is False
    assert shows_figures_to(consultation, participant) is True
    assert needed <= statements


def test_figures_are_shown_to_nobody_before_the_opening_and_to_everybody_after_the_close():
    coming = make_consultation(
        title="Coming", opens_in=timedelta(days=1), closes_in=timedelta(days=2)
    )
    over = make_consultation(title="Over", closes_in=timedelta(days=-1))

    assert (shows_figures_to(coming, None), shows_figures_to(over, None)) == (False, True)


def test_the_figures_equal_the_totals_city_by_city_and_elsewhere_is_never_scored():
    alder, puerto = city_pair()
    consultation = make_consultation()
    statement = StatementFactory(consultation=consultation)
    for city, agree in ((alder, 60), (puerto, 45), (None, 7)):
        rest = {60: 20, 45: 15, 7: 0}[agree]
        StatementTally.objects.create(statement=statement, city=city, agree=agree, disagree=rest)

    (result,) = statement_results(consultation, [alder, puerto])

    assert result.groups == [(60, 80), (45, 60)]
    assert (round(result.score, 3), result.verdict) == (0.649, "common")
    assert (result.elsewhere.seen, result.elsewhere.agree) == (7, 100)


def test_the_table_masks_groups_under_five():
    alder, puerto = city_pair()
    statement = StatementFactory()
    StatementTally.objects.create(statement=statement, city=alder, agree=4)
    StatementTally.objects.create(statement=statement, city=puerto, agree=3, disagree=2)

    table = statement_table(statement_results(statement.consultation, [alder, puerto]))

    assert table["rows"][0]["cells"] == [None, None, None, None, "60%", "40%", "0%", 5]


def test_answers_are_counted_by_option_and_city_and_small_groups_are_masked():
    alder, puerto = city_pair()
    consultation = make_consultation()
    kinds = (QuestionType.MULTIPLE_CHOICE, QuestionType.SCALE, QuestionType.LONG_TEXT)
    questions = [make_question(consultation, kind) for kind in kinds]
    for number in range(6):
        city = alder if number < 5 else puerto
        values = {"q1": ["o1", "o2"] if number % 2 else ["o1"], "q2": "3", "q3": f"Text {number}"}
        answer(
            consultation,
            participant=make_participant(city),
            answers=values,
            language_code="en",
            form_token=None,
        )

    several, scale, text = question_results(consultation, questions, [alder, puerto])

    shares = [[share.count for share in option.shares] for option in several.options]
    assert shares == [[5, None, None], [2, None, None], [0, None, None]]
    assert [option.shares[0].percent for option in scale.options] == [0, 0, 100, 0, 0]
    assert text.options == ()
    assert text.groups == ((alder, 5), (puerto, None), (None, None))


def test_the_next_statement_is_the_one_least_voted_in_the_readers_own_city():
    alder, puerto = city_pair()
    consultation = make_consultation()
    busy, quiet = (StatementFactory(consultation=consultation) for _number in range(2))
    StatementTally.objects.create(statement=busy, city=alder, agree=3)
    StatementTally.objects.create(statement=quiet, city=puerto, agree=9)
    statements = consultation.statements.prefetch_related("tallies")

    of_alder = next_statement(statements, resident=ResidentFactory(city=alder), voted=())
    of_puerto = next_statement(statements, resident=ResidentFactory(city=puerto), voted=())

    assert (of_alder, of_puerto) == (quiet, busy)


def test_ties_fall_in_an_order_of_ones_own_that_stays():
    consultation = make_consultation()
    for _number in range(6):
        StatementFactory(consultation=consultation)
    statements = list(consultation.statements.prefetch_related("tallies"))
    residents = [ResidentFactory() for _number in range(12)]

    first = [next_statement(statements, resident=each, voted=()) for each in residents]
    again = [next_statement(statements, resident=each, voted=()) for each in residents]

    assert first == again
    assert len(set(first)) > 1


def test_when_all_are_voted_on_there_is_no_next_one():
    statement = StatementFactory()
    statements = statement.consultation.statements.prefetch_related("tallies")

    assert next_statement(statements, resident=ResidentFactory(), voted={statement.pk}) is None
