"""The page of a drill, and its checklist on a phone."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from events.drills.groups import ensure_groups
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.cities import city_pair
from tests.factories.drills import make_action, make_checklist, make_drill, make_observation
from tests.factories.events import at, in_every_language
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

CHECKLIST = "/en/drills/high-water/checklist/"


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True, name="Marta Vidal")
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_walks_from_item_to_observation_to_action_and_back(client):
    drill = make_drill("Call", "Warn", **in_every_language("scenario", "Water stands knee-deep."))
    seen = make_observation(drill, "Warned in both languages", item_number=2)
    make_action(seen, due=date(2026, 5, 1), closed=date(2026, 5, 1))

    response = client.get(drill.url_in("en"))

    page, text = response.content.decode(), text_of(response)
    assert "Water stands knee-deep." in text
    assert 'id="item-2"' in page
    assert 'href="#observation-1"' in page
    assert 'id="observation-1"' in page
    assert 'href="#item-2"' in page
    assert "Buy adapters" in text
    assert "1 of 1 corrective action closed on time 100 %" in text


@pytest.mark.parametrize(
    ("status", "times"), [("scheduled", 1), ("cancelled", 0), ("postponed", 0)]
)
def test_a_drill_that_does_not_take_place_promises_no_review(client, status, times):
    drill = make_drill("Call", event_status=status)

    assert text_of(client.get(drill.url_in("en"))).count("What we learned") == times


def test_readers_see_no_names_and_no_unpublished_review(client):
    drill = make_drill("Call")
    joan = ResidentFactory(name="Joan Okafor")
    make_action(make_observation(drill, "Secret"), due=date(2026, 5, 1), owner=joan)
    drill.review.is_published = False
    drill.review.save()
    drill.items.update(done_at="2026-05-01T10:00Z", done_by=joan)

    text = text_of(client.get(drill.url_in("es")))

    assert "Joan" not in text
    assert "Secret" not in text
    assert "1 de 1 punto está hecho" in text
    assert "estará aquí como tarde el" in text


def test_readers_see_who_came_from_each_city_and_no_small_group(client):
    drill = make_drill("Call", starts_at=at(2026, 4, 1))
    review = make_observation(drill).review
    review.attendance = {"alder": 31, "puerto": 44, "elsewhere": 2}
    review.save()

    text = text_of(client.get(drill.url_in("en")))

    assert "people came 77" in text
    assert "from Puerto Almendro 44" in text
    assert "too few to show" in text
    assert "somewhere else 2" not in text


def test_a_review_that_is_late_is_said_to_be_late(client):
    drill = make_drill("Call", starts_at=timezone.now() - timedelta(days=32))
    soon = make_drill("Call", starts_at=timezone.now() - timedelta(days=20), title="Storm")

    assert "The after-action review was expected by" in text_of(client.get(drill.url_in("en")))
    assert "stands here by" in text_of(client.get(soon.url_in("en")))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    drill = make_drill(*(f"Item {number}" for number in range(many)))
    for number in range(many):
        make_action(make_observation(drill, f"Seen {number}"), due=date(2026, 5, 1))
    client.get(drill.url_in("en") + "?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(14):
        text = text_of(client.get(drill.url_in("en")))

    assert all(f"Item {n}" in text and f"Seen {n}" in text for n in range(many))


def test_an_editor_ticks_and_takes_back_without_a_script(client, editor):
    drill = make_drill("Call", "Warn")

    page = client.get(CHECKLIST).content.decode()
    assert page.count('name="item"') == 2
    response = client.post(CHECKLIST, {"item": "1"})

    assert (response.status_code, response["Location"]) == (302, f"{CHECKLIST}#item-1")
    page = client.get(CHECKLIST).content.decode()
    assert "Marta Vidal" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    client.post(CHECKLIST, {"item": "1", "seen": seen})
    assert not drill.items.get(number=1).is_done


def test_a_checklist_left_open_under_an_old_address_is_still_ticked(
    client, editor, django_capture_on_commit_callbacks
):
    drill = make_drill("Call")
    with django_capture_on_commit_callbacks(execute=True):
        drill.slug = "flood"
        drill.save()

    response = client.post(CHECKLIST, {"item": "1"})

    assert response["Location"] == "/en/drills/flood/checklist/#item-1"
    assert client.get(CHECKLIST)["Location"] == "/en/drills/flood/checklist/"
    assert drill.items.get(number=1).is_done


def test_whoever_is_second_is_told(client, editor):
    make_drill("Call")
    client.post(CHECKLIST, {"item": "1"})

    response = client.post(CHECKLIST, {"item": "1"}, follow=True)

    assert "Somebody else has just ticked this" in text_of(response)


def test_a_checklist_is_copied_on_the_spot(client, editor):
    drill, checklist = make_drill(), make_checklist("Call", "Warn")

    response = client.post(CHECKLIST, {"checklist": checklist.pk}, follow=True)

    assert "2 items copied." in text_of(response)
    assert drill.items.count() == 2


@pytest.mark.parametrize(
    "sent",
    [{"item": "9"}, {"item": "²"}, {"item": "1" * 99}, {"item": "x"}, {"item": "\x00"}],
)
def test_an_item_that_is_not_there_is_not_found(client, unwritten, editor, sent):
    make_drill("Call")

    assert client.post(CHECKLIST, sent).status_code == 404


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-13-45T99:00Z", "2026-05-01T10:00"])
def test_a_tick_that_was_never_seen_is_not_taken_back(client, editor, seen):
    drill = make_drill("Call")
    client.post(CHECKLIST, {"item": "1"})

    client.post(CHECKLIST, {"item": "1", "seen": seen})

    assert drill.items.get().is_done


def test_a_list_that_is_none_is_said_beside_the_field(client, editor):
    make_drill("Call")

    assert client.post(CHECKLIST, {"checklist": "999"}).status_code == 422


def test_the_checklist_of_another_city_does_not_exist(client, editor):
    alder, _puerto = city_pair()
    drill = make_drill("Call", cities=[alder])

    assert client.get(CHECKLIST).status_code == 404
    assert client.post(CHECKLIST, {"item": "1"}).status_code == 404
    assert not drill.items.get().is_done


def test_a_resident_does_not_find_it_and_a_visitor_signs_in(client):
    make_drill("Call")

    assert client.get(CHECKLIST).status_code == 302
    client.force_login(ResidentFactory())
    assert client.get(CHECKLIST).status_code == 404
    assert "Run the checklist" not in client.get("/en/events/high-water/").content.decode()


def test_the_page_leads_those_who_run_it_to_the_checklist_and_back(client, editor):
    drill = make_drill("Call")

    assert CHECKLIST in client.get(drill.url_in("en")).content.decode()
    assert drill.url_in("en") in client.get(CHECKLIST).content.decode()
