"""Nobody looks back at what is still to come, nor on a day nobody can mean."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.drills.groups import ensure_groups as ensure_drills
from events.drills.models import AfterActionReview
from events.reports.groups import ensure_groups as ensure_reports
from home.archive.groups import ensure_groups
from partnership.cities.today import latest_today
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.events import at, in_every_language, make_event, make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_report
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LATER = "This is not over yet."
TO_COME = "This day has not come yet."
BEFORE = "This is before the event began: check the day."
YEAR = "Nobody can mean this day: check the year."
TODAY = timezone.localdate()


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    for ensure in (ensure_editors, ensure_groups, ensure_drills, ensure_reports):
        ensure()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def words(*names):
    return {key: text for name in names for key, text in in_every_language(name, "Well").items()}


def report_form(**fields):
    return {
        **words("summary"),
        **in_every_language("organisations", ""),
        **in_every_language("decisions", ""),
        **in_every_language("links", ""),
        "consultation": "",
        "pictures": inline_formset([]),
        "notes": inline_formset([]),
        **fields,
    }


def debrief_form(held_on, *lessons, **fields):
    rows = inline_formset(list(lessons), initial=len(lessons))
    texts = words("went_well", "to_change")
    return {"held_on": str(held_on or ""), "lessons": rows, **texts, **fields}


def review_form(drill, held_on, **fields):
    rows = inline_formset([])
    given = {"drill": drill.pk, "held_on": str(held_on), "observations": rows}
    return {**given, **words("summary"), **fields}


def action_form(action, **fields):
    values = {"observation": action.observation_id, "city": action.city_id, "owner": ""}
    return {**values, **words("text"), "due_on": "2026-06-01", "state": "done", **fields}


def send(client, name, thing, values):
    """Save it; return what is said beside each field, nothing when it was saved."""
    view, keys = ("edit", [thing.pk]) if thing else ("add", [])
    answer = client.post(reverse(f"{name}:{view}", args=keys), nested_form_data(values))
    if answer.status_code == 302:
        return {}
    errors = answer.context["form"].errors
    return {field: " ".join(sentences) for field, sentences in errors.items()}


@pytest.mark.parametrize("published", ["on", ""])
def test_a_closing_report_of_what_is_to_come_is_a_draft(client, editor, published):
    report = make_report(make_event(), is_published=False)

    said = send(client, "closing_reports", report, report_form(is_published=published))

    assert said.get("is_published", "").startswith(LATER) == bool(published)
    assert said == {} or published
    report.refresh_from_db()
    assert not report.is_published


def test_what_readers_live_with_can_be_corrected_when_the_event_is_moved(client, editor):
    report = make_report(make_event())

    assert send(client, "closing_reports", report, report_form(is_published="on")) == {}


def test_a_debrief_of_what_is_to_come_is_a_draft(client, editor):
    debrief = make_debrief(make_event(), held_on=None, is_published=False)

    said = send(client, "debriefs", debrief, debrief_form(TODAY, is_published="on"))

    assert said["is_published"].startswith(LATER)
    assert said["held_on"] == BEFORE
    assert send(client, "debriefs", debrief, debrief_form(None)) == {}


@pytest.mark.parametrize(
    ("held_on", "sentence"),
    [
        (TODAY + timedelta(days=2), TO_COME),
        (TODAY - timedelta(days=9), BEFORE),
        (date(1026, 11, 20), YEAR),
        (TODAY, ""),
    ],
)
def test_a_debrief_was_held_since_the_event_and_by_today(client, editor, held_on, sentence):
    debrief = make_debrief(make_past_event(), is_published=False)

    said = send(client, "debriefs", debrief, debrief_form(held_on))

    assert said.get("held_on", "") == sentence


def test_today_is_the_day_of_the_city_where_it_begins_first(client, editor):
    debrief = make_debrief(make_past_event(), is_published=False)

    assert send(client, "debriefs", debrief, debrief_form(latest_today())) == {}
    late = debrief_form(latest_today() + timedelta(days=1))
    assert send(client, "debriefs", debrief, late) == {"held_on": TO_COME}


def test_a_debrief_of_a_promise_knows_the_year_of_its_roadmap(client, editor):
    commitment = make_commitment(make_roadmap(2026))
    debrief = make_debrief(commitment=commitment, is_published=False)

    early = send(client, "debriefs", debrief, debrief_form("2024-05-01"))
    late = send(client, "debriefs", debrief, debrief_form(latest_today() + timedelta(days=1)))

    assert early == {"held_on": "This is long before the roadmap of 2026: check the year."}
    assert late == {"held_on": TO_COME}
    assert send(client, "debriefs", debrief, debrief_form(TODAY, is_published="on")) == {}


def test_a_lesson_was_not_taken_up_on_a_day_to_come(client, editor):
    debrief = make_debrief(is_published=False)
    lesson = add_lesson(debrief)
    row = {"id": lesson.pk, "state": "adopted", "taken_up_on": "2031-05-05", "ORDER": "1"}
    row |= {**words("text", "taken_up_in"), "taken_up_url": ""}

    answer = client.post(
        reverse("debriefs:edit", args=(debrief.pk,)), nested_form_data(debrief_form(TODAY, row))
    )

    assert TO_COME in answer.content.decode()
    lesson.refresh_from_db()
    assert lesson.taken_up_on is None


def test_a_review_of_a_drill_to_come_is_a_draft_with_the_day_it_is_planned_for(client, editor):
    drill = make_drill()
    day = drill.starts_at.date() + timedelta(days=3)

    said = send(client, "after_action_reviews", None, review_form(drill, day, is_published="on"))
    assert said["is_published"].startswith(LATER)
    assert said["held_on"] == TO_COME
    assert send(client, "after_action_reviews", None, review_form(drill, day)) == {}
    assert AfterActionReview.objects.get().held_on == day


@pytest.mark.parametrize(
    ("held_on", "sentence"),
    [("2031-01-01", TO_COME), ("2026-04-30", BEFORE), ("3031-01-01", YEAR), (str(TODAY), "")],
)
def test_a_review_was_held_since_the_drill_and_by_today(client, editor, held_on, sentence):
    drill = make_drill(starts_at=at(2026, 5, 1, 20))
    values = review_form(drill, held_on, is_published="on")

    said = send(client, "after_action_reviews", None, values)

    assert said.get("held_on", "") == sentence


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"closed_on": "2031-05-05"}, {"closed_on": TO_COME}),
        ({"closed_on": "2026-04-01"}, {"closed_on": BEFORE}),
        ({"closed_on": "2026-05-20", "due_on": "1026-06-01"}, {"due_on": YEAR}),
        ({"closed_on": "2026-05-20", "due_on": "2031-06-01"}, {}),
    ],
)
def test_an_action_was_closed_since_the_drill_and_by_today(client, editor, days, said):
    observation = make_observation(make_drill(starts_at=at(2026, 5, 1, 20)))
    action = make_action(observation, due=date(2026, 6, 1))

    assert send(client, "corrective_actions", action, action_form(action, **days)) == said
