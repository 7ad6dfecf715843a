"""Signing in through a city's own identity provider: who comes in, and as whom."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from partnership.outbox.models import OutgoingMail
from partnership.people.copies import everything_about
from partnership.people.guests import digest
from partnership.people.models import Participant, Resident
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import code_in_newest_mail, confirm_by_mail, newest_mail
from tests.people.identities import (
    ADDRESS,
    CONNECTED,
    DONE,
    EMAIL,
    JOIN,
    START,
    SUBJECT,
    connect,
    go,
    told_by,
)
from tests.people.second_step import KEY, STEP, give_second_step
from tests.tools.authenticator import code_of

DETAILS = {"name": "Ana Olmo", "city": "alder", "language_code": "en"}


# Who comes in


def test_a_newcomer_is_asked_once_and_is_in_with_a_confirmed_address(client, provider):
    asked = go(client, next="/en/events/")
    form = client.get(asked["Location"]).content.decode()
    refused = client.post(JOIN, DETAILS | {"city": ""})
    joined = client.post(JOIN, DETAILS | {"email": "other@example.org"})

    resident = Resident.objects.get()
    assert asked["Location"] == JOIN
    assert 'value="Ana Olmo"' in form
    assert EMAIL in form
    assert "Choose where you live." in refused.content.decode()
    assert joined["Location"] == "/en/events/"
    assert (get_user(client), resident.email, resident.city.code) == (resident, EMAIL, "alder")
    assert EmailAddress.objects.get(user=resident).verified
    assert not resident.has_usable_password()
    assert not OutgoingMail.objects.exists()


def test_only_subject_and_issuer_are_kept_and_no_token(client, provider):
    go(client)
    (session,) = Session.objects.all()
    client.post(JOIN, DETAILS)

    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid) == (provider.issuer, SUBJECT)
    assert kept.extra_data == {"iss": provider.issuer, "sub": SUBJECT}
    assert "opaque" not in str(session.get_decoded())
    assert not SocialToken.objects.exists()


def test_who_is_connected_comes_in_whatever_the_address_is_by_now(client, provider, known):
    connect(known, provider)
    provider.person |= {"email": "new@example.org", "email_verified": False}

    answer = go(client, next="/en/events/")

    assert answer["Location"] == "/en/events/"
    assert get_user(client) == known


def test_an_account_of_a_domain_it_answers_for_is_connected_and_told(client, provider, known):
    provider.person["email"] = EMAIL.upper()

    go(client)

    mail = newest_mail(EMAIL)
    assert get_user(client) == known
    assert SocialAccount.objects.get().user == known
    assert mail.kind == "account/identity_connected"
    assert "Town hall account can sign you in" in mail.text
    assert OutgoingMail.objects.count() == 1
    assert ModelLogEntry.objects.get().action == "people.connect_identity"
    assert Resident.objects.get(pk=known.pk).check_password(PASSWORD)


def test_the_password_of_an_account_nobody_confirmed_opens_nothing_any_more(client, provider):
    squatted = ResidentFactory(email=EMAIL, confirmed=False)

    go(client)

    assert get_user(client) == squatted
    assert not Resident.objects.get().has_usable_password()
    assert EmailAddress.objects.get().verified


def test_of_any_other_domain_one_signs_in_the_usual_way_first(client, provider, known, settings):
    settings.IDENTITY_PROVIDERS = (told_by(provider, domains=frozenset(("bay.example",))),)

    go(client, next="/en/events/")
    client.post(ADDRESS, {"action": "resend"})
    answer = client.post(ADDRESS, {"code": code_in_newest_mail(EMAIL)})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "There is an account with your e-mail address already." in page
    assert 'href="/en/account/sign-in/?next=%2Fen%2Fevents%2F"' in page
    assert get_user(client).is_anonymous
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("is_connected", [True, False])
def test_a_closed_account_stays_closed(client, provider, known, is_connected: bool):
    Resident.objects.filter(pk=known.pk).update(is_active=False)
    if is_connected:
        connect(known, provider)

    answer = go(client)

    assert answer["Location"] == "/en/account/closed/"
    assert get_user(client).is_anonymous
    assert SocialAccount.objects.exists() == is_connected
    assert not OutgoingMail.objects.exists()


def test_a_provider_gives_no_rights(client, provider):
    provider.person |= {"groups": ["admin"], "roles": ["staff"], "is_staff": True}

    go(client)
    client.post(JOIN, DETAILS | {"is_staff": "on", "is_superuser": "on"})

    resident = Resident.objects.get()
    assert not (resident.is_staff)
    assert not (resident.is_superuser)
    assert not (resident.groups.exists())


def test_what_a_guest_did_with_that_address_becomes_the_accounts(client, provider):

    guest = Participant.objects.create(guest_digest=digest(EMAIL))
    go(client)
    client.post(JOIN, DETAILS)

    assert Participant.objects.get(pk=guest.pk).resident == Resident.objects.get()


# The second step


def test_the_second_step_of_the_account_is_asked_for_all_the_same(client, provider, known):
    give_second_step(known)
    provider.person["amr"] = ["mfa"]

    answer = go(client, next="/en/events/")
    before = get_user(client)
    inside = client.post(STEP, {"code": code_of(KEY)})

    assert answer["Location"] == STEP
    assert before.is_anonymous
    assert inside["Location"] == "/en/events/"
    assert get_user(client) == known


def test_unless_a_trusted_provider_says_it_did(client, provider, known, settings):
    settings.IDENTITY_PROVIDERS = (told_by(provider, trusts_amr=True),)
    give_second_step(known)
    go(client)
    without = get_user(client)
    provider.person["amr"] = ["pwd", "otp"]

    go(client)

    assert without.is_anonymous
    assert get_user(client) == known


def test_the_editing_screens_open_after_the_providers_second_step_only(client, provider, settings):
    settings.STAFF_SECOND_FACTOR = "required"
    settings.IDENTITY_PROVIDERS = (told_by(provider, trusts_amr=True),)
    ResidentFactory(email=EMAIL, is_superuser=True)
    go(client)
    shut = client.get("/admin/reports/")
    client.post("/en/account/sign-out/")
    provider.person["amr"] = ["hwk"]
    go(client)
    opened = client.get("/admin/account/")
    client.post("/en/account/sign-out/")
    client.post("/en/account/sign-in/", {"login": EMAIL, "password": PASSWORD})
    by_password = client.get("/admin/account/")

    assert shut["Location"] == "/en/account/second-step/"
    assert opened.status_code == 200
    assert by_password["Location"] == "/en/account/second-step/"


# The account's own page


def test_an_account_is_connected_and_disconnected_on_its_own_page(client, provider, known):
    known.set_unusable_password()
    known.save()
    client.force_login(known)
    confirm_by_mail(client, known.email)
    before = client.get(CONNECTED).content.decode()
    away = go(client, connect="1")
    during = client.get(away["Location"]).content.decode()
    kept = SocialAccount.objects.get()
    client.post(CONNECTED, {"account": kept.pk})
    twice = client.post(CONNECTED, {"account": kept.pk}, follow=True).content.decode()

    assert "Connect Town hall account" in before
    assert "You can sign in with it from now on." in during
    assert "Disconnect Town hall account" in during
    assert "Connect Town hall account" in twice
    assert not SocialAccount.objects.exists()
    told = OutgoingMail.objects.exclude(kind="account/confirm_code").order_by("pk")
    kinds = told.values_list("kind", flat=True)
    assert list(kinds) == ["account/identity_connected", "account/identity_disconnected"]
    assert ModelLogEntry.objects.count() == 2


def test_nobody_disconnects_or_takes_what_is_somebody_elses(client, provider, known):
    connect(known, provider)
    other = ResidentFactory(email="other@example.org")
    other.set_unusable_password()
    other.save()
    client.force_login(other)
    confirm_by_mail(client, other.email)
    client.post(CONNECTED, {"account": SocialAccount.objects.get().pk})

    answer = go(client, connect="1")

    page = client.get(answer["Location"]).content.decode()
    assert "another account here belongs to it" in page
    assert SocialAccount.objects.get().user == known


def test_the_password_is_asked_for_before_an_account_is_connected(client, provider, known):
    client.force_login(known)

    page, button = client.get(CONNECTED), client.post(START, {"connect": "1"})

    assert page["Location"].startswith("/en/account/confirm/")
    assert button["Location"] == CONNECTED
    assert provider.asked == []


def test_the_identity_is_in_the_copy_of_ones_data_and_goes_with_the_account(provider, known):
    connect(known, provider)

    told = everything_about(Participant(resident=known))
    known.delete()

    (section,) = [one for one in told if one.key == "socialaccount.socialaccount"]
    assert {cell.key: cell.value for cell in section.rows[0]}["uid"] == SUBJECT
    assert not SocialAccount.objects.exists()


# Where no provider is configured


def test_without_a_provider_there_is_no_word_of_it(client, known):
    pages = [client.get(f"/en/account/{name}/") for name in ("sign-in", "join")]
    gone = [client.post(START), client.get(DONE), client.get("/sign-in/1/callback/")]
    known.set_unusable_password()
    known.save()
    client.force_login(known)
    pages.append(client.get("/en/account/details/"))
    gone.append(client.get(CONNECTED))

    assert not [one for one in pages if "/with/" in one.content.decode()]
    assert "Connected sign-ins" not in pages[-1].content.decode()
    assert [one.status_code for one in gone] == [404] * 4


def test_the_pages_offer_it_without_asking_a_table(client, provider, known, settings):
    address = "/es/cuenta/entrar/?next=/es/eventos/"
    with CaptureQueriesContext(connection) as asked:
        offered = client.get(address).content.decode()
    joining = client.get("/en/account/join/").content.decode()
    client.force_login(known)
    details = client.get("/en/account/details/").content.decode()
    client.logout()
    settings.IDENTITY_PROVIDERS = ()
    with CaptureQueriesContext(connection) as before:
        client.get(address)

    assert "Continúa con Cuenta municipal" in offered
    assert '<input type="hidden" name="next" value="/es/eventos/">' in offered
    assert "Continue with Town hall account" in joining
    assert CONNECTED in details
    assert len(asked) == len(before)
