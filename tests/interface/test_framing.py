"""What every page asks of the rooms is written out once, but for what asks the clock."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from partnership.cities.logos import SIZE
from partnership.cities.models import City
from partnership.interface import framing
from partnership.interface.framing import cities_that_know, is_known
from partnership.pages.small_pictures import with_small_picture
from tests.factories.alerts import make_alert
from tests.factories.cities import city_pair
from tests.factories.partners import make_partner

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=800)


@pytest.fixture(autouse=True)
def nothing_written():
    """Nothing is written out yet, as in a process that has just begun."""
    with patch.dict(framing._written, clear=True):
        yield


def asked_at(instant: Any, language: str) -> dict[str, Any]:
    with patch.object(timezone, "now", lambda: instant), translation.override(language):
        return {name: framing.written_out(one) for name, one in framing._conditions.items()}


def test_who_asks_the_clock_says_so_and_nobody_asks_for_a_language():
    now = timezone.now()
    today = asked_at(now, settings.LANGUAGE_CODE)
    once = asked_at(now + YEARS, settings.LANGUAGE_CODE)

    said = {name for name, one in framing._conditions.items() if one.asks_the_clock}
    assert said == {name for name in today if today[name] != once[name]}
    assert "has_alerts" in said
    for language, _name in settings.LANGUAGES:
        assert asked_at(now, language) == today


def test_a_page_builds_only_what_asks_the_clock():
    built: list[str] = []

    def counted(name: str) -> framing.Condition:
        def condition() -> Exists:
            built.append(name)
            return Exists(City.objects.filter(name="Nowhere"))

        return condition

    city_pair()
    with patch.dict(framing._conditions):
        framing.know("has_still", counted("still"))
        framing.know("has_moving", counted("moving"), asks_the_clock=True)
        answers = [is_known(cities_that_know(), "has_still") for _ in range(3)]

    assert sorted(built) == ["moving", "moving", "moving", "still"]
    assert answers == [False, False, False]


def test_what_was_written_out_is_asked_anew_and_answers_as_before():
    city_pair()
    before = cities_that_know()
    make_partner()
    with CaptureQueriesContext(connection) as asked:
        after = cities_that_know()

    assert (is_known(before, "has_partners_link"), is_known(after, "has_partners_link")) == (
        False,
        True,
    )
    assert len(asked) == 1
    conditions = {n: one.built() for n, one in framing._conditions.items()}
    plain = with_small_picture(City.objects.annotate(**conditions), "logo", SIZE)
    for one, other in zip(after, plain, strict=True):
        assert vars(one).keys() == vars(other).keys()
        assert {n: vars(one)[n] for n in framing._conditions} == {
            n: vars(other)[n] for n in framing._conditions
        }
        assert all(type(vars(one)[n]) is bool for n in framing._conditions)


def test_an_alert_is_over_in_a_process_that_goes_on():
    city_pair()
    make_alert(ends_at=timezone.now() + timedelta(days=1))
    now = is_known(cities_that_know(), "has_alerts")
    later = timezone.now() + timedelta(days=5)
    with patch.object(timezone, "now", lambda: later):
        then = is_known(cities_that_know(), "has_alerts")

    assert (now, then) == (True, False)


def test_what_is_asked_for_may_hold_any_sign():
    alder, _puerto = city_pair()
    City.objects.filter(pk=alder.pk).update(address="100% at the %s quay")
    with patch.dict(framing._conditions):
        framing.know(
            "has_odd", lambda: Exists(City.objects.filter(address__contains="% at the %s"))
        )
        answers = [is_known(cities_that_know(), "has_odd") for _ in range(2)]

    assert answers == [True, True]
