"""Which debriefs are opened and listed, which lessons readers see, in which order, of whose."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage
from home.archive import services
from home.archive.groups import ensure_groups
from home.archive.models import Debrief, Lesson
from home.archive.presenting import nobody_looked_back_at, origin_of
from home.archive.querysets import closed, promises_to_be_opened
from home.archive.services import open_debriefs
from partnership.serving import cache
from tests.archive.test_debriefs import typed
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.events import make_event, make_past_event
from tests.factories.official import editor_of
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ended(days, **fields):
    start = timezone.now() - timedelta(days=days, hours=4)
    return make_event(starts_at=start, **fields)


def kept(days, roadmap=None, **fields):
    on = timezone.localdate() - timedelta(days=days)
    return make_commitment(roadmap, status="completed", finished_on=on, **fields)


def restrict(page):
    page.view_restrictions.create(restriction_type="login")


def test_lessons_of_what_not_everybody_may_open_are_nobodys():
    event, promise = make_past_event(), make_commitment()
    lessons = [add_lesson(make_debrief(event)), add_lesson(make_debrief(commitment=promise))]
    assert set(Lesson.objects.public()) == set(lessons)

    restrict(event)
    assert list(Lesson.objects.public()) == lessons[1:]
    restrict(promise.roadmap)
    assert list(Lesson.objects.public()) == []


def test_what_is_still_to_do_comes_first_and_of_it_the_latest():
    today = timezone.localdate()
    of_old, of_new = (make_debrief(held_on=today - DAY * days) for days in (30, 3))
    done = add_lesson(of_new, "Done", taken_up_on=today, taken_up_in_en="A list")
    waits_long = add_lesson(of_old, "Waits long")
    waits = add_lesson(of_new, "Waits")

    assert list(Lesson.objects.public()) == [waits, waits_long, done]


def test_lessons_that_are_taken_up_are_open_no_more():
    debrief, without = make_debrief(), make_debrief()
    add_lesson(debrief, "Done", taken_up_on=timezone.localdate(), taken_up_in_en="A list")
    for text in ("Waits", "Waits too"):
        add_lesson(debrief, text)

    found = Debrief.objects.with_open_lessons()

    assert {each.pk: each.open_lessons for each in found} == {debrief.pk: 2, without.pk: 0}


def test_nothing_is_looked_back_at_that_was_taken_down():
    shown, taken_down = ended(5), ended(5)
    EventPage.objects.filter(pk=taken_down.pk).update(live=False)

    assert [event.pk for event in closed(EventPage.objects.all())] == [shown.pk]


def test_those_that_are_opened_already_hold_up_no_others(monkeypatch):
    monkeypatch.setattr(services, "AT_A_TIME", 1)
    make_debrief(ended(9))
    make_debrief(commitment=kept(9))
    event, promise = ended(2), kept(2)

    assert open_debriefs() == 2
    assert Debrief.objects.filter(event=event.pk).exists()
    assert Debrief.objects.filter(commitment=promise.pk).exists()


def test_a_promise_is_closed_from_its_last_day_on():
    promise = kept(3)
    found = [
        list(promises_to_be_opened(type(promise).objects, promise.finished_on + DAY * days))
        for days in (-1, 0, 59, 60)
    ]

    assert found == [[], [promise], [promise], []]


def test_the_longest_closed_comes_first_and_no_more_than_asked_for():
    alder, puerto = city_pair()
    events = [ended(days) for days in (70, 90)]
    roadmap = make_roadmap()
    promises = [kept(days, roadmap) for days in (80, 100)]

    found = nobody_looked_back_at(editor_of(alder, puerto), at_most=3)

    assert [row["title"] for row in found] == [
        promises[1].title,
        events[1].title,
        promises[0].title,
    ]


def test_an_origin_is_named_and_linked_as_long_as_readers_find_it():
    of_event, of_promise = make_debrief(), make_debrief(commitment=make_commitment())
    shown = [origin_of(debrief) for debrief in (of_event, of_promise)]

    of_event.event.live = of_promise.commitment.roadmap.live = False

    nothing = {"title": "", "url": ""}
    assert shown[0]["url"].endswith("#debrief")
    assert [each["title"] for each in shown] == [of_event.event.title, of_promise.commitment.title]
    assert [origin_of(debrief) for debrief in (of_event, of_promise)] == [nothing, nothing]


@pytest.mark.parametrize("own", [True, False])
def test_an_editor_opens_debriefs_of_promises_of_their_own_cities(client, unwritten, own):
    alder, puerto = city_pair()
    ensure_groups()
    roadmap = make_roadmap()
    roadmap.cities.set([alder if own else puerto])
    roadmap.save()
    promise = kept(3, roadmap)
    client.force_login(editor_of(alder))

    client.post(reverse("debriefs:add"), {"event": "", "commitment": promise.pk})

    assert Debrief.objects.filter(commitment=promise).exists() == own


@pytest.mark.parametrize(("years", "is_refused"), [(1, False), (2, True)])
def test_one_looks_back_at_a_promise_a_year_before_its_roadmap_at_most(client, years, is_refused):
    alder, _puerto = city_pair()
    ensure_groups()
    debrief = make_debrief(commitment=make_commitment(), is_published=False)
    year = debrief.commitment.roadmap.year - years
    client.force_login(editor_of(alder))

    values = typed(held_on=f"{year}-06-01", is_published="")
    answer = client.post(reverse("debriefs:edit", args=(debrief.pk,)), values)

    assert (answer.status_code == 200) == is_refused
    assert not is_refused or "held_on" in answer.context["form"].errors


@pytest.mark.parametrize(("published", "is_saved"), [("", True), ("on", False)])
@pytest.mark.usefixtures("page_cache")
def test_a_draft_may_lack_a_language_and_what_is_saved_is_shown_at_once(
    client, unwritten, published, is_saved, django_capture_on_commit_callbacks
):
    alder, _puerto = city_pair()
    ensure_groups()
    debrief, before = make_debrief(is_published=False), cache.version()
    client.force_login(editor_of(alder))

    with django_capture_on_commit_callbacks(execute=True):
        values = typed(went_well_es="", is_published=published)
        answer = client.post(reverse("debriefs:edit", args=(debrief.pk,)), values)

    assert (answer.status_code == 302) == is_saved
    assert (cache.version() != before) == is_saved
