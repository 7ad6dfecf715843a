"""Whoever chairs: what is shown, taken and answered, the words in other languages, the files."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.questions.enums import Act
from events.questions.models import LiveQuestion, QuestionTime
from events.questions.overdue import ANSWERED_WITHIN, unanswered
from events.questions.services import chairing
from partnership.pages.keeping import why_kept
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language, make_event
from tests.factories.live_questions import add_support, close, make_question, make_time
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

PAGE = "/en/events/quay-day/questions/"
CHAIR = f"{PAGE}chair/"


def act(client, question, what, **more):
    response = client.post(CHAIR, {"question": question.pk, "act": what, **more})
    question.refresh_from_db()
    return response


def of_one_city(event):
    event.cities = city_pair()[:1]
    event.save()


# Who may ---------------------------------------------------------------------------------------


def test_a_moderator_of_the_event_chairs_and_others_do_not(client, unwritten, time, editor):
    question = make_question(time, publication_status="pending")
    editor.groups.set([Group.objects.get(name="Moderators")])

    assert client.get(CHAIR).status_code == 200
    of_one_city(time.event)
    assert act(client, question, "publish").status_code == 404
    client.force_login(ResidentFactory())
    assert client.get(CHAIR).status_code == 404
    assert question.publication_status == "pending"


def test_the_code_is_shown_to_whoever_chairs(client, time, editor):
    assert time.code_in_groups in client.get(CHAIR).content.decode()
    wall = client.get(f"{PAGE}wall/").content.decode()
    assert time.code_in_groups in wall
    assert '<svg role="img"' in wall


# One after the other ---------------------------------------------------------------------------


def test_a_question_is_published_taken_and_answered(client, time, editor):
    question = make_question(time, publication_status="pending")

    assert "1 question to read" in client.get(CHAIR).content.decode()
    act(client, question, "publish")
    act(client, question, "take")
    assert question.is_being_answered
    assert "Being answered now" in client.get(PAGE).content.decode()
    act(client, question, "settle")
    answered_at = question.answered_at
    act(client, question, "settle")
    assert question.answered_at == answered_at
    act(client, question, "reopen")
    assert (question.answered_at, question.taken_at) == (None, None)


def test_taking_one_puts_the_other_back(client, time, editor):
    first, second = make_question(time), make_question(time, "And trams?")

    act(client, first, "take")
    act(client, second, "take")

    first.refresh_from_db()
    assert (first.is_being_answered, second.is_being_answered) == (False, True)
    act(client, second, "put_back")
    assert second.taken_at is None


def test_what_readers_do_not_see_is_not_taken(client, time, editor):
    question = make_question(time, publication_status="pending")

    act(client, question, "take")

    assert question.taken_at is None


def test_hiding_needs_a_reason_and_takes_it_off_the_wall(client, time, editor):
    question = make_question(time, taken_at=timezone.now())

    act(client, question, "hide")
    assert question.publication_status == "published"
    act(client, question, "hide", reason="offensive")

    assert (question.publication_status, question.taken_at) == ("hidden", None)
    assert "hurts or threatens somebody" in client.get(CHAIR).content.decode()


def test_what_is_no_act_or_no_question_is_not_found(client, time, editor):
    question = make_question(time)

    for what, key in (("dance", question.pk), ("take", "9" * 30), ("take", "x")):
        response = client.post(CHAIR, {"question": key, "act": what})
        assert response.status_code == 404


@pytest.mark.both
def test_the_table_knows_one_question_at_a_time_and_a_reason_for_what_is_hidden(time):
    make_question(time, taken_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        make_question(time, taken_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_question(time, publication_status="hidden")


# The admin -------------------------------------------------------------------------------------


def opened(at, **fields):
    return {
        "event": at.pk,
        "opens_at": "2027-05-15 10:00",
        "closes_at": "2027-05-15 12:30",
        "is_moderated": "on",
        **in_every_language("introduction", "Ask about the quay."),
        **fields,
    }


def test_an_editor_opens_the_questions_on_the_clock_of_the_event(client, editor):
    event = make_event(title="Quay day", time_zone="Europe/Madrid")

    response = client.post(reverse("question_times:add"), opened(event))

    time = QuestionTime.objects.get()
    assert response["Location"] == CHAIR
    assert time.opens_at.isoformat() == "2027-05-15T08:00:00+00:00"
    assert time.is_moderated
    header = client.get(reverse("wagtailadmin_pages:edit", args=(event.pk,))).content.decode()
    assert f'href="{CHAIR}"' in header


def test_questions_of_an_event_that_readers_do_not_see_yet_lead_to_their_own_screen(client, editor):
    event = make_event(title="Quay day", live=False)

    response = client.post(reverse("question_times:add"), opened(event))

    time = QuestionTime.objects.get()
    assert response["Location"] == reverse("question_times:edit", args=(time.pk,))
    words = reverse("live_questions:edit", args=(make_question(time).pk,))
    assert client.post(words, {})["Location"] == reverse("live_questions:index")


def test_half_an_introduction_or_an_end_before_the_beginning_opens_nothing(
    client, unwritten, editor
):
    event = make_event()

    for fields in ({"introduction_es": ""}, {"closes_at": "2027-05-15 09:00"}, {"event": ""}):
        client.post(reverse("question_times:add"), opened(event, **fields))

    assert QuestionTime.objects.count() == 0


def test_another_citys_event_is_not_opened_or_changed(client, editor):
    event = make_event(cities=list(city_pair()[:1]))

    client.post(reverse("question_times:add"), opened(event))
    time = make_time(event)

    assert QuestionTime.objects.count() == 1
    edit = reverse("question_times:edit", args=(time.pk,))
    words = reverse("live_questions:edit", args=(make_question(time).pk,))
    assert {client.get(address).status_code for address in (edit, words)} <= {302, 404}


def test_staff_write_it_in_other_languages_and_what_was_answered(client, time, editor):
    question = make_question(time)
    screen = reverse("live_questions:edit", args=(question.pk,))
    words = {"rendering_es": "¿Por dónde van las bicis?", "answer_en": "Along the quay."}

    client.post(screen, words)
    question.refresh_from_db()
    assert question.answer_en in (None, "")
    response = client.post(screen, {**words, "answer_es": "Por el muelle."})

    question.refresh_from_db()
    assert response["Location"] == CHAIR
    assert question.said_in("es") == "¿Por dónde van las bicis?"
    assert (question.answer_in("en"), question.answer_in("es")) == (
        "Along the quay.",
        "Por el muelle.",
    )
    assert "rendering_en" not in client.get(screen).content.decode()


def test_what_is_answered_in_writing_counts_as_answered_once_it_is_off_the_wall(
    client, time, editor
):
    question = make_question(time, taken_at=timezone.now())
    screen = reverse("live_questions:edit", args=(question.pk,))
    answer = in_every_language("answer", "Along the quay.")

    client.post(screen, answer)
    question.refresh_from_db()
    assert question.is_being_answered
    close(time)
    client.post(screen, answer)

    question.refresh_from_db()
    assert question.answered_at is not None
    assert "Not answered yet" not in client.get(PAGE).content.decode()


def test_a_chair_never_writes_over_the_words(time):
    question = make_question(time)

    with CaptureQueriesContext(connection) as asked:
        chairing.act(question, Act.TAKE)

    written = [each["sql"] for each in asked if each["sql"].startswith("UPDATE")]
    assert any("taken_at" in sql for sql in written)
    assert not any("answer_en" in sql or "rendering_en" in sql for sql in written)


def test_the_file_tells_every_language_and_nobody(client, time, editor):
    asker = ResidentFactory(name="Ana Ferrer")
    question = make_question(time, "=1+1?", rendering_es="¿Y?", city=city_pair()[0])
    add_support(question, None, 2)

    response = client.get(f"{reverse('live_questions:index')}?export=csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert (row["question (English)"], row["question (Español)"]) == ("'=1+1?", "¿Y?")
    assert (row["people who support it"], row["city"]) == ("2", "Alder Bay")
    assert asker.name not in text


def test_what_people_asked_keeps_its_event(client, time, editor):
    make_question(time)

    client.post(reverse("question_times:delete", args=(time.pk,)))

    assert LiveQuestion.objects.count() == 1
    assert "People have asked questions here live" in why_kept(time.event)


# Long after ------------------------------------------------------------------------------------


def test_what_nobody_answered_is_a_concern_after_thirty_days(time):
    make_question(time)
    make_question(time, "Hidden?", publication_status="hidden", hiding_reason="spam")
    close(time)
    today = timezone.now().date()

    late = list(unanswered(today + ANSWERED_WITHIN + timedelta(days=1)))

    assert list(unanswered(today)) == []
    assert [each.words for each in late] == ["1 question asked live at “Quay day” has no answer."]
