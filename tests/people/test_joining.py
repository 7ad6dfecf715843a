"""Making an account."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client

from partnership.outbox.models import OutgoingMail
from partnership.people.models import Resident
from tests.factories.people import ResidentFactory
from tests.people.conftest import ANSWERS, address_in, code_in_newest_mail, newest_mail


@pytest.mark.parametrize(("page", "reader"), [("en", "es"), ("es", "en"), ("es", "es")])
def test_from_the_form_through_the_mail_to_ones_own_page(client, join, page: str, reader: str):
    answer = join(page, language_code=reader)
    assert answer.status_code == 302

    done = client.post(answer["Location"], {"code": code_in_newest_mail()}, follow=True)

    resident = Resident.objects.get()
    assert get_user(client) == resident
    assert (resident.name, resident.city.code, resident.language_code) == (
        "Ana Olmo",
        "puerto",
        reader,
    )
    assert EmailAddress.objects.get(user=resident).verified
    assert newest_mail().language_code == reader
    assert done.redirect_chain[-1][0].startswith(f"/{reader}/")
    assert "Ana Olmo" in done.content.decode()


def test_the_way_back_to_where_one_came_from_is_kept(client, join):
    answer = client.post("/en/account/join/", ANSWERS | {"next": "/en/events/a-walk/sign-up/"})

    done = client.post(answer["Location"], {"code": code_in_newest_mail()})

    assert done["Location"] == "/en/events/a-walk/sign-up/"


def test_nobody_is_sent_to_another_site(client, join):
    answer = client.post("/en/account/join/", ANSWERS | {"next": "https://elsewhere.example/"})

    done = client.post(answer["Location"], {"code": code_in_newest_mail()})

    assert done["Location"] == address_in("es", "my_participation")


def test_without_a_password_one_joins_and_signs_in_by_code(client, join):
    answer = join(password1="")

    client.post(answer["Location"], {"code": code_in_newest_mail()})

    assert get_user(client) == Resident.objects.get()
    assert not Resident.objects.get().has_usable_password()


def test_somebody_from_elsewhere_with_an_organisation(join):
    join(city="elsewhere", organisation_name="Amigas del puente", organisation_kind="civil_society")

    resident = Resident.objects.get()
    assert resident.city is None
    assert (resident.organisation_name, resident.organisation_kind) == (
        "Amigas del puente",
        "civil_society",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b\u2060"}, "name"),
        ({"name": "A\x00na"}, "name"),
        ({"name": "A" * 81}, "name"),
        ({"email": "ana"}, "email"),
        ({"email": "ana@example.org\x00"}, "email"),
        ({"email": ""}, "email"),
        ({"city": ""}, "city"),
        ({"city": "atlantis"}, "city"),
        ({"language_code": "tlh"}, "language_code"),
        ({"password1": "short"}, "password1"),
        ({"password1": "ana@example.org"}, "password1"),
        ({"organisation_kind": "school"}, "organisation_name"),
        ({"organisation_name": "The school"}, "organisation_kind"),
        ({"organisation_kind": "gang", "organisation_name": "x"}, "organisation_kind"),
        ({"organisation_kind": "city_hall", "organisation_name": "x"}, "organisation_kind"),
        ({"organisation_kind": "public_body", "organisation_name": "x"}, "organisation_kind"),
        ({"organisation_kind": "school", "organisation_name": "City hall"}, "organisation_name"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(join, changes, field: str):
    answer = join(**changes)

    page = answer.content.decode()
    assert field in answer.context["form"].errors
    assert f'id="id_{field}_error"' in page
    assert changes.get("name") is not None or 'value="Ana Olmo"' in page
    assert not Resident.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "Robert'); DROP TABLE people_resident;--",
        "{{ settings.SECRET_KEY }}{% debug %}",
        "\u202eanA\u202c",
        "Ana\r\nBcc: everybody@example.org",
        "=HYPERLINK(1)",
        "نور الهدى",
        "👩🏽‍🌾",
    ],
)
def test_hostile_and_unusual_names_are_kept_as_plain_words(client, join, name: str):
    answer = join(name=name)
    page = client.post(answer["Location"], {"code": code_in_newest_mail()}, follow=True)

    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content
    kept = Resident.objects.get().name
    assert "\u202e" not in kept
    assert "\n" not in kept


def test_a_known_address_gets_the_same_answer_and_a_mail(client, join):
    ResidentFactory(email="ana@example.org")
    known = join()
    known_page = client.get(known["Location"])
    client.post("/en/account/sign-out/")
    unknown = join(email="nobody@example.org")
    unknown_page = client.get(unknown["Location"])

    assert known["Location"] == unknown["Location"]
    assert _words(known_page, "ana@example.org") == _words(unknown_page, "nobody@example.org")
    assert newest_mail().kind == "account/already_joined"
    assert newest_mail("nobody@example.org").kind == "account/confirm_address"
    assert Resident.objects.filter(email="ana@example.org").count() == 1


def _words(page, address: str) -> str:
    """The page without what differs between any two of them: tokens and the address."""
    text = page.content.decode().replace(address, "ADDRESS")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_same_form_sent_twice_makes_one_account_and_the_newest_code_works(client, join):
    join()
    answer = join()

    client.post(answer["Location"], {"code": code_in_newest_mail()})

    assert get_user(client) == Resident.objects.get()


def test_nobody_takes_over_what_somebody_else_began(client, join):
    join()
    client.post("/en/account/sign-out/")
    join(password1="another sentence entirely", name="Mallory")

    assert newest_mail().kind == "account/already_joined"
    resident = Resident.objects.get()
    assert resident.name == "Ana Olmo"
    assert resident.check_password(ANSWERS["password1"])


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_at_the_same_moment_make_one_account(run_in_threads):
    def send(_number: int) -> int:
        return Client().post("/en/account/join/", ANSWERS).status_code

    outcomes = run_in_threads(send, times=2)

    assert outcomes == [302, 302]
    assert Resident.objects.count() == 1


def test_a_robot_that_fills_everything_sees_the_same_page_and_nothing_happens(client, join):
    answer = join(leave_this_empty="http://pills.example")

    assert client.get(answer["Location"]).status_code == 200
    assert not Resident.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_wrong_code_is_said_and_five_of_them_end_it(client, join):
    address = join()["Location"]
    right = code_in_newest_mail()

    first = client.post(address, {"code": "0000-0000"})
    for _attempt in range(4):
        last = client.post(address, {"code": "0000-0000"})
    too_late = client.post(address, {"code": right})

    assert "This is not the code we sent." in first.content.decode()
    assert (last.status_code, last["Location"]) == (302, "/en/account/sign-in/")
    assert too_late.status_code == 302
    assert not EmailAddress.objects.get().verified


def test_a_code_is_only_good_for_half_an_hour(client, join, monkeypatch):
    address = join()["Location"]
    code = code_in_newest_mail()
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 31 * 60)

    answer = client.post(address, {"code": code})

    assert answer.status_code == 302
    assert get_user(client).is_anonymous


def test_another_code_can_be_sent_and_the_old_one_is_void(client, join):
    address = join()["Location"]
    old = code_in_newest_mail()

    client.post(address, {"action": "resend"})

    new = code_in_newest_mail()
    assert new != old
    client.post(address, {"code": new})
    assert get_user(client).is_authenticated


def test_another_code_is_told_of_and_so_is_that_there_are_no_more(client, join):
    address = join()["Location"]
    told = "We have sent a new code. The earlier one no longer works."

    first = client.post(address, {"action": "resend"}, follow=True).content.decode()
    second = client.post(address, {"action": "resend"}, follow=True).content.decode()
    third = client.post(address, {"action": "resend"}).content.decode()

    assert (told in first, told in second, told in third) == (True, True, False)
    assert ("Send another code" in first, "Send another code" in second) == (True, False)
    assert "No other code can be sent now. Use the one in the newest mail" in second


def test_a_code_that_is_refused_is_not_called_sent(client, join, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "confirm_email": "1/h/key"}
    address = join()["Location"]

    refused = client.post(address, {"action": "resend"})
    page = client.get(address).content.decode()
    client.post(address, {"code": code_in_newest_mail()})

    assert refused.status_code == 429
    assert "We have sent a new code." not in page
    assert get_user(client).is_authenticated


def test_with_a_mistyped_address_one_starts_again(client, join):
    address = join(email="anna@example.org")["Location"]
    page = client.get(address).content.decode()
    assert "Wrong address? Start again" in page

    back = client.post("/en/account/sign-out/", {"next": "/en/account/join/"}, follow=True)

    assert back.redirect_chain == [("/en/account/join/", 302)]
    assert back.status_code == 200


def test_what_is_typed_to_join_is_kept_when_the_language_changes(client):
    page = client.get(address_in("en", "account_signup")).content.decode()

    assert 'novalidate data-typed="join"' in page
    assert "js/typed" in page
