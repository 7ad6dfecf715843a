"""Who was there answers who thinks about going: by mail, without an address being shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import ExchangePage
from events.registrations.enums import RegistrationStatus
from home.ambassadors.links import LEAVE
from home.ambassadors.models import Ambassador
from home.ambassadors.services import (
    ASK,
    JOIN,
    MOST_A_DAY,
    QUESTIONS,
    NobodyToAsk,
    ask,
    attended_by,
    leave,
)
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due
from partnership.pages import finding
from partnership.people.copies import everything_about
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.factories.ambassadors import make_ambassador, was_at
from tests.factories.events import make_event, make_past_event
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

SAID = {
    "first_name": "Anita",
    "place": "The harbour",
    "words": "Ask me about the kitchen.",
    "language_code": "en",
    "is_adult": "on",
    "agrees": "on",
}
ASKED = {"text": "Is there a bed?", "name": "Quim", "email": "quim@example.org"}


@pytest.fixture(autouse=True)
def nobody_is_too_quick(settings):
    settings.FORM_PATIENCE = 0


@pytest.fixture
def exchange():
    return make_past_event(ExchangePage, title="A week in the kitchen")


def offer(client, event, **said):
    sent = {**SAID, "event": event.pk, "form_token": issue(JOIN), **said}
    return client.post(reverse("my_ambassador"), sent)


def put(client, ambassador, **asked):
    sent = {**ASKED, "form_token": issue(ASK), **asked}
    return client.post(reverse("ambassador_ask", args=(ambassador.pk,)), sent)


# Becoming one ------------------------------------------------------------------------------------


def test_who_was_there_offers_it_and_somebody_reads_it_first(client, exchange):
    person = was_at(exchange)
    client.force_login(person.resident)
    asked = client.get(reverse("my_participation")).content.decode()

    offer(client, exchange)

    made = Ambassador.objects.get()
    told = client.get(reverse("my_participation")).content.decode()
    assert "Would you answer their questions?" in asked
    assert (made.first_name, made.place, made.state) == ("Anita", "The harbour", "pending")
    assert timezone.now() - made.consented_at < timedelta(minutes=1)
    assert "waiting to be read" in told
    assert "Anita" not in client.get(reverse("ambassadors")).content.decode()


def test_nobody_is_one_by_half_and_no_machine_is_one(client, exchange):
    client.force_login(was_at(exchange).resident)
    nothing = dict.fromkeys(SAID, "")

    half = offer(client, exchange, **nothing)
    machine = offer(client, exchange, homepage="https://spam.example")

    assert list(half.context["form"].errors) == list(SAID)
    assert [half.status_code, machine.status_code] == [422, 422]
    assert not Ambassador.objects.exists()


def test_only_what_is_over_and_what_one_was_at_as_an_adult_counts(client, exchange):
    person = was_at(exchange, status=RegistrationStatus.CANCELLED, cancelled_at=timezone.now())
    minor = was_at(make_past_event(), "ben@example.org", is_minor=True,
                   guardian_agreed_at=timezone.now())  # fmt: skip
    early = was_at(make_event(), "eva@example.org", status=RegistrationStatus.REGISTERED)
    expected = was_at(make_past_event(), "kim@example.org", status=RegistrationStatus.REGISTERED)
    client.force_login(person.resident)

    answer = offer(client, exchange)

    counted = [list(attended_by(each)) != [] for each in (person, minor, early, expected)]
    assert counted == [False, False, False, True]
    assert answer.status_code == 422
    assert not Ambassador.objects.exists()


def test_other_words_are_read_again(client):
    ambassador = make_ambassador()
    client.force_login(ambassador.participant.resident)

    offer(client, ambassador.event, words="And the garden.")

    changed = Ambassador.objects.get()
    assert (changed.pk, changed.state, changed.words) == (
        ambassador.pk,
        "pending",
        "And the garden.",
    )


# Meeting them ------------------------------------------------------------------------------------


def test_readers_of_another_language_are_told_in_which_one_somebody_wrote(client, exchange):
    make_ambassador(event=exchange)

    own = client.get("/en/ambassadors/").content.decode()
    other = client.get("/es/embajadores/").content.decode()

    assert "Written in" not in own
    assert "Escrito en inglés" in other


def test_readers_see_first_name_city_and_words_and_no_more(client, exchange):
    for one in range(3):
        make_ambassador(event=exchange, email=f"ana{one}@example.org", language_code="es")
    make_ambassador("pending", email="eva@example.org", first_name="Eva")
    closed = make_ambassador(email="eva2@example.org", first_name="Eva")
    Resident.objects.filter(email="eva2@example.org").update(is_active=False)
    address = reverse("ambassadors")
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address, headers={"cache-control": "no-cache"})

    page = answer.content.decode()
    assert page.count('<p class="mt-4" lang="es" dir="auto">Ask me about the kitchen.</p>') == 3
    assert "A week in the kitchen" in page
    assert [word for word in ("Ruiz", "ana0@example.org", "Eva") if word in page] == []
    assert put(client, closed).status_code == 404
    assert len(captured) <= 15


def test_exchanges_lead_there_while_there_is_somebody_to_ask(client):
    ambassador = make_ambassador("hidden")
    before = client.get(make_event(ExchangePage).get_url()).content.decode()
    Ambassador.objects.filter(pk=ambassador.pk).update(state="published")
    cache.clear()
    event = make_event(ExchangePage, title="Next year")
    other = make_event(title="A charrette")

    pages = [client.get(page.get_url()).content.decode() for page in (event, other)]
    listed = client.get(f"{event.get_parent().get_url()}?kind=exchange").content.decode()

    assert ["Meet the ambassadors" in page for page in (*pages, listed)] == [True, False, True]
    assert reverse("ambassadors") not in before


# Asking ------------------------------------------------------------------------------------------


def test_a_question_goes_by_mail_and_the_answer_to_whoever_asked(
    client, django_capture_on_commit_callbacks
):
    ambassador = make_ambassador()
    with django_capture_on_commit_callbacks(execute=True):
        answer = put(client, ambassador)

    (letter,) = mail.outbox
    kept = OutgoingMail.objects.get()
    assert answer.url == reverse("ambassadors")
    assert (letter.to, letter.reply_to) == (["ana@example.org"], ["quim@example.org"])
    assert "Is there a bed?" in letter.body
    assert "nobody has checked them" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].startswith(
        f"<{settings.BASE_URL}/en/ambassadors/"
    )
    assert (kept.text, kept.reply_to) == ("", "")


def test_an_account_is_not_asked_who_it_is(client):
    ambassador = make_ambassador()
    client.force_login(ResidentFactory(email="quim@example.org", name="Quim"))

    client.post(
        reverse("ambassador_ask", args=(ambassador.pk,)),
        {"text": "A bed?", "form_token": issue(ASK)},
    )

    letter = OutgoingMail.objects.get()
    assert letter.reply_to == "quim@example.org"
    assert "nobody has checked" not in letter.text


def test_the_same_form_is_one_mail_and_a_machine_sends_none(client):
    ambassador, token = make_ambassador(), issue(ASK)

    answers = [put(client, ambassador, form_token=token) for _again in range(2)]
    machine = put(client, ambassador, homepage="https://spam.example")

    assert [answer.status_code for answer in answers] == [302, 302]
    assert machine.status_code == 422
    assert OutgoingMail.objects.count() == 1


def test_so_many_questions_and_no_more(client, monkeypatch):
    ambassador = make_ambassador()
    for _each in range(MOST_A_DAY):
        ask(ambassador, **ASKED, form_token=issue(ASK))
    one_too_many = put(client, ambassador)
    monkeypatch.setattr("home.ambassadors.services.MOST_A_DAY", 1000)
    few = replace(QUESTIONS, name="few", per_address=1)
    monkeypatch.setattr("home.ambassadors.views.QUESTIONS", few)
    from_one_address = [put(client, ambassador).status_code for _each in range(2)]

    assert "try it tomorrow" in one_too_many.content.decode()
    assert from_one_address == [302, 422]


@pytest.mark.both
def test_who_left_or_is_shown_no_more_is_not_written_to():
    left, hidden = make_ambassador(), make_ambassador(email="eva@example.org")
    leave(left.participant)
    Ambassador.objects.filter(pk=hidden.pk).update(state="hidden", reason="It names somebody.")

    for gone in (left, hidden):
        with pytest.raises(NobodyToAsk):
            ask(gone, **ASKED, form_token=issue(ASK))

    assert not OutgoingMail.objects.exists()


# Leaving -----------------------------------------------------------------------------------------


def test_one_leaves_at_one_press_here_and_in_every_mail(client):
    for by_mail in (False, True):
        ambassador = make_ambassador(email=f"ana{by_mail}@example.org")
        ask(ambassador, **ASKED, form_token=issue(ASK))
        if by_mail:
            link = LEAVE.to(ambassador.participant, "es").removeprefix(settings.BASE_URL)
            looked, there = client.get(link), Ambassador.objects.count()
            answer = Client(enforce_csrf_checks=True).post(link)
            assert (looked.status_code, there, answer.status_code) == (200, 1, 200)
        else:
            client.force_login(ambassador.participant.resident)
            client.post(reverse("my_ambassador"), {"leave": "1"})

        assert not Ambassador.objects.exists()
    deliver_due()
    assert mail.outbox == []


def test_a_link_of_somebody_else_or_of_an_old_address_leads_nowhere(client):
    ambassador = make_ambassador()
    link = LEAVE.to(ambassador.participant, "en").removeprefix(settings.BASE_URL)
    ambassador.participant.resident.email = "new@example.org"
    ambassador.participant.resident.save()

    assert [client.post(link).status_code, client.post(f"{link[:-2]}x/").status_code] == [404, 404]
    assert Ambassador.objects.exists()


def test_it_is_in_the_copy_and_gone_with_the_account_as_questions_are():
    ambassador, asker = make_ambassador(), ResidentFactory(email="quim@example.org")
    ask(make_ambassador(email="eva@example.org"), **ASKED, form_token=issue(ASK))
    person = ambassador.participant
    told = repr([section for section in everything_about(person) if "ambassador" in section.key])

    for each in (person.resident, asker):
        erase(each, keep_words=True, email=each.email, form_token=issue(ERASE))

    assert "Ask me about the kitchen." in told
    assert Ambassador.objects.get() != ambassador
    assert not OutgoingMail.objects.filter(reply_to="quim@example.org").exists()


# Searching ---------------------------------------------------------------------------------


@pytest.mark.both
def test_the_search_finds_who_is_shown_and_words_in_their_language_alone(exchange):
    shown = make_ambassador(event=exchange)
    make_ambassador("pending", event=exchange, email="bea@example.org")
    make_ambassador("hidden", event=exchange, email="cai@example.org")

    (kind,) = finding.find("kitchen", language="en")
    (by_name,) = finding.find("ana", language="es")

    assert (kind.source.name, kind.number) == ("ambassadors", 1)
    assert (kind.told[0].title, kind.told[0].text) == (shown.called, shown.words)
    assert kind.told[0].url == reverse("ambassador_ask", args=(shown.pk,))
    assert by_name.told[0].text == ""
