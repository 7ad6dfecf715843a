"""Somebody of the city reads what an ambassador wrote, and shows it or says why not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.ambassadors.groups import ensure_groups
from home.ambassadors.models import Ambassador
from home.ambassadors.overdue import unread
from home.ambassadors.services import leave
from partnership.outbox.models import OutgoingMail
from tests.factories.ambassadors import make_ambassador
from tests.factories.cities import city_pair
from tests.factories.official import editor_of
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def editor(client):
    found = editor_of(city_pair()[0])
    ensure_groups()
    client.force_login(found)
    return found


def decide(client, ambassador, state, *, reason="", seen=None):
    address = reverse("ambassadors:edit", args=(ambassador.pk,))
    seen = seen or ambassador.consented_at.isoformat()
    return client.post(address, {"state": state, "reason": reason, "seen": seen})


def test_what_is_shown_is_told_to_whoever_wrote_it_once(client, editor):
    ambassador = make_ambassador("pending")

    for _again in range(2):
        decide(client, ambassador, "published")

    read = Ambassador.objects.get()
    assert (read.state, read.decided_by) == ("published", editor)
    assert "ambassador now" in OutgoingMail.objects.get().subject


def test_nobody_makes_or_deletes_an_ambassador_for_them(client):
    ambassador = make_ambassador()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    client.post(reverse("ambassadors:add"), {"state": "published"})
    client.post(reverse("ambassadors:delete", args=(ambassador.pk,)))

    assert Ambassador.objects.get() == ambassador


def test_what_is_not_shown_has_a_reason(client, editor):
    ambassador = make_ambassador("pending")

    half = decide(client, ambassador, "hidden")
    decide(client, ambassador, "hidden", reason="It names a child.")

    assert "Say why" in half.content.decode()
    assert Ambassador.objects.get().reason == "It names a child."
    assert "It names a child." in OutgoingMail.objects.get().text


def test_nobody_shows_words_that_changed_while_they_read(client, editor):
    ambassador = make_ambassador("pending")
    Ambassador.objects.update(consented_at=timezone.now(), words="Something else.")

    answer = decide(client, ambassador, "published")

    assert "changed while you read it" in answer.content.decode()
    assert Ambassador.objects.get().state == "pending"
    assert Ambassador.objects.get().consented_at.isoformat() in answer.content.decode()


def test_an_ambassador_of_another_city_is_not_there_and_words_are_nobodys_to_change(client, editor):
    theirs = make_ambassador("pending", cities=[city_pair()[1]])
    own = make_ambassador("pending", email="ben@example.org", cities=[city_pair()[0]])

    answers = [client.get(reverse("ambassadors:edit", args=(each.pk,))) for each in (theirs, own)]
    listed = client.get(reverse("ambassadors:index")).content.decode()

    assert [answer.status_code for answer in answers] == [404, 200]
    assert reverse("ambassadors:edit", args=(theirs.pk,)) not in listed
    assert 'name="seen"' in answers[1].content.decode()
    assert 'name="words"' not in answers[1].content.decode()
    assert "Ask me about the kitchen." in answers[1].content.decode()


def test_whoever_is_no_ambassador_any_more_is_named_in_no_log(client, editor):
    ambassador = make_ambassador("pending")
    listed = client.get(reverse("ambassadors:index")).content.decode()
    decide(client, ambassador, "published")

    leave(ambassador.participant)

    logged = "".join(ModelLogEntry.objects.values_list("label", flat=True))
    assert "Ana, Alder Bay" in listed
    assert (f"Ambassador No. {ambassador.pk}" in logged, "Ana" in logged) == (True, False)


def test_what_waits_for_a_week_is_overdue_without_a_name():
    make_ambassador("pending", consented_at=timezone.now() - timedelta(days=8))
    make_ambassador("pending", email="ben@example.org")

    (concern,) = unread(timezone.localdate())

    assert "Ana" not in concern.words
    assert concern.due == timezone.localdate() - timedelta(days=1)
