"""Voting: once per person, counted for the city of that moment, totals equal to the rows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from consultations import tallies
from consultations.enums import PublicationStatus
from consultations.models import PersonTakingPart, StatementTally, Vote
from consultations.refusals import (
    ConsultationClosed,
    NotOpenYet,
    PhaseDoesNotAllow,
    StatementNotThere,
    WrongChoice,
)
from consultations.services import VOTE, vote
from partnership.people.tokens import TokenAlreadySpent, TokenExpired, issue
from tests.consultations.test_pages import POSTS, signed_in
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
)

pytestmark = pytest.mark.django_db


def totals() -> list[tuple[str | None, int, int, int]]:
    rows = StatementTally.objects.order_by("city__position")
    return [
        (row.city and row.city.code, row.agree, row.disagree, row.passed)
        for row in rows
        if row.seen
    ]


def test_a_vote_is_counted_for_the_city_the_person_lives_in():
    statement, participant = StatementFactory(), make_participant()

    own = vote(statement, participant=participant, choice="agree")

    assert (own.city, own.choice) == (participant.resident.city, "agree")
    assert totals() == [("alder", 1, 0, 0)]


def test_somebody_from_elsewhere_is_counted_elsewhere():
    statement, participant = StatementFactory(), make_participant()
    participant.resident.city = None
    participant.resident.save()

    vote(statement, participant=participant, choice="pass")
    vote(statement, participant=participant, choice="disagree")

    assert totals() == [(None, 0, 1, 0)]


def test_changing_a_vote_changes_the_row_and_the_total():
    statement, participant = StatementFactory(), make_participant()
    vote(statement, participant=participant, choice="agree")

    vote(statement, participant=participant, choice="disagree")

    assert Vote.objects.get().choice == "disagree"
    assert totals() == [("alder", 0, 1, 0)]


def test_a_vote_changed_after_moving_house_counts_for_the_new_city():
    _alder, puerto = city_pair()
    statement, participant = StatementFactory(), make_participant()
    vote(statement, participant=participant, choice="agree")
    participant.resident.city = puerto
    participant.resident.save()

    vote(statement, participant=participant, choice="pass")

    assert totals() == [("puerto", 0, 0, 1)]


def test_who_takes_part_is_counted_once():
    consultation, participant = make_consultation(), make_participant()

    for _number in range(2):
        statement = StatementFactory(consultation=consultation)
        vote(statement, participant=participant, choice="agree")

    assert PersonTakingPart.objects.get().participant == participant


def test_the_same_vote_again_needs_no_token_and_changes_nothing():
    statement, participant, token = StatementFactory(), make_participant(), issue(VOTE)
    first = vote(statement, participant=participant, choice="agree", form_token=token)

    again = vote(statement, participant=participant, choice="agree", form_token=token)

    assert again == first
    assert totals() == [("alder", 1, 0, 0)]


def test_an_old_form_cannot_bring_an_old_vote_back():
    statement, participant, token = StatementFactory(), make_participant(), issue(VOTE)
    vote(statement, participant=participant, choice="agree", form_token=token)
    vote(statement, participant=participant, choice="disagree", form_token=issue(VOTE))

    with pytest.raises(TokenAlreadySpent):
        vote(statement, participant=participant, choice="agree", form_token=token)

    assert totals() == [("alder", 0, 1, 0)]


def test_a_forged_token_is_refused_and_nothing_is_written():
    with pytest.raises(TokenExpired):
        vote(StatementFactory(), participant=make_participant(), choice="agree", form_token="x")

    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [(1, 2, NotOpenYet), (-2, -1, ConsultationClosed)],
)
def test_a_vote_outside_the_two_instants_is_refused(opens, closes, refusal):
    consultation = make_consultation(
        opens_in=timedelta(days=opens), closes_in=timedelta(days=closes)
    )
    statement = StatementFactory(consultation=consultation)

    with pytest.raises(refusal):
        vote(statement, participant=make_participant(), choice="agree")


def test_a_vote_is_refused_in_a_phase_that_only_takes_comments():
    statement = StatementFactory(consultation=make_consultation(allows=("comment",)))

    with pytest.raises(PhaseDoesNotAllow):
        vote(statement, participant=make_participant(), choice="agree")


def test_a_vote_is_refused_when_nobody_may_take_part():
    statement = StatementFactory(consultation=make_consultation(participation="none"))

    with pytest.raises(PhaseDoesNotAllow):
        vote(statement, participant=make_participant(), choice="agree")


def test_a_vote_is_refused_when_the_page_was_taken_down():
    statement = StatementFactory()
    statement.consultation.unpublish()

    with pytest.raises(ConsultationClosed):
        vote(statement, participant=make_participant(), choice="agree")


def test_a_hidden_statement_takes_no_votes():
    statement = StatementFactory(publication_status=PublicationStatus.HIDDEN)

    with pytest.raises(StatementNotThere):
        vote(statement, participant=make_participant(), choice="agree")


def test_an_unknown_choice_is_refused():
    with pytest.raises(WrongChoice):
        vote(StatementFactory(), participant=make_participant(), choice="maybe")


def test_a_recount_gives_the_totals_that_were_kept():
    consultation = make_consultation()
    statements = [StatementFactory(consultation=consultation) for _number in range(3)]
    for number in range(6):
        participant = make_participant(city_pair()[number % 2])
        for statement in statements[: number % 3 + 1]:
            vote(statement, participant=participant, choice=("agree", "pass")[number % 2])
    kept, people = totals(), PersonTakingPart.objects.count()

    tallies.recount(consultation)

    assert (totals(), PersonTakingPart.objects.count()) == (kept, people)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_fifty_votes_of_one_person_at_once_are_one_row_and_the_total_equals_it(
    run_in_threads: Callable[..., list[object]],
):
    statement, participant = StatementFactory(), make_participant()
    choices = ("agree", "disagree", "pass")

    outcomes = run_in_threads(
        lambda number: vote(statement, participant=participant, choice=choices[number % 3]),
        times=50,
    )

    assert [outcome for outcome in outcomes if not isinstance(outcome, Vote)] == []
    own = Vote.objects.get()
    expected = tuple(int(own.choice == choice) for choice in choices)
    assert totals() == [("alder", *expected)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_votes_of_many_people_at_once_are_all_counted(
    run_in_threads: Callable[..., list[object]],
):
    statement = StatementFactory()
    participants = [make_participant(city_pair()[number % 2]) for number in range(20)]

    outcomes = run_in_threads(
        lambda number: vote(statement, participant=participants[number], choice="agree"),
        times=20,
    )

    assert [outcome for outcome in outcomes if not isinstance(outcome, Vote)] == []
    assert totals() == [("alder", 10, 0, 0), ("puerto", 10, 0, 0)]


@pytest.mark.parametrize("before", [None, "disagree"])
def test_a_vote_costs_little(before, django_assert_max_num_queries):
    """Given for the first time in its city, or changed."""
    consultation = make_consultation()
    first, second = (StatementFactory(consultation=consultation) for _each in range(2))
    resident, participant = signed_in()
    vote(first, participant=participant, choice="agree")
    if before:
        vote(second, participant=participant, choice=before)
    resident.get(consultation.url)
    sent = {"statement": second.number, "choice": "agree", "form_token": issue(VOTE)}

    with django_assert_max_num_queries(POSTS):
        done = resident.post(consultation.vote_url, sent)

    assert done.url.endswith(f"?saved={second.number}#vote")
    assert Vote.objects.get(statement=second).choice == "agree"


@pytest.mark.both
def test_the_table_itself_refuses_a_choice_it_does_not_know():
    statement, participant = StatementFactory(), make_participant()

    with pytest.raises(Exception, match="vote_choice_is_known"):
        Vote.objects.create(statement=statement, participant=participant, choice="maybe")

    assert connection.vendor in {"sqlite", "postgresql"}
