"""What of live questions is somebody's own: seen, copied, merged and erased."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from events.questions.models import LiveQuestion, QuestionSupport
from events.questions.participation import questions
from events.questions.services.leaving import forget, merge
from partnership.people.copies import everything_about
from partnership.people.models import Participant
from tests.factories.live_questions import make_question
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db


def test_ones_questions_are_told_with_what_became_of_them(client, time):
    person = ParticipantFactory()
    make_question(time, "Mine?", participant=person)
    hidden = {"publication_status": "hidden", "hiding_reason": "does_not_belong"}
    make_question(time, "Mine, too?", participant=person, **hidden)
    make_question(time, "Somebody else's?", participant=ParticipantFactory())
    client.force_login(person.resident)

    rows = questions(RequestFactory().get("/"), person)["rows"]
    page = client.get(reverse("my_participation")).content.decode()

    assert [row["question"].text for row in rows] == ["Mine, too?", "Mine?"]
    assert "does not belong here" in page
    assert "/en/events/quay-day/questions/#question-" in page


def test_the_copy_holds_questions_and_support(time):
    person = ParticipantFactory()
    mine = make_question(time, "Mine?", participant=person)
    QuestionSupport.objects.create(question=mine, participant=person)

    told = {section.key: section.rows for section in everything_about(person)}

    (row,) = told["live_questions.livequestion"]
    cells = {cell.key: cell.words for cell in row}
    assert (cells["text"], cells["question_time"]) == ("Mine?", "Quay day")
    assert len(told["live_questions.questionsupport"]) == 1


@pytest.mark.both
def test_a_claimed_guest_brings_questions_and_counts_once(time):
    guest = Participant.objects.create(guest_digest="0" * 64)
    account = ParticipantFactory()
    both, alone = make_question(time, participant=guest), make_question(time, "Alone?")
    for question, person in ((both, guest), (both, account), (alone, guest)):
        QuestionSupport.objects.create(question=question, participant=person)

    merge(guest, account)

    assert LiveQuestion.objects.get(pk=both.pk).participant == account
    assert set(account.supported_questions.values_list("question", flat=True)) == {
        both.pk,
        alone.pk,
    }
    assert guest.supported_questions.count() == 0


@pytest.mark.parametrize(("keep_words", "left"), [(True, ["Read?"]), (False, [])])
def test_who_leaves_takes_along_what_nobody_could_read_or_everything(time, keep_words, left):
    person = ParticipantFactory()
    make_question(time, "Read?", participant=person)
    make_question(time, "Waiting?", participant=person, publication_status="pending")
    other = make_question(time, "Of others?")
    QuestionSupport.objects.create(question=other, participant=person)

    forget(person, keep_words=keep_words)

    kept = LiveQuestion.objects.filter(participant=person)
    assert list(kept.values_list("text", flat=True)) == left
    assert other.support.count() == 1
