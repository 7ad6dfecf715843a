"""Which language of a page was there first is noted when it is published, and never guessed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.parity.languages import figures_of, noted
from home.parity.models import LanguageVersion
from home.parity.years import years_of
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db

FIRST, SECOND = CODES[0], CODES[1]


@pytest.fixture
def event():
    """An event nobody has published yet, whole in every language."""
    event = make_event(live=False)
    event.first_published_at = event.last_published_at = None
    event.save()
    return event


def versions(page):
    return set(
        LanguageVersion.objects.filter(page_id=page.pk).values_list("language_code", flat=True)
    )


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()


def leave_out(event, code):
    """Publish it with a promise for one language."""
    setattr(event, localized("summary", code), "")
    event.sign_for({code: timezone.localdate() + timedelta(days=9)})
    publish(event)


@pytest.mark.both
def test_a_page_that_is_published_in_every_language_is_noted_in_each_at_once(event):
    publish(event)

    assert versions(event) == set(CODES)
    assert noted(years_of(city_pair())).of(None).at_once == 1


def test_a_language_that_follows_is_noted_when_it_is_there(event):
    leave_out(event, SECOND)
    before = versions(event)
    event = type(event).objects.get(pk=event.pk)
    setattr(event, localized("summary", SECOND), "Ven a dibujar.")
    publish(event)

    assert (before, versions(event)) == (set(CODES) - {SECOND}, set(CODES))


def test_a_later_version_changes_nothing_that_was_noted(event):
    publish(event)
    known = list(LanguageVersion.objects.values_list("published_at", flat=True))
    publish(event)

    assert list(LanguageVersion.objects.values_list("published_at", flat=True)) == known


def test_of_a_page_that_was_public_before_nothing_is_noted(event):
    publish(event)
    LanguageVersion.objects.all().delete()

    publish(event)

    assert versions(event) == set()


@pytest.mark.both
def test_a_page_that_is_taken_down_is_not_counted(event):
    publish(event)
    event.unpublish()

    assert noted(years_of(city_pair())).of(None).is_empty


@pytest.mark.both
def test_a_page_that_is_not_for_everybody_is_not_counted(event):
    publish(event)
    PageViewRestriction.objects.create(page=event, restriction_type="login")

    assert noted(years_of(city_pair())).of(None).is_empty


@pytest.mark.both
def test_the_language_that_came_first_and_the_days_of_the_other_are_told():
    now = timezone.now()
    pages = [
        {"en": now, "es": now + timedelta(days=3)},
        {"en": now, "es": now + timedelta(days=8, hours=5)},
        {"en": now + timedelta(days=1), "es": now},
        {"en": now, "es": now + timedelta(hours=5)},
        {"en": now},
    ]

    found = figures_of(pages, ("en", "es"))

    assert (found.first, found.at_once) == ({"en": 3, "es": 1}, 1)
    assert (found.median_late("es"), found.longest_late("es")) == (5.5, 8)
    assert (found.median_late("en"), found.longest_late("en")) == (1, 1)
