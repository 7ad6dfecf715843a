"""Who uses up the codes of an address keeps out whoever reads its mails for no more than a link."""

import re

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from partnership.outbox.models import OutgoingMail
from partnership.people import account_forms, guests, no_waiting
from partnership.people.attempts import Attempts
from partnership.people.guests import AddressUsedUp, CodeExpired, WrongCode
from tests.factories.people import ResidentFactory
from tests.people.conftest import code_in_newest_mail, newest_mail
from tests.people.test_attempts import PURPOSE, SPENT, WAYS, asked, in_a_new_browser, tried, typed

EMAIL = "ana@example.org"
ASK, CONFIRM = WAYS[0]


@pytest.fixture
def few(monkeypatch):
    """Three attempts at an address, of each kind."""
    for where in (account_forms, guests):
        three = Attempts(f"test.{where.__name__}", most=3, seconds=3600)
        monkeypatch.setattr(where, "AT_AN_ADDRESS", three)


@pytest.fixture
def ana():
    return ResidentFactory(email=EMAIL, language_code="en")


def link_in_newest_mail() -> str:
    found = re.search(r"https?://[^/]+(/en/codes/of/\S+)", newest_mail(EMAIL).text)
    assert found, newest_mail(EMAIL).text
    return found[1]


def used_up_by_strangers() -> None:
    stranger = in_a_new_browser(ASK)
    for _attempt in range(3):
        typed(stranger, CONFIRM)
    assert SPENT in typed(in_a_new_browser(ASK), CONFIRM, code_in_newest_mail())


def test_the_link_of_the_mail_lets_its_reader_in_and_strangers_no_further(few, ana):
    used_up_by_strangers()
    link, browser = link_in_newest_mail(), Client()

    looked = browser.get(link)
    browser.post("/en/account/sign-in/code/", {"email": EMAIL})
    still = typed(browser, CONFIRM, code_in_newest_mail())
    pressed = browser.post(link)
    browser.post(pressed["Location"], {"email": EMAIL})
    typed(browser, CONFIRM, code_in_newest_mail())

    assert "Do not let me wait" in looked.content.decode()
    assert SPENT in still
    assert get_user(browser) == ana
    assert not account_forms.AT_AN_ADDRESS.count(EMAIL)  # of everybody else


def test_readers_have_as_many_attempts_as_strangers_whatever_their_browsers(few):
    for _attempt in range(3):
        tried(asked())
    stands_for = no_waiting.address_in(link_in_newest_mail().split("/")[-2])

    said = []
    for _browser in range(4):
        session = asked()
        no_waiting.remember(session, stands_for)
        said.append(tried(session))

    assert said == [WrongCode] * 3 + [CodeExpired]
    with pytest.raises(AddressUsedUp):
        guests.use_up(asked(), purpose=PURPOSE, code=code_in_newest_mail())


def test_a_reader_has_codes_sent_when_strangers_have_had_all(ana, settings):
    ways = ("request_login_code", "guest_code", "reset_password")
    limits = dict.fromkeys(ways, "1/h/key")
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, **limits}
    own, forgotten = "/en/guest/my-data/", "/en/account/password/forgotten/"
    pages = ["/en/account/sign-in/code/", own, forgotten]
    in_a_new_browser(ASK)
    for page in (own, forgotten):
        Client().post(page, {"email": EMAIL})
    refused = Client().post(forgotten, {"email": EMAIL}).content.decode()
    link, browser = link_in_newest_mail(), Client()

    def sent() -> int:
        for page in pages:
            browser.post(page, {"email": EMAIL})
        return OutgoingMail.objects.filter(to=EMAIL).count()

    before = sent()
    browser.post(link)

    assert (before, sent(), sent()) == (3, 6, 6)
    assert "Too many attempts." in refused
    assert EMAIL in refused


def test_a_link_that_is_forged_old_or_of_another_address_helps_nobody(few, ana, monkeypatch):
    used_up_by_strangers()
    own, browser = link_in_newest_mail(), Client()
    of_another = no_waiting.url_for("bea@example.org").partition("testserver")[2] or "/"
    forged = re.sub(r"of/\w+", f"of/{'0' * 64}", own)

    answers = [browser.get(forged), browser.post(forged)]
    monkeypatch.setattr(no_waiting, "LASTS", no_waiting.LASTS * -1)
    answers += [browser.get(own), browser.post(own)]
    monkeypatch.undo()

    assert [one.status_code for one in answers] == [410] * 4
    assert "Every mail with a code brings a new one." in answers[0].content.decode()
    assert no_waiting.READS not in browser.session
    session = SessionStore()
    no_waiting.remember(session, no_waiting.address_in(of_another.split("/")[-2] or ""))
    assert no_waiting.whose(session, EMAIL) == EMAIL
