"""Guards of the questionnaire that no other test sees missing: each was taken away once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from consultations.asking.services import take_out_sheet
from consultations.disclosure import shows_question_figures
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Question, Response
from consultations.refusals import ConsultationClosed, WrongChoice, WrongLanguage
from consultations.services import ANSWER
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.consultations.test_editing import ONE_PHASE, inline_formset, send
from tests.consultations.test_pages import signed_in
from tests.consultations.test_paper import PAPER, asked, editor, enter
from tests.consultations.test_question_editing import STAYS, answered_consultation, edit, row_of
from tests.consultations.test_question_kinds import send as answer_with
from tests.factories.cities import city_pair
from tests.factories.consultations import ResidentOfFactory, make_consultation, make_question

pytestmark = pytest.mark.django_db


# Editing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ends", "message"),
    [
        (QuestionType.SCALE, {"scale_min": 1, "scale_max": 1}, "A scale ends above where"),
        (QuestionType.NUMBER, {"number_min": 9, "number_max": 2}, "The largest number is not"),
    ],
)
def test_a_scale_or_number_without_room_is_refused_beside_its_end(kind, ends, message):
    consultation = make_consultation()
    question = make_question(consultation, kind)

    status, page = edit(consultation, question, **ends)

    field = "scale_max" if kind == QuestionType.SCALE else "number_max"
    beside_it = page.partition(f'{field}-errors">')[2].partition("-errors")[0]
    assert status == 200
    assert message in beside_it


def test_a_choice_without_anything_to_choose_is_refused():
    consultation = make_consultation()
    question = make_question(consultation, QuestionType.LONG_TEXT)

    status, page = edit(consultation, question, type=QuestionType.SINGLE_CHOICE)

    assert status == 200
    assert "Add the options people can choose from." in page


@pytest.mark.parametrize(
    ("kind", "fields", "rule", "status"),
    [
        (QuestionType.RANKING, {}, "q1=o1", 200),
        (QuestionType.SINGLE_CHOICE, {"allows_other": "on"}, "q1=other", 302),
        (QuestionType.SINGLE_CHOICE, {}, "q1=other", 200),
        (QuestionType.SCALE, {}, "q1=5", 302),
        (QuestionType.SCALE, {}, "q1=6", 200),
    ],
)
def test_what_a_condition_may_follow_from(unwritten, kind, fields, rule, status):
    consultation = make_consultation()
    stored = {name: bool(value) for name, value in fields.items()}
    first = make_question(consultation, kind, **stored)
    second = make_question(consultation)
    rows = inline_formset(
        [row_of(first, ORDER=1, **fields), row_of(second, ORDER=2, shown_if=rule)], initial=2
    )

    answered, _page = send(consultation, phases=[ONE_PHASE], questions=rows)

    assert answered == status


def test_the_way_to_answer_in_other_words_stays_once_somebody_has_answered():
    consultation, question = answered_consultation(allows_other=True)

    status, page = edit(consultation, question)

    question.refresh_from_db()
    assert status == 200
    assert STAYS in page.partition('allows_other-errors">')[2].partition("-errors")[0]
    assert question.allows_other


def test_an_older_version_takes_no_answered_question_away_and_no_way_to_answer_it():
    consultation = make_consultation()
    kept = make_question(consultation)
    before = ConsultationPage.objects.get(pk=consultation.pk)
    before.save_revision()
    Question.objects.filter(pk=kept.pk).update(allows_other=True)
    added = make_question(consultation)
    answer_with(consultation, {"q1_other": "By boat", "q2": "o1"})

    before.get_latest_revision().publish()

    kept.refresh_from_db()
    assert kept.allows_other
    assert set(consultation.questions.all()) == {kept, added}
    assert Answer.objects.count() == 2


# Figures -------------------------------------------------------------------------------------


def test_figures_of_questions_are_for_who_has_answered_and_after_the_close_for_all():
    still_open = asked()
    to_come = asked(title="Soon", opens_in=timedelta(days=1))
    over = asked(title="Over", closes_in=timedelta(days=-1))
    own = answer_with(still_open, {"q1": "o1"})

    def shows(consultation: Any, response: Any = None) -> bool:
        return shows_question_figures(consultation, resident=None, response=response)

    assert [shows(still_open), shows(still_open, own)] == [False, True]
    assert [shows(to_come), shows(to_come, own), shows(over)] == [False, False, True]


# Answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [QuestionType.MULTIPLE_CHOICE, QuestionType.RANKING])
@pytest.mark.parametrize("value", ["o1", "o", {"o1": "1"}])
def test_several_options_come_as_a_list_or_not_at_all(kind, value):
    consultation = make_consultation()
    make_question(consultation, kind)

    with pytest.raises(WrongChoice):
        answer_with(consultation, {"q1": value})

    assert not Response.objects.exists()


@pytest.mark.parametrize("place", ["9", "0", "first"])
def test_a_place_nobody_offers_is_refused_in_the_form(place):
    consultation = make_consultation()
    make_question(consultation, QuestionType.RANKING)
    client, _participant = signed_in()

    sent = {"q1_o1": place, "form_token": issue(ANSWER)}
    refused = client.post(consultation.answer_url, sent)

    assert refused.status_code == 422
    assert "Choose one of the answers offered here." in refused.content.decode()


# Paper ---------------------------------------------------------------------------------------


def test_no_sheet_is_counted_where_the_page_is_not_public():
    consultation = asked()
    consultation.unpublish()

    with pytest.raises(ConsultationClosed):
        enter(consultation)


def test_a_sheet_is_in_a_language_of_the_site():
    with pytest.raises(WrongLanguage):
        enter(asked(), language_code="xx")


@pytest.mark.both
def test_the_form_for_a_sheet_counts_once_whatever_number_it_is_sent_with():
    consultation, token = asked(), issue(PAPER)
    enter(consultation, "1", form_token=token)

    with pytest.raises(TokenAlreadySpent):
        enter(consultation, "2", form_token=token)

    assert Response.objects.count() == 1


def test_nobody_takes_out_what_came_on_the_site():
    consultation = asked()
    own = answer_with(consultation, {"q1": "o1"})
    client = editor(city_pair()[0])

    take_out_sheet(own)
    refused = client.post(f"/admin/consultations/{consultation.pk}/paper/{own.pk}/take-out/")

    assert refused.status_code == 404
    assert Response.objects.count() == 1


def test_only_with_its_permission_and_only_for_a_public_page_are_sheets_typed_in():
    consultation = asked()
    address = f"/admin/consultations/{consultation.pk}/paper/"
    person = ResidentOfFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    person.edits_for.add(city_pair()[0])
    into_the_admin: Any = Client()
    into_the_admin.force_login(person)

    without = into_the_admin.get(address)
    consultation.unpublish()
    hidden = editor(city_pair()[0]).get(address)

    assert without.status_code in {302, 403}
    assert "Count this sheet" not in without.content.decode()
    assert hidden.status_code == 404
