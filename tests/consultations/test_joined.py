"""Rows with their children in one query are the rows and children two queries bring."""

import pytest
from django.utils import translation

from consultations.enums import QuestionType
from consultations.joined import with_joined
from consultations.models import StatementTally
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_question

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_children_come_in_their_order_in_every_language_and_none_is_invented(
    django_assert_num_queries,
):
    consultation = make_consultation()
    several = make_question(consultation)
    make_question(consultation, QuestionType.LONG_TEXT)
    second, first, third = several.options.all()
    first.sort_order, second.sort_order = -1, 1
    setattr(third, localized("label", CODES[1]), "La última")
    for option in (first, second, third):
        option.save()

    with translation.override(CODES[1]), django_assert_num_queries(1):
        questions = with_joined(consultation.questions.all(), "options")
        labels = [[option.label for option in each.options.all()] for each in questions]

    assert labels == [["Option 2", "Option 1", "La última"], []]
    assert [option.pk for option in questions[0].options.all()] == [first.pk, second.pk, third.pk]
    assert questions == list(consultation.questions.all())


def test_totals_of_statements_are_at_hand(django_assert_num_queries):
    consultation = make_consultation()
    voted, silent = StatementFactory.create_batch(2, consultation=consultation)
    for city in (*city_pair(), None):
        StatementTally.objects.create(statement=voted, city=city, agree=3, passed=1)

    with django_assert_num_queries(1):
        found = with_joined(consultation.statements.published().for_cards(), "tallies")
        seen = [sum(tally.seen for tally in each.tallies.all()) for each in found]

    assert found == [voted, silent]
    assert seen == [12, 0]
