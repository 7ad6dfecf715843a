"""What Python calls equal is not always what is stored: in doubt a row is written."""

import hashlib
import inspect

import pytest
from django.core.files.base import ContentFile
from modelcluster import fields, models

from consultations.models import ConsultationPage, QuestionOption
from partnership.cities.models import Neighbourhood
from partnership.pages.models import Photo
from partnership.pages.rows_written import _is_same
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_question
from tests.factories.reports import make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def at_hand():
    """A consultation, its question and the first option of that, as an editor's form holds them."""
    consultation = make_consultation()
    make_question(consultation)
    page = ConsultationPage.objects.get(pk=consultation.pk)
    question = page.questions.get_object_list()[0]
    return page, question, question.options.get_object_list()[0]


def test_what_was_chosen_before_it_had_a_key_is_stored_or_refused():
    page, _question, option = at_hand()
    option.neighbourhood = Neighbourhood(city=city_pair()[0], name="Harbour")

    with pytest.raises(ValueError, match="unsaved related object"):
        page.save()
    option.neighbourhood.save()
    page.save()

    assert QuestionOption.objects.get(pk=option.pk).neighbourhood == option.neighbourhood


def test_one_and_true_are_two_things_in_a_list_and_a_file_just_sent_is_new():
    page, _question, _option = at_hand()
    for allowed in ([1], [True]):
        page.phases.get_object_list()[0].allows = allowed
        page.save()
        assert page.phases.get().allows[0] is allowed[0]

    stored, photo = make_photo(), Photo.objects.get()
    assert _is_same(photo, stored)
    photo.file = ContentFile(stored.file.read(), name=stored.file.name)
    assert not _is_same(photo, stored)


def test_a_row_that_was_not_written_asks_anew_for_what_stands_below_it():
    page, question, _option = at_hand()
    page.save()
    QuestionOption.objects.create(question_id=question.pk, label="Of somebody else")

    question.save()

    assert question.options.count() == QuestionOption.objects.count() == 4


def test_modelcluster_does_what_the_house_does_in_its_place():
    """It differs: read ``rows_written`` and ``rows_below`` beside it again, then note it here."""
    managers = inspect.getsource(fields).partition("class ChildObjectsDescriptor")[0]
    _before, commit = managers.split("        def commit(self):")
    reading = inspect.getsource(models.model_from_serializable_data)

    assert digest(commit) == "b4f40c73c1af"
    assert digest(reading) == "a1fc4cb19551"


def digest(source):
    return hashlib.sha256(source.encode()).hexdigest()[:12]
