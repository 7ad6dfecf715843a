"""Codes for the door: hard to guess, easy to type, and a slip of the finger is told."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from events.registrations.codes import (
    CODE_ALPHABET,
    CODE_LENGTH,
    RANDOM_SIGNS,
    check_sign,
    in_groups,
    is_well_formed,
    new_code,
    tidy,
)
from events.registrations.models import Registration
from events.registrations.services import places
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import RegistrationFactory

#: How often a guess is right when 10,000 places are given.
LUCK = 10_000 / len(CODE_ALPHABET) ** RANDOM_SIGNS

by_chance = st.text(CODE_ALPHABET, min_size=RANDOM_SIGNS, max_size=RANDOM_SIGNS)
codes = by_chance.map(lambda signs: signs + check_sign(signs))


def test_codes_are_well_formed_and_none_is_like_another():
    made = {new_code() for _each in range(500)}

    assert len(made) == 500
    assert all(is_well_formed(code) for code in made)


def test_a_thousand_guesses_find_nothing():
    assert 1000 * LUCK < 0.01


@given(codes, st.integers(0, CODE_LENGTH - 1), st.sampled_from(CODE_ALPHABET))
def test_one_wrong_sign_is_seen(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]

    assert is_well_formed(wrong) is (wrong == code)


@given(codes, st.integers(0, CODE_LENGTH - 2))
def test_two_neighbours_that_changed_places_are_seen(code, place):
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert is_well_formed(wrong) is (wrong == code)


@pytest.mark.parametrize(
    "typed",
    [
        "acde fhjk",
        " ACDE-FHJK ",
        "https://site.example/door/ACDEFHJK/",
        "/es/puerta/acdefhjk",
        "A C D E F H J K",
    ],
)
def test_a_code_is_found_in_what_is_typed_or_scanned(typed):
    assert tidy(typed) == "ACDEFHJK"


@given(st.text())
def test_whatever_is_typed_becomes_short_and_plain(typed):
    code = tidy(typed)

    assert len(code) <= 13
    assert code.isascii()
    assert code.isalnum() or not code


def test_codes_are_shown_in_groups_and_older_ones_as_they_are():
    assert in_groups("ACDEFHJK") == "ACDE-FHJK"
    assert in_groups("ACDEFHJ") == "ACDEFHJ"


@pytest.mark.both
@pytest.mark.django_db
def test_a_code_that_chance_draws_again_costs_nobody_the_place():
    other = RegistrationFactory()
    place = Registration(event=other.event, participant=ParticipantFactory(), code=other.code)

    places.write(place)

    assert Registration.objects.get(pk=place.pk).code not in {"", other.code}
    again = Registration(event=other.event, participant=other.participant)
    with pytest.raises(IntegrityError), transaction.atomic():
        places.write(again)
