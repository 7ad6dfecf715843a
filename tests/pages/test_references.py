"""What a thing with rows refers to is looked up once for each time it is saved."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from consultations.models import ConsultationPage, QuestionOption
from partnership.pages.references import collected_once
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_question

pytestmark = pytest.mark.django_db


def with_questions(amount):
    """A consultation whose every option is a project of a city, as an editor's form holds it."""
    consultation, city = make_consultation(), city_pair()[0]
    for _number in range(amount):
        make_question(consultation)
    QuestionOption.objects.update(city=city)
    page = ConsultationPage.objects.get(pk=consultation.pk)
    for question in page.questions.get_object_list():
        question.options.get_object_list()
    return page


def looks(page):
    """How often the index is asked what it knows of a page while that is saved."""
    with CaptureQueriesContext(connection) as asked:
        page.save()
    reading = 'FROM "wagtailcore_referenceindex"'
    return sum(reading in query["sql"] for query in asked if query["sql"].startswith("SELECT"))


def of_projects():
    """What is known of options to point to the city."""
    known = ReferenceIndex.get_references_to(city_pair()[0])
    return known.filter(model_path="questions.item.options.item.city")


@transaction.atomic
@collected_once()
def fail_after_saving(page):
    page.save()
    raise RuntimeError


@pytest.mark.both
@pytest.mark.parametrize("amount", [1, 3])
def test_a_page_is_looked_through_once_however_many_rows_it_has(indexed, amount):
    assert looks(with_questions(amount)) == 1


def test_what_its_rows_refer_to_is_known_afterwards(indexed):
    page = with_questions(2)

    page.save()

    assert of_projects().count() == 6


@pytest.mark.both
def test_what_is_saved_alone_is_looked_through_at_once(indexed):
    page = with_questions(1)
    option = QuestionOption.objects.first()

    with CaptureQueriesContext(connection) as asked:
        option.save()

    assert any("wagtailcore_referenceindex" in query["sql"] for query in asked)
    assert ReferenceIndex.get_references_for_object(page).exists()


def test_what_failed_is_not_looked_through_and_the_next_is(indexed):
    page = with_questions(1)

    with pytest.raises(RuntimeError):
        fail_after_saving(page)

    assert not of_projects().exists()
    assert looks(page) == 1
