"""The second step at sign-in: setting it up, using it, recovery codes, turning it off."""

import logging
import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.outbox.models import OutgoingMail
from partnership.people import copies
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Participant
from partnership.people.second_factor import services
from partnership.people.tokens import issue
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import address_in, newest_mail
from tests.people.second_step import KEY, STEP, factors_of, give_second_step, sign_in
from tests.people.test_erasure import everything_stored
from tests.tools.authenticator import code_of

BOTH = ["recovery_codes", "totp"]
OVERVIEW = "/en/account/second-step/"
SET_UP, TURN_OFF = f"{OVERVIEW}set-up/", f"{OVERVIEW}turn-off/"
CODES = f"{OVERVIEW}recovery-codes/"
CONFIRM, CONFIRM_BY_CODE = "/en/account/confirm/", "/en/account/confirm/second-step/"


@pytest.fixture
def ana():
    return ResidentFactory(email="ana@example.org", language_code="es", name="Ana")


@pytest.fixture
def codes(ana) -> list[str]:
    """The recovery codes of Ana, who has the second step."""
    return give_second_step(ana)


@pytest.fixture
def inside(client, ana):
    """Signed in, and asked a moment ago whether it is she."""
    client.force_login(ana)
    client.post(CONFIRM, {"password": PASSWORD})
    return client


def key_on(page: str) -> str:
    """The key as somebody types it off the page."""
    return re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]


def codes_on(page: str) -> list[str]:
    """The codes in one word, as they are compared."""
    return [code.replace(" ", "") for code in re.findall(r"<code>(\d{4} \d{4})</code>", page)]


def test_the_app_of_the_tests_is_the_standards():
    """RFC 6238, appendix B: what the app shows at these moments."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    shown = [code_of(key, at=moment) for moment in (59, 1111111109, 20000000000)]

    assert shown == ["287082", "081804", "353130"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_set_up_with_a_key_to_scan_or_to_type(inside, ana, language: str):
    address = address_in(language, "mfa_activate_totp")

    page = inside.get(address).content.decode()
    answer = inside.post(address, {"code": code_of(key_on(page))})

    assert 'src="data:image/svg+xml;base64,' in page
    assert f"secret={key_on(page).replace(' ', '')}" in page
    assert answer["Location"] == address_in(language, "mfa_view_recovery_codes")
    assert factors_of(ana) == BOTH
    mail = newest_mail()
    assert (mail.kind, mail.language_code) == ("account/second_step_on", "es")
    assert "hace falta también un código de tu aplicación" in mail.text


def test_setting_it_up_asks_for_the_password_first_and_comes_back(client, ana):
    client.force_login(ana)

    asked = client.get(SET_UP)
    back = client.post(asked["Location"], {"password": PASSWORD, "next": SET_UP})

    assert asked["Location"].startswith(CONFIRM)
    assert back["Location"] == SET_UP


def test_a_wrong_first_code_keeps_the_key_and_sets_nothing_up(inside, ana):
    key = key_on(inside.get(SET_UP).content.decode())

    page = inside.post(SET_UP, {"code": "000000"}).content.decode()

    assert "This code is not right, or it was used already." in page
    assert key_on(page) == key
    assert factors_of(ana) == []


def test_the_form_sent_twice_leads_to_the_codes(inside, ana):
    key = key_on(inside.get(SET_UP).content.decode())
    sent = {"code": code_of(key)}
    inside.post(SET_UP, sent)

    again = inside.post(SET_UP, sent)

    assert again["Location"] == CODES
    assert factors_of(ana) == BOTH


def test_without_a_confirmed_address_it_cannot_be_set_up(client):
    resident = ResidentFactory(confirmed=False)
    client.force_login(resident)
    client.post(CONFIRM, {"password": PASSWORD})

    page = client.get(SET_UP, follow=True)

    assert page.redirect_chain[-1][0] == OVERVIEW
    assert "Confirm your e-mail address first." in page.content.decode()


def test_recovery_codes_are_shown_once_to_be_kept_as_a_file(inside, ana, codes):
    first = inside.get(CODES).content.decode()
    second = inside.get(CODES).content.decode()

    assert codes_on(first) == codes
    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', first)[1])
    assert file.replace(" ", "").splitlines()[2:] == codes
    assert "ana@example.org" in file.splitlines()[0]
    assert codes_on(second) == []
    assert "You have seen your codes already; they are shown once only. 10 are left." in second


def test_new_recovery_codes_replace_the_old_ones(inside, ana, codes):
    answer = inside.post(f"{CODES}new/")
    page = inside.get(answer["Location"]).content.decode()

    assert len(set(codes_on(page)) - set(codes)) == 10
    assert newest_mail().kind == "account/recovery_codes_new"
    assert services.use(ana, codes[0]) is None


def test_who_has_none_makes_no_recovery_codes(inside, ana):
    made = inside.post(f"{CODES}new/", follow=True).content.decode()
    inside.post(TURN_OFF)

    assert "Set up the second step first." in made
    assert factors_of(ana) == []
    assert not OutgoingMail.objects.exists()


def test_with_password_and_code_back_to_where_one_was(client, ana, codes):
    asked = client.post(
        "/en/account/sign-in/",
        {"login": ana.email, "password": PASSWORD, "next": "/en/consultations/"},
    )
    before = get_user(client).is_anonymous
    answer = client.post(asked["Location"], {"code": code_of(KEY)})

    assert (asked["Location"], before) == (STEP, True)
    assert answer["Location"] == "/en/consultations/"
    assert get_user(client) == ana


@pytest.mark.parametrize("later", [-1, 1])
def test_clocks_may_differ_by_half_a_minute(client, ana, codes, later: int):
    sign_in(client, ana, code_of(KEY, later=later))

    assert get_user(client) == ana


@pytest.mark.parametrize("code", ["000000", "", "x", "１２３４５６", "old", "early"])
def test_any_other_code_opens_nothing_and_says_so(client, ana, codes, code: str):
    other = {"old": code_of(KEY, later=-3), "early": code_of(KEY, later=3)}
    sign_in(client, ana)
    client.post("/en/account/sign-out/")
    client.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})

    page = client.post(STEP, {"code": other.get(code, code)}).content.decode()

    said = "This code is not right, or it was used already." if code else "Write the code."
    assert said in page
    assert get_user(client).is_anonymous


def test_a_code_opens_once_and_one_before_it_never_after(client, ana, codes):
    code, earlier = code_of(KEY), code_of(KEY, later=-1)
    sign_in(client, ana, code)
    cache.clear()  # as when it was down: the row remembers

    found = []
    for one in (code, earlier):
        other = Client()
        sign_in(other, ana, one)
        found.append(get_user(other).is_anonymous)

    assert get_user(client) == ana
    assert found == [True, True]


def test_the_code_it_was_set_up_with_is_used_by_that(inside, ana):
    key = key_on(inside.get(SET_UP).content.decode())
    code = code_of(key)
    inside.post(SET_UP, {"code": code})
    other = Client()

    sign_in(other, ana, code)

    assert get_user(other).is_anonymous


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_same_code_sent_four_times_at_once_counts_once(run_in_threads):
    resident = ResidentFactory()
    recovery = give_second_step(resident)[0]

    for code in (code_of(KEY), recovery):
        used = run_in_threads(lambda _n, code=code: services.use(resident, code), times=4)
        assert sum(isinstance(one, Authenticator) for one in used) == 1


def test_a_recovery_code_opens_once_and_says_how_many_are_left(client, ana, codes):
    client.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})
    dashed = f"{codes[3][:4]}-{codes[3][4:]}"
    page = client.post(STEP, {"code": dashed}, follow=True).content.decode()
    other = Client()
    sign_in(other, ana, codes[3])

    assert get_user(client) == ana
    assert "You signed in with a recovery code. 9 are left." in page
    assert get_user(other).is_anonymous


def test_codes_are_limited_per_account_from_any_number_of_browsers(ana, codes):
    for _attempt in range(5):
        sign_in(Client(), ana, "000000")
    late = Client()

    late.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})
    page = late.post(STEP, {"code": code_of(KEY)}).content.decode()

    assert "Too many attempts." in page
    assert get_user(late).is_anonymous


def test_who_guesses_for_hours_has_thirty_codes_a_day_and_no_more(settings, ana, codes):
    unlimited = {"login": None, "login_failed": None}  # as if hours went by
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | unlimited
    for _attempt in range(29):
        sign_in(Client(), ana, "000000")
    right, again, late = Client(), Client(), Client()

    sign_in(right, ana)
    for _attempt in range(29):
        sign_in(Client(), ana, "000000")
    sign_in(again, ana, codes[1])
    for _attempt in range(30):
        sign_in(Client(), ana, "000000")
    late.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})
    page = late.post(STEP, {"code": codes[0]}).content.decode()

    assert get_user(right) == get_user(again) == ana
    assert "for this account today" in page
    assert get_user(late).is_anonymous


def test_nobody_comes_to_the_second_step_without_the_first(client, ana, codes):
    answer = client.post(STEP, {"code": code_of(KEY)})

    assert answer["Location"] == "/en/account/sign-in/"
    assert get_user(client).is_anonymous


def test_who_waits_at_the_second_step_is_let_in_when_it_was_taken_away(client, ana, codes):
    client.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})
    services.take_away(ana, by=None)

    client.get(STEP)

    assert get_user(client) == ana


def test_turning_it_off_asks_who_it_is_and_tells(client, ana, codes):
    sign_in(client, ana)

    asked = client.post(TURN_OFF)
    still = factors_of(ana)
    client.post(CONFIRM_BY_CODE, {"code": codes[0], "next": TURN_OFF})

    assert asked["Location"].startswith(CONFIRM)
    assert still == BOTH
    assert factors_of(ana) == []  # what was sent before the question was not lost
    assert newest_mail().kind == "account/second_step_off"


@pytest.mark.parametrize("wrong", [{"password": "no"}, {"code": "000000"}])
def test_who_cannot_say_who_they_are_turns_nothing_off(client, ana, codes, wrong):
    sign_in(client, ana)
    address = CONFIRM if "password" in wrong else CONFIRM_BY_CODE

    page = client.post(address, wrong | {"next": TURN_OFF})
    after = client.post(TURN_OFF)

    assert page.status_code == 200
    assert after["Location"].startswith(CONFIRM)
    assert factors_of(ana) == BOTH


def test_each_way_to_confirm_leads_to_the_other(client, ana, codes):
    sign_in(client, ana)

    pages = [client.get(one).content.decode() for one in (CONFIRM, CONFIRM_BY_CODE)]

    assert f'href="{CONFIRM_BY_CODE}"' in pages[0]
    assert f'href="{CONFIRM}"' in pages[1]


@pytest.mark.parametrize("language", ["en", "es"])
def test_its_pages_are_in_the_readers_language_and_kept_by_nobody(client, ana, codes, language):
    sign_in(client, ana)
    client.post(CONFIRM, {"password": PASSWORD})
    names = ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")

    for name in (*names, "mfa_deactivate_totp", "mfa_reauthenticate", "account_reauthenticate"):
        answer = client.get(address_in(language, name))
        assert answer.status_code == 200, name
        assert f'<html lang="{language}"' in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_the_details_lead_to_it_and_say_how_many_codes_are_left(client, ana, codes):
    client.force_login(ana)
    services.use(ana, codes[0])

    assert f'href="{OVERVIEW}"' in client.get("/en/account/details/").content.decode()
    assert "You have 9 recovery codes left" in client.get(OVERVIEW).content.decode()


def test_no_page_asks_for_the_second_step_of_whoever_is_in(client, ana, codes):
    sign_in(client, ana)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/es/mi-participacion/")

    assert answer.status_code == 200
    assert not [one for one in asked if "mfa_authenticator" in one["sql"]]


def test_signing_in_without_it_costs_one_question(client, ana):
    with CaptureQueriesContext(connection) as asked:
        client.post("/en/account/sign-in/", {"login": ana.email, "password": PASSWORD})

    assert get_user(client) == ana
    assert len([one for one in asked if "mfa_authenticator" in one["sql"]]) == 1


def test_what_is_written_for_whoever_runs_the_server_has_no_code_in_it(client, ana, codes, caplog):
    caplog.set_level(logging.DEBUG)
    code = code_of(KEY)

    for one in ("135790", codes[0]):
        sign_in(Client(), ana, one)
    sign_in(client, ana, code)

    assert get_user(client) == ana
    assert not [one for one in ("135790", codes[0], code, KEY) if one in caplog.text]


def test_a_copy_of_ones_data_says_that_there_is_one_and_never_the_key(ana, codes):
    services.use(ana, code_of(KEY))
    me = Participant.objects.of(ana)

    told = {one.key: one for one in copies.everything_about(me)}["mfa.authenticator"]

    kinds = [{cell.key: cell.value for cell in row}["type"] for row in told.rows]
    assert kinds == ["codes of an app", "recovery codes"]
    assert KEY not in repr(told)
    assert {cell.key for row in told.rows for cell in row} == {"type", "created_at", "last_used_at"}


def test_it_goes_with_the_account(client, ana, codes):
    sign_in(client, ana)
    before = everything_stored()

    erase(ana, keep_words=True, email=ana.email, form_token=issue(ERASE))

    assert KEY in before
    assert KEY not in everything_stored()
    assert not Authenticator.objects.exists()
