"""Rooms say what is overdue; whoever asks hears it in order."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from partnership import continuity

TODAY = date(2026, 5, 12)


@pytest.fixture
def _nothing_else(monkeypatch):
    monkeypatch.setattr(continuity, "_checks", {})


def check(name, *concerns):
    return continuity.Check(name=name, heading=name.title(), find=lambda today: concerns)


def concern(words):
    return continuity.Concern(words=words, edit_url="/admin/")


@pytest.mark.usefixtures("_nothing_else")
def test_what_is_overdue_comes_in_the_order_of_the_checks():
    continuity.register(check("second", concern("B is late."), concern("C is late.")), order=2)
    continuity.register(check("quiet"), order=3)
    continuity.register(check("first", concern("A is late.")), order=1)

    found = continuity.concerns(TODAY)

    assert [each.name for each in continuity.checks()] == ["first", "second", "quiet"]
    assert {each.name: [one.words for one in found[each]] for each in found} == {
        "first": ["A is late."],
        "second": ["B is late.", "C is late."],
    }


@pytest.mark.usefixtures("_nothing_else")
def test_every_check_is_asked_about_the_day():
    asked = []
    ask = continuity.Check(name="any", heading="Any", find=lambda today: asked.append(today) or ())
    continuity.register(ask, order=1)

    assert continuity.concerns(TODAY) == {}
    assert asked == [TODAY]


def test_no_check_takes_the_name_of_another():
    continuity.register(check("first"), order=1)

    with pytest.raises(ImproperlyConfigured):
        continuity.register(check("first"), order=2)
