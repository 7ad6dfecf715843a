"""What is asked for one page or one person costs no more where fifty thousand people vote."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations import tallies
from consultations.exports.forgetting import forget
from consultations.models import (
    ConsultationPage,
    Contribution,
    PersonTakingPart,
    Statement,
    StatementTally,
)
from consultations.services import vote
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def voted_on():
    """A consultation with two statements, on which three people voted."""
    consultation = make_consultation()
    people = [make_participant(city) for city in (*city_pair(), None)]
    for _number in range(2):
        statement = StatementFactory(consultation=consultation)
        for person in people:
            vote(statement, participant=person, choice="agree")
    return consultation, people


@pytest.mark.both
def test_ones_own_votes_are_counted_and_nobody_elses():
    consultation, people = voted_on()
    untouched = make_consultation()

    counted = ConsultationPage.objects.with_part_of(people[0]).in_bulk()

    assert counted[consultation.pk].own_votes == 2
    assert counted[untouched.pk].own_votes == 0


def test_ones_own_votes_are_looked_up_by_who_gave_them():
    _consultation, people = voted_on()

    plan = ConsultationPage.objects.with_part_of(people[0]).explain()

    (how,) = (line for line in plan.splitlines() if "consultations_vote" in line)
    assert "participant_id=?" in how


@pytest.mark.both
def test_a_page_of_a_conversation_holds_its_threads_and_their_first_replies():
    thread = ContributionFactory()
    other = ContributionFactory(consultation=thread.consultation)
    reply = ContributionFactory(consultation=thread.consultation, parent=thread)
    ContributionFactory(consultation=thread.consultation, parent=other)
    threads = Contribution.objects.filter(parent=None).order_by("created_at", "pk")[:1]

    assert list(Contribution.objects.with_first_replies(threads, most=3)) == [thread, reply]


@pytest.mark.both
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite finds the way by itself")
def test_a_page_of_a_conversation_finds_its_comments_by_index():
    first = ContributionFactory()
    same = {"consultation": first.consultation, "participant": first.participant}
    Contribution.objects.bulk_create(Contribution(**same, text=f"{n}") for n in range(3_000))
    threads = Contribution.objects.filter(parent=None).order_by("-created_at")[:10]
    sql, values = Contribution.objects.with_first_replies(threads, most=3).query.sql_with_params()

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE consultations_contribution")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "BitmapOr" in plan


@pytest.mark.parametrize("model", [Contribution, Statement])
def test_what_somebody_moderates_is_not_sorted_to_find_what_is_there_twice(model):
    moderator, consultation = ResidentFactory(), make_consultation()
    moderator.edits_for.set(city_pair())
    consultation.cities.set(city_pair())
    consultation.save()
    factory = {Contribution: ContributionFactory, Statement: StatementFactory}[model]
    own = factory(consultation=consultation)

    found = model.objects.of_moderator(moderator)

    assert list(found) == [own]
    assert not str(found.query).startswith("SELECT DISTINCT")


@pytest.mark.both
def test_people_are_recounted_without_reading_every_vote():
    consultation, _people = voted_on()

    with CaptureQueriesContext(connection) as asked:
        assert tallies.drift(consultation) == []

    votes = [query["sql"] for query in asked if 'FROM "consultations_vote"' in query["sql"]]
    assert votes
    assert not [sql for sql in votes if "created_at" in sql]


@pytest.mark.both
def test_who_was_not_written_down_is_recounted_in_the_city_of_the_first_vote():
    consultation, people = voted_on()
    written = {row.participant_id: row.city_id for row in PersonTakingPart.objects.all()}
    PersonTakingPart.objects.filter(participant=people[0]).delete()

    tallies.recount(consultation)

    rows = PersonTakingPart.objects.filter(consultation=consultation)
    assert dict(rows.values_list("participant_id", "city_id")) == written


@pytest.mark.both
def test_repair_leaves_the_rows_of_people_that_are_right():
    """Whoever votes waits while they are written anew."""
    consultation, _people = voted_on()
    rows = PersonTakingPart.objects.order_by("pk").values_list("pk", flat=True)
    before = list(rows)
    StatementTally.objects.update(agree=9)

    assert tallies.recount(consultation) != []

    assert list(rows.all()) == before
    assert tallies.drift(consultation) == []


@pytest.mark.both
def test_erasing_somebody_never_puts_all_forms_beside_all_comments():
    """Both joined to their consultation are billions of rows in a large city."""
    comment = ContributionFactory()

    with CaptureQueriesContext(connection) as asked:
        forget(comment.participant, keep_words=False)

    tables = ("consultations_response", "consultations_contribution")
    assert not [query for query in asked if all(f'"{name}"' in query["sql"] for name in tables)]
    assert [query for query in asked if f'FROM "{tables[1]}"' in query["sql"]]
