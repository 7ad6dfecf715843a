"""Guests: a confirmed address without an account, and what becomes of it with one."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import CodeExpired, GuestDetails, WrongCode
from partnership.people.models import GuestContact, Participant
from partnership.people.services import keep_address
from tests.factories.cities import city_pair
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.people.conftest import code_in_newest_mail

PURPOSE = "test"


def details(**changes):
    told = {"email": "Ana@Example.org", "name": "Ana", "city": city_pair()[1]}
    return GuestDetails(**{**told, "language_code": "es", **changes})


@pytest.fixture
def session():
    return SessionStore()


def confirmed_guest(session):
    guests.ask(session, details(), purpose=PURPOSE)
    return guests.confirm(session, purpose=PURPOSE, code=code_in_newest_mail())


def test_a_confirmed_address_is_a_participant_without_an_account(session):
    guest = confirmed_guest(session)

    assert Participant.objects.get() == guest
    assert guest.is_guest
    assert (guest.name, guest.email, guest.language_code) == ("Ana", "ana@example.org", "es")
    assert guest.city == city_pair()[1]
    assert "ana" not in guest.guest_digest


def test_the_mail_is_in_the_guests_language_and_forgets_its_code(session):
    guests.ask(session, details(), purpose=PURPOSE)

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to, mail.language_code) == ("guest_code", "ana@example.org", "es")
    assert mail.expires_at - timezone.now() < guests.CODE_LIFETIME
    assert code_in_newest_mail().replace("-", "") not in str(dict(session.items()))


def test_the_same_address_is_the_same_guest_with_the_latest_details(session):
    first = confirmed_guest(session)

    again = guests.recognise(details(name="Ana Olmo", city=None))

    assert (again.pk, again.name, again.city) == (first.pk, "Ana Olmo", None)
    assert GuestContact.objects.count() == 1


def test_a_wrong_code_confirms_nothing_and_five_are_enough(session):
    guests.ask(session, details(), purpose=PURPOSE)
    right = code_in_newest_mail()

    for _attempt in range(guests.MOST_ATTEMPTS):
        with pytest.raises(WrongCode):
            guests.confirm(session, purpose=PURPOSE, code="0000-000x")

    with pytest.raises(CodeExpired):
        guests.confirm(session, purpose=PURPOSE, code=right)
    assert not Participant.objects.exists()


def test_a_code_works_once_for_one_purpose_and_not_for_long(session):
    guests.ask(session, details(), purpose=PURPOSE)
    code = code_in_newest_mail()
    with pytest.raises(CodeExpired):
        guests.confirm(session, purpose="another", code=code)
    guests.confirm(session, purpose=PURPOSE, code=code)
    with pytest.raises(CodeExpired):
        guests.confirm(session, purpose=PURPOSE, code=code)


def test_a_code_expires(session):
    guests.ask(session, details(), purpose=PURPOSE)
    late = timezone.now() + guests.CODE_LIFETIME
    session[guests.ASKED][PURPOSE] |= {"expires_at": (late - 2 * guests.CODE_LIFETIME).timestamp()}
    with pytest.raises(CodeExpired):
        guests.confirm(session, purpose=PURPOSE, code=code_in_newest_mail())


@pytest.mark.parametrize("opens", [guests.confirm, guests.confirm_known, guests.use_up])
def test_who_planted_or_noted_the_key_of_a_session_gains_nothing(session, opens):
    guests.ask(session, details(), purpose=PURPOSE)
    session.save()
    noted = session.session_key
    with pytest.raises(WrongCode):
        guests.use_up(session, purpose=PURPOSE, code="0000-0000")
    assert session.session_key == noted  # a wrong code gains nothing either

    opens(session, purpose=PURPOSE, code=code_in_newest_mail())
    session.save()

    assert session.session_key != noted
    assert not SessionStore(noted).load()


@pytest.mark.parametrize(
    "page", ["/en/guest/my-data/code/", "/en/news/code/", "/en/account/join/address/"]
)
def test_who_sends_a_code_that_nothing_waits_for_is_told_so(client, page):
    looked = client.get(page, follow=True).content.decode()
    sent = client.post(page, {"code": "0000-0000"}, follow=True).content.decode()

    words = "If you have just typed it, it counts"
    assert (words in looked, words in sent) == (False, True)


def test_the_session_knows_the_confirmed_address_until_it_forgets(session):
    guest = confirmed_guest(session)
    knows = {"purpose": PURPOSE, "email": "ana@example.org"}

    assert guests.confirmed(session, **knows) == guest
    assert guests.confirmed(session, **{**knows, "email": "eva@example.org"}) is None
    assert guests.confirmed(session, **{**knows, "purpose": "another"}) is None

    guests.forget(session)
    assert guests.confirmed(session, **knows) is None


def test_an_address_of_an_account_acts_for_the_account_and_signs_nobody_in(client, session):
    account = ParticipantFactory(resident__email="ana@example.org")

    assert confirmed_guest(session) == account
    assert not GuestContact.objects.exists()
    assert not get_user(client).is_authenticated


def test_an_account_that_never_confirmed_the_address_is_not_taken_for_it(session):
    ResidentFactory(email="ana@example.org", confirmed=False)

    assert confirmed_guest(session).is_guest


def test_an_account_takes_over_what_its_guest_did(session):
    guest = confirmed_guest(session)
    resident = ResidentFactory(email="ana@example.org", confirmed=False)

    keep_address(resident, confirmed=True)

    claimed = Participant.objects.get()
    assert (claimed.pk, claimed.resident, claimed.guest_digest) == (guest.pk, resident, None)
    assert not GuestContact.objects.exists()


def test_joining_with_the_address_claims_the_guest(client, join, session):
    guest = confirmed_guest(session)

    answer = join()
    client.post(answer["Location"], {"code": code_in_newest_mail()})

    assert Participant.objects.get().pk == guest.pk
    assert Participant.objects.get().resident.email == "ana@example.org"


def test_a_guest_merges_into_an_account_that_did_things_before(session, monkeypatch):
    guest = confirmed_guest(session)
    account = ParticipantFactory(resident__email="ana@example.org")
    merged = []
    monkeypatch.setattr(guests, "_merges", {})
    guests.on_claim(lambda guest, account: merged.append((guest.pk, account.pk)))

    guests.claim(account.resident)

    assert merged == [(guest.pk, account.pk)]
    assert Participant.objects.get() == account


def test_the_address_is_erased_when_nobody_has_to_write_any_more(session):
    guest = confirmed_guest(session)
    guests.keep_contact(guest, until=timezone.now() + timedelta(days=9))
    assert guests.forget_contacts() == 0

    GuestContact.objects.update(keep_until=timezone.now() - timedelta(seconds=1))

    assert guests.forget_contacts() == 1
    stranger = Participant.objects.get()
    assert (stranger.name, stranger.email, stranger.city) == ("", "", None)
    assert guests.recognise(details()).pk == guest.pk


def test_keeping_a_contact_never_shortens(session):
    guest = confirmed_guest(session)
    far = timezone.now() + timedelta(days=90)
    guests.keep_contact(guest, until=far)

    guests.keep_contact(guest, until=timezone.now())

    assert GuestContact.objects.get().keep_until == far


@pytest.mark.both
def test_two_tabs_confirming_at_once_make_one_guest(session):
    first, second = guests.recognise(details()), guests.recognise(details())

    assert first == second
    assert Participant.objects.count() == 1


def test_only_the_newest_codes_are_remembered(session):
    for number in range(guests.MOST_ASKED + 1):
        guests.ask(session, details(), purpose=f"tests.{number}")

    assert guests.asked(session, purpose="tests.0") == ""
    assert guests.asked(session, purpose=f"tests.{guests.MOST_ASKED}") == "ana@example.org"


def test_an_account_that_was_closed_acts_through_nobodys_confirmed_address():
    closed = ParticipantFactory(resident__email="ana@example.org", resident__is_active=False)

    with pytest.raises(guests.AccountClosed):
        guests.recognise(details())

    assert list(Participant.objects.all()) == [closed]
