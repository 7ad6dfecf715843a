"""Who has a code and no address is promised no mail, and finds here what it would have said."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from consultations.codes.services import USE
from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution
from consultations.moderation.models import Appeal
from consultations.moderation.services.appeals import APPEAL
from consultations.proposals.services import PROPOSE
from consultations.services import COMMENT, hide_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import issue
from tests.consultations.test_codes import made, verified
from tests.consultations.test_moderation import decide, staff
from tests.consultations.test_pages import text_of
from tests.factories.consultations import ResidentOfFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> ConsultationPage:
    return verified()


@pytest.fixture
def holder(client: Client, consultation: ConsultationPage) -> Client:
    """The browser of somebody who has typed a code."""
    code = made(consultation).codes[0][1]
    client.post(consultation.code_url, {"form_token": issue(USE), "code": code})
    return client


def said(holder: Client, consultation: ConsultationPage) -> Any:
    words = {"text": "More benches.", "language_code": "en", "form_token": issue(COMMENT)}
    return holder.post(consultation.comment_url, words, follow=True)


def test_a_comment_is_followed_by_what_is_true_without_an_address(holder, consultation):
    form = text_of(holder.get(consultation.comment_url))
    sent = text_of(said(holder, consultation))

    assert "If it is not published you read why where you typed your code" in form
    assert "What became of it is told in this browser, on the page of your code." in sent
    assert "we write to you" not in sent
    assert "we tell you why" not in sent + form


def test_a_proposal_is_followed_by_what_is_true_without_an_address(holder, consultation):
    form = text_of(holder.get(consultation.propose_url))
    words = {"text": "Plant trees.", "language_code": "en", "form_token": issue(PROPOSE)}
    sent = text_of(holder.post(consultation.propose_url, words, follow=True))

    assert "you read why where you typed your code" in form
    assert "What became of it is told in this browser, on the page of your code." in sent


def test_the_reason_and_the_way_to_an_appeal_stand_on_the_page_of_the_code(holder, consultation):
    said(holder, consultation)
    comment = Contribution.objects.get()
    hide_contribution(comment, by=ResidentOfFactory(is_staff=True), reason="It names somebody.")

    page = holder.get(consultation.code_url).content.decode()
    elsewhere = text_of(Client().get(consultation.code_url))
    address = re.search(r'href="([^"]+)">Ask another city', page)[1]
    holder.post(address, {"text": "It names nobody.", "form_token": issue(APPEAL)})

    assert "Reason: It names somebody." in page
    assert f'href="{comment.edit_url}"' in page
    assert "It names somebody." not in elsewhere
    assert Appeal.objects.get().decision.contribution == comment
    assert "Another city looks at it." in text_of(holder.get(consultation.code_url))


def test_no_mail_is_offered_to_whoever_has_no_address(holder, consultation):
    offered = "Tell me when the cities have answered"

    page = text_of(holder.get(consultation.url))
    to_visitors = text_of(Client().get(consultation.url))
    form = text_of(holder.get(consultation.hear_url))

    assert offered not in page
    assert offered in to_visitors
    assert "Sign in to be told" in form
    assert "Sign in to be counted" not in form


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("publish", "Published. There is no address to write to."),
        ("hide", "Hidden. There is no address to write to; the holder of a code reads it there."),
    ],
)
def test_a_moderator_is_not_told_that_a_mail_went_out(holder, consultation, decision, told):
    said(holder, consultation)
    comment = Contribution.objects.get()
    Contribution.objects.update(publication_status=PublicationStatus.PENDING)
    comment.refresh_from_db()

    answer = decide(staff("Moderators"), comment, decision=decision, reason="It names somebody.")

    assert [str(message) for message in get_messages(answer.wsgi_request)] == [told]
    assert not OutgoingMail.objects.exists()


def test_a_spent_code_says_that_finishing_was_the_end(holder, consultation):
    StatementFactory(consultation=consultation)
    code = made(consultation).codes[0][1]
    form = {"code": code}
    Client().post(consultation.code_url, {**form, "form_token": issue(USE)})

    again = text_of(Client().post(consultation.code_url, {**form, "form_token": issue(USE)}))

    assert "unless you finished there: then nobody can go on with it" in again
