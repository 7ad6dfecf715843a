"""Totals equal their votes: whoever doubts it asks for a recount, which says what it found."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from consultations import services, tallies
from consultations.conversation.services import support_comment
from consultations.models import Contribution, PersonTakingPart, StatementTally, Vote
from consultations.services import vote
from tests.factories.cities import CityFactory, city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def voted_on():
    """A consultation with two statements and six votes of two cities."""
    consultation = make_consultation()
    for _number in range(2):
        StatementFactory(consultation=consultation)
    for number in range(6):
        participant = make_participant(city_pair()[number % 2])
        for statement in consultation.statements.all():
            vote(statement, participant=participant, choice="agree")
    return consultation


def told(*arguments):
    out = StringIO()
    call_command("recount", *arguments, stdout=out)
    return out.getvalue()


def test_totals_that_equal_their_votes_end_well():
    consultation = voted_on()

    assert told() == f"{consultation.slug}: every figure equals its rows.\n"


def test_every_figure_stays_true_when_a_city_joins():
    comment = ContributionFactory()
    support_comment(comment, participant=make_participant(city_pair()[0]), supports=True)
    scored = Contribution.objects.get(pk=comment.pk).support_score

    CityFactory(code="third")

    assert "every figure equals its rows" in told()
    migration = import_module("consultations.migrations.0012_support_adds_up")
    migration.to_sums(apps, None)
    assert Contribution.objects.get(pk=comment.pk).support_score == pytest.approx(3 * scored)
    migration.to_means(apps, None)
    assert Contribution.objects.get(pk=comment.pk).support_score == pytest.approx(scored)


def test_a_wrong_total_is_told_with_both_figures_and_left_as_it_is():
    consultation = voted_on()
    tally = StatementTally.objects.order_by("pk").first()
    StatementTally.objects.filter(pk=tally.pk).update(agree=9)
    out = StringIO()

    with pytest.raises(CommandError, match="1 figures differ"):
        call_command("recount", consultation.slug, stdout=out)

    assert "statement 1" in out.getvalue()
    assert "kept (9, 0, 0), counted (3, 0, 0)" in out.getvalue()
    assert StatementTally.objects.get(pk=tally.pk).agree == 9


def test_a_total_that_is_missing_or_too_many_is_drift_too():
    consultation = voted_on()
    first, second = StatementTally.objects.order_by("pk")[:2]
    first.delete()
    StatementTally.objects.create(statement=second.statement, city=None, disagree=1)

    assert len(tallies.drift(consultation)) == 2


def test_somebody_who_took_part_and_is_not_counted_is_drift_too():
    consultation = voted_on()
    PersonTakingPart.objects.first().delete()

    assert [entry.where for entry in tallies.drift(consultation)] == ["people taking part"]


def test_repair_counts_again_and_says_so():
    consultation = voted_on()
    StatementTally.objects.update(agree=9)
    PersonTakingPart.objects.first().delete()

    said = told("--repair")

    assert "5 wrong figures were counted again." in said
    assert tallies.drift(consultation) == []
    assert PersonTakingPart.objects.count() == 6


def supported():
    """A comment with a reply that readers see and two supporters, of whom one is from elsewhere."""
    comment = ContributionFactory()
    ContributionFactory(consultation=comment.consultation, parent=comment)
    Contribution.objects.filter(pk=comment.pk).update(reply_count=1)
    for participant in (make_participant(city_pair()[1]), make_participant()):
        support_comment(comment, participant=participant, supports=True)
    return comment


def test_who_moves_house_and_then_changes_a_vote_stays_where_they_first_took_part():
    alder, puerto = city_pair()
    statement, participant = StatementFactory(), make_participant(alder)
    vote(statement, participant=participant, choice="agree")
    participant.resident.city = puerto
    participant.resident.save()

    vote(statement, participant=participant, choice="disagree")

    assert "every figure equals its rows" in told()
    told("--repair")
    assert PersonTakingPart.objects.get().city == alder
    assert Vote.objects.get().city == puerto


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"reply_count": 2}, "replies"),
        ({"support_count": 3}, "support"),
        ({"support_score": 0.5}, "support"),
    ],
)
def test_a_wrong_figure_of_a_comment_is_drift_and_put_right(wrong, where):
    comment = supported()
    assert "every figure equals its rows" in told()
    Contribution.objects.filter(pk=comment.pk).update(**wrong)

    found = tallies.drift_of_comments(comment.consultation)
    with pytest.raises(CommandError, match="1 figures differ"):
        told()
    repaired = told("--repair")

    assert [entry.where for entry in found] == [f"comment {comment.pk}, {where}"]
    assert "1 wrong figures were counted again." in repaired
    assert tallies.drift_of_comments(comment.consultation) == []
    # What is told of comments keeps nobody from publishing results.
    assert tallies.drift(comment.consultation) == []


def test_a_consultation_that_does_not_exist_is_named():
    with pytest.raises(CommandError, match="nowhere"):
        told("nowhere")


@pytest.mark.parametrize("_round", range(3))
@pytest.mark.django_db(transaction=True)
def test_votes_sent_during_a_recount_are_counted_once(run_in_threads, _round):
    consultation = voted_on()
    statement = consultation.statements.first()
    people = [make_participant() for _number in range(12)]

    def act(number):
        if number % 4 == 0:
            return tallies.recount(consultation)
        return vote(statement, participant=people[number], choice="disagree")

    outcomes = run_in_threads(act, times=12)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert tallies.drift(consultation) == []
    assert Vote.objects.filter(statement=statement, choice="disagree").count() == 9


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_unique_row_fifty_votes_would_drift(run_in_threads, monkeypatch):
    """The control of the test that fifty votes of one person are one: the guards do the work."""
    statement, participant = StatementFactory(), make_participant()
    for choice in ("agree", "disagree", "pass"):  # no total may fall below nothing
        for _neighbour in range(10):
            vote(statement, participant=make_participant(), choice=choice)
    vote(statement, participant=participant, choice="agree")
    unlocked = services.vote.__wrapped__ if connection.vendor == "sqlite" else services.vote
    monkeypatch.setattr(type(Vote.objects.all()), "select_for_update", lambda rows, **_: rows)
    choices = ("disagree", "pass")

    for _round in range(20):
        run_in_threads(
            lambda number: unlocked(statement, participant=participant, choice=choices[number % 2]),
            times=8,
        )
        if tallies.drift(statement.consultation):
            break

    assert tallies.drift(statement.consultation) != []
