"""A story leads on: to what its promise came from, to other stories, to where to take part."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from home.story_foot import origins_of
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_index,
)
from tests.factories.events import make_event
from tests.factories.home import make_story
from tests.factories.roadmap import cite, make_commitment

pytestmark = pytest.mark.django_db


def read(client, story):
    cache.clear()
    return client.get(story.url_in("en")).content.decode()


def over():
    return make_consultation(
        title="Down to the water", opens_in=timedelta(days=-9), closes_in=timedelta(days=-1)
    )


def test_it_leads_to_the_meeting_and_the_consultation_its_promise_came_from(client):
    promise, event = make_commitment(), make_event(title="A walk in the rain")
    consultation = over()
    cite(promise, event=event)
    cite(promise, statement=StatementFactory(consultation=consultation, number=1))
    cite(promise, statement=StatementFactory(consultation=consultation, number=2))

    page = read(client, make_story(commitment=promise))

    assert "It came from" in page
    assert page.count(f'href="{consultation.url_in("en")}"') == 1
    assert page.count(f'href="{event.url_in("en")}"') == 1


def test_a_promise_that_is_not_public_tells_nothing_of_its_origin(rf):
    promise = make_commitment()
    cite(promise, event=make_event(title="A walk in the rain"))
    story = make_story(commitment=promise)
    before = origins_of(story, rf.get("/"))
    promise.roadmap.unpublish()

    assert [each["label"] for each in before] == ["A walk in the rain"]
    assert origins_of(story, rf.get("/")) == []


def test_what_is_not_for_everybody_is_not_named(client):
    promise, event = make_commitment(), make_event(title="A walk in the rain")
    cite(promise, event=event)
    story = make_story(commitment=promise)
    event.unpublish()
    hidden = read(client, story)
    promise.roadmap.unpublish()
    cite(
        promise,
        consultation=make_consultation(
            title="Down to the water", opens_in=timedelta(days=-9), closes_in=timedelta(days=-1)
        ),
    )

    assert "A walk in the rain" not in hidden
    assert "It came from" not in read(client, story)


def test_other_stories_follow_those_of_the_same_promise_first(client):
    promise = make_commitment()
    story = make_story("This one", commitment=promise)
    make_story("Of the same promise", commitment=promise, told_on=date(2020, 1, 1))
    for number in range(1, 5):
        make_story(f"Other {number}", told_on=date(2025, 1, number))
    make_story("Unpublished", told_on=date(2026, 1, 1)).unpublish()

    page = read(client, story)
    foot = page[page.index('id="others"') :]

    places = [foot.index(title) for title in ("Of the same promise", "Other 4", "Other 3")]
    assert places == sorted(places)
    assert "Other 2" not in foot
    assert "Unpublished" not in foot
    assert "This one" not in foot


def test_it_leads_to_what_can_be_answered_now_and_else_to_the_list(client):
    story = make_story()
    index = make_index()
    before = read(client, story)
    open_now = make_consultation(title="Open now")
    after = read(client, story)

    assert f'<a class="more" href="{index.url_in("en")}"' in before
    assert "Take part now" not in before
    assert f'<a class="more" href="{open_now.url_in("en")}"' in after
    assert "Take part now" in after


def test_what_is_for_information_only_is_no_place_to_take_part(client):
    make_index()
    make_consultation(title="Only told", participation="none")
    story = make_story()

    assert "Only told" not in read(client, story)
    make_consultation(title="Asked too")
    assert "Asked too" in read(client, story)


def test_it_costs_the_same_however_much_there_is(client, django_assert_max_num_queries):
    promise = make_commitment()
    for number in range(4):
        make_story(f"Other {number}", commitment=promise)
        cite(promise, event=make_event(title=f"Event {number}"))
        cite(promise, consultation=make_consultation(title=f"Consultation {number}"))
    story = make_story("This one", commitment=promise)
    client.get(f"{story.url_in('en')}?warm")
    cache.clear()

    with django_assert_max_num_queries(15):
        client.get(story.url_in("en"))
