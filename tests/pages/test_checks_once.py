"""The database is asked once whether the same values may stand in a row, and of others anew."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset

from consultations.models import Question, QuestionOption
from partnership.pages.choices_once import kept
from tests.consultations.test_editing import ONE_PHASE, admin, form
from tests.consultations.test_question_editing import row_of
from tests.factories.consultations import make_consultation, make_question

pytestmark = pytest.mark.django_db


def test_rows_with_the_same_values_are_asked_about_once(django_assert_num_queries):
    options = [QuestionOption(identifier="o1", label_en=f"Option {n}") for n in range(3)]

    with kept():
        options[0].validate_constraints(exclude={"question"})
        with django_assert_num_queries(0):
            for option in options[1:]:
                option.validate_constraints(exclude={"question"})


def test_other_values_get_an_answer_of_their_own():
    fits, refused = Question(scale_min=1, scale_max=5), Question(scale_min=5, scale_max=5)

    with kept():
        for _time in range(2):
            fits.validate_constraints(exclude={"consultation"})
            with pytest.raises(ValidationError, match="A scale ends above where it starts"):
                refused.validate_constraints(exclude={"consultation"})


def test_a_screen_asks_little_more_for_twelve_questions_than_for_two():
    asked = {}
    for number in (2, 12):
        consultation = make_consultation()
        for _number in range(number):
            make_question(consultation)
        rows = inline_formset([row_of(one) for one in consultation.questions.all()], initial=number)
        own = {"local_slug_es": f"caminos-{number}"}
        sent = form(consultation, phases=[ONE_PHASE], questions=rows, **own)
        client = admin()
        with CaptureQueriesContext(connection) as captured:
            response = client.post(f"/admin/pages/{consultation.pk}/edit/", sent)
        assert response.status_code == 302
        asked[number] = sum("_check" in query["sql"] for query in captured)

    assert asked[12] <= asked[2] + 2
