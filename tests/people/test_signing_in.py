"""Signing in and out, forgotten passwords, other addresses."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from partnership.outbox.models import OutgoingMail
from partnership.people.models import Resident
from partnership.people.services import open_account
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import (
    ANSWERS,
    address_in,
    code_in_newest_mail,
    confirm_by_mail,
    newest_mail,
)

SIGN_IN = "/en/account/sign-in/"


@pytest.fixture
def ana():
    return ResidentFactory(email="ana@example.org", language_code="es", name="Ana")


def test_with_the_password_to_ones_own_page_in_ones_own_language(client, ana):
    answer = client.post(SIGN_IN, {"login": "Ana@Example.org", "password": PASSWORD})

    assert get_user(client) == ana
    assert answer["Location"] == address_in("es", "my_participation")


def test_back_to_where_one_was(client, ana):
    form = client.get(f"{SIGN_IN}?next=/en/consultations/").content.decode()

    answer = client.post(
        SIGN_IN, {"login": ana.email, "password": PASSWORD, "next": "/en/consultations/"}
    )

    assert '<input type="hidden" name="next" value="/en/consultations/">' in form
    assert answer["Location"] == "/en/consultations/"


@pytest.mark.parametrize(
    ("chosen", "staff", "clock"),
    [
        ("", True, "Europe/Madrid"),
        ("Asia/Tokyo", True, "Asia/Tokyo"),
        ("", False, settings.TIME_ZONE),
    ],
)
def test_the_editing_screens_tell_the_time_of_the_city_one_works_for(
    client, ana, cities, chosen, staff, clock
):
    ana.is_staff = staff
    ana.city = cities[0]
    ana.save()
    ana.edits_for.set([cities[1]])
    UserProfile.objects.update_or_create(user=ana, defaults={"current_time_zone": chosen})

    client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})

    assert UserProfile.objects.get(user=ana).get_current_time_zone() == clock


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_door_that_wagtail_brings_along_leads_to_ours(client, ana, language: str):
    """It knew no limit of attempts and let in whose address was never confirmed."""
    door = f"/{language}/_util/login/?next=/en/about/"

    answer = client.post(door, {"username": ana.email, "password": PASSWORD})

    assert answer["Location"] == address_in(language, "account_login") + "?next=/en/about/"
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("login", ["ana@example.org", "nobody@example.org"])
def test_wrong_passwords_and_unknown_addresses_read_the_same(client, ana, login: str):
    answer = client.post(SIGN_IN, {"login": login, "password": "not the password"})

    page = answer.content.decode()
    assert "The e-mail address and the password do not match." in page
    assert login in page
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("page", ["en", "es"])
def test_with_a_code_and_the_mail_is_in_the_residents_language(client, ana, page: str):
    answer = client.post(address_in(page, "account_request_login_code"), {"email": ana.email})

    client.post(answer["Location"], {"code": code_in_newest_mail().replace("-", " ")})

    assert get_user(client) == ana
    mail = newest_mail()
    assert (mail.kind, mail.language_code) == ("account/sign_in_code", "es")
    assert mail.expires_at is not None


def test_a_code_for_an_unknown_address_looks_the_same_and_invites(client, ana):
    known = client.post("/en/account/sign-in/code/", {"email": ana.email})
    client.post("/en/account/sign-out/")
    unknown = client.post("/en/account/sign-in/code/", {"email": "nobody@example.org"})

    assert known["Location"] == unknown["Location"]
    assert client.get(unknown["Location"]).status_code == 200
    assert newest_mail("nobody@example.org").kind == "account/no_account"
    assert newest_mail("nobody@example.org").language_code == "en"


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_another_code_is_told_of_whoever_it_is(client, ana, email: str):
    client.post(address_in("en", "account_request_login_code"), {"email": email})

    page = client.post(
        address_in("en", "account_confirm_login_code"), {"action": "resend"}, follow=True
    )

    assert "We have sent a new code. The earlier one no longer works." in page.content.decode()


def test_wrong_passwords_are_limited_per_account(client, ana):
    for _attempt in range(5):
        client.post(SIGN_IN, {"login": ana.email, "password": "not the password"})

    answer = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})

    assert "Too many attempts." in answer.content.decode()
    assert get_user(client).is_anonymous
    cache.clear()
    client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})
    assert get_user(client) == ana


@pytest.mark.parametrize("language", ["en", "es"])
def test_too_many_requests_are_answered_in_the_readers_language(client, language: str):
    address = address_in(language, "account_login")
    for _attempt in range(31):
        answer = client.post(address, {"login": "x", "password": "y"})

    assert answer.status_code == 429
    assert f'<html lang="{language}"' in answer.content.decode()


def test_signing_out_is_a_post(client, ana):
    client.force_login(ana)

    asked = client.get("/en/account/sign-out/")
    still = get_user(client)
    answer = client.post("/en/account/sign-out/")

    assert asked.status_code == 200
    assert still == ana
    assert answer["Location"] == "/en/"
    assert get_user(client).is_anonymous


def test_a_forgotten_password_is_replaced_with_a_code(client, ana):
    answer = client.post("/en/account/password/forgotten/", {"email": ana.email})
    answer = client.post(answer["Location"], {"code": code_in_newest_mail()})
    answer = client.post(answer["Location"], {"password1": "gulls over the harbour"}, follow=True)

    ana.refresh_from_db()
    assert answer.status_code == 200
    assert "Your password is changed." in answer.content.decode()
    assert ana.check_password("gulls over the harbour")
    assert newest_mail().kind == "account/password_changed"
    assert get_user(client).is_anonymous


def test_a_forgotten_password_of_nobody_looks_the_same(client):
    answer = client.post("/en/account/password/forgotten/", {"email": "nobody@example.org"})

    assert answer["Location"] == "/en/account/password/forgotten/code/"
    assert client.get(answer["Location"]).status_code == 200
    assert newest_mail("nobody@example.org").kind == "account/no_account"


def test_the_password_is_changed_and_that_is_mailed(client, ana):
    client.force_login(ana)

    wrong = client.post(
        "/en/account/password/", {"oldpassword": "no", "password1": "gulls over the harbour"}
    )
    client.post(
        "/en/account/password/", {"oldpassword": PASSWORD, "password1": "gulls over the harbour"}
    )

    ana.refresh_from_db()
    assert "This is not your password until now." in wrong.content.decode()
    assert ana.check_password("gulls over the harbour")
    assert newest_mail().kind == "account/password_changed"


def test_who_signs_in_by_code_can_choose_a_password(client):
    resident = open_account("bea@example.org", name="Bea")
    client.force_login(resident)
    address = "/en/account/password/first/"

    client.post(address, {"password1": "gulls over the harbour"})
    resident.refresh_from_db()
    before = resident.has_usable_password()
    confirm_by_mail(client, resident.email, then=address)

    resident.refresh_from_db()
    assert not before
    assert resident.check_password("gulls over the harbour")


def another_address(client, email: str, password: str = PASSWORD):
    """Ask for it, and type the password that is asked for before."""
    asked = client.post("/en/account/address/", {"email": email, "action_add": "1"})
    return client.post(asked["Location"], {"password": password, "next": "/en/account/address/"})


def test_nobody_changes_the_address_of_a_session_that_was_left_open(client, ana):
    client.force_login(ana)

    asked = client.post("/en/account/address/", {"email": "me@evil.example", "action_add": "1"})
    answer = another_address(client, "me@evil.example", password="a guess")

    assert asked["Location"].startswith("/en/account/confirm/")
    assert answer.status_code == 200
    assert not OutgoingMail.objects.exists()
    assert not EmailAddress.objects.filter(email="me@evil.example").exists()


def test_who_has_no_password_changes_the_address_with_a_code_to_each(client):
    bea = ResidentFactory(email="bea@example.org")
    bea.set_unusable_password()
    bea.save()
    client.force_login(bea)

    client.post("/en/account/address/", {"email": "new@example.org", "action_add": "1"})
    before = OutgoingMail.objects.exists()
    answer = confirm_by_mail(client, "bea@example.org", then="/en/account/address/")
    client.post(answer["Location"], {"code": code_in_newest_mail("new@example.org")})

    bea.refresh_from_db()
    assert not before
    assert bea.email == "new@example.org"
    assert newest_mail("bea@example.org").kind == "account/address_changed"


def test_a_new_address_counts_once_confirmed_and_the_old_one_is_told(client, ana):
    client.force_login(ana)
    answer = another_address(client, "new@example.org")
    ana.refresh_from_db()
    before = ana.email

    client.post(answer["Location"], {"code": code_in_newest_mail("new@example.org")})

    ana.refresh_from_db()
    assert (before, ana.email) == ("ana@example.org", "new@example.org")
    assert EmailAddress.objects.get(user=ana).email == "new@example.org"
    assert newest_mail("ana@example.org").kind == "account/address_changed"
    assert "new@example.org" in newest_mail("ana@example.org").text


def test_an_address_of_somebody_else_cannot_be_taken(client, ana):
    other = ResidentFactory(email="other@example.org")
    client.force_login(ana)

    answer = another_address(client, other.email)
    client.post(answer["Location"], {"code": code_in_newest_mail(other.email)})

    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


def test_an_account_that_was_closed_stays_closed(client, ana):
    ana.is_active = False
    ana.save()

    answer = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD}, follow=True)

    assert "This account is closed" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_staff_made_by_hand_sign_in_without_confirming(client):
    open_account("editor@example.org", name="Ed", password=PASSWORD, is_staff=True)

    client.post(SIGN_IN, {"login": "editor@example.org", "password": PASSWORD})

    assert get_user(client).is_authenticated
    assert not OutgoingMail.objects.exists()


def test_the_admin_has_no_door_of_its_own(client, ana):
    asked = client.get("/admin/login/?next=/admin/pages/")
    posted = client.post("/admin/login/", {"username": ana.email, "password": PASSWORD})
    inside = client.get("/admin/")
    reset = client.get("/admin/password_reset/")

    assert asked["Location"] == "/en/account/sign-in/?next=%2Fadmin%2Fpages%2F"
    assert posted.status_code == 302
    assert get_user(client).is_anonymous
    assert inside["Location"] == "/admin/login/?next=/admin/"
    assert reset.status_code in {302, 404}


@pytest.mark.parametrize(
    ("accepted", "language"), [("es-MX,en;q=0.5", "es"), ("en", "en"), ("fr", "en")]
)
def test_the_way_to_the_editing_screens_is_asked_in_the_language_of_the_browser(
    client, accepted: str, language: str
):
    asked = client.get("/admin/login/?next=/admin/", headers={"accept-language": accepted})

    assert asked["Location"] == f"{address_in(language, 'account_login')}?next=%2Fadmin%2F"


def test_a_resident_is_not_let_into_the_admin_and_not_sent_in_circles(client, ana):
    client.force_login(ana)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 200
    assert ana.language_code == "es"
    assert answer.redirect_chain[-1][0] == "/es/mi-participacion/"
    with override("es"):
        told = gettext("Your account has no access to the editing screens.")
    assert told in answer.content.decode()


def test_the_password_of_whoever_began_the_account_before_its_owner_came_opens_nothing(
    join,
):
    join()
    owner = Client()
    asked = owner.post("/en/account/sign-in/code/", {"email": ANSWERS["email"]})

    owner.post(asked["Location"], {"code": code_in_newest_mail()})

    known = {"login": ANSWERS["email"], "password": ANSWERS["password1"]}
    other = Client()
    other.post(SIGN_IN, known)
    assert get_user(owner).email == ANSWERS["email"]
    assert get_user(other).is_anonymous
    assert not Resident.objects.get().has_usable_password()


def test_who_confirms_by_a_new_password_has_that_one(client, join):
    join()
    owner = Client()
    asked = owner.post("/en/account/password/forgotten/", {"email": ANSWERS["email"]})
    new = owner.post(asked["Location"], {"code": code_in_newest_mail()})["Location"]

    owner.post(new, {"password1": "another sentence", "password2": "another sentence"})

    assert Resident.objects.get().check_password("another sentence")
