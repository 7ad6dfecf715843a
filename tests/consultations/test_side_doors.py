"""Words and titles stand on other pages only where their own page shows them to everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution, Statement
from consultations.moderation.enums import Outcome
from consultations.moderation.models import Decision
from consultations.presenting.head import next_meetings
from consultations.roadmap.models import EvidenceLink
from consultations.services import hide_contribution
from home.archive.models import Lesson
from tests.consultations.test_exports import table
from tests.consultations.test_pages import text_of
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.boards import make_board
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_question,
)
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import cite, make_commitment

pytestmark = pytest.mark.django_db


def restrict(page: Page) -> None:
    """For those who have signed in only."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


# A reply to what is hidden -----------------------------------------------------------------


def hidden_thread() -> tuple[ConsultationPage, Contribution]:
    """A consultation with a hidden comment, and the published reply to it."""
    consultation = make_consultation()
    parent = ContributionFactory(consultation=consultation, text="Words that were hidden")
    reply = ContributionFactory(consultation=consultation, parent=parent, text="You said: hidden")
    hide_contribution(parent, by=ResidentFactory(is_staff=True), reason="offensive")
    return consultation, reply


@pytest.mark.parametrize("name", ["comments", "words"])
def test_the_public_gets_no_reply_to_what_is_hidden(name: str) -> None:
    consultation, _reply = hidden_thread()

    assert table(consultation, name) == []
    assert len(table(consultation, name, profile="staff")) == 2


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (PublicationStatus.PUBLISHED, 1),
        (PublicationStatus.WITHDRAWN, 1),
        (PublicationStatus.PENDING, 0),
        (PublicationStatus.HIDDEN, 0),
    ],
)
def test_a_reply_is_evidence_as_long_as_it_has_a_place(status: str, shown: int) -> None:
    consultation = make_consultation()
    parent = ContributionFactory(
        consultation=consultation, publication_status=status, reply_count=1
    )
    reply = ContributionFactory(consultation=consultation, parent=parent)
    commitment = make_commitment()
    cite(commitment, contribution=reply)

    found = EvidenceLink.objects.public()

    assert found.count() == shown
    assert consultation.contributions.readable().filter(pk=reply.pk).count() == shown


@pytest.mark.both
def test_nobody_translates_a_reply_to_what_is_hidden(client: Client) -> None:
    consultation, reply = hidden_thread()
    address = reverse("translate_comment", args=(consultation.slug, reply.pk))

    assert client.get(address).status_code == 404


# A page that is for some people only -------------------------------------------------------


@pytest.fixture
def closed() -> dict[str, Any]:
    """A consultation for some people only, cited by a commitment, with a board of its event."""
    consultation = make_consultation(title="Among ourselves")
    event = make_event(consultation=consultation)
    board = make_board(event=event)
    statement = StatementFactory(consultation=consultation)
    Statement.objects.filter(pk=statement.pk).update(board=board)
    said = ContributionFactory(consultation=consultation, board=board, text="Between us only")
    commitment = make_commitment()
    for cited in (
        {"statement": statement},
        {"contribution": said},
        {"question": make_question(consultation)},
        {"consultation": consultation},
    ):
        cite(commitment, **cited)
    return {
        "consultation": consultation,
        "event": event,
        "board": board,
        "statement": statement,
        "commitment": commitment,
    }


def test_a_board_shows_nothing_of_it(client: Client, closed: dict[str, Any]) -> None:
    open_page = client.get(closed["board"].get_absolute_url()).content.decode()
    restrict(closed["consultation"])

    page = client.get(closed["board"].get_absolute_url()).content.decode()

    assert closed["statement"].text in open_page
    assert "Between us only" in open_page
    assert closed["statement"].text not in page
    assert "Between us only" not in page


def test_a_commitment_cites_nothing_of_it(client: Client, closed: dict[str, Any]) -> None:
    before = text_of(client.get(closed["commitment"].get_absolute_url()))
    restrict(closed["consultation"])

    page = text_of(client.get(closed["commitment"].get_absolute_url()))

    assert "Among ourselves" in before
    assert "Among ourselves" not in page
    assert not EvidenceLink.objects.public().exists()


def test_an_event_does_not_say_that_it_comes_from_it(
    client: Client, closed: dict[str, Any]
) -> None:
    before = text_of(client.get(closed["event"].get_url()))
    restrict(closed["consultation"])

    assert "Among ourselves" in before
    assert "Among ourselves" not in text_of(client.get(closed["event"].get_url()))


def test_the_log_of_moderation_does_not_name_it(closed: dict[str, Any]) -> None:
    Decision.objects.create(
        consultation=closed["consultation"],
        contribution=Contribution.objects.get(),
        outcome=Outcome.PUBLISHED,
    )
    since = timezone.now() - timedelta(days=1)
    before = len(Decision.objects.counted(since=since))
    restrict(closed["consultation"])

    assert (before, len(Decision.objects.counted(since=since))) == (1, 0)


def test_an_event_for_some_people_stands_on_no_other_page(
    client: Client, closed: dict[str, Any]
) -> None:
    cite(closed["commitment"], event=closed["event"])
    add_lesson(make_debrief(event=closed["event"], is_published=True))
    address = reverse(
        "consultation_statement", args=(closed["consultation"].slug, closed["statement"].number)
    )
    board_url = closed["board"].get_absolute_url()
    before = client.get(address).content.decode()
    restrict(closed["event"])

    assert board_url in before
    assert board_url not in client.get(address).content.decode()
    assert next_meetings(closed["consultation"]) == []
    assert not EvidenceLink.objects.public().exclude(event=None).exists()
    assert not Lesson.objects.public().exists()


def test_a_roadmap_for_some_people_is_told_to_nobody_else(closed: dict[str, Any]) -> None:
    add_lesson(make_debrief(event=None, commitment=closed["commitment"], is_published=True))
    links = EvidenceLink.objects.about(closed["consultation"]).public()
    before = links.of_published_roadmaps().count(), Lesson.objects.public().count()
    restrict(closed["commitment"].roadmap)

    assert before == (4, 1)
    assert not links.of_published_roadmaps().exists()
    assert not Lesson.objects.public().exists()
