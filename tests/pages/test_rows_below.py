"""Twelve questions are opened, kept, previewed and published with hardly more queries than three.

What is stored afterwards is the same as if every row had been read and written by itself.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.models import ConsultationPage, Question, QuestionOption
from events.registrations.models import SignUpOption, SignUpQuestion
from partnership.pages.models import Photo
from partnership.pages.rows_below import is_all_there
from tests.consultations.test_editing import ONE_PHASE, admin, form
from tests.consultations.test_question_editing import option_rows, row_of
from tests.events.test_editing import item, venue
from tests.events.test_sign_up_editing import option, question, sent
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_question
from tests.factories.delivery import filled, make_indicator, make_line, rows, typed_line
from tests.factories.events import add_programme_item, add_venue, make_event
from tests.factories.reports import make_photo
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 5
#: What may lie between few rows and many: a check of values that no other row has.
NEARLY = 4


def consultation_of(amount):
    """A consultation with that many questions, published from its form."""
    consultation = make_consultation()
    for _number in range(amount):
        make_question(consultation)
    assert send(consultation, publish=True)[0] == 302
    return ConsultationPage.objects.get(pk=consultation.pk)


def typed(consultation, **changed):
    """Its form as it is shown; ``q2={...}`` is typed into that row."""
    questions = [
        row_of(each, sort_order=place, **changed.pop(each.identifier, {}))
        for place, each in enumerate(consultation.questions.all())
    ]
    rows_typed = inline_formset(questions, initial=len(questions))
    own = {"local_slug_es": f"caminos-{consultation.pk}", "is_small_change": "on"}
    page = ConsultationPage.objects.get(pk=consultation.pk)
    return form(page, phases=[ONE_PHASE], questions=rows_typed, **own, **changed)


def send(consultation, *, publish=False, preview=False, **changed):
    """Send the form; return the status of the answer and what was asked and written for it."""
    values = typed(consultation, **changed)
    if not publish:
        del values["action-publish"]
    name = "wagtailadmin_pages:preview_on_edit" if preview else "wagtailadmin_pages:edit"
    return asked(admin().post, reverse(name, args=(consultation.pk,)), values)


def asked(do, address, *values):
    with CaptureQueriesContext(connection) as captured:
        response = do(address, *values)
    return response.status_code, [query["sql"] for query in captured]


def written(queries, *models):
    """What was written into the tables of these."""
    tables = [f'"{model._meta.db_table}"' for model in models]
    return [
        sql for sql in queries if not sql.startswith("SELECT") and any(t in sql for t in tables)
    ]


def test_a_consultation_of_many_questions_asks_hardly_more_than_one_of_few():
    took = {}
    for amount in (FEW, MANY):
        one = consultation_of(amount)
        edit = reverse("wagtailadmin_pages:edit", args=(one.pk,))
        steps = {
            "kept": send(one),
            "opened": asked(admin().get, edit),
            "previewed": send(one, preview=True),
            "published": send(one, publish=True),
        }
        assert {status for status, _queries in steps.values()} <= {200, 302}
        took[amount] = {name: len(queries) for name, (_status, queries) in steps.items()}

    for step, queries in took[MANY].items():
        assert queries <= took[FEW][step] + NEARLY, step


@pytest.mark.both
def test_what_was_edited_is_written_and_nothing_else():
    consultation = consultation_of(3)
    as_it_was = consultation.latest_revision

    _status, nothing = send(consultation, publish=True)
    _status, one = send(consultation, publish=True, q2={"text_en": "Which way?"})
    second = consultation.questions.get(identifier="q2")
    options = option_rows(second, o1={"label_en": "On foot"})
    _status, below = send(consultation, publish=True, q2={"options": options})

    assert written(nothing, Question, QuestionOption) == []
    assert len(written(one, Question, QuestionOption)) == 1
    assert len(written(below, QuestionOption)) == 1
    assert second.options.first().label_en == "On foot"
    as_it_was.publish()  # an older version is stored whole, however little differs
    second.refresh_from_db()
    assert (second.text_en, second.options.first().label_en) == ("Question 2?", "Option 1")
    assert QuestionOption.objects.filter(question__consultation=consultation).count() == 9


def test_a_version_that_points_to_what_is_gone_is_read_as_ever():
    consultation = make_consultation(cover_photo=make_photo())
    question = make_question(consultation)
    revision = ConsultationPage.objects.get(pk=consultation.pk).save_revision()
    assert is_all_there(ConsultationPage, revision.content)

    Photo.objects.all().delete()
    QuestionOption.objects.filter(question=question).delete()
    question.delete()

    assert not is_all_there(ConsultationPage, revision.content)
    version = revision.as_object()
    assert version.cover_photo is None
    assert [len(each.options.all()) for each in version.questions.all()] == [0]


def promise_with(amount):
    """The screen of a promise with that many lines and indicators, and its form."""
    promise = make_commitment()
    for number in range(amount):
        make_line(promise, what=f"Stones {number}")
        make_indicator(promise, 4)
    lines = [typed_line(line) for line in promise.budget_lines.all()]
    values = filled(promise, **rows("budget_lines", *lines, stored=amount))
    return reverse("commitments:edit", args=(promise.pk,)), values


def event_with(amount):
    """The screen of an event with that many points, venues and questions, and its form."""
    event = make_event()
    for number in range(amount):
        add_programme_item(event, f"Point {number}", city=city_pair()[0])
        add_venue(event, city_pair()[0])
        asks = SignUpQuestion.objects.create(event_id=event.pk, type="single_choice")
        SignUpOption.objects.create(question=asks)
    questions = [
        question([option("Yes", id=each.options.get().pk)], initial=1, id=each.pk)
        for each in event.sign_up_questions.all()
    ]
    typed_rows = {
        "venues": [
            venue(id=one.pk, city=one.city_id, name_en=f"Hall {one.pk}")
            for one in event.venues.all()
        ],
        "programme": [item(id=one.pk, city=one.city_id) for one in event.programme.all()],
    }
    shown = {name: inline_formset(made, initial=amount) for name, made in typed_rows.items()}
    values = sent(questions=questions, initial=amount, **nested_form_data(shown))
    own = {"slug": event.slug, "local_slug_es": f"calle-{event.pk}"}
    return reverse("wagtailadmin_pages:edit", args=(event.pk,)), {**values, **own}


@pytest.mark.parametrize(("screen_with", "each"), [(promise_with, 3), (event_with, 4)])
def test_other_things_with_many_rows_ask_a_few_questions_for_each(screen_with, each):
    """Django looks for the keys that a row holds, such as its city's; and what differs is written.

    The first of the three finds out what the process keeps from then on, and is not counted.
    """
    took = {}
    for amount in (FEW, FEW, MANY):
        address, values = screen_with(amount)
        status, queries = asked(admin().post, address, values)
        assert status == 302
        took[amount] = len(queries)

    assert took[MANY] <= took[FEW] + each * (MANY - FEW)
