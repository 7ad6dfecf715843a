"""Nobody tries a code more often by sending many at once, or by beginning anew."""

import html
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from partnership.outbox.models import OutgoingMail
from partnership.people import account_forms, guests
from partnership.people.adapter import AccountAdapter
from partnership.people.attempts import Attempts
from partnership.people.guests import CodeExpired, GuestDetails, WrongCode
from partnership.serving.backends import FailSoftFileCache
from tests.factories.people import ResidentFactory
from tests.people.conftest import ANSWERS, address_in, code_in_newest_mail

PURPOSE = "test"
WRONG = "0000-000x"
#: Where a code is asked for, and where it is typed.
WAYS = [
    ("account_request_login_code", "account_confirm_login_code"),
    ("account_reset_password", "account_confirm_password_reset_code"),
]
TOLD = {"name": "Ana", "city": None, "language_code": "en"}


def asked(email="ana@example.org"):
    session = SessionStore()
    guests.ask(session, GuestDetails(email=email, **TOLD), purpose=PURPOSE)
    return session


def as_it_was(session):
    """The session as a request reads it that came at the same moment."""
    copy = SessionStore()
    copy.update(deepcopy(dict(session.items())))
    return copy


def tried(session, code=WRONG):
    try:
        guests.use_up(session, purpose=PURPOSE, code=code)
    except (WrongCode, CodeExpired) as refusal:  # the latter also for a whole address
        return CodeExpired if isinstance(refusal, CodeExpired) else WrongCode
    return None


def test_many_at_the_same_moment_are_no_more_than_one_after_the_other():
    session = asked()
    sessions = [as_it_was(session) for _request in range(40)]

    with ThreadPoolExecutor(20) as together:
        said = Counter(together.map(tried, sessions))

    assert said == {WrongCode: guests.MOST_ATTEMPTS, CodeExpired: 40 - guests.MOST_ATTEMPTS}
    assert tried(as_it_was(session), code_in_newest_mail()) is CodeExpired


def test_counting_is_one_step_for_all_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("partnership.limits.cache", FailSoftFileCache(str(tmp_path), {}))
    few = Attempts("test", most=5, seconds=60)

    with ThreadPoolExecutor(20) as together:
        allowed = sum(together.map(few.count, ["code"] * 40))

    assert allowed == 5
    assert few.count("another")


def test_new_sessions_try_an_address_no_more_often():
    said = [tried(asked()) for _session in range(guests.AT_AN_ADDRESS.most + 5)]

    assert said[guests.AT_AN_ADDRESS.most :] == [CodeExpired] * 5
    assert tried(asked("bea@example.org")) is WrongCode


def test_who_proves_the_address_begins_anew():
    for _attempt in range(guests.AT_AN_ADDRESS.most - 1):
        tried(asked())
    session = asked()

    assert tried(session, code_in_newest_mail()) is None
    assert [tried(asked()) for _attempt in range(3)] == [WrongCode] * 3


@pytest.mark.parametrize(("ask", "confirm"), WAYS)
def test_a_code_of_an_account_is_tried_no_more_often_by_many_at_once(client, ask, confirm):
    ResidentFactory(email="ana@example.org", language_code="en")
    client.post(address_in("en", ask), {"email": "ana@example.org"})
    session = client.session
    before = dict(session.items())

    for _request in range(account_forms.AT_A_CODE.most):
        client.post(address_in("en", confirm), {"code": WRONG})
        session.update(before)  # as if the next one had read it before this one wrote
        session.save()
    client.post(address_in("en", confirm), {"code": code_in_newest_mail()})

    assert not get_user(client).is_authenticated
    assert "too many" in refused(client, confirm, before).lower()


def refused(client: Client, confirm: str, before: dict) -> str:
    session = client.session
    session.update(before)
    session.save()
    answer = client.post(address_in("en", confirm), {"code": WRONG}, follow=True)
    return answer.content.decode()


SPENT = "Too many wrong codes were typed for this address."


def in_a_new_browser(ask: str, email: str = "ana@example.org", language: str = "en") -> Client:
    """A browser without a past that has asked for a code."""
    browser = Client()
    browser.post(address_in(language, ask), {"email": email})
    return browser


def typed(browser: Client, confirm: str, code: str = WRONG, language: str = "en") -> str:
    answer = browser.post(address_in(language, confirm), {"code": code}, follow=True)
    return html.unescape(answer.content.decode())


@pytest.fixture
def few(monkeypatch):
    """Five attempts at an address: allauth allows three at a code of these."""
    monkeypatch.setattr(account_forms, "AT_AN_ADDRESS", Attempts("test", most=5, seconds=3600))


@pytest.mark.parametrize(("ask", "confirm"), WAYS)
@pytest.mark.parametrize("is_known", [True, False])
def test_new_browsers_try_the_codes_of_an_address_no_more_often(few, ask, confirm, is_known):
    if is_known:
        ResidentFactory(email="ana@example.org", language_code="en")
    first, second = in_a_new_browser(ask), in_a_new_browser(ask)

    said = [typed(first, confirm) for _attempt in range(3)]
    said += [typed(second, confirm) for _attempt in range(2)]
    third = in_a_new_browser(ask)
    code = code_in_newest_mail() if is_known else "1234-5678"

    assert not any(SPENT in page for page in said)
    assert SPENT in typed(third, confirm, code)
    assert not get_user(third).is_authenticated


@pytest.mark.parametrize(("ask", "confirm"), WAYS)
def test_another_address_and_whoever_types_the_right_code_are_let_in(few, ask, confirm):
    for name in ("ana", "bea"):
        ResidentFactory(email=f"{name}@example.org", language_code="en")
    browsers = [in_a_new_browser(ask, " ANA@example.org ") for _browser in range(2)]
    for browser in browsers * 2:
        typed(browser, confirm)

    right = typed(browsers[1], confirm, code_in_newest_mail())  # the fifth
    again = [typed(browsers[0], confirm), typed(in_a_new_browser(ask), confirm)]
    bea = in_a_new_browser(ask, "bea@example.org")

    assert SPENT not in right + "".join(again)
    assert SPENT not in typed(bea, confirm, code_in_newest_mail("bea@example.org"))


def test_it_is_one_count_for_all_codes_of_an_account_and_said_in_the_readers_language(few):
    ResidentFactory(email="ana@example.org", language_code="es")
    for ask, confirm in WAYS:
        browser = in_a_new_browser(ask)
        for _attempt in range(3):
            typed(browser, confirm)

    browser = in_a_new_browser(WAYS[0][0], language="es")
    page = typed(browser, WAYS[0][1], code_in_newest_mail(), "es")

    with override("es"):
        assert str(AccountAdapter.error_messages["too_many_codes_tried"]) in page


def test_a_code_that_confirms_an_address_is_counted_for_it_too(few):
    for _attempt in range(account_forms.AT_AN_ADDRESS.most):
        account_forms.AT_AN_ADDRESS.count("ana@example.org")

    browser = Client()
    browser.post(address_in("en", "account_signup"), ANSWERS)
    page = typed(browser, "account_email_verification_sent", code_in_newest_mail())

    assert SPENT in page
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_store_that_lost_the_count_keeps_nobody_out():
    few = Attempts("test", most=1, seconds=60)
    assert [few.count("code") for _attempt in range(2)] == [True, False]

    cache.clear()

    assert few.count("code")


@pytest.mark.parametrize(("ask", "_confirm"), WAYS)
@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_is_sent_no_more_than_twelve_codes_an_hour(monkeypatch, ask, _confirm, is_known):
    if is_known:
        ResidentFactory(email="ana@example.org")
    now = time.time()
    for minute in range(20):
        later = now + minute * 61
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda at=later: at)
        in_a_new_browser(ask)

    assert OutgoingMail.objects.filter(to="ana@example.org").count() == 12
