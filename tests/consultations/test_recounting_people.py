"""A recount from the rows alone: whose acts count, in which city, and totals without any vote."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import tallies
from consultations.conversation.services import support_comment, withdraw_comment
from consultations.models import (
    AnsweredMark,
    Contribution,
    PersonTakingPart,
    StatementTally,
    Support,
    Vote,
)
from consultations.services import vote
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    IdeaFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.events import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def people_of(consultation):
    """Who takes part by what is kept, after a recount: (participant, city)."""
    tallies.recount(consultation)
    kept = PersonTakingPart.objects.filter(consultation=consultation)
    return set(kept.values_list("participant_id", "city_id"))


def test_whoever_is_not_written_down_counts_where_their_first_act_did():
    alder, puerto = city_pair()
    consultation, moved = make_consultation(), make_participant(alder)
    first, second = (StatementFactory(consultation=consultation) for _each in range(2))
    vote(first, participant=moved, choice="agree")
    moved.resident.city = puerto
    moved.resident.save()
    vote(second, participant=moved, choice="agree")
    Vote.objects.filter(statement=second).update(created_at=timezone.now() + timedelta(hours=1))
    stayed = make_participant(puerto)
    vote(first, participant=stayed, choice="agree")
    PersonTakingPart.objects.filter(participant=moved).delete()

    assert people_of(consultation) == {(moved.pk, alder.pk), (stayed.pk, puerto.pk)}


def test_whoever_is_written_down_stays_there_when_somebody_else_is_not():
    alder, puerto = city_pair()
    statement, moved, lost = StatementFactory(), make_participant(alder), make_participant(alder)
    for participant in (moved, lost):
        vote(statement, participant=participant, choice="agree")
    Vote.objects.filter(participant=moved).update(city=puerto)
    PersonTakingPart.objects.filter(participant=lost).delete()

    assert people_of(statement.consultation) == {(moved.pk, alder.pk), (lost.pk, alder.pk)}


def test_a_mark_tells_the_city_only_where_nothing_is_written_down():
    alder, puerto = city_pair()
    consultation = make_consultation()
    known, lost = make_participant(alder), make_participant(alder)
    for participant in (known, lost):
        AnsweredMark.objects.create(consultation=consultation, participant=participant, city=puerto)
    PersonTakingPart.objects.create(consultation=consultation, participant=known, city=alder)

    assert people_of(consultation) == {(known.pk, alder.pk), (lost.pk, puerto.pk)}


def test_an_idea_and_its_support_count_and_a_note_of_a_session_does_not():
    alder, puerto = city_pair()
    consultation = make_consultation(takes_ideas=True)
    idea = IdeaFactory(consultation=consultation)
    IdeaFactory(
        consultation=consultation,
        event=make_event(),
        session_key=uuid4(),
        participant=None,
        city=None,
        title="",
    )
    supporter = make_participant(puerto)
    Support.objects.create(contribution=idea, participant=supporter, city=puerto, supports=True)
    comment = ContributionFactory(consultation=consultation)
    support_comment(comment, participant=make_participant(), supports=True)

    assert people_of(consultation) == {
        (idea.participant_id, alder.pk),
        (supporter.pk, puerto.pk),
    }


def test_somebody_too_many_is_drift_as_somebody_too_few_is():
    consultation = make_consultation()
    PersonTakingPart.objects.create(
        consultation=consultation, participant=make_participant(), city=city_pair()[0]
    )

    assert [entry.kept for entry in tallies.drift(consultation)] == [(1,)]
    assert people_of(consultation) == set()


def test_a_total_nobody_voted_for_is_set_to_nothing():
    statement = StatementFactory()
    StatementTally.objects.create(statement=statement, city=city_pair()[0], agree=3, passed=1)

    tallies.recount(statement.consultation)

    tally = StatementTally.objects.get(statement=statement)
    assert (tally.agree, tally.disagree, tally.passed) == (0, 0, 0)


def test_a_vote_given_at_the_very_instant_is_among_those_until_then():
    statement = StatementFactory()
    vote(statement, participant=make_participant(), choice="agree")
    given_at = Vote.objects.get().changed_at
    before = given_at - timedelta(microseconds=1)

    [total] = tallies.counted_totals(statement.consultation, until=given_at)

    assert total.agree == 1
    assert tallies.counted_totals(statement.consultation, until=before) == []


def test_two_totals_are_changed_in_the_order_of_their_cities():
    """Two people who move in opposite directions never wait for each other."""
    first, second = sorted(city.pk for city in city_pair())
    statement = StatementFactory()
    for city_id in (None, first, second):
        StatementTally.objects.create(statement=statement, city_id=city_id, agree=1)

    def changed(*, given, taken_back):
        with CaptureQueriesContext(connection) as caught:
            tallies.count_ballot(
                statement,
                given=tallies.Ballot(given, "agree"),
                taken_back=tallies.Ballot(taken_back, "agree"),
            )
        return [each["sql"] for each in caught if each["sql"].startswith("UPDATE")]

    there = changed(given=second, taken_back=first)
    back = changed(given=first, taken_back=second)

    assert [f'"city_id" = {first}' in sql for sql in there] == [True, False]
    assert [f'"city_id" = {first}' in sql for sql in back] == [True, False]
    assert '"city_id" IS NULL' in changed(given=None, taken_back=first)[0]


def test_support_from_elsewhere_is_counted_and_never_scored():
    comment = ContributionFactory()
    support_comment(comment, participant=make_participant(), supports=True)
    scored = Contribution.objects.get(pk=comment.pk).support_score

    support_comment(comment, participant=elsewhere(), supports=True)

    after = Contribution.objects.get(pk=comment.pk)
    assert (after.support_count, after.support_score) == (2, scored)
    assert scored > 0


def test_replies_that_readers_no_longer_see_are_not_counted_again():
    comment = ContributionFactory()
    replies = [
        ContributionFactory(consultation=comment.consultation, parent=comment) for _each in range(2)
    ]
    Contribution.objects.filter(pk=comment.pk).update(reply_count=2)
    withdraw_comment(replies[0], participant=replies[0].participant)

    assert tallies.drift_of_comments(comment.consultation) == []
    tallies.recount(comment.consultation)
    assert Contribution.objects.get(pk=comment.pk).reply_count == 1


def elsewhere():
    """Somebody of no partner city."""
    participant = make_participant()
    participant.resident.city = None
    participant.resident.save()
    return participant
