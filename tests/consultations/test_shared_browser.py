"""Several people, or several tabs, at one browser: nothing of one counts as another's."""

from typing import Any

import pytest
from django.utils import timezone

from consultations.enums import Participation
from consultations.models import ConsultationPage, Contribution, Vote
from consultations.services import COMMENT
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.models import GuestContact
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.consultations.test_guests import WHO, codes, send_vote, type_code
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.events import make_event
from tests.registrations.test_guests import FORM, typed

pytestmark = pytest.mark.django_db

BETO = {"name": "Beto Ríos", "email": "beto@example.org", "city": "alder"}


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def consultation() -> ConsultationPage:
    return make_consultation(participation=Participation.OPEN)


def comment(client: Any, consultation: ConsultationPage, **who: str) -> Any:
    words = {"text": "More benches in the shade.", "language_code": "en", **who}
    return client.post(consultation.comment_url, {**words, "form_token": issue(COMMENT)})


def test_what_one_person_left_is_not_stored_under_the_address_of_the_next(client, consultation):
    statement = StatementFactory(consultation=consultation)
    comment(client, consultation, **WHO)

    asked = send_vote(client, statement, **BETO)
    told = client.get(asked.url)
    type_code(client, consultation)

    gone = "What was sent from here for another address was not counted and is gone."
    assert gone in text_of(told)
    assert "Your vote is not counted yet." in text_of(told)
    assert not Contribution.objects.exists()
    assert Vote.objects.get().participant.contact.email == "beto@example.org"


@pytest.mark.parametrize(
    ("sent", "waits", "button"),
    [
        (["vote"], "Your vote is not counted yet.", "Confirm, and count my vote"),
        (["comment"], "Your comment is not sent yet.", "Confirm, and send my comment"),
        (
            ["vote", "comment"],
            "The 2 things you sent are not counted yet.",
            "Confirm, and send it",
        ),
    ],
)
def test_what_waits_is_called_by_its_name(client, consultation, sent, waits, button):
    if "vote" in sent:
        send_vote(client, StatementFactory(consultation=consultation), **WHO)
    if "comment" in sent:
        comment(client, consultation, **WHO)

    told = text_of(client.get(consultation.guest_url))
    done = text_of(type_code(client, consultation, follow=True))

    name = sent[0] if len(sent) == 1 else ""
    assert waits in told
    assert button in told
    thanks = f"your {name} is sent." if name else "what you sent is on its way."
    assert f"Your address is confirmed, and {thanks}" in done


def test_what_is_held_is_gone_after_an_hour(client, consultation, monkeypatch):
    send_vote(client, StatementFactory(consultation=consultation), **WHO)
    later = timezone.now() + guests.KEPT_TYPED
    monkeypatch.setattr(timezone, "now", lambda: later)

    answer = client.get(consultation.guest_url)
    page = client.get(consultation.url)

    assert answer.url == consultation.url
    assert "not counted yet" not in text_of(page)


def test_a_name_and_a_city_corrected_before_the_code_are_those_that_count(client, consultation):
    statement = StatementFactory(consultation=consultation)
    send_vote(client, statement, **{**WHO, "name": "Wrong Name", "city": "alder"})

    send_vote(client, statement, **WHO)
    type_code(client, consultation)

    assert codes() == 1
    assert Vote.objects.get().city == city_pair()[1]
    contact = GuestContact.objects.get()
    assert (contact.name, contact.city) == ("Ana Olmo", city_pair()[1])


def test_a_code_asked_for_in_another_tab_spoils_none(client, consultation):
    make_event(title="Hall")
    send_vote(client, StatementFactory(consultation=consultation), **WHO)
    first = code_sent()

    client.post(FORM, typed())
    done = client.post(consultation.guest_url, {"code": first})

    mails = OutgoingMail.objects.filter(kind="guest_code").order_by("pk")
    assert done.status_code == 302
    assert Vote.objects.count() == 1
    assert [mail.subject for mail in mails] == [
        f"Your code for “{consultation.title}”",
        "Your code for “Hall”",
    ]


def test_finishing_in_one_tab_leaves_the_code_of_the_other_good(client, consultation):
    make_event(title="Hall")
    send_vote(client, StatementFactory(consultation=consultation), **WHO)
    first = code_sent()
    client.post(FORM, typed())

    taken = client.post("/en/events/hall/sign-up/code/", {"code": code_sent()})
    client.post(consultation.guest_url, {"code": first})

    assert taken.status_code == 302
    assert Vote.objects.count() == 1
