"""The pages on which authors appeal, and those on which moderators of another city judge."""

import re
from datetime import timedelta
from time import time

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.moderation.letters import appeal_address
from consultations.moderation.models import Appeal
from consultations.moderation.services.appeals import APPEAL
from consultations.services import hide_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact
from partnership.people.tokens import issue
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
)
from tests.factories.moderation import make_hidden, make_moderator
from tests.factories.people import ResidentFactory
from tests.moderation.test_appeals import appealed

pytestmark = pytest.mark.django_db


# The author's way ------------------------------------------------------------------------------


def link_in(kind):
    """The path of the appeal in the newest mail of that kind."""
    letter = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return re.search(r"/[a-z]{2}/[^\s]*/(?:appeal|recurso)/[^\s]+", letter.text)[0]


def send(client, address, text="It names nobody."):
    return client.post(address, {"text": text, "form_token": issue(APPEAL)})


def test_the_author_appeals_from_their_own_list(hidden):
    client = Client()
    client.force_login(hidden[0].participant.resident)
    address = reverse("appeal_as_author", args=(hidden[1].pk,))

    listed = client.get(reverse("my_participation")).content.decode()
    shown = client.get(address).content.decode()
    sent = send(client, address)
    after = client.get(reverse("my_participation")).content.decode()

    assert address in listed
    assert "It names a person." in shown
    assert sent.status_code == 302
    assert Appeal.objects.get().text == "It names nobody."
    assert "Another city looks at it." in after
    assert address not in after


def test_a_guest_appeals_with_the_link_of_the_mail_and_is_signed_in_nowhere(client, cities):
    details = GuestDetails(
        email="guest@example.org", name="Ana Ruiz", city=cities[1], language_code="es"
    )
    guest = guests.recognise(details)
    contribution = ContributionFactory(participant=guest, city=cities[1], language_code="es")
    hide_contribution(contribution, by=make_moderator(cities[0]), reason="No.")
    address = link_in("consultation_comment_hidden")

    shown, sent = client.get(address), send(client, address)

    assert address.startswith("/es/")
    assert (shown.status_code, sent.status_code) == (200, 302)
    assert Appeal.objects.get().decision.contribution == contribution
    assert "_auth_user_id" not in client.session
    contact = GuestContact.objects.get(participant=guest)
    assert contact.keep_until > timezone.now() + timedelta(days=29)


def test_the_link_shows_on_get_and_works_once(client, hidden):
    address = link_in("consultation_comment_hidden")
    client.get(address)
    before = Appeal.objects.count()

    sent, again = send(client, address), send(client, address, "Once more, in other words.")

    assert (before, sent.status_code, again.status_code) == (0, 302, 422)
    assert "You have appealed against this already." in again.content.decode()
    assert "Once more, in other words." in again.content.decode()
    assert Appeal.objects.count() == 1


def test_the_link_lasts_as_long_as_an_appeal_can_be_made(client, hidden, monkeypatch):
    address = appeal_address(hidden[1], "en").removeprefix(settings.BASE_URL)
    answers = [client.get(address).status_code]

    later = time() + timedelta(days=31).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    answers.append(client.get(address).status_code)

    assert answers == [200, 404]


def test_a_link_that_was_changed_leads_nowhere(client, hidden):
    address = link_in("consultation_comment_hidden")

    answers = [client.get(f"{address[:-3]}xy/"), client.post(f"{address[:-3]}xy/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_another_person_s_decision_does_not_exist(client, hidden):
    address = reverse("appeal_as_author", args=(hidden[1].pk,))
    visitor = client.get(address)
    client.force_login(make_participant().resident)

    assert visitor.status_code == 302
    assert [client.get(address).status_code, send(client, address).status_code] == [404, 404]


def test_what_was_typed_is_kept_when_nothing_is_said(client, hidden):
    address = link_in("consultation_comment_hidden")

    empty, long = send(client, address, " "), send(client, address, "é" * 1001)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Write why it should be shown." in empty.content.decode()
    assert "é" * 1001 in long.content.decode()


# The judges' screen ----------------------------------------------------------------------------


def judged(client, made, **values):
    return client.post(reverse("appeal_decision", args=(made.pk,)), values)


def test_the_screen_stays_within_its_queries(django_assert_max_num_queries, client, cities):
    number = 3
    decider, consultation = make_moderator(cities[0]), make_consultation()
    for place in range(number):
        text = f"Hidden {place}."
        appealed(make_hidden(decider, consultation=consultation, text=text)[1])
    client.force_login(make_moderator(cities[1]))
    client.get(reverse("appeals"))

    with django_assert_max_num_queries(13):
        page = client.get(reverse("appeals")).content.decode()

    assert [f"Hidden {place}." in page for place in range(3)] == [
        place < number for place in range(3)
    ]


def test_a_judge_decides_on_the_screen(client, cities, hidden):
    made = appealed(hidden[1])
    client.force_login(make_moderator(cities[1]))

    silent = judged(client, made, decision="turn_down", answer="")
    done = judged(client, made, decision="give_back", answer="")

    assert (silent.status_code, done.status_code) == (422, 302)
    assert "Write to the author why it stays hidden." in silent.content.decode()
    assert Appeal.objects.get().outcome == "returned"


def test_an_appeal_does_not_exist_for_whoever_decided_nor_for_others(client, cities, hidden):
    made = appealed(hidden[1])
    client.force_login(hidden[1].decided_by)
    decider = [client.get(reverse("appeals")), judged(client, made, decision="give_back")]
    analyst = ResidentFactory(is_staff=True)
    analyst.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(analyst)
    others = [client.get(reverse("appeals")), judged(client, made, decision="give_back")]

    assert "It names nobody." not in decider[0].content.decode()
    assert decider[1].status_code == 404
    assert [answer.status_code for answer in others] == [302, 302]
    assert Appeal.objects.get().outcome == ""
