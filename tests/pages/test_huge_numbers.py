"""No address and no form falls over a number that is larger than any key."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from consultations.models import ConsultationPage, Contribution
from partnership.pages.huge_numbers import is_huge, key_in
from tests.demo.asking import NO_SUCH_METHOD
from tests.factories.consultations import make_consultation
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_roadmap
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.django_db

HUGE = 10**30
METHODS = ("GET", "POST")
EDGES = (2**63, -(2**63) - 1, HUGE)
#: Any word will do for what is no number; nothing is there.
OTHERS = {"uuid": "b1c9d1a2-0000-4000-8000-000000000000", "path": "x", "slug": "x", "str": "x"}


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address that takes a whole number, as it is written, with its converters."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = getattr(entry.pattern, "_route", None)
        own = route if route is not None else str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + own)
        elif isinstance(entry, URLPattern) and "<int:" in before + own:
            yield before + own, entry.pattern.converters


def address(route: str) -> str:
    """The address with the number in each place for one."""
    path = "/" + route.lstrip("^/")
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind, _colon, _name = path[start + 1 : end].rpartition(":")
        word = str(HUGE) if kind == "int" else OTHERS.get(kind, "x")
        path = path[:start] + word + path[end + 1 :]
    return path


def errors_at(client: Client, path: str, turn: int) -> Iterator[tuple[str, str]]:
    """By which method it fails; a screen of the admin is asked by one that it allows, in turn.

    It looks for its thing whichever that is. `make bench` asks by both everywhere.
    """
    in_turn = path.startswith("/admin/") and not EVERYBODYS
    for method in METHODS[:: -1 if in_turn and turn % 2 else 1]:
        status = client.generic(method, path).status_code
        if status >= 500:
            yield method, path
        if in_turn and status != NO_SUCH_METHOD:
            return


def test_no_address_with_a_number_answers_with_an_error(client: Client, unwritten: None) -> None:
    """How that nothing is there is drawn has its own tests."""
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    asked = sorted({address(route) for route, _converters in patterns()})

    broken = [one for turn, path in enumerate(asked) for one in errors_at(client, path, turn)]

    assert len(asked) > 100
    assert broken == []


@pytest.mark.both
@pytest.mark.parametrize("value", EDGES)
def test_no_field_that_chooses_a_row_falls_over_a_number(value: int) -> None:
    refused = 0
    for model in apps.get_models():
        rows = model._default_manager.all()
        for field, typed in (
            (forms.ModelChoiceField(rows), str(value)),
            (forms.ModelMultipleChoiceField(rows), [str(value)]),
        ):
            with pytest.raises(ValidationError):
                field.clean(typed)
            refused += 1

    assert refused > 200


@pytest.mark.both
@pytest.mark.parametrize("value", EDGES)
def test_a_number_that_is_no_key_finds_nothing_and_the_others_are_found(value: int) -> None:
    known = Contribution.objects.filter(parent__in=[value])

    assert is_huge(value)
    assert not ConsultationPage.objects.filter(pk=value).exists()
    assert not known.exists()
    assert not Contribution.objects.filter(consultation=value).exists()
    assert not Contribution.objects.exclude(pk__in=[value]).exists()
    person = ResidentFactory()
    assert list(type(person).objects.filter(pk__in=[value, person.pk])) == [person]
    assert list(type(person).objects.exclude(city=value).filter(pk=person.pk)) == [person]


def test_the_largest_keys_are_no_huge_ones() -> None:
    assert [is_huge(number) for number in (2**63 - 1, -(2**63) + 1, 0, True)] == [False] * 4
    assert IntConverter.regex == "[0-9]+"


@pytest.mark.parametrize("start", ["statements/new/?consultation=", "commitments/new/?roadmap=",
                                   "official_answers/new/?consultation="])  # fmt: skip
def test_a_form_that_starts_at_a_number_without_end_starts_somewhere_else(client, unwritten, start):
    make_roadmap()
    make_consultation()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    assert client.get(f"/admin/{start}{'9' * 5000}").status_code == 200


@pytest.mark.parametrize(
    ("text", "key"), [("7", 7), ("", None), ("-7", None), ("x", None), ("9" * 5000, None)]
)
def test_what_somebody_typed_is_a_key_or_none(text, key):
    assert key_in(text) == key
