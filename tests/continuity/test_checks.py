"""Rooms say what is overdue; whoever asks hears it in order."""

from datetime import date, timedelta

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


@pytest.mark.usefixtures("_nothing_else")
def test_what_falls_due_soon_is_what_a_later_day_would_call_overdue():
    """Each once, from today on: neither what is overdue now nor what has no day."""

    def find(today):
        for name, day in (("past", -1), ("today", 0), ("known", 3), ("soon", 29), ("later", 30)):
            due = TODAY + timedelta(days=day)
            if due < today or name == "known":
                yield continuity.Concern(words=name, edit_url=f"/{name}/", due=due)
        yield concern("without a day")

    continuity.register(continuity.Check(name="a", heading="A", find=find), order=1)
    known = continuity.concerns(TODAY)

    (found,) = continuity.coming(TODAY, within=timedelta(days=30), known=known).values()

    assert [each.words for each in found] == ["today", "soon"]
