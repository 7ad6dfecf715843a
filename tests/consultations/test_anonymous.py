"""Anonymous questionnaires: told before, counted once, changed never, shown after the close."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import tallies
from consultations.asking import claiming, mixing
from consultations.asking.services import save_draft
from consultations.editing import ConsultationPageForm
from consultations.enums import Participation, QuestionType
from consultations.models import (
    AnsweredMark,
    ConsultationPage,
    Draft,
    PersonTakingPart,
    Response,
)
from consultations.question_results import question_results
from consultations.refusals import AnsweredForGood, NothingKept
from consultations.services import ANSWER, ANSWER_ANONYMOUSLY, answer
from partnership.outbox.models import OutgoingMail
from partnership.people.models import Participant
from partnership.people.tokens import TokenExpired, issue
from tests.consultations.test_exports import table
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_participant, make_question

pytestmark = pytest.mark.django_db


def asked(*kinds: str, **fields: Any) -> ConsultationPage:
    consultation = make_consultation(is_anonymous=True, **fields)
    for kind in kinds or (QuestionType.SINGLE_CHOICE,):
        make_question(consultation, kind)
    return consultation


def say(
    consultation: ConsultationPage, participant: Participant | None = None, **answers: Any
) -> Response:
    return answer(
        consultation,
        participant=participant or make_participant(),
        answers=answers or {"q1": "o1"},
        language_code="en",
        form_token=None,
    )


@pytest.mark.both
def test_the_row_knows_nobody_and_no_hour_and_its_key_is_no_number_in_a_row():
    consultation, participant = asked(), make_participant()

    response = say(consultation, participant)

    today = timezone.now().astimezone(UTC).date()
    assert (response.participant, response.is_anonymous, response.entered_by) == (None, True, None)
    assert response.created_at == response.changed_at
    assert response.created_at == datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    assert AnsweredMark.objects.get().participant == participant
    assert not OutgoingMail.objects.exists()


@pytest.mark.both
def test_a_row_is_anonymous_or_somebodys_and_never_both():
    consultation, participant = asked(), make_participant()

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(
            consultation=consultation,
            participant=participant,
            language_code="en",
            is_anonymous=True,
        )


@pytest.mark.both
def test_who_has_answered_does_not_answer_again_and_nothing_is_changed():
    consultation, participant = asked(), make_participant()
    first = say(consultation, participant)

    with pytest.raises(AnsweredForGood):
        say(consultation, participant, q1="o2")

    assert [entry.value for entry in first.answers.all()] == ["o1"]
    assert (Response.objects.count(), AnsweredMark.objects.count()) == (1, 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_forms_of_one_person_at_once_are_counted_once(run_in_threads):
    consultation, participant = asked(), make_participant()

    outcomes = run_in_threads(lambda _number: say(consultation, participant), times=10)

    assert sum(isinstance(outcome, AnsweredForGood) for outcome in outcomes) == 9
    assert (Response.objects.count(), AnsweredMark.objects.count()) == (1, 1)


def test_the_language_is_kept_only_with_words_written_in_it():
    consultation = asked(QuestionType.SINGLE_CHOICE, QuestionType.LONG_TEXT)

    ticked, written = say(consultation, q1="o1"), say(consultation, q2="Slower cars.")

    assert (ticked.language_code, written.language_code) == ("", "en")


def test_a_form_counts_only_in_the_way_its_reader_was_told():
    consultation, participant = asked(), make_participant()
    given: dict[str, Any] = {
        "participant": participant,
        "answers": {"q1": "o1"},
        "language_code": "en",
    }

    with pytest.raises(TokenExpired):
        answer(consultation, form_token=issue(ANSWER), **given)
    ConsultationPage.objects.update(is_anonymous=False)
    with pytest.raises(TokenExpired):
        answer(consultation, form_token=issue(ANSWER_ANONYMOUSLY), **given)

    assert not Response.objects.exists()


def test_nothing_is_kept_unfinished():
    with pytest.raises(NothingKept):
        save_draft(asked(), participant=make_participant(), typed={"q1": ["o1"]})

    assert not Draft.objects.exists()


@pytest.mark.both
def test_people_and_totals_are_counted_and_can_be_counted_again():
    consultation, participant = asked(), make_participant()
    say(consultation, participant)
    say(consultation)

    found = tallies.drift(consultation)
    tallies.recount(consultation)

    assert found == []
    assert PersonTakingPart.objects.numbers(consultation)[0] == {participant.city.pk: 2}


@pytest.mark.both
def test_figures_wait_for_the_close_and_are_then_right():
    consultation = asked()
    client, participant = signed_in()
    say(consultation, participant)
    for _person in range(5):
        say(consultation, q1="o2")

    during = text_of(client.get(consultation.url))
    held_back = table(consultation, "answers", profile="staff")
    ConsultationPage.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    consultation = ConsultationPage.objects.get()
    result = question_results(consultation, consultation.questions.all(), city_pair())[0]

    assert "What the cities answered is shown here after the close." in during
    assert "You have answered. Nobody knows which answers are yours" in during
    assert held_back == []
    assert [option.shares[0].count for option in result.options] == [1, 5, 0]
    assert len(table(consultation, "answers", profile="staff")) == 6


@pytest.mark.both
def test_files_for_staff_show_no_person_and_no_hour():
    consultation, participant = asked(), make_participant()
    say(consultation, participant)
    closed = timezone.now()
    ConsultationPage.objects.update(closes_at=closed)

    (row,) = table(ConsultationPage.objects.get(), "answers", profile="staff")

    assert (row["participant"], row["name"], row["email"]) == ("", "", "")
    assert row["written_on"] == closed.astimezone(UTC).date().isoformat()
    assert "written_at" not in row


def test_the_form_says_what_anonymous_means_before_anybody_answers():
    consultation = asked()
    client, _participant = signed_in()

    page = client.get(consultation.answer_url)
    sent = client.post(
        consultation.answer_url, {"form_token": issue(ANSWER_ANONYMOUSLY), "q1": "o1"}, follow=True
    )
    again = client.get(consultation.answer_url)

    assert "Your answers are anonymous" in text_of(page)
    assert b"wants_receipt" not in page.content
    assert b'name="later"' not in page.content
    assert "nobody can tell which are yours" in text_of(sent)
    assert Response.objects.get().receipt not in text_of(sent)
    assert "You have answered" in text_of(again)
    assert b'name="q1"' not in again.content


def test_a_receipt_is_found_for_no_anonymous_answer():
    consultation = asked()
    response = say(consultation)
    client, _participant = signed_in()

    page = client.get(consultation.receipt_url, {"code": response.code})

    assert page.status_code == 404


def test_who_was_signed_out_gets_the_form_back_and_nothing_lies_in_a_session(client):
    consultation = asked(QuestionType.LONG_TEXT)

    page = client.post(
        consultation.answer_url,
        {"form_token": issue(ANSWER_ANONYMOUSLY), "q1": "Nearer to the school."},
    )

    assert page.status_code == 422
    assert "this was not counted" in text_of(page)
    assert b"Nearer to the school." in page.content
    assert "Nearer" not in str(dict(client.session))
    assert not Response.objects.exists()


def test_once_somebody_has_answered_no_version_changes_what_they_were_told():
    consultation = asked()
    say(consultation)

    consultation.is_anonymous = False
    consultation.save()

    assert ConsultationPage.objects.get().is_anonymous is True


def test_what_was_kept_is_forgotten_when_it_becomes_anonymous():
    consultation = make_consultation()
    make_question(consultation)
    save_draft(consultation, participant=make_participant(), typed={"q1": ["o1"]})

    consultation.is_anonymous = True
    consultation.save()

    assert not Draft.objects.exists()


@pytest.mark.parametrize(("is_anonymous", "errors"), [(False, ["is_anonymous"]), (True, [])])
def test_the_editor_is_told_what_cannot_be(is_anonymous, errors):
    consultation = asked()
    say(consultation)
    sent = {"is_anonymous": is_anonymous, "participation": Participation.OPEN}
    form = ConsultationPage.get_edit_handler().get_form_class()(instance=consultation)
    form._errors, form.cleaned_data = {}, sent

    form._check_anonymity(sent)

    assert isinstance(form, ConsultationPageForm)
    assert list(form.errors) == errors


@pytest.mark.both
def test_an_account_takes_over_the_mark_of_the_guest_it_was():
    consultation, account = asked(), make_participant()
    guest = Participant.objects.create(guest_digest="0" * 64)
    say(consultation, account)
    AnsweredMark.objects.create(consultation=consultation, participant=guest)

    claiming.merge(guest, account)

    assert AnsweredMark.objects.get().participant == account
    assert not guest.answered_marks.exists()


# Quiet days ----------------------------------------------------------------------------------


def day(number: int) -> datetime:
    return datetime(2027, 5, number, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "told_as"),
    [
        ([(1, 7), (2, 5)], [1, 2]),
        ([(1, 1), (2, 3), (3, 1), (4, 9)], [1, 1, 1, 4]),
        ([(1, 6), (2, 5), (3, 4)], [1, 2, 2]),
        ([(1, 2)], [1]),
        ([], []),
    ],
)
def test_at_least_five_people_share_a_day(days, told_as):
    known = [(day(number), people) for number, people in days]

    assert list(mixing.joined(known).values()) == [day(number) for number in told_as]


@pytest.mark.both
def test_the_clock_joins_days_that_are_over_of_each_city():
    consultation, (alder, puerto) = asked(), city_pair()
    answered = {(alder, 1): 5, (alder, 2): 1, (puerto, 1): 5, (puerto, 2): 5}
    for (city, number), people in answered.items():
        for _person in range(people):
            response = say(consultation, make_participant(city))
            Response.objects.filter(pk=response.pk).update(created_at=day(number - 0))
    Response.objects.update(created_at=_last_year("created_at"))
    today = say(consultation, make_participant(alder))

    assert mixing.mix_everything() == 1

    told = Response.objects.exclude(pk=today.pk).values_list("city__code", "created_at__day")
    assert sorted(told) == sorted(
        [("alder", 1)] * 6 + [(puerto.code, 1)] * 5 + [(puerto.code, 2)] * 5
    )
    assert Response.objects.get(pk=today.pk).created_at == today.created_at
    assert Response.objects.get(pk=today.pk).answers.count() == 1


def _last_year(name: str) -> Any:
    from django.db.models import ExpressionWrapper, F
    from django.db.models.fields import DateTimeField

    return ExpressionWrapper(F(name) - timedelta(days=730), output_field=DateTimeField())
