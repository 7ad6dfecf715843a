"""Which statement comes next: the one least shown in the reader's city, voted on or not."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client

from consultations.models import Statement, StatementTally, Turn
from consultations.services import vote
from consultations.turns import shown_in, take_turn
from consultations.voting import next_statement
from partnership.people.models import Participant
from tests.consultations.test_pages import SIGNED_IN, lively
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_participant
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def in_city(consultation, city):
    asked = consultation.statements.asked().for_cards()
    return list(asked.with_turns_in(city.pk if city else None))


def turn_of(participant, consultation, *, voted=()):
    statements = in_city(consultation, participant.city)
    turn = Turn.objects.filter(consultation=consultation, participant=participant).first()
    return take_turn(
        consultation,
        participant=participant,
        statements=statements,
        voted=voted,
        now=turn and turn.statement_id,
    )


def with_statements(number):
    consultation = make_consultation()
    for _number in range(number):
        StatementFactory(consultation=consultation)
    return consultation


def test_the_next_statement_is_the_one_least_voted_in_the_readers_own_city():
    alder, puerto = city_pair()
    consultation = with_statements(2)
    busy, quiet = consultation.statements.all()
    StatementTally.objects.create(statement=busy, city=alder, agree=3)
    StatementTally.objects.create(statement=quiet, city=puerto, agree=9)

    of_alder = turn_of(make_participant(alder), consultation)
    of_puerto = turn_of(make_participant(puerto), consultation)

    assert (of_alder, of_puerto) == (quiet, busy)


def test_what_somebody_saw_and_did_not_vote_on_counts_as_shown():
    consultation = with_statements(2)
    first = turn_of(make_participant(), consultation)

    second = turn_of(make_participant(), consultation)

    assert {first, second} == set(consultation.statements.all())


def test_being_shown_in_one_city_says_nothing_about_the_other():
    alder, puerto = city_pair()
    consultation = with_statements(1)
    turn_of(make_participant(alder), consultation)

    shown = [
        list(shown_in(city.pk, in_city(consultation, city)).values()) for city in (alder, puerto)
    ]

    assert shown == [[1], [0]]


def test_what_somebody_is_asked_stays_until_they_vote_on_it():
    consultation, participant = with_statements(9), make_participant()

    asked = {turn_of(participant, consultation) for _look in range(5)}
    (statement,) = asked
    vote(statement, participant=participant, choice="pass")

    assert not Turn.objects.exists()
    assert turn_of(participant, consultation, voted={statement.pk}) != statement


def test_a_vote_takes_the_place_of_the_turn_so_that_nobody_counts_twice():
    consultation, participant = with_statements(1), make_participant()
    statement = turn_of(participant, consultation)

    vote(statement, participant=participant, choice="agree")

    statements = in_city(consultation, participant.city)
    assert shown_in(participant.city.pk, statements) == {statement.pk: 1}


def test_a_statement_that_was_hidden_gives_its_turn_to_another():
    consultation, participant = with_statements(2), make_participant()
    statement = turn_of(participant, consultation)
    Statement.objects.filter(pk=statement.pk).update(publication_status="hidden")

    assert turn_of(participant, consultation) not in {None, statement}


def test_ties_fall_at_random():
    consultation = with_statements(6)
    statements = list(consultation.statements.all())

    drawn = Counter(next_statement(statements, shown={}, voted=()) for _draw in range(300))

    assert set(drawn) == set(statements)


def test_without_a_session_everybody_is_shown_the_same_one():
    consultation = with_statements(3)
    first, second, _third = consultation.statements.all()
    StatementTally.objects.create(statement=first, city=city_pair()[0], agree=1)
    statements = list(consultation.statements.prefetch_related("tallies"))

    assert next_statement(statements, shown=None, voted=()) == second


def test_when_all_are_voted_on_there_is_no_next_one():
    consultation, participant = with_statements(1), make_participant()
    (statement,) = consultation.statements.all()

    assert turn_of(participant, consultation, voted={statement.pk}) is None
    assert not Turn.objects.exists()


def test_one_that_says_the_same_as_another_is_not_asked_about():
    consultation = with_statements(2)
    first, second = consultation.statements.all()
    Statement.objects.filter(pk=second.pk).update(duplicate_of=first)

    asked = {turn_of(make_participant(), consultation) for _person in range(5)}

    assert asked == {first}


def test_looking_at_the_page_is_being_shown_a_statement_and_a_glance_at_its_head_is_not():
    consultation, participant = with_statements(3), make_participant()
    client = Client()
    client.force_login(participant.resident)

    client.head(consultation.url)
    after_head = Turn.objects.count()
    client.get(consultation.url)
    client.get(consultation.url)

    assert (after_head, Turn.objects.count()) == (0, 1)


def test_a_visitor_leaves_no_trace(client):
    consultation = with_statements(3)

    client.get(consultation.url)

    assert not Turn.objects.exists()


def test_nobody_is_given_a_turn_when_votes_are_not_taken():
    consultation = make_consultation(closes_in=timedelta(days=-1))
    StatementFactory(consultation=consultation)
    client = Client()
    client.force_login(make_participant().resident)

    client.get(consultation.url)

    assert not Turn.objects.exists()


def test_the_first_look_of_a_resident_who_has_done_nothing_yet_costs_no_more(
    django_assert_max_num_queries,
):
    consultation = lively()
    vote(consultation.statements.first(), participant=make_participant(), choice="agree")
    client = Client()
    client.force_login(ResidentFactory())
    client.get(consultation.url + "?warm=1")
    Participant.objects.filter(resident__email__startswith="resident").delete()

    with django_assert_max_num_queries(SIGNED_IN):
        response = client.get(consultation.url)

    assert response.status_code == 200


@pytest.mark.parametrize(("residents", "fewest"), [(250, 33), (50, 6)])
def test_every_statement_gets_its_share_in_a_large_city_and_in_a_small_one(residents, fewest):
    """60 statements, 8 votes each: 5 times in each city is asked for, no share is missed."""
    statements = [Statement(pk=number, number=number) for number in range(1, 61)]
    shown: Counter[int] = Counter()

    for _resident in range(residents):
        voted: set[int] = set()
        for _vote in range(8):
            statement = next_statement(statements, shown=shown, voted=voted)
            shown[statement.pk] += 1
            voted.add(statement.pk)

    assert min(shown[statement.pk] for statement in statements) == fewest >= 5


def test_the_same_holds_through_votes_that_are_really_cast_and_people_who_only_look():
    alder, puerto = city_pair()
    consultation = with_statements(12)
    people = [make_participant(city) for city in (alder, puerto) for _number in range(9)]

    for participant in people:
        voted: set[int] = set()
        for number in range(4):
            statement = turn_of(participant, consultation, voted=voted)
            if number < 3:
                vote(statement, participant=participant, choice="agree")
                voted.add(statement.pk)

    for city in (alder, puerto):
        shown = shown_in(city.pk, in_city(consultation, city))
        assert set(shown.values()) == {3}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_tabs_opened_at_once_are_one_turn(run_in_threads):
    consultation, participant = with_statements(5), make_participant()

    outcomes = run_in_threads(lambda _number: turn_of(participant, consultation), times=10)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Turn.objects.count() == 1
