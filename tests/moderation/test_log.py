"""The public log counts decisions by city, month, reason and consultation, and names nobody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import ConsultationPage
from consultations.moderation.figures import masked_cells, tables
from consultations.moderation.models import Decision
from consultations.moderation.services.appeals import appeal
from consultations.moderation.services.forgetting import forget_person
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.moderation import make_hidden, make_moderator

pytestmark = pytest.mark.django_db


def decided(contribution, number, **fields):
    """So many more decisions, as if about that many words."""
    values = {
        "consultation": contribution.consultation,
        "contribution": contribution,
        "outcome": "hidden",
        "reason": "spam",
        "city": contribution.city,
        **fields,
    }
    Decision.objects.bulk_create(Decision(**values) for _each in range(number))


@pytest.fixture
def hidden():
    """One hidden comment of the first city, in a consultation with a name."""
    moderator = make_moderator(city_pair()[0], name="Moderator Name")
    consultation = make_consultation(title="Benches")
    return make_hidden(moderator, consultation=consultation, text="Hidden words.")[0]


def test_the_page_shows_counts_and_neither_words_nor_names(client, hidden):
    decided(hidden, 7)

    response = client.get(reverse("moderation_log"))

    page = text_of(response)
    assert "Benches" in page
    assert "Advertising" in page
    # Twelve rows of three dashes each were a long way on a phone.
    assert re.search(r"Never, or too seldom to show: [^.]*Removed for good", page)
    names = ("Hidden words.", "Moderator Name", hidden.participant.name, "It names a person.")
    assert [name for name in names if name in page] == []
    assert not response.cookies


def test_pages_that_are_not_public_and_what_is_over_a_year_ago_are_not_told(client, hidden):
    decided(hidden, 7)
    Decision.objects.update(decided_at=timezone.now() - timedelta(days=367))
    old = text_of(client.get(reverse("moderation_log")))
    Decision.objects.update(decided_at=timezone.now())
    ConsultationPage.objects.update(live=False)

    taken_down = text_of(client.get(reverse("moderation_log")))

    assert ("Benches" in old, "Benches" in taken_down) == (False, False)


@pytest.mark.both
def test_each_table_counts_the_same_decisions_by_city(hidden):
    alder, puerto = city_pair()
    decided(hidden, 7)
    decided(hidden, 6, city=puerto, reason="offensive")
    decided(hidden, 5, city=puerto, outcome="published")
    decided(hidden, 9, decided_at=timezone.now() - timedelta(days=400))

    found = {
        table.key: {row["head"]: row["cells"] for row in table.rows}
        for table in tables([alder, puerto])
    }

    # One more was hidden with a reason of its own, which is too few to show.
    assert found["decisions"]["Hidden"] == [8, 6, None]
    assert found["decisions"]["Published"] == [None, 5, None]
    assert found["consultations"] == {"Benches": [8, 6, None]}
    assert list(found["months"].values()) == [[8, 6, None]]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([[9, 8], [7, 6]], [[9, 8], [7, 6]]),
        ([[4, 8], [7, 6]], [[None, None], [None, None]]),
        ([[0, 8], [7, 6]], [[None, 8], [7, 6]]),
        ([[4, 8, 9], [7, 6, 9], [9, 9, 9]], [[None, None, 9], [None, None, 9], [9, 9, 9]]),
        ([[3, 2, 9]], [[None, None, 9]]),
        ([], []),
    ],
)
def test_no_sum_of_a_row_or_a_column_gives_a_small_number_away(numbers, shown):
    hidden = masked_cells(numbers)

    cells = [
        [None if (row, column) in hidden else number for column, number in enumerate(line)]
        for row, line in enumerate(numbers)
    ]
    assert cells == shown


def test_the_log_of_several_consultations_stays_within_its_queries(
    django_assert_max_num_queries, client
):
    number = 3
    moderator = make_moderator(city_pair()[0])
    for place in range(number):
        make_hidden(moderator, consultation=make_consultation(title=f"Street {place}"))
    client.get(reverse("moderation_log"))
    decided(Decision.objects.first().contribution, 1)  # which makes the kept page an old one
    from django.core.cache import caches

    caches["pages"].clear()

    with django_assert_max_num_queries(11):
        page = text_of(client.get(reverse("moderation_log")))

    assert [f"Street {place}" in page for place in range(3)] == [
        place < number for place in range(3)
    ]


def test_what_a_person_wrote_in_an_appeal_goes_with_them_and_the_counts_stay(hidden):
    decision = Decision.objects.get()
    appeal(decision, text="A canary sang.", language_code="en", form_token=None)

    forget_person(hidden.participant)

    decision.refresh_from_db()
    rows = [list(model.objects.values()) for model in (Decision, type(decision.appeal))]
    assert "canary" not in repr(rows)
    assert hidden.participant.resident.email not in repr(rows)
    assert Decision.objects.count() == 1
