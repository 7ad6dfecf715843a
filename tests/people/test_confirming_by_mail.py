"""Is it you? Whoever signs in by code has no password to say once more, and is sent a code."""

import time

import pytest
from django.test import Client

from partnership.outbox.models import OutgoingMail
from partnership.people.second_factor.services import set_up
from tests.factories.people import ResidentFactory
from tests.people.conftest import address_in, code_in_newest_mail, newest_mail
from tests.people.second_step import KEY
from tests.tools.authenticator import code_of

SET_UP = "/en/account/second-step/set-up/"
ASK, ENTER = "/en/account/confirm/code/", "/en/account/confirm/code/enter/"
SENT = {"recipient": "ana@example.org"}


@pytest.fixture
def ana():
    resident = ResidentFactory(email="ana@example.org", language_code="es", name="Ana")
    resident.set_unusable_password()
    resident.save()
    return resident


@pytest.fixture
def inside(client, ana) -> Client:
    client.force_login(ana)
    return client


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_code_of_a_mail_leads_to_where_one_was_going(inside, language: str):
    wanted = address_in(language, "mfa_activate_totp")

    asked = inside.get(wanted)
    page = inside.get(asked["Location"]).content.decode()
    sent = inside.post(asked["Location"], SENT)
    form = inside.get(sent["Location"]).content.decode()
    back = inside.post(sent["Location"], {"code": code_in_newest_mail()})

    ask, enter = (
        address_in(language, f"account_{step}_reauthentication_code")
        for step in ("request", "confirm")
    )
    assert asked["Location"].partition("?")[0] == ask
    assert 'name="recipient" value="ana@example.org"' in page
    assert sent["Location"].partition("?")[0] == enter
    assert f'<html lang="{language}"' in form
    assert back["Location"] == wanted
    assert inside.get(wanted).status_code == 200
    mail = newest_mail()
    assert (mail.kind, mail.language_code) == ("account/confirm_code", "es")
    assert "confirmar que eres tú" in mail.subject


def test_a_wrong_code_opens_nothing_and_five_end_it(inside):
    inside.post(ASK, SENT)
    code = code_in_newest_mail()

    page = inside.post(ENTER, {"code": "0000-0000"}).content.decode()
    for _attempt in range(4):
        last = inside.post(ENTER, {"code": "0000-0000"})
    late = inside.post(ENTER, {"code": code})

    assert "This is not the code we sent." in page
    assert last.status_code in {200, 302}
    assert late["Location"] == ASK
    assert inside.get(SET_UP)["Location"].startswith(ASK)


def test_a_code_that_is_too_old_opens_nothing(inside, monkeypatch):
    inside.post(ASK, SENT)
    code = code_in_newest_mail()
    late = time.time() + 16 * 60
    monkeypatch.setattr("time.time", lambda: late)

    answer = inside.post(ENTER, {"code": code})

    assert answer["Location"] == ASK


def test_another_code_is_sent_and_the_first_works_no_more(inside):
    inside.post(ASK, SENT)
    first = code_in_newest_mail()

    said = inside.post(ENTER, {"action": "resend"}, follow=True).content.decode()
    page = inside.post(ENTER, {"code": first}).content.decode()

    assert OutgoingMail.objects.filter(kind="account/confirm_code").count() == 2
    assert "We have sent a new code." in said
    assert "This is not the code we sent." in page


def test_it_goes_to_nobody_elses_address(inside):
    page = inside.post(ASK, {"recipient": "mallory@example.org"})

    assert page.status_code == 200
    assert "error-msg" in page.content.decode()
    assert not OutgoingMail.objects.exists()


def test_whoever_has_another_way_is_not_asked_by_mail(client):
    with_password = ResidentFactory()
    client.force_login(with_password)

    assert client.get(ASK)["Location"] == "/en/account/confirm/"
    assert client.post(ASK, {"recipient": with_password.email})["Location"] != ENTER
    assert not OutgoingMail.objects.exists()


def test_with_a_second_step_the_code_of_the_app_is_asked_for(inside, ana):
    set_up(ana, key=KEY, code=code_of(KEY))

    assert inside.get(ASK)["Location"] == "/en/account/confirm/second-step/"
