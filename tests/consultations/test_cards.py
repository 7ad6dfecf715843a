"""The list says of each consultation what can be done now and how long, or how it ended."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from consultations.enums import Act, ConsultationState, Participation, PhaseKind, QuestionType
from consultations.models import ConsultationPage, Phase
from consultations.official.models import AnswerSheet
from consultations.presenting import head
from consultations.presenting.cards import card, knowing_what_is_said
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_index,
    make_question,
)

pytestmark = pytest.mark.django_db


def shown(consultation, rf):
    found = knowing_what_is_said(ConsultationPage.objects.filter(pk=consultation.pk)).get()
    return card(found, {}, rf.get("/"))


def test_a_card_says_only_what_there_is_something_for(rf):
    consultation = make_consultation(closes_in=timedelta(days=6))

    assert shown(consultation, rf)["act"] == "Propose statements, comment"
    StatementFactory(consultation=consultation)
    make_question(consultation, QuestionType.NUMBER)

    told = shown(consultation, rf)
    assert told["act"] == "Answer questions, vote, propose statements, comment"
    assert told["time"] == "6 days left"


def test_a_card_names_what_the_phase_allows_and_when_the_phase_ends(rf):
    consultation = make_consultation(allows=(Act.COMMENT,))
    StatementFactory(consultation=consultation)
    Phase.objects.update(ends_at=timezone.now() + timedelta(days=2))

    told = shown(consultation, rf)

    assert (told["act"], told["time"]) == ("Comment", "2 days left")


def test_what_ends_at_midnight_is_told_with_the_day_before_it():
    zone = ZoneInfo("Europe/Madrid")
    opens, midnight = datetime(2026, 12, 1, tzinfo=zone), datetime(2027, 1, 1, tzinfo=zone)
    consultation = make_consultation()
    consultation.opens_at, consultation.closes_at = opens, midnight
    consultation.lead_city.time_zone = zone.key

    assert head.time_left(midnight, midnight - timedelta(minutes=1), zone) == "ends today"
    assert head.time_left(midnight, midnight - timedelta(days=1, minutes=1), zone) == "1 day left"
    told = head.state_words(consultation, ConsultationState.OPEN)
    assert told.startswith("Open until 31 December")
    step = Phase(kind=PhaseKind.VOTE, starts_at=opens, ends_at=midnight)
    consultation.phase_list = [step]
    (shown,) = head.phases(consultation)
    assert "to 31 December" in shown["days"]


def test_where_ideas_are_written_it_says_ideas(rf):
    consultation = make_consultation(allows=(Act.PROPOSE,), takes_ideas=True)

    assert shown(consultation, rf)["act"] == "Write ideas"


def test_where_nothing_can_be_done_it_says_what_the_phase_is_for(rf):
    reading = make_consultation(title="To read", participation=Participation.NONE)
    idle = make_consultation(title="Idle", allows=())

    assert shown(reading, rf)["act"] == "For information only"
    assert shown(idle, rf)["act"] == "Ask"


def test_what_an_editor_noted_of_the_phase_stands_for_the_days(rf):
    consultation = make_consultation()
    Phase.objects.update(note_en="Committee, 9 June", note_es="Comisión, 9 de junio")

    with translation.override("es"):
        assert shown(consultation, rf)["time"] == "Comisión, 9 de junio"


def test_what_is_over_says_when_it_closed_and_was_answered(rf):
    consultation = make_consultation(opens_in=timedelta(days=-410), closes_in=timedelta(days=-400))
    closed = shown(consultation, rf)
    AnswerSheet.objects.create(
        consultation=consultation, published_at=timezone.now().replace(year=2025, month=3, day=9)
    )
    ConsultationPage.objects.update(stored_state="answered")
    answered = shown(consultation, rf)

    assert closed["time"].startswith("Closed on ")
    assert closed["chip"]["text"] == "Closed"
    assert answered["time"].endswith(", answered in March 2025")
    assert answered["chip"]["text"] == "Answered"
    assert "act" not in answered


def test_what_waits_for_its_answer_says_when_it_is_due(rf):
    due = timezone.localdate().replace(year=timezone.now().year + 1, month=5, day=4)
    consultation = make_consultation(closes_in=timedelta(days=-1), hear_back_on=due)

    assert shown(consultation, rf)["time"].endswith(f", answer due on 4 May {due.year}")


def test_the_page_shows_it_and_lets_what_is_over_stand_back(client):
    make_consultation(title="Now", allows=(Act.COMMENT,))
    make_consultation(title="Past", closes_in=timedelta(days=-1))

    page = client.get(make_index().url).content.decode()

    assert "<strong>Comment</strong>" in page
    assert '<span class="vh">, </span> <span class="card-time">10 days left</span>' in page
    assert page.count("card-quiet") == 1
    assert page.index("Now</a>") < page.index("card-quiet") < page.index("Past</a>")
