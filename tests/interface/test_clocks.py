"""One instant on every city's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import strip_tags

from partnership.cities.models import City
from partnership.interface.templatetags.clocks import (
    as_day,
    clock,
    clock_times,
    day,
    day_near_us,
    days_between,
    from_day_to_day,
    gate_days,
    gate_note,
    last_day,
    lasts_days,
    on_clocks,
    weekday_and_day,
)
from partnership.pages.languages import CODES

MORNING, AFTERNOON = datetime(2027, 5, 15, 9, tzinfo=UTC), datetime(2027, 5, 15, 13, tzinfo=UTC)
NEXT_DAY = datetime(2027, 5, 16, 13, tzinfo=UTC)


def test_each_city_reads_the_instant_on_its_own_clock():
    london = clock_times(MORNING, AFTERNOON, "Europe/London")
    madrid = clock_times(MORNING, AFTERNOON, "Europe/Madrid")

    assert london == (
        '<time datetime="2027-05-15T10:00:00+01:00">10:00</time>'
        '–<time datetime="2027-05-15T14:00:00+01:00">14:00</time>'
    )
    assert madrid == (
        '<time datetime="2027-05-15T11:00:00+02:00">11:00</time>'
        '–<time datetime="2027-05-15T15:00:00+02:00">15:00</time>'
    )


@pytest.mark.parametrize("code", CODES)
def test_a_day_that_somebody_types_is_read_with_the_day_first(code):
    typed = ("03/04/2027 09:30", "2027-04-03 09:30")
    with translation.override(code):
        moments = [forms.DateTimeField().clean(one) for one in typed]
        days = [forms.DateField().clean(one.partition(" ")[0]) for one in typed]

    assert {f"{moment:%Y-%m-%d %H:%M}" for moment in moments} == {typed[1]}
    assert set(days) == {date(2027, 4, 3)}


def test_what_lasts_for_days_names_them():
    shown = clock_times(MORNING, NEXT_DAY, "Europe/London")

    assert ">15 May, 10:00</time></span> – <span" in shown
    assert ">16 May, 14:00</time>" in shown


def test_a_clock_on_another_day_names_it_once_when_it_ends_on_that_day():
    late = datetime(2027, 5, 15, 22, tzinfo=UTC)

    shown = clock_times(late, late + timedelta(hours=1), "Asia/Tbilisi", "Europe/London")

    assert strip_tags(shown) == "16 May, 02:00–03:00"


def test_one_instant_names_its_day_once_however_many_clocks():
    cities = [
        City(name="Alder Bay", time_zone="Europe/London"),
        City(name="Puerto Almendro", time_zone="Europe/Madrid"),
    ]
    before_midnight = datetime(2027, 5, 15, 22, 30, tzinfo=UTC)

    assert strip_tags(on_clocks(MORNING, cities)) == (
        "15 May 2027, 10:00 Alder Bay, 11:00 Puerto Almendro"
    )
    assert strip_tags(on_clocks(before_midnight, cities)) == (
        "15 May 2027, 23:30 Alder Bay; 16 May 2027, 00:30 Puerto Almendro"
    )
    assert on_clocks(MORNING, cities).count('<span class="moment"><time') == 2
    assert "</span>," not in on_clocks(MORNING, cities)
    assert "</time>, " not in on_clocks(MORNING, cities)


def test_a_clock_on_another_day_stays_in_one_piece():
    assert clock_times(MORNING, None, "Pacific/Auckland", "Europe/London").startswith(
        '<time datetime="2027-05-15T21:00:00+12:00">'
    )
    assert clock_times(AFTERNOON, None, "Pacific/Auckland", "Europe/London") == (
        '<span class="moment">'
        '<time datetime="2027-05-16T01:00:00+12:00">16 May, 01:00</time></span>'
    )


def test_a_day_in_a_sentence_is_one_element():
    assert as_day(date(2027, 5, 15)) == '<time datetime="2027-05-15">15 May 2027</time>'


def test_the_gate_names_the_weekday_of_one_day_and_another_year():
    today = timezone.now().replace(month=6, day=15, hour=9)

    def note(start, end, *, weekday):
        return gate_note(start, end, "Europe/London", weekday)

    assert note(today, today, weekday=True) == date_format(today, "l")
    assert note(today, today + timedelta(days=1), weekday=True) == ""
    assert note(today, today, weekday=False) == ""
    assert note(today.replace(year=2019), None, weekday=False) == "2019"


def test_an_open_end_shows_the_start_only():
    assert clock_times(MORNING, None, "Europe/Madrid") == clock(MORNING, "Europe/Madrid")


def test_the_clocks_do_not_move_together():
    """Britain and Spain change on the same night, Mexico not at all."""
    before, after = datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 12, tzinfo=UTC)

    assert ">06:00<" in clock(before, "America/Mexico_City")
    assert ">06:00<" in clock(after, "America/Mexico_City")
    assert ">13:00<" in clock(before, "Europe/Madrid")
    assert ">14:00<" in clock(after, "Europe/Madrid")


def test_midnight_belongs_to_the_day_of_the_city():
    instant = datetime(2027, 5, 15, 22, 30, tzinfo=UTC)

    assert day(instant, "Europe/London") == '<time datetime="2027-05-15">15 May 2027</time>'
    with translation.override("es"):
        shown = day(instant, "Europe/Madrid")
    assert shown == '<time datetime="2027-05-16">16 de mayo de 2027</time>'


def test_the_gate_shows_both_days_of_one_month_only():
    assert gate_days(MORNING, AFTERNOON, "Europe/London") == "15"
    assert gate_days(MORNING, NEXT_DAY, "Europe/London") == "15–16"
    assert gate_days(MORNING, datetime(2027, 6, 2, tzinfo=UTC), "Europe/London") == "15"


def test_whether_it_lasts_days_is_asked_of_the_city():
    late = datetime(2027, 5, 15, 22, 30, tzinfo=UTC)

    assert lasts_days(MORNING, late, "Europe/Madrid") is True
    assert lasts_days(MORNING, late, "Europe/London") is False
    assert lasts_days(MORNING, None, "Europe/London") is False


def test_what_ends_at_midnight_is_not_on_the_day_that_begins():
    start, midnight = datetime(2027, 12, 31, 9, tzinfo=UTC), datetime(2027, 12, 31, 23, tzinfo=UTC)

    assert lasts_days(start, midnight, "Europe/Madrid") is False
    assert gate_days(start, midnight, "Europe/Madrid") == "31"
    assert "January" not in from_day_to_day(start, midnight, "Europe/Madrid")
    assert ">31 December 2027<" in last_day(midnight, "Europe/Madrid")
    assert lasts_days(midnight, midnight, "Europe/Madrid") is False  # what takes no time


def test_a_month_that_both_days_share_is_named_once():
    week = (datetime(2026, 12, 20, 5, tzinfo=UTC), datetime(2026, 12, 26, 11, tzinfo=UTC))
    written = {}
    for code in ("en", "es", "de", "en-us"):
        with translation.override(code):
            written[code] = strip_tags(from_day_to_day(*week, "Europe/Madrid"))

    assert written == {
        "en": "20–26 December",
        "es": "20–26 de diciembre",
        "de": "20.–26. Dezember",
        "en-us": "20–26 December",
    }
    assert strip_tags(days_between(date(2026, 11, 28), date(2027, 1, 9))) == (
        "28 November – 9 January"
    )
    assert strip_tags(days_between(date(2026, 1, 9), date(2027, 1, 9))) == "9 January – 9 January"


def test_the_days_are_those_of_the_zone():
    late = datetime(2026, 12, 19, 23, 30, tzinfo=UTC)

    assert strip_tags(from_day_to_day(late, late + timedelta(days=2), "Europe/Madrid")) == (
        "20–22 December"
    )


def test_a_heading_names_the_day_as_the_language_does():
    with translation.override("es"):
        assert weekday_and_day(date(2026, 11, 17)) == "Martes 17 de noviembre"
    assert weekday_and_day(date(2026, 11, 17)) == "Tuesday 17 November"


def test_a_day_of_this_year_needs_no_year():
    now = timezone.now().replace(month=6, day=15, hour=9)

    assert strip_tags(day_near_us(now, "Europe/London")) == "15 June"
    assert strip_tags(day_near_us(now.replace(year=2019), "Europe/London")) == "15 June 2019"
    assert f'datetime="{now.year}-06-15"' in day_near_us(now, "Europe/London")


def test_the_programme_names_the_day_and_the_city_of_a_clock_that_is_on_another_day():
    host = City(name="Puerto Almendro", time_zone="Europe/Madrid")
    near = City(name="Alder Bay", time_zone="Europe/London")
    far = City(name="Caldara", time_zone="America/Argentina/Buenos_Aires")
    item = {"pk": 1, "starts_at": datetime(2027, 5, 15, 0, 30, tzinfo=UTC), "title": "Welcome"}

    def shown(*cities):
        values = {"items": [item], "cities": list(cities)}
        page = render_to_string("components/agenda.html", values)
        return " ".join(strip_tags(page).split()), page

    of_three, page = shown(host, near, far)
    assert "02:30 01:30 Alder Bay 14 May, 21:30 Caldara Welcome" in of_three
    assert 'class="vh"' not in page
    assert '<span class="vh">Alder Bay</span>' in shown(host, near)[1]
