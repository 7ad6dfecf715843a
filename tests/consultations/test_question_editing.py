"""What an editor can still change of a question, and what an answer forbids."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset

from consultations.enums import QuestionType
from consultations.models import ConsultationPage
from consultations.services import answer
from tests.consultations.test_editing import ONE_PHASE, admin, form, send
from tests.factories.consultations import make_consultation, make_participant, make_question

pytestmark = pytest.mark.django_db

STAYS = "People have answered this question already: it stays as they were asked."
SMALL = {"is_small_change": "on"}


def option_rows(question: Any, *new: dict[str, Any], **changed: Any) -> dict[str, Any]:
    rows = [
        {
            "label_en": option.label_en,
            "label_es": option.label_es,
            "identifier": option.identifier,
            "id": option.pk,
            **changed.get(option.identifier, {}),
        }
        for option in question.options.all()
    ]
    return inline_formset([*rows, *new], initial=len(rows))


def row_of(question: Any, **changed: Any) -> dict[str, Any]:
    return {
        "type": question.type,
        "identifier": question.identifier,
        "text_en": question.text_en,
        "text_es": question.text_es,
        "scale_min": 1,
        "scale_max": 5,
        "shown_if": question.shown_if,
        "options": option_rows(question),
        "id": question.pk,
        **changed,
    }


def question_rows(question: Any, **changed: Any) -> dict[str, Any]:
    return inline_formset([row_of(question, **changed)], initial=1)


def answered_consultation(
    kind: str = QuestionType.SINGLE_CHOICE, value: Any = "o1", **fields: Any
) -> tuple[ConsultationPage, Any]:
    consultation = make_consultation()
    question = make_question(consultation, kind, **fields)
    answer(
        consultation,
        participant=make_participant(),
        answers={"q1": value},
        language_code="en",
        form_token=None,
    )
    return consultation, question


def edit(consultation: ConsultationPage, question: Any, **changed: Any) -> tuple[int, str]:
    more = changed.pop("page", {})
    rows = question_rows(question, **changed)
    return send(consultation, phases=[ONE_PHASE], questions=rows, **more)


def test_saving_looks_for_one_answer_of_each_question_and_not_through_all():
    consultation, question = answered_consultation()

    with CaptureQueriesContext(connection) as asked:
        edit(consultation, question, text_en="Which way?", **SMALL)

    about = [each["sql"] for each in asked if '"consultations_answer"' in each["sql"]]
    looked = [sql for sql in about if "EXISTS" in sql and "consultations_question" in sql]
    assert looked
    assert not any("DISTINCT" in sql for sql in about)


def test_the_wording_of_an_answered_question_can_change_with_the_tick_and_its_identifier_stays():
    consultation, question = answered_consultation()

    refused, page = edit(consultation, question, text_en="How?")
    status, _page = edit(consultation, question, text_en="How?", page=SMALL)

    question.refresh_from_db()
    assert refused == 200
    assert "If the new ones mean the same, tick “Only a small change” above" in page
    assert (status, question.identifier, question.text) == (302, "q1", "How?")
    assert question.answers.count() == 1


def test_an_answered_question_gets_an_explanation_and_an_option_without_a_tick():
    consultation, question = answered_consultation()
    new = {"label_en": "By boat", "label_es": "En barco", "id": ""}

    status, _page = edit(
        consultation,
        question,
        help_text_en="On most days.",
        help_text_es="Casi siempre.",
        allows_other="on",
        required="on",
        options=option_rows(question, new),
    )

    question.refresh_from_db()
    assert (status, question.help_text_en, question.allows_other) == (302, "On most days.", True)
    assert [each.identifier for each in question.options.all()] == ["o1", "o2", "o3", "o4"]


#: What is changed of an answered question, the field it is said beside, and what is said.
FALSIFIED = (
    ({"type": "long_text"}, "type", "People have answered this question already"),
    ({"identifier": "mode"}, "identifier", STAYS),
    ({"number_max": "7"}, "number_max", STAYS),
    ({"scale_max": "6"}, "scale_max", STAYS),
    ({"text_es": ""}, "text_es", "Write this in Spanish before publishing."),
)
#: The same of its last option.
OTHER_OPTIONS = (
    ({"DELETE": "1"}, "People have answered this question: its options stay."),
    ({"identifier": "car"}, STAYS),
    ({"label_en": "By car"}, "People have answered these words."),
)


def answered_questions(number: int) -> tuple[ConsultationPage, list[Any]]:
    consultation = make_consultation()
    questions = [make_question(consultation) for _number in range(number)]
    answer(
        consultation,
        participant=make_participant(),
        answers={question.identifier: "o1" for question in questions},
        language_code="en",
        form_token=None,
    )
    return consultation, questions


def refused(consultation: ConsultationPage, rows: list[Any], **page: Any) -> tuple[str, list[Any]]:
    """The screen that says why, and the form of each question."""
    sent = inline_formset(rows, initial=len(rows))
    values = form(consultation, phases=[ONE_PHASE], questions=sent, **page)
    response = admin().post(f"/admin/pages/{consultation.pk}/edit/", values)
    assert response.status_code == 200
    return response.content.decode(), response.context["form"].formsets["questions"].forms


def test_what_would_falsify_an_answer_is_refused_beside_its_field():
    consultation, questions = answered_questions(len(FALSIFIED))
    rows = [
        row_of(question, **changed)
        for question, (changed, *_said) in zip(questions, FALSIFIED, strict=True)
    ]

    page, shown = refused(consultation, rows, **SMALL)

    for (changed, field, message), row in zip(FALSIFIED, shown, strict=True):
        assert list(row.errors) == [field], changed
        assert message in str(row.errors[field]), changed
        assert message in page, changed
    assert [question.answers.count() for question in questions] == [1] * len(FALSIFIED)


def test_an_answered_question_is_not_taken_away():
    consultation, question = answered_consultation()

    status, page = edit(consultation, question, page=SMALL, DELETE="1")

    assert status == 200
    assert "People have answered this question: it stays." in page
    assert question.answers.count() == 1


def test_the_options_of_an_answered_question_stay():
    consultation, questions = answered_questions(len(OTHER_OPTIONS))
    rows = [
        row_of(question, options=option_rows(question, o3=changed))
        for question, (changed, _message) in zip(questions, OTHER_OPTIONS, strict=True)
    ]

    page, shown = refused(consultation, rows)

    for (changed, message), row in zip(OTHER_OPTIONS, shown, strict=True):
        errors = (row.errors, row.formsets["options"].errors)
        assert message in str(errors), changed
        assert message in page, changed
    assert [question.options.count() for question in questions] == [3] * len(OTHER_OPTIONS)


def test_a_ranking_that_was_answered_gets_no_new_option():
    consultation, question = answered_consultation(QuestionType.RANKING, ["o1"])
    new = {"label_en": "By boat", "label_es": "En barco", "id": ""}

    status, page = edit(consultation, question, options=option_rows(question, new))

    assert status == 200
    assert "A new option would move the places given so far." in page


def test_what_nobody_has_answered_can_be_changed_in_every_way():
    consultation = make_consultation()
    question = make_question(consultation)
    options = option_rows(question, o3={"DELETE": "1"}, o2={"identifier": "car"})

    status, _page = edit(
        consultation, question, identifier="mode", type="multiple_choice", options=options
    )

    question.refresh_from_db()
    assert (status, question.identifier, question.type) == (302, "mode", "multiple_choice")
    assert [each.identifier for each in question.options.all()] == ["o1", "car"]


def test_two_questions_are_never_called_the_same():
    consultation = make_consultation()
    first, second = make_question(consultation), make_question(consultation)
    rows = inline_formset([row_of(first), row_of(second, identifier="q1")], initial=2)

    status, page = send(consultation, phases=[ONE_PHASE], questions=rows)

    assert status == 200
    assert "Another one is called so already." in page


def test_a_condition_names_an_answer_to_an_earlier_question():
    consultation = make_consultation()
    questions = [make_question(consultation) for _number in range(5)]
    first = [row_of(question, ORDER=place) for place, question in enumerate(questions, 1)]
    rules = ("", "q1=o2", "q1=o9", "q4=o1", "nonsense")
    rows = [{**row, "shown_if": rule} for row, rule in zip(first, rules, strict=True)]

    page, shown = refused(consultation, rows)
    _page, moved = refused(consultation, [{**rows[0], "ORDER": 9}, rows[1], *first[2:]])
    status, _page = send(
        consultation,
        phases=[ONE_PHASE],
        questions=inline_formset([*rows[:2], *first[2:]], initial=5),
    )

    words = "This answer is not offered by any question before this one."
    assert words in page
    assert [words in str(row.errors.get("shown_if")) for row in shown] == [False] * 2 + [True] * 3
    assert words in str([row.errors for row in moved])
    assert status == 302


def test_the_editor_is_offered_the_answers_of_the_questions_before():
    consultation = make_consultation()
    for _number in range(2):
        make_question(consultation)

    page = admin().get(f"/admin/pages/{consultation.pk}/edit/").content.decode()

    assert page.count('<option value="q1=o2">Option 2</option>') == 1
    assert '<option value="q2=o2">' not in page


def test_a_question_added_to_a_draft_keeps_the_identifier_it_got_there():
    consultation = make_consultation()
    question = make_question(consultation)
    new = row_of(question, id="", identifier="", text_en="And?", text_es="¿Y?")
    new["options"] = inline_formset([{"label_en": "Yes", "label_es": "Sí", "id": ""}])
    rows = inline_formset([row_of(question), new], initial=1)

    send(consultation, phases=[ONE_PHASE], questions=rows, **{"action-publish": ""})

    draft = ConsultationPage.objects.get(pk=consultation.pk).get_latest_revision_as_object()
    added = draft.questions.all()[1]
    assert (added.identifier, added.options.all()[0].identifier) == ("q2", "o1")


def test_an_older_version_brings_back_words_and_never_another_sense():
    consultation = make_consultation()
    question = make_question(consultation)
    extra = question.options.last()
    question.options.filter(pk=extra.pk).delete()
    question.type = QuestionType.MULTIPLE_CHOICE
    question.save()
    before = ConsultationPage.objects.get(pk=consultation.pk)
    before.save_revision()
    extra.save(force_insert=True)
    question.type = QuestionType.SINGLE_CHOICE
    question.save()
    answer(
        consultation,
        participant=make_participant(),
        answers={"q1": "o3"},
        language_code="en",
        form_token=None,
    )

    before.get_latest_revision().publish()

    question.refresh_from_db()
    assert (question.type, question.options.count()) == (QuestionType.SINGLE_CHOICE, 3)
