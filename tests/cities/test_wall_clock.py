"""An instant is written and read on one city's clock, through gaps, folds and odd input."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError

from partnership.cities.days import is_meant
from partnership.cities.models import City, Neighbourhood
from partnership.cities.querysets import CityQuerySet
from partnership.cities.today import latest_today
from partnership.cities.wall_clock import (
    WallClockField,
    WallClockFormField,
    set_zone,
    validate_zone,
)
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory

MADRID = "Europe/Madrid"


def clock(zone=MADRID, **options):
    field = WallClockFormField(required=False, **options)
    field.zone = ZoneInfo(zone)
    return field


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2027-03-28 01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28 03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31 02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # the first of two
        ("2027-10-31 03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        ("", None),
    ],
)
@pytest.mark.parametrize("editor_s_own", ["Europe/Madrid", "America/New_York", "UTC"])
def test_hours_round_the_change_of_clocks(written, instant, editor_s_own, settings):
    settings.TIME_ZONE = editor_s_own

    assert clock().clean(written) == instant


@pytest.mark.parametrize("own", ["America/New_York", MADRID])
def test_digits_are_read_by_no_other_clock(own):
    """Half past two on the 14th of March 2027 is skipped in New York, and not in Madrid."""
    from django.utils import timezone

    with timezone.override(own):
        read = clock().clean("2027-03-14 02:30")

    assert read == datetime(2027, 3, 14, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2027-03-28 02:00", "skipped"),
        ("2027-03-28 02:59", "skipped"),
        ("0001-01-01 00:00", "invalid"),
        ("0001-12-31 23:59", "invalid"),
        ("9999-12-31 23:59", "invalid"),
        ("tomorrow", "invalid"),
    ],
)
def test_what_the_clock_never_shows_is_refused(written, code):
    with pytest.raises(ValidationError) as refused:
        clock().clean(written)

    assert refused.value.code == code


def test_an_instant_is_shown_on_the_clock_and_what_was_typed_as_it_was():
    instant = datetime(2027, 5, 15, 8, tzinfo=UTC)

    assert f"{clock().prepare_value(instant):%H:%M}" == "10:00"
    assert clock().prepare_value("10 o'clock") == "10 o'clock"
    assert WallClockFormField().prepare_value(instant) == datetime(2027, 5, 15, 8)  # noqa: DTZ001 - as the clock shows it


def test_only_another_instant_is_a_change():
    instant = datetime(2027, 5, 15, 8, tzinfo=UTC)

    assert not clock().has_changed(instant, "2027-05-15 10:00")
    assert clock().has_changed(instant, "2027-05-15 08:00")
    assert clock().has_changed(instant, "soon")
    assert not clock(disabled=True).has_changed(instant, "2027-05-15 08:00")


def test_rows_of_a_form_run_on_its_clock():
    class Item(forms.Form):
        starts_at = WallClockFormField()
        title = forms.CharField()

    class Parent(Item):
        """With rows, and rows of a row."""

    parent, row, inner = Parent(), Parent(), Item()
    parent.formsets = {"programme": forms.formset_factory(Item, extra=0)()}
    parent.formsets["programme"].__dict__["forms"] = [row]
    row.formsets = {"more": forms.formset_factory(Item, extra=0)()}
    row.formsets["more"].__dict__["forms"] = [inner]

    set_zone(parent, MADRID)

    assert [str(form.fields["starts_at"].zone) for form in (parent, row, inner)] == [MADRID] * 3


def test_migrations_know_nothing_of_the_clock():
    _name, path, _args, _kwargs = WallClockField("starts at").deconstruct()

    assert path == "django.db.models.DateTimeField"


def test_a_zone_is_one_that_is_known():
    validate_zone(MADRID)
    with pytest.raises(ValidationError, match="There is no such time zone"):
        validate_zone("Europe/Atlantis")


@pytest.mark.django_db
def test_the_day_that_begins_first_anywhere_counts(monkeypatch):
    alder, puerto = city_pair()
    City.objects.filter(pk=alder.pk).update(time_zone="Pacific/Honolulu")
    City.objects.filter(pk=puerto.pk).update(time_zone=MADRID)
    now = datetime(2027, 5, 14, 22, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    today = now.date()

    assert latest_today() == today + timedelta(days=1)
    City.objects.filter(pk=puerto.pk).update(time_zone="America/Lima")
    assert latest_today() == today
    assert latest_today(ZoneInfo("Asia/Tokyo")) == today + timedelta(days=1)


@pytest.mark.django_db
def test_ones_own_city_comes_first_however_the_address_is_written():
    alder, puerto = city_pair()
    ResidentFactory(email="eva@example.org", city=puerto)
    cities: CityQuerySet = City.objects.all()

    assert list(cities.own_first("Eva@Example.org")) == [puerto, alder]
    assert list(cities.own_first("nobody@example.org")) == [alder, puerto]


@pytest.mark.parametrize(
    ("year", "meant"), [(1899, False), (1900, True), (2099, True), (2100, False)]
)
def test_a_day_that_somebody_can_mean(year, meant):
    assert is_meant(datetime(year, 6, 1, tzinfo=UTC).date()) == meant


@pytest.mark.django_db
def test_an_administrator_keeps_what_belongs_to_any_city():
    alder, puerto = city_pair()
    rows = [
        Neighbourhood.objects.create(city=city, code=f"{city.code}-old") for city in (alder, puerto)
    ]
    editor, root = ResidentFactory(), ResidentFactory(is_superuser=True)
    editor.edits_for.set([alder])

    assert list(Neighbourhood.objects.of_editor(editor)) == rows[:1]
    assert set(Neighbourhood.objects.of_editor(root)) == set(rows)
