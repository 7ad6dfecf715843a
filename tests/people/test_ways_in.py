"""No way into an account goes around its second step."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client

from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import ANSWERS, address_in, code_in_newest_mail
from tests.people.second_step import KEY, STEP, give_second_step
from tests.tools.authenticator import code_of

SIGN_IN = "/en/account/sign-in/"


@pytest.fixture
def ana():
    """Somebody who has the second step, and has done nothing yet."""
    resident = ResidentFactory(email="ana@example.org", language_code="en")
    give_second_step(resident)
    return resident


@pytest.fixture(params=["outside", "half_inside"])
def browser(request, client: Client, ana) -> Client:
    """One that knows nothing of her, and one that stands at the second step already."""
    if request.param == "half_inside":
        client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})
    return client


def test_the_password_alone_opens_nothing(client, ana):
    answer = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})

    assert answer["Location"] == STEP
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_code_from_a_mail_alone_opens_nothing(client, ana, language: str):
    asked = client.post(address_in(language, "account_request_login_code"), {"email": ana.email})

    answer = client.post(asked["Location"], {"code": code_in_newest_mail()})
    before = get_user(client).is_anonymous
    client.post(answer["Location"], {"code": code_of(KEY)})

    assert answer["Location"] == address_in(language, "mfa_authenticate")
    assert before
    assert get_user(client) == ana


def test_a_new_password_alone_opens_nothing(client, ana):
    new = "gulls over the harbour"
    asked = client.post("/en/account/password/forgotten/", {"email": ana.email})
    answer = client.post(asked["Location"], {"code": code_in_newest_mail()})
    done = client.post(answer["Location"], {"password1": new}, follow=True)
    after = get_user(client).is_anonymous

    again = client.post(SIGN_IN, {"login": ana.email, "password": new})

    assert "Your password is changed." in done.content.decode()
    assert (after, again["Location"]) == (True, STEP)
    assert get_user(client).is_anonymous


def test_a_password_reset_that_signs_in_would_ask_for_it_too(client, ana, settings):
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
    asked = client.post("/en/account/password/forgotten/", {"email": ana.email})
    answer = client.post(asked["Location"], {"code": code_in_newest_mail()})

    done = client.post(answer["Location"], {"password1": "gulls over the harbour"})

    assert done["Location"] == STEP
    assert get_user(client).is_anonymous


def test_confirming_the_address_alone_opens_nothing(client, ana):
    """As after an administrator has written another address that is not confirmed."""
    EmailAddress.objects.filter(user=ana).update(verified=False)

    asked = client.post(SIGN_IN, {"login": ana.email, "password": PASSWORD})
    answer = client.post(asked["Location"], {"code": code_in_newest_mail()})

    assert asked["Location"] == address_in("en", "account_email_verification_sent")
    assert answer["Location"] == STEP
    assert get_user(client).is_anonymous


def test_joining_again_with_the_same_address_opens_nothing(client, ana):
    EmailAddress.objects.filter(user=ana).update(verified=False)

    asked = client.post("/en/account/join/", ANSWERS | {"password1": PASSWORD})
    answer = client.post(asked["Location"], {"code": code_in_newest_mail()})

    assert answer["Location"] == STEP
    assert get_user(client).is_anonymous


@pytest.mark.parametrize(
    "door", ["/admin/login/", "/en/_util/login/", "/es/_util/login/", "/admin/password_reset/"]
)
def test_the_doors_that_wagtail_brings_along_open_nothing(browser, ana, door: str):
    sent = {"username": ana.email, "email": ana.email, "password": PASSWORD, "code": code_of(KEY)}

    browser.post(door, sent)

    assert get_user(browser).is_anonymous


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "account_reauthenticate",
        "account_request_reauthentication_code",
        "account_confirm_reauthentication_code",
        "account_details",
        "account_change_password",
        "account_email",
    ],
)
def test_half_inside_nothing_of_the_account_can_be_changed(browser, ana, name: str):
    answers = [browser.get(address_in("en", name)), browser.post(address_in("en", name))]

    assert [one["Location"].partition("?")[0] for one in answers] == [SIGN_IN, SIGN_IN]


def test_joining_anew_is_what_it_was(client, join):
    asked = join()
    client.post(asked["Location"], {"code": code_in_newest_mail()})

    assert get_user(client).email == ANSWERS["email"]


def test_the_second_step_is_the_last_one_of_every_sign_in(rf):
    stages = get_adapter(rf.get("/")).get_login_stages()

    assert stages[-1] == "partnership.people.second_factor.stage.SecondStep"
    assert not [one for one in stages if one.startswith("allauth.mfa")]
