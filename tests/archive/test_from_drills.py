"""From what was seen at a drill to the lesson and the protocol that took it up, and back."""

from datetime import date

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.drills.groups import ensure_groups as groups_of_drills
from events.drills.models import Observation
from events.models import DrillPage
from home.archive.groups import ensure_groups as groups_of_the_archive
from home.archive.models import Lesson
from tests.archive.test_debriefs import edit, text_of, typed, typed_lesson
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_drill, make_observation
from tests.factories.events import in_every_language, make_past_event
from tests.factories.official import editor_of
from tests.factories.protocols import make_draft, make_protocol, sign_by_all
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

#: What stands in a debrief of the factory, so that nothing but the lesson changes.
AS_IT_WAS = {
    **in_every_language("went_well", "People drew."),
    **in_every_language("to_change", "Start later."),
}


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, who holds debriefs and reviews drills, signed in."""
    editor = editor_of(city_pair()[1])
    for grant in (groups_of_the_archive, groups_of_drills):
        grant()
    client.force_login(editor)
    return editor


def seen_at_a_drill(text="Nobody called the school", **fields):
    return make_observation(make_past_event(DrillPage, title="High water", **fields), text)


def page_of(client, drill, code="en"):
    return client.get(drill.url_in(code)).content.decode()


# What readers follow -----------------------------------------------------------------------------


def test_what_was_seen_leads_to_its_lesson_and_the_lesson_back(client):
    seen = seen_at_a_drill()
    drill = seen.review.drill
    lesson = add_lesson(make_debrief(drill), "Call the school first.", observation=seen)

    page = page_of(client, drill)

    assert "It became a lesson:" in page
    address = f"{drill.url_in('en')}#lesson-{lesson.pk}"
    assert f'href="{address}">Call the school first.</a>' in page
    assert f'id="lesson-{lesson.pk}"' in page
    back = f'href="{drill.url_in("en")}#seen-{seen.pk}"'
    assert page.count(back) == 1
    assert back in client.get("/en/lessons/").content.decode()
    assert f'id="seen-{seen.pk}"' in page


def test_it_leads_to_the_protocol_that_took_it_up_and_the_protocol_back(client):
    seen = seen_at_a_drill()
    version = sign_by_all(make_draft(make_protocol("Mutual aid")))
    taken_up = {"taken_up_on": date(2026, 11, 1), "taken_up_version": version}
    add_lesson(make_debrief(seen.review.drill), observation=seen, **taken_up)

    page = page_of(client, seen.review.drill)

    assert "Taken up in:" in page.split("It became a lesson:", 1)[1]
    assert f'href="{version.get_absolute_url()}"' in page.split("It became a lesson:", 1)[1]
    protocol = client.get(version.protocol.url_in("en")).content.decode()
    assert f"#seen-{seen.pk}" in protocol


def test_a_review_leads_to_the_debrief_once_readers_see_it(client):
    drill = seen_at_a_drill().review.drill
    debrief = make_debrief(drill, is_published=False)
    leads = 'href="#debrief"'

    assert leads not in page_of(client, drill)
    debrief.is_published = True
    debrief.save()
    assert leads in page_of(client, drill)


def test_a_lesson_of_a_promise_leads_to_the_drill_where_it_was_seen(client):
    seen = seen_at_a_drill()
    commitment = make_commitment(make_roadmap())
    add_lesson(make_debrief(commitment=commitment), observation=seen)

    page = client.get(commitment.roadmap.url_in("en")).content.decode()

    assert f"#seen-{seen.pk}" in page
    assert commitment.get_absolute_url() in page_of(client, seen.review.drill)


# What readers do not see --------------------------------------------------------------------------


def test_what_readers_do_not_see_yet_is_not_led_to(client):
    seen = seen_at_a_drill()
    debrief = make_debrief(seen.review.drill, is_published=False)
    add_lesson(debrief, "Not for readers", observation=seen)

    assert "Not for readers" not in page_of(client, seen.review.drill)

    other = make_debrief(make_past_event())
    add_lesson(other, "For readers", observation=seen)
    seen.review.is_published = False
    seen.review.save()
    page = client.get("/en/lessons/").content.decode()
    assert "For readers" in page
    assert "What was seen at the drill" not in page


def test_a_lesson_tells_nothing_of_a_drill_behind_a_password(client):
    seen = seen_at_a_drill()
    add_lesson(make_debrief(make_past_event()), "For readers", observation=seen)
    drill = seen.review.drill
    PageViewRestriction.objects.create(page=drill, restriction_type="login")

    page = client.get("/en/lessons/").content.decode()

    assert "For readers" in page
    assert "High water" not in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    drill = make_past_event(DrillPage, title="High water")
    debrief = make_debrief(make_past_event())
    for number in range(many):
        add_lesson(debrief, observation=make_observation(drill, f"Seen {number}"))
    client.get(drill.url_in("en") + "?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(15):
        assert page_of(client, drill).count("It became a lesson:") == many
    with django_assert_num_queries(7):
        page = client.get("/en/lessons/").content.decode()
    assert page.count("What was seen at the drill") == many


# What editors do ----------------------------------------------------------------------------------


def test_the_editor_of_a_lesson_chooses_what_was_seen(client, editor):
    seen = seen_at_a_drill()
    alder, _puerto = city_pair()
    others = make_observation(make_drill(title="Of the others", cities=[alder]), "Not ours")
    debrief = make_debrief(seen.review.drill, is_published=False)

    page = client.get(edit(debrief)).content.decode()
    assert "High water: Nobody called the school" in page
    assert "Not ours" not in page
    client.post(edit(debrief), typed(typed_lesson(observation=others.pk)))
    assert not Lesson.objects.exists()
    client.post(edit(debrief), typed(typed_lesson(observation=seen.pk), **AS_IT_WAS))

    assert Lesson.objects.get().observation == seen


def test_what_was_seen_at_another_drill_is_no_lesson_of_this_one(client, editor):
    debrief = make_debrief(seen_at_a_drill().review.drill, is_published=False)
    elsewhere = make_observation(make_drill(title="Storm", local_slug="storm"))

    response = client.post(edit(debrief), typed(typed_lesson(observation=elsewhere.pk)))

    assert "This was seen at another drill." in text_of(response)
    assert not Lesson.objects.exists()


def test_what_a_lesson_came_from_stays(client, editor):
    seen = seen_at_a_drill()
    add_lesson(make_debrief(seen.review.drill), observation=seen)
    row = {"id": seen.pk, "kind": seen.kind, "text_en": "Gone", "text_es": "Fuera"}
    sent = nested_form_data({
        "drill": seen.review.drill.pk,
        "held_on": "2026-05-01",
        "summary_en": "It went well.",
        "summary_es": "Fue bien.",
        "is_published": "on",
        "observations": inline_formset([{**row, "DELETE": "on"}], initial=1),
    })  # fmt: skip

    address = reverse("after_action_reviews:edit", args=(seen.review.pk,))
    response = client.post(address, sent)

    assert "An observation that a lesson came from stays" in text_of(response)
    assert Observation.objects.filter(pk=seen.pk).exists()
    with pytest.raises(ProtectedError):
        seen.delete()
