"""The demo's codes on paper, of any size."""

from types import SimpleNamespace
from typing import Any

import pytest

from consultations.codes.models import CodeSheet
from partnership.demo import codes
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_participant
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def test_more_codes_than_are_made_at_a_time_stand_on_several_sheets(monkeypatch: Any) -> None:
    monkeypatch.setattr(codes, "MOST_AT_A_TIME", 3)
    alder, _puerto = city_pair()
    ResidentFactory(is_staff=True).edits_for.add(alder)
    people: Any = SimpleNamespace(cities={alder.code: alder})
    voters = [make_participant(alder) for _number in range(5)]
    entry = {"codes": {"note": {alder.code: "Letters"}, "number": 7}}

    consultation = make_consultation()
    codes.let_in(consultation, entry, people, voters)

    sheets = CodeSheet.objects.with_numbers().filter(consultation=consultation).order_by("number")
    assert [(sheet.made, sheet.spent) for sheet in sheets] == [(3, 3), (3, 2), (1, 0)]
