"""A newcomer whose address the provider does not vouch for: a code comes before the account."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.utils import timezone

from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails, recognise
from partnership.people.identity.proving import PURPOSE
from partnership.people.models import Participant, Resident
from tests.people.conftest import address_in, code_in_newest_mail, newest_mail
from tests.people.identities import ADDRESS, EMAIL, JOIN, go, told_by

DETAILS = {"name": "Ana Olmo", "city": "alder", "language_code": "en"}
OTHER = "ana@example.org"


@pytest.fixture
def vague(provider: Any) -> Any:
    """A provider that tells an address and does not say whose it is."""
    del provider.person["email_verified"]
    return provider


def arrive(client: Any, **sent: str) -> Any:
    """Come back from the provider and have the code sent."""
    answer = go(client, **sent)
    client.post(ADDRESS, {"action": "resend"})
    return answer


def test_looking_sends_nothing(client, vague):
    go(client)

    page = client.get(ADDRESS).content.decode()

    assert "Send me the code" in page
    assert 'name="code"' not in page
    assert not OutgoingMail.objects.exists()


def test_the_code_of_a_mail_comes_before_the_account(client, vague):
    asked = arrive(client, next="/en/events/")
    skipped = [client.get(JOIN), client.post(JOIN, DETAILS)]
    shown = client.get(ADDRESS).content.decode()
    before = Resident.objects.exists()
    form = client.post(ADDRESS, {"code": code_in_newest_mail(EMAIL)})
    joined = client.post(JOIN, DETAILS)

    resident = Resident.objects.get()
    assert asked["Location"] == JOIN
    assert [one["Location"] for one in skipped] == [ADDRESS] * 2
    assert not before
    assert EMAIL in shown
    assert form["Location"] == JOIN
    assert joined["Location"] == "/en/events/"
    assert (get_user(client), resident.email) == (resident, EMAIL)
    assert EmailAddress.objects.get(user=resident).verified
    assert newest_mail(EMAIL).kind == "guest_code"


def test_a_wrong_code_makes_nothing_and_five_of_them_end_it(client, vague):
    arrive(client)
    right = code_in_newest_mail(EMAIL)
    wrong = client.post(ADDRESS, {"code": "0000-0000"})
    for _again in range(4):
        client.post(ADDRESS, {"code": "0000-0000"})

    spent = client.post(ADDRESS, {"code": right})

    assert (wrong.status_code, spent.status_code) == (422, 422)
    assert "This is not the code we sent." in wrong.content.decode()
    assert "This code is too old, or was tried too often." in spent.content.decode()
    assert client.get(JOIN)["Location"] == ADDRESS
    assert not Resident.objects.exists()
    assert not Participant.objects.exists()


def test_an_old_code_says_so_and_another_one_is_sent(client, vague):
    arrive(client)
    old = code_in_newest_mail(EMAIL)
    session = client.session
    past = (timezone.now() - timedelta(minutes=1)).timestamp()
    session[guests.ASKED][PURPOSE] |= {"expires_at": past}
    session.save()
    late = client.post(ADDRESS, {"code": old}).content.decode()
    client.post(ADDRESS, {"action": "resend"})

    new = client.post(ADDRESS, {"code": code_in_newest_mail(EMAIL)})

    assert "This code is too old" in late
    assert "Send another code" in late
    assert new["Location"] == JOIN


@pytest.mark.parametrize("calls_it_confirmed", [False, True])
def test_known_and_unknown_addresses_read_the_same_until_the_code(
    client, vague, known, settings, calls_it_confirmed: bool
):
    """Whatever a provider says of an address for which it does not answer here."""
    settings.IDENTITY_PROVIDERS = (told_by(vague, domains=frozenset(("another.example",))),)
    vague.person["email_verified"] = calls_it_confirmed
    taken = arrive(client), client.get(ADDRESS).content.decode()
    told = client.post(ADDRESS, {"code": code_in_newest_mail(EMAIL)})
    after = client.get(ADDRESS)
    vague.person["email"] = OTHER
    free = arrive(client), client.get(ADDRESS).content.decode()

    assert taken[0]["Location"] == free[0]["Location"] == JOIN
    assert "There is an account" not in taken[1]
    assert told.status_code == 403
    assert "There is an account with your e-mail address already." in told.content.decode()
    assert after["Location"] == "/en/account/sign-in/"
    assert get_user(client).is_anonymous
    kinds = OutgoingMail.objects.order_by("pk").values_list("kind", "to")
    assert list(kinds) == [("guest_code", EMAIL), ("guest_code", OTHER)]


def test_no_word_of_a_provider_takes_over_what_a_guest_did(client, vague):
    guest = recognise(GuestDetails(email=OTHER, name="Ana", city=None, language_code="en"))
    vague.person |= {"email": OTHER, "email_verified": True}

    arrive(client)
    joined = client.post(JOIN, DETAILS)

    guest.refresh_from_db()
    assert joined["Location"] == ADDRESS
    assert guest.is_guest
    assert not Resident.objects.exists()


def test_the_code_of_one_address_proves_no_other(client, vague, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "guest_code": "1/h/key"}
    vague.person["email"] = OTHER
    arrive(client)
    vague.person["email"] = EMAIL
    arrive(client)
    vague.person["email"] = OTHER
    arrive(client)

    refused = client.post(ADDRESS, {"code": code_in_newest_mail(EMAIL)})

    assert refused.status_code == 422
    assert OutgoingMail.objects.count() == 2


def test_codes_are_sent_so_often_only(client, vague, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "guest_code": "1/h/key"}
    arrive(client)
    client.post(ADDRESS, {"action": "resend"})

    page = client.get(ADDRESS).content.decode()

    assert "Too many attempts." in page
    assert OutgoingMail.objects.count() == 1


def test_the_mail_is_in_the_language_of_the_page(client, vague):
    go(client, "/es/cuenta/entrar/con/1/")
    client.post(address_in("es", "identity_address"), {"action": "resend"})

    mail = newest_mail(EMAIL)
    assert mail.language_code == "es"
    assert "Cuenta municipal" in mail.text


def test_no_address_that_can_be_written_to_is_a_refusal(client, vague):
    vague.person["email"] = "nobody at all"

    answer = go(client)

    assert answer.status_code == 403
    assert "does not say that your e-mail address is confirmed" in answer.content.decode()
    assert not OutgoingMail.objects.exists()


def test_where_another_provider_answers_no_code_is_sent(client, vague, settings):
    told = told_by(vague, domains=frozenset(("puerto.example",)))
    other = told_by(vague, number=2, issuer="https://login.alderbay.example")
    settings.IDENTITY_PROVIDERS = (told, other)

    answer = go(client)

    assert "Another sign-in here answers" in answer.content.decode()
    assert not OutgoingMail.objects.exists()


def test_without_anything_pending_the_page_leads_to_the_sign_in(client, vague, settings):
    nothing = client.get(ADDRESS)
    arrive(client)
    settings.ACCOUNT_LOGIN_TIMEOUT = -1

    late = client.get(ADDRESS)

    assert nothing["Location"] == "/en/account/sign-in/"
    assert late.status_code == 400
    assert EMAIL not in late.content.decode()
