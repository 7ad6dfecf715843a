"""A rating names the lesson or the observation it follows from, and these lead back to it."""

from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.risks.models import Risk
from consultations.risks.services import keep_rating
from home.archive.models import Debrief
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_drill, make_observation
from tests.factories.events import make_past_event
from tests.factories.protocols import make_draft, make_protocol, sign_by_all
from tests.factories.risks import make_risk, rated
from tests.risks.test_admin import editor, errors, in_both, typed  # noqa: F401 - a fixture among them

pytestmark = pytest.mark.django_db


def rate(risk, impact, **cause):
    """Rate it anew because of that; return the rating."""
    for name, value in {"residual_impact": impact, **cause}.items():
        setattr(risk, name, value)
    risk.save()
    return keep_rating(risk)


def page_of(client, address):
    return unescape(client.get(f"{address}?{timezone.now().timestamp()}").content.decode())


def test_a_rating_and_what_was_seen_lead_to_each_other(client):
    risk, drill = make_risk(), make_drill()
    seen = make_observation(drill, "The gate stays open")
    keep_rating(risk)
    rating = rate(risk, 1, observation=seen)

    of_the_risk = page_of(client, risk.get_absolute_url())
    of_the_drill = page_of(client, drill.url_in("en"))

    assert of_the_risk.count("It follows from what was seen at a drill:") == 1
    assert f'href="{seen.get_absolute_url()}">The gate stays open</a>' in of_the_risk
    assert f'id="rating-{rating.pk}"' in of_the_risk
    assert of_the_drill.count(f'href="{risk.get_absolute_url()}#rating-{rating.pk}"') == 1
    assert "Because of it a risk was rated 3 on" in of_the_drill


def test_a_rating_and_its_lesson_lead_to_each_other_wherever_the_lesson_stands(client):
    version = sign_by_all(make_draft(make_protocol("Mutual aid")))
    debrief = make_debrief(make_past_event())
    taken_up = {"taken_up_on": timezone.localdate(), "taken_up_version": version}
    lesson = add_lesson(debrief, "Call the school first.", **taken_up)
    risk = make_risk()
    rating = rate(risk, 1, lesson=lesson)

    of_the_risk = page_of(client, risk.get_absolute_url())

    address = f"{debrief.event.url_in('en')}#lesson-{lesson.pk}"
    assert f'href="{address}">Call the school first.</a>' in of_the_risk
    back = f'href="{rating.get_absolute_url()}"'
    pages = (debrief.event.url_in("en"), "/en/lessons/", version.get_absolute_url())
    assert [page_of(client, address).count(back) for address in pages] == [1, 1, 1]


def test_no_reader_is_led_to_what_is_not_theirs(client):
    seen = make_observation(make_drill(), "The gate stays open")
    lesson = add_lesson(make_debrief(make_past_event()), "Call first.")
    secret = make_risk("Secret", is_published=False)
    rate(secret, 1, observation=seen)
    rate(secret, 2, observation=None, lesson=lesson)

    for address in (seen.review.drill.url_in("en"), "/en/lessons/"):
        assert "Because of it a risk" not in page_of(client, address)

    told = make_risk()
    rate(told, 1, observation=seen)
    rate(told, 2, observation=None, lesson=lesson)
    type(seen.review).objects.update(is_published=False)
    Debrief.objects.update(is_published=False)
    assert "It follows from" not in page_of(client, told.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, number):
    risk, drill, debrief = make_risk(), make_drill(), make_debrief(make_past_event())
    for place in range(number):
        rate(risk, place + 1, observation=make_observation(drill, f"Seen {place}"), lesson=None)
        rate(risk, 4, observation=None, lesson=add_lesson(debrief, f"Lesson {place}"))
    client.get("/en/risks/")

    with django_assert_num_queries(10):
        page = client.get(risk.get_absolute_url()).content.decode()
    with django_assert_num_queries(4 + 3):
        lessons = client.get("/en/lessons/").content.decode()

    assert page.count("It follows from") == 2 * number
    assert lessons.count("Because of it") == number


@pytest.mark.both
def test_a_rating_follows_from_one_thing_in_the_tables_too():
    seen = make_observation(make_drill())
    lesson = add_lesson(make_debrief(make_past_event()))
    risk = make_risk()
    keep_rating(risk)

    for rows in (Risk.objects, risk.ratings):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(observation=seen, lesson=lesson)


def test_the_same_numbers_take_another_cause_and_new_ones_leave_the_old_its_own():
    seen, risk = make_observation(make_drill()), make_risk()
    first = keep_rating(risk)

    assert rate(risk, risk.residual_impact, observation=seen) == first
    second = rate(risk, 1, observation=None)

    assert [each.observation for each in risk.ratings.all()] == [None, seen]
    assert second != first


def test_an_editor_chooses_what_it_follows_from(client, editor):  # noqa: F811 - the fixture
    city = city_pair()[1]
    risk = make_risk(cities=[city], **rated(4, 4, 4, 4))
    keep_rating(risk)
    seen = make_observation(make_drill(), "The gate stays open")
    lesson = add_lesson(make_debrief(make_past_event()), "Call first.")
    kept_back = add_lesson(
        make_debrief(make_past_event(title="Fair"), is_published=False), "Not yet."
    )
    address = reverse("risks:edit", args=(risk.pk,))

    offered = client.get(address).context["form"].fields
    both = client.post(address, typed(observation=seen.pk, lesson=lesson.pk))
    secret = client.post(address, typed(lesson=kept_back.pk))
    chosen = client.post(address, typed(lesson=lesson.pk))

    assert list(offered["lesson"].queryset) == [lesson]
    assert errors(both)["lesson"] == ["Choose what was seen, or the lesson: not both."]
    assert "lesson" in errors(secret)
    assert chosen.status_code == 302
    assert risk.ratings.first().lesson == lesson
    assert "High water: The gate stays open" in client.get(address).content.decode()


def test_what_a_rating_follows_from_stays(client, editor):  # noqa: F811 - the fixture
    from home.archive.groups import ensure_groups

    ensure_groups()
    debrief = make_debrief(make_past_event(cities=[city_pair()[1]]))
    risk = make_risk()
    rate(risk, 1, lesson=add_lesson(debrief))

    answer = client.post(reverse("debriefs:delete", args=(debrief.pk,)), follow=True)

    assert "It cannot be deleted while this needs it:" in answer.content.decode()
    assert debrief.lessons.count() == 1


def test_the_next_rating_begins_without_what_the_one_before_followed_from(client, editor):  # noqa: F811 - the fixture
    risk = make_risk(cities=[city_pair()[1]], **rated(4, 4, 4, 4))
    keep_rating(risk)
    seen = make_observation(make_drill(), "The gate stays open")
    address = reverse("risks:edit", args=(risk.pk,))
    client.post(address, typed(observation=seen.pk))

    again = in_both(reason="The gate is mended.")
    client.post(address, typed(observation=seen.pk, **again, **rated(4, 4, 2, 2)))
    left_out = [each.observation for each in risk.ratings.all()]
    client.post(address, typed(observation=seen.pk, **again, **rated(4, 4, 2, 2)))

    assert left_out == [None, seen, None]
    assert risk.ratings.first().observation == seen  # it may be chosen again
