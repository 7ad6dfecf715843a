"""What the file of a year keeps back: each kind of page that readers may not open, by itself."""

import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from events.models import EventPage
from tests.archive.test_year_file import (
    NOW,
    THIS_YEAR,
    in_this_year,
    pieces_of_now,
    rows,
    unpacked,
)
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.committees import add_meeting, make_committee
from tests.factories.drills import make_drill, make_observation
from tests.factories.events import make_event
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
)
from tests.factories.home import make_story
from tests.factories.news import put_the_clock_at
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture(autouse=True)
def clock_and_folder(monkeypatch, settings, tmp_path):
    """The moment of the other tests of this file, and a place for it."""
    put_the_clock_at(NOW, monkeypatch)
    settings.OPEN_DATA_ROOT = tmp_path / "open-data"


def restricted(page):
    """Only for who is signed in."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def unpublished(page):
    type(page).objects.filter(pk=page.pk).update(live=False)


def _event():
    return make_event(title="Secret", **in_this_year())


def _consultation():
    alder, _puerto = city_pair()
    consultation = make_consultation_to_export("secret", title="Secret")
    make_comment(consultation, make_people(1, alder)[0], "Secret comment")
    return consultation


def _roadmap():
    roadmap = make_roadmap(THIS_YEAR)
    make_commitment(roadmap, title="Secret")
    return roadmap


def _committee():
    committee = make_committee()
    add_meeting(committee, "Secret", held_on=NOW.date())
    return committee


def _event_of_a_lesson():
    event = make_event(title="Storm", **in_this_year())
    add_lesson(make_debrief(event, held_on=NOW.date()), "Secret")
    return event


def _roadmap_of_a_lesson():
    commitment = make_commitment(make_roadmap(THIS_YEAR))
    add_lesson(make_debrief(commitment=commitment, held_on=NOW.date()), "Secret")
    return commitment.roadmap


def _event_that_taught():
    event = make_event(title="Secret", **in_this_year())
    add_lesson(make_debrief(event, held_on=NOW.date()), "Ring earlier")
    return event


def _promise_that_taught():
    commitment = make_commitment(make_roadmap(THIS_YEAR), title="Secret")
    add_lesson(make_debrief(commitment=commitment, held_on=NOW.date()), "Ring earlier")
    return commitment.roadmap


def _drill():
    return make_observation(make_drill(**in_this_year()), "Secret").review.drill


def _story():
    return make_story("Secret", told_on=NOW.date())


PAGES = (
    *(_event, _consultation, _roadmap, _committee, _drill, _story),
    *(_event_that_taught, _promise_that_taught),
)
#: A lesson stays with readers when its page is unpublished; behind a password it goes.
OF_LESSONS = (_event_of_a_lesson, _roadmap_of_a_lesson)


@pytest.mark.parametrize(
    ("make", "ways"),
    [
        *((make, (restricted, unpublished)) for make in PAGES),
        *((make, (restricted,)) for make in OF_LESSONS),
    ],
)
def test_each_kind_of_page_is_in_it_until_readers_may_not_open_it(make, ways):
    page = make()
    assert tables_with_a_secret(whole())

    for hide in ways:
        with transaction.atomic():
            hide(page)

            assert tables_with_a_secret(whole()) == [], hide
            transaction.set_rollback(True)


@pytest.mark.parametrize("make", [_event_of_a_lesson, _drill])
def test_what_is_not_published_yet_is_not_in_it(make):
    page = make()
    told = page.review if make is _drill else EventPage.objects.get(pk=page.pk).debrief
    assert tables_with_a_secret(whole())

    type(told).objects.update(is_published=False)

    assert tables_with_a_secret(whole()) == []


@pytest.mark.parametrize("hide", [restricted, unpublished])
def test_a_roadmap_that_is_not_for_everybody_makes_no_year(client, hide):
    roadmap = make_roadmap(2024)
    assert client.get("/en/open-data/2024.zip").status_code == 200

    hide(roadmap)

    assert client.get("/en/open-data/2024.zip").status_code == 404


def test_what_is_still_open_is_named_and_nothing_of_it_handed_out():
    alder, _puerto = city_pair()
    consultation = make_open_consultation_to_export(title="Open now")
    make_comment(consultation, make_people(1, alder)[0], "Secret comment")

    files = whole()

    assert [row["title_en"] for row in rows(files, "consultations")] == ["Open now"]
    assert tables_with_a_secret(files) == []


def whole():
    """The file of this year, unpacked."""
    return unpacked(b"".join(pieces_of_now()))


def tables_with_a_secret(files):
    return [name for name, text in files.items() if "Secret" in text]
