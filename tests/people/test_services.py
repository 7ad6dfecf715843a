"""Accounts made by hand, accounts never confirmed."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnership.people import services
from partnership.people.models import Participant, Resident
from partnership.people.services import open_account
from tests.factories.people import ParticipantFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_an_account_is_opened_with_a_confirmed_address(cities):
    resident = open_account(" Bea@Example.org ", name="Bea", city=cities[1], password="x")

    address = EmailAddress.objects.get()
    assert resident.email == "bea@example.org"
    assert resident.language_code == cities[1].language_code
    assert resident.check_password("x")
    assert (address.user, address.email, address.primary, address.verified) == (
        resident,
        "bea@example.org",
        True,
        True,
    )


def test_a_superuser_is_staff_too():
    assert open_account("a@example.org", name="A", is_superuser=True).is_staff


def test_an_account_nobody_confirmed_is_forgotten_after_a_week():
    week_ago = timezone.now() - timedelta(days=8)
    ResidentFactory(confirmed=False, joined_at=week_ago)
    young = ResidentFactory(confirmed=False)
    confirmed = ResidentFactory(joined_at=week_ago)
    active = ParticipantFactory(resident__confirmed=False, resident__joined_at=week_ago).resident

    removed = services.forget_unconfirmed()

    assert removed == 1
    assert set(Resident.objects.all()) == {young, confirmed, active}


def test_an_account_that_was_used_or_works_here_is_not_forgotten():
    week_ago = timezone.now() - timedelta(days=8)
    begun = {"confirmed": False, "joined_at": week_ago}
    kept = [
        ResidentFactory(**begun, **used)
        for used in ({"last_login": week_ago}, {"is_staff": True}, {"is_superuser": True})
    ]

    assert services.forget_unconfirmed() == 0
    assert Resident.objects.filter(pk__in=[each.pk for each in kept]).count() == 3


def test_an_address_alone_acts_for_nobody_who_works_here():
    resident = ParticipantFactory()
    ParticipantFactory(resident__is_staff=True)

    assert list(Participant.objects.known_by_address()) == [resident]


def test_what_guests_typed_is_gone_when_their_session_has_run_out(tick):
    over, current = SessionStore(), SessionStore()
    for session, seconds in ((over, -60), (current, 60)):
        session["typed"] = {"name": "Ana", "needs": "A ramp"}
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()

    tick()

    assert list(Session.objects.values_list("session_key", flat=True)) == [current.session_key]


@pytest.mark.django_db(transaction=True)
def test_first_acts_at_the_same_moment_make_one_participant(run_in_threads):
    resident = ResidentFactory()

    outcomes = run_in_threads(lambda _number: Participant.objects.of(resident).pk, times=4)

    assert len(set(outcomes)) == 1
