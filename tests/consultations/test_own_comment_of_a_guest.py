"""A guest comes back to a comment: to change it, to withdraw it, to read why it is not shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import EDIT
from consultations.enums import Participation
from consultations.models import ConsultationPage, Contribution
from consultations.moderation.models import Appeal
from consultations.moderation.services.appeals import APPEAL
from consultations.services import comment, hide_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent, guest
from tests.consultations.test_guests import WHO, type_code
from tests.consultations.test_pages import text_of
from tests.factories.consultations import ResidentOfFactory, make_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def consultation() -> ConsultationPage:
    return make_consultation(participation=Participation.OPEN)


@pytest.fixture
def said(consultation: ConsultationPage) -> Contribution:
    """What the guest wrote; it waits for a moderator."""
    words: dict[str, Any] = {"text": "More benches.", "language_code": "en", "form_token": None}
    return comment(consultation, participant=guest(), **words)


def come_back(client: Client, said: Contribution, **who: str) -> Any:
    """Confirm the address on the way to the comment, and be there."""
    sent = client.post(said.edit_url, {**WHO, "come_in": "1", **who})
    assert sent.url == said.consultation.guest_url
    return client.get(type_code(client, said.consultation).url)


def test_a_link_in_a_fresh_browser_asks_for_the_address_and_comes_back(client, said):
    first = client.get(said.edit_url)
    wrong = client.post(said.edit_url, {**WHO, "email": "ana@", "come_in": "1"})
    client.post(said.edit_url, {**WHO, "come_in": "1"})
    code_page = client.get(said.consultation.guest_url)
    there = client.get(type_code(client, said.consultation).url)

    assert "Confirm the address you wrote it with." in text_of(first)
    assert (wrong.status_code, 'id="id_email_error"' in wrong.content.decode()) == (422, True)
    assert "Type the code we have sent to " in text_of(code_page)
    assert "not counted yet" not in text_of(code_page)
    assert there.request["PATH_INFO"] == said.edit_url
    assert "More benches.</textarea>" in there.content.decode()
    assert "Withdraw my comment" in text_of(there)


def test_new_words_sent_too_late_for_the_session_are_still_there(client, said):
    led = client.post(said.edit_url, {"text": "More shade.", "form_token": issue(EDIT)})
    there = come_back(client, said)
    client.post(said.edit_url, {"text": "More shade.", "form_token": issue(EDIT)})

    said.refresh_from_db()
    assert led.url == said.edit_url
    assert "More shade.</textarea>" in there.content.decode()
    assert said.text == "More shade."


def test_words_that_come_after_the_time_for_changing_them_are_shown_with_why(client, said):
    Contribution.objects.update(created_at=timezone.now() - timedelta(hours=1))
    client.post(said.edit_url, {"text": "More shade.", "form_token": issue(EDIT)})

    there = come_back(client, said)

    assert "The time for changing these words is over." in text_of(there)
    assert "More shade.</textarea>" in there.content.decode()


def test_a_guest_without_a_session_withdraws_by_the_same_way(client, said):
    address = reverse("consultation_withdraw", args=(said.consultation.slug, said.pk))
    led = client.post(address)
    come_back(client, said)
    client.post(address)

    said.refresh_from_db()
    assert led.url == said.edit_url
    assert said.is_withdrawn


def test_somebody_else_does_not_meet_the_comment(client, said):
    there = come_back(client, said, email="beto@example.org")

    assert there.status_code == 404


@pytest.mark.parametrize("status", ["pending", "published", "hidden"])
def test_the_page_of_ones_own_data_leads_to_the_comment(client, said, status):
    Contribution.objects.update(publication_status=status)
    client.post(reverse("guest_own"), {"email": WHO["email"]})
    client.post(reverse("guest_own_code"), {"code": code_sent()})

    page = client.get(reverse("guest_own_everything")).content.decode()

    assert f'<a href="{said.edit_url}">Change or withdraw</a>' in page


def test_the_mail_about_a_hidden_comment_leads_to_its_reason_and_what_can_be_done(client, said):
    hide_contribution(said, by=ResidentOfFactory(is_staff=True), reason="It names somebody.")
    mail = OutgoingMail.objects.get(kind="consultation_comment_hidden")
    address = re.search(r"https?://[^/]+(/\S+/change/)", mail.text)[1]

    there = come_back(client, said)
    page = there.content.decode()

    assert address == said.edit_url
    assert "You can withdraw it, or say it in other words as a new comment:" in mail.text
    assert "Reason: It names somebody." in text_of(there)
    assert f'<a href="{said.consultation.comment_url}">as a new comment</a>' in page
    assert "Change it" not in text_of(there)


def test_a_guest_appeals_from_there_without_an_account(client, said):
    hide_contribution(said, by=ResidentOfFactory(is_staff=True), reason="It names somebody.")
    page = come_back(client, said).content.decode()
    address = re.search(r'href="([^"]+)">Ask another city', page)[1]

    client.post(address, {"text": "It names nobody.", "form_token": issue(APPEAL)})

    assert Appeal.objects.get().decision.contribution == said
    assert "Another city looks at it." in text_of(client.get(said.edit_url))
