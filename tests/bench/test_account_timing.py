"""Known and unknown addresses take as long: nobody learns from the clock who has an account."""

from statistics import median
from time import perf_counter, time_ns

import pytest
from django.test import Client

from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.people.conftest import ANSWERS

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ROUNDS = 40


@pytest.mark.parametrize(
    ("what", "address", "answers"),
    [
        ("join", "/en/account/join/", lambda email: ANSWERS | {"email": email}),
        (
            "join without a password",
            "/en/account/join/",
            lambda email: ANSWERS | {"email": email, "password1": ""},
        ),
        (
            "sign in",
            "/en/account/sign-in/",
            lambda email: {"login": email, "password": "not it at all"},
        ),
        ("sign in by code", "/en/account/sign-in/code/", lambda email: {"email": email}),
        ("reset", "/en/account/password/forgotten/", lambda email: {"email": email}),
    ],
)
def test_known_and_unknown_addresses_take_as_long(
    settings, figure, what: str, address: str, answers
):
    settings.PASSWORD_HASHERS = ("django.contrib.auth.hashers.Argon2PasswordHasher",)
    settings.ACCOUNT_RATE_LIMITS = False
    city_pair()
    ResidentFactory(email="known@example.org")

    def seconds(email: str) -> float:
        started = perf_counter()
        Client().post(address, answers(email))
        return perf_counter() - started

    pairs = [
        (seconds("known@example.org"), seconds(f"new{time_ns()}@example.org"))
        for _round in range(ROUNDS)
    ]

    known, unknown = (median(side) for side in zip(*pairs, strict=True))
    apart = max(known / unknown, unknown / known)
    figure(f"known against unknown address: {what}", apart, unit="times", at_most=1.1)
