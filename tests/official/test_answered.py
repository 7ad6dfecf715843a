"""A consultation is called answered when everything is, or every city has signed why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.answered import NotAnswered, NotOverYet, refuse_unanswered
from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet
from consultations.official.refusals import AnswersNotReady
from consultations.official.services import account_for_the_rest
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES
from tests.consultations.test_editing import ONE_PHASE, admin, form, send
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
)
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    make_theme,
    put_under,
    sign_and_publish,
)

pytestmark = pytest.mark.django_db

WHY = dict.fromkeys(CODES, "The others thank somebody.")


def called_answered(consultation: ConsultationPage) -> ConsultationPage:
    """As an editor would publish it."""
    page = ConsultationPage.objects.get(pk=consultation.pk)
    page.stored_state = "answered"
    page.save_revision().publish()
    return ConsultationPage.objects.get(pk=consultation.pk)


def test_it_is_not_as_long_as_one_comment_has_no_answer():
    consultation = make_closed_consultation()
    statement = StatementFactory(consultation=consultation)
    comment = ContributionFactory(consultation=consultation)
    sign_and_publish(make_answer(consultation, statement=statement).sheet)

    with pytest.raises(NotAnswered, match="1 has none"):
        called_answered(consultation)
    sign_and_publish(make_answer(consultation, contribution=comment).sheet)

    assert called_answered(consultation).stored_state == "answered"


def test_an_answer_to_a_theme_answers_what_was_put_under_it():
    consultation = make_closed_consultation()
    theme = make_theme(consultation)
    for _number in range(2):
        put_under(theme, contribution=ContributionFactory(consultation=consultation))
    sign_and_publish(make_answer(consultation, theme=theme).sheet)

    assert called_answered(consultation).stored_state == "answered"


def test_a_reason_counts_once_every_city_has_signed_it():
    consultation = make_closed_consultation()
    ContributionFactory(consultation=consultation)
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    editor = editor_of(city_pair()[0])
    account_for_the_rest(answer.sheet, reasons=WHY, by=editor)

    with pytest.raises(NotAnswered):
        called_answered(consultation)
    sign_and_publish(AnswerSheet.objects.get())

    assert called_answered(consultation).stored_state == "answered"


def test_a_reason_that_changes_is_void_until_it_is_signed_again():
    consultation = make_closed_consultation()
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    editor = editor_of(city_pair()[0])
    request = request_approval(answer.sheet, by=editor)

    account_for_the_rest(answer.sheet, reasons=WHY, by=editor)

    assert ApprovalRequest.objects.get(pk=request.pk).conclusion.outcome == "edited"


def test_a_reason_is_there_in_every_language_before_it_is_signed():
    consultation = make_closed_consultation()
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    editor = editor_of(city_pair()[0])
    account_for_the_rest(answer.sheet, reasons={CODES[0]: "Only here"}, by=editor)

    with pytest.raises(AnswersNotReady, match="not there in every language"):
        request_approval(AnswerSheet.objects.get(), by=editor)


def test_where_nothing_was_said_there_is_nothing_to_answer():
    assert called_answered(make_closed_consultation()).stored_state == "answered"


def test_what_readers_know_as_answered_stays_so_and_can_be_edited():
    consultation = make_closed_consultation()
    called_answered(consultation)
    ContributionFactory(consultation=consultation)

    assert called_answered(consultation).stored_state == "answered"


def test_what_was_taken_down_is_asked_about_again():
    consultation = make_closed_consultation()
    called_answered(consultation).unpublish()
    ContributionFactory(consultation=consultation)

    with pytest.raises(NotAnswered):
        called_answered(consultation)


@pytest.mark.parametrize("state", ["answered", "analysing"])
def test_nothing_is_called_answered_before_it_is_over(state):
    open_one = make_consultation()
    open_one.stored_state = state

    with pytest.raises(NotOverYet, match="once the consultation is over"):
        open_one.save_revision().publish()

    assert ConsultationPage.objects.get().stored_state == ""


def test_what_opens_again_is_not_called_answered_any_more():
    page = called_answered(make_closed_consultation())
    page.closes_at = timezone.now() + timedelta(days=1)

    with pytest.raises(NotOverYet):
        page.save_revision().publish()


def test_the_editor_of_an_open_one_is_told_beside_the_field(unwritten):
    consultation = make_consultation()

    sent = form(consultation, phases=[ONE_PHASE], stored_state="analysing")
    refused = admin().post(f"/admin/pages/{consultation.pk}/edit/", sent).context["form"]

    assert dict(refused.errors) == {
        "stored_state": [
            "This can be said once the consultation is over. Until then, leave it empty."
        ]
    }


def test_a_new_one_is_not_called_answered_while_it_lies_ahead():
    new = ConsultationPage(stored_state="answered", closes_at=timezone.now() + timedelta(days=1))

    with pytest.raises(NotOverYet):
        refuse_unanswered(new)


def test_the_editor_is_told_beside_the_field_and_nothing_is_lost():
    consultation = make_closed_consultation()
    ContributionFactory(consultation=consultation)

    status, page = send(
        consultation, phases=[ONE_PHASE], stored_state="answered", title_en="My new title"
    )

    assert status == 200
    assert "Not every contribution has an answer: 1 has none." in page
    assert "My new title" in page


def test_a_draft_is_refused_beside_the_field_too(unwritten):
    consultation = make_closed_consultation()
    ContributionFactory(consultation=consultation)
    sent = form(consultation, phases=[ONE_PHASE], stored_state="answered")
    del sent["action-publish"]

    refused = admin().post(f"/admin/pages/{consultation.pk}/edit/", sent).context["form"]

    assert list(refused.errors) == ["stored_state"]


def test_the_clock_leaves_it_a_draft_and_tells_whoever_scheduled_it():
    consultation = make_closed_consultation()
    ContributionFactory(consultation=consultation)
    author = editor_of(city_pair()[0])
    consultation.stored_state = "answered"
    revision = consultation.save_revision(
        user=author, approved_go_live_at=timezone.now(), clean=False
    )

    revision.publish(log_action="wagtail.publish.scheduled")

    assert ConsultationPage.objects.get().stored_state == ""
    mail = OutgoingMail.objects.get(kind="publication_refused")
    assert "Not every contribution has an answer" in mail.text


def test_the_sheet_asks_for_the_reason_and_readers_are_told_it(client):
    consultation = make_closed_consultation()
    ContributionFactory(consultation=consultation)
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    client.force_login(editor_of(city_pair()[0]))
    address = f"/admin/answers/{consultation.pk}/"

    half = client.post(address, {"keep_rest": "yes", "rest_en": "Only here", "rest_es": ""})
    kept = client.post(address, {"keep_rest": "yes", "rest_en": "In words", "rest_es": "Ya"})
    sign_and_publish(answer.sheet)
    page = client.get(f"{consultation.url}answers/").content.decode()

    assert half.status_code == 422
    assert "Only here" in half.content.decode()
    assert kept.status_code == 302
    assert "Why the rest has no answer of its own" in page
    assert "In words" in page


def test_the_rule_asks_nothing_of_a_page_that_is_not_called_answered(django_assert_num_queries):
    consultation = make_closed_consultation()

    with django_assert_num_queries(0):
        refuse_unanswered(consultation)
