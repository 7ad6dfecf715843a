"""One mailbox in one spelling, wherever an address is typed, stored or looked up."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import salted_hmac
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.mailboxes import is_same, may_be_same, spelled
from partnership.people import guests
from partnership.people.guest_forms import GuestFields
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact, Participant, Resident
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import address_in, code_in_newest_mail

#: Ana's one mailbox, as it may be typed.
SPELLINGS = (
    "ana@xn--mnchen-3ya.example",
    "Ana@München.Example",
    "ANA@XN--MNCHEN-3YA.EXAMPLE",
    "ａｎａ＠münchen.example",
    " ana@mu\u0308nchen.example ",
    "ana@münchen\u3002example",
)
SPELLING = SPELLINGS[0]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_is_the_same_mailbox(typed):
    assert spelled(typed) == SPELLING
    assert guests.digest(typed) == guests.digest(SPELLING)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@example.org", "ana+boats@example.org"),
        ("ana@example.org", "a.na@example.org"),
        ("ana@straße.example", "ana@strasse.example"),
        ("ana@example.org", "ana@example.net"),
    ],
)
def test_what_may_be_two_mailboxes_stays_two(one, other):
    assert not is_same(one, other)


@pytest.mark.parametrize(
    ("other", "may"),
    [
        ("Ana+Boats@MÜNCHEN.example", True),
        ("ana+a+b@münchen.example", True),
        ("ben+ana@münchen.example", False),
        ("+ana@münchen.example", False),
        ("ana+x@example.org", False),
        ("", False),
    ],
)
def test_a_mark_behind_a_plus_may_be_the_same_mailbox(other, may):
    assert may_be_same("ana@münchen.example", other) == may


@settings(deadline=None)
@given(st.text(max_size=60) | st.emails())
def test_the_spelling_of_a_spelling_is_itself(typed):
    assert spelled(spelled(typed)) == spelled(typed)


@pytest.mark.parametrize("typed", ["", None, "@", "ana", "ana@", "@example.org", "é" * 100_000])
def test_what_is_no_address_is_no_mistake_of_ours(typed):
    assert isinstance(spelled(typed), str)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_the_form_of_a_guest_knows_one_spelling(typed):
    form = GuestFields({"name": "Ana", "email": typed, "city": "puerto"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == SPELLING


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_guest_with_another_spelling_is_the_same_guest(typed):
    session = SessionStore()
    told = {"name": "Ana", "city": None, "language_code": "en"}
    first = guests.recognise(GuestDetails(email=SPELLING, **told))

    guests.ask(session, GuestDetails(email=typed, **told), purpose="test")
    again = guests.confirm(session, purpose="test", code=code_in_newest_mail(SPELLING))

    assert again == first
    assert GuestContact.objects.get().email == SPELLING


@pytest.mark.parametrize("typed", SPELLINGS)
def test_one_signs_in_with_any_spelling(client, typed):
    ana = ResidentFactory(email=SPELLING)

    client.post(address_in("en", "account_login"), {"login": typed, "password": PASSWORD})

    assert get_user(client) == ana


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_code_to_sign_in_goes_to_the_account_of_any_spelling(client, typed):
    ResidentFactory(email=SPELLING)

    client.post(address_in("en", "account_request_login_code"), {"email": typed})

    assert code_in_newest_mail(SPELLING)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_nobody_joins_twice_with_two_spellings(join, typed):
    ResidentFactory(email=SPELLING)

    join(email=typed)

    assert Resident.objects.count() == EmailAddress.objects.count() == 1


def test_an_account_is_stored_in_the_one_spelling(join):
    join(email=SPELLINGS[1])

    assert Resident.objects.get().email == EmailAddress.objects.get().email == SPELLING
    assert Resident.objects.get_by_natural_key(SPELLINGS[3]).email == SPELLING


def old_digest(email):
    return salted_hmac("partnership.people.guests", email, algorithm="sha256").hexdigest()


def migrate():
    name = "partnership.people.migrations.0005_one_spelling_of_addresses"
    import_module(name).respell(apps, None)


def test_what_was_stored_before_gets_the_one_spelling():
    ResidentFactory(email="ana@münchen.example")
    guest = Participant.objects.create(guest_digest=old_digest("bea@münchen.example"))
    kept = {"name": "Bea", "language_code": "en", "keep_until": "2030-01-01T00:00Z"}
    GuestContact.objects.create(participant=guest, email="bea@münchen.example", **kept)

    migrate()

    assert Resident.objects.get().email == EmailAddress.objects.get().email == SPELLING
    told = GuestDetails(email="Bea@MÜNCHEN.example", name="", city=None, language_code="en")
    assert guests.recognise(told) == guest


def test_two_rows_of_one_mailbox_lose_nobody():
    first, second = ResidentFactory(email=SPELLING), ResidentFactory(email="ana@münchen.example")
    kept = {"name": "Bea", "language_code": "en", "keep_until": "2030-01-01T00:00Z"}
    for email in ("bea@xn--mnchen-3ya.example", "bea@münchen.example"):
        guest = Participant.objects.create(guest_digest=old_digest(email))
        GuestContact.objects.create(participant=guest, email=email, **kept)
    EmailAddress.objects.create(user=first, email="Ana@münchen.example", verified=False)

    migrate()

    found = dict(Resident.objects.values_list("pk", "email"))
    assert found == {first.pk: SPELLING, second.pk: "ana@münchen.example"}
    assert EmailAddress.objects.get(user=first).verified
    assert EmailAddress.objects.get(user=second).email == "ana@münchen.example"
    assert Participant.objects.count() == GuestContact.objects.count() == 2
