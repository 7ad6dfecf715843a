"""Support for comments: once for each person, each city with the same weight."""

import pytest
from django.db import connection

from consultations.conversation.services import (
    support_comment,
)
from consultations.conversation.support import support_score
from consultations.models import Contribution, Support
from consultations.refusals import (
    CommentNotThere,
    OwnComment,
)
from consultations.results import lower_bound
from partnership.people.models import Resident
from tests.consultations.test_conversation import conversation
from tests.consultations.test_pages import POSTS, SIGNED_IN, signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    make_participant,
)

pytestmark = pytest.mark.django_db


def test_the_score_is_the_sum_of_the_cities_lower_bounds():
    """9 of 10 in one city and 4 of 4 in the other: 0.6523 + 0.5965."""
    score = support_score([(9, 10), (4, 4)])

    assert round(score, 4) == round(lower_bound(9, 10) + lower_bound(4, 4), 4) == 1.2487


def test_one_large_city_alone_never_lifts_a_comment_above_one():
    assert support_score([(100_000, 100_000)]) <= 1
    assert support_score([(100_000, 100_000)]) < support_score([(9, 9)] * 2)


def test_support_is_set_changed_and_taken_back():
    contribution, participant = ContributionFactory(), make_participant(city_pair()[1])
    seen = []

    for supports in (True, True, False, None):
        after = support_comment(contribution, participant=participant, supports=supports)
        seen.append((after.support_count, round(after.support_score, 4)))

    one = round(lower_bound(1, 1), 4)
    assert seen == [(1, one), (1, one), (0, 0.0), (0, 0.0)]
    assert not Support.objects.exists()


def test_ones_own_comment_and_a_hidden_one_take_no_support():
    contribution = ContributionFactory()
    hidden = ContributionFactory(
        consultation=contribution.consultation, publication_status="hidden"
    )

    with pytest.raises(OwnComment):
        support_comment(contribution, participant=contribution.participant, supports=True)
    with pytest.raises(CommentNotThere):
        support_comment(hidden, participant=make_participant(), supports=True)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_support_of_many_at_once_is_counted_exactly(run_in_threads):
    contribution = ContributionFactory()
    people = [make_participant(city_pair()[number % 2]) for number in range(12)]

    outcomes = run_in_threads(
        lambda number: support_comment(
            contribution, participant=people[number % 6], supports=number % 6 != 5
        ),
        times=12,
    )

    contribution.refresh_from_db()
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert (Support.objects.count(), contribution.support_count) == (6, 5)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_resident_supports_with_one_button_and_a_visitor_signs_in_first(client):
    contribution = ContributionFactory()
    resident, _participant = signed_in()
    address = f"{contribution.consultation.comment_url}{contribution.pk}/support/"

    first = client.get(address)
    sent = client.post(address, {"supports": "yes"})
    done = resident.post(address, {"supports": "yes", "order": "oldest"})

    assert "Sign in" in text_of(first)
    assert "/support/" in sent.url
    assert done.url.endswith(f"?order=oldest#{contribution.anchor}")
    assert Contribution.objects.get().support_count == 1
    assert 'aria-pressed="true"' in resident.get(contribution.consultation.url).content.decode()


@pytest.mark.parametrize("query", ["", "order=oldest", "order=supported", "q=voice"])
@pytest.mark.parametrize("before", [None, True, False])
def test_the_button_costs_little(query, before, django_assert_max_num_queries):
    """The first time, again, and in the other direction; the page of it is looked for, too."""
    contribution = conversation(30).contributions.all()[3]
    resident, participant = signed_in()
    address = f"{contribution.consultation.comment_url}{contribution.pk}/support/?{query}"
    resident.post(address, {"supports": ""})
    if before is not None:
        support_comment(contribution, participant=participant, supports=before)

    with django_assert_max_num_queries(POSTS):
        done = resident.post(address, {"supports": "yes"})

    assert done.url.endswith(f"#{contribution.anchor}")
    assert Support.objects.get().supports


@pytest.mark.both
def test_what_somebody_says_anew_stays_the_same_row():
    contribution, (alder, puerto) = ContributionFactory(), city_pair()
    participant = make_participant(alder)
    support_comment(contribution, participant=participant, supports=True)
    first = Support.objects.get()

    Resident.objects.filter(pk=participant.resident_id).update(city=puerto)
    moved = type(participant).objects.get(pk=participant.pk)
    support_comment(contribution, participant=moved, supports=False)

    again = Support.objects.get()
    assert (again.pk, again.created_at) == (first.pk, first.created_at)
    assert (again.city, again.supports) == (puerto, False)


def test_the_page_costs_a_resident_little_with_support(django_assert_max_num_queries):
    consultation = conversation(30)
    client, participant = signed_in()
    for contribution in consultation.contributions.all()[:5]:
        support_comment(contribution, participant=participant, supports=True)
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(SIGNED_IN):
        client.get(consultation.url)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"supports": "yes"}, "This is your own comment."),
        ({"supports": "perhaps"}, "Choose one of the answers offered here."),
        ({}, "Choose one of the answers offered here."),
    ],
)
def test_support_that_is_refused_says_why(sent, why):
    resident, participant = signed_in()
    contribution = ContributionFactory(participant=participant)
    address = f"{contribution.consultation.comment_url}{contribution.pk}/support/"

    response = resident.post(address, sent)

    assert response.status_code == 422
    assert why in response.content.decode()
