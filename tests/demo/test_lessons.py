"""The demo shows how something seen at a drill became a lesson."""

from html import unescape

import pytest

from consultations.risks.models import RiskRating
from home.archive.models import Lesson
from home.archive.overdue import lessons_in_words

pytestmark = pytest.mark.usefixtures("demo", "db")


def test_a_lesson_of_the_demo_goes_back_to_what_was_seen_at_a_drill(client):
    lesson = Lesson.objects.public().get(observation__isnull=False)

    drill = client.get(lesson.observation.review.drill.url_in("en")).content.decode()

    assert f"#lesson-{lesson.pk}" in drill
    assert f"#seen-{lesson.observation_id}" in client.get("/en/lessons/").content.decode()


def test_the_risk_that_a_drill_of_the_demo_bears_on_leads_to_that_lesson(client):
    lesson = Lesson.objects.public().get(observation__isnull=False)

    page = client.get(lesson.observation.risk.get_absolute_url()).content.decode()

    assert f"#lesson-{lesson.pk}" in page


def test_what_is_taken_up_in_the_demo_stands_in_a_signed_version(client, its_day):
    taken_up = Lesson.objects.public().with_versions().filter(state="adopted")

    assert list(taken_up)
    assert not list(lessons_in_words(its_day))
    for lesson in taken_up:
        page = client.get(lesson.version_told.get_absolute_url()).content.decode()
        assert lesson.text in unescape(page)


def test_a_lesson_and_something_seen_at_a_drill_of_the_demo_changed_a_rating(client):
    lesson = Lesson.objects.public().get(riskratings__isnull=False)
    (of_a_lesson,) = lesson.riskratings.public()
    of_a_drill = RiskRating.objects.public().get(observation__isnull=False)

    lessons = client.get("/en/lessons/").content.decode()
    drill = client.get(of_a_drill.observation.review.drill.url_in("en")).content.decode()

    assert f'href="{of_a_lesson.get_absolute_url()}"' in lessons
    assert f'href="{of_a_drill.get_absolute_url()}"' in drill
    assert of_a_lesson.risk.lesson == lesson
    for rating, words in ((of_a_lesson, "a lesson"), (of_a_drill, "what was seen at a drill")):
        page = client.get(rating.risk.get_absolute_url()).content.decode()
        assert f"It follows from {words}:" in page
