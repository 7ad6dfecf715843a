"""Debriefs are opened when something is over; their lessons are listed until taken up."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.enums import EventStatus
from events.models import DrillPage
from home.archive.groups import ensure_groups
from home.archive.models import Debrief, Lesson
from home.archive.services import open_debriefs
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_observation
from tests.factories.events import in_every_language, make_event, make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=61)
YESTERDAY = str(timezone.localdate() - timedelta(days=1))


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def edit(debrief):
    return reverse("debriefs:edit", args=(debrief.pk,))


def typed(*lessons, **fields):
    return nested_form_data({
        "held_on": YESTERDAY,
        "went_well_en": "People drew.",
        "went_well_es": "La gente dibujó.",
        "to_change_en": "Start later.",
        "to_change_es": "Empezar más tarde.",
        "is_published": "on",
        "lessons": inline_formset(list(lessons)),
        **fields,
    })  # fmt: skip


def typed_lesson(**fields):
    return {
        "text_en": "Print it larger.",
        "text_es": "Imprimirlo más grande.",
        "state": "proposed",
        "taken_up_on": "",
        "taken_up_in_en": "",
        "taken_up_in_es": "",
        "taken_up_url": "",
        "ORDER": "1",
        **fields,
    }


# Opening ---------------------------------------------------------------------------------------


@pytest.mark.both
def test_an_event_that_is_over_opens_one_debrief():
    event = make_past_event()
    make_event()
    make_past_event(event_status=EventStatus.CANCELLED)
    make_past_event(DrillPage)
    make_event(starts_at=timezone.now() - timedelta(hours=6))
    make_event(starts_at=timezone.now() - LONG_AGO)

    assert (open_debriefs(), open_debriefs()) == (1, 0)

    debrief = Debrief.objects.get()
    assert (debrief.event.pk, debrief.held_on, debrief.is_published) == (event.pk, None, False)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_open_one(run_in_threads):
    make_past_event()

    answers = run_in_threads(lambda _number: open_debriefs(), times=10)

    assert sorted(answers) == [0] * 9 + [1]
    assert Debrief.objects.count() == 1


@pytest.mark.both
def test_the_tables_hold_no_half_debrief_and_no_half_lesson():
    debrief = make_debrief()
    taken_up = add_lesson(debrief, taken_up_on=date(2026, 11, 1))

    for wrong in (
        lambda: Debrief.objects.create(),
        lambda: make_debrief(debrief.event),
        lambda: Debrief.objects.create(event=debrief.event, commitment=make_commitment()),
        lambda: make_debrief(held_on=None),
        lambda: Lesson.objects.filter(pk=taken_up.pk).update(taken_up_on=None),
        lambda: Lesson.objects.filter(pk=taken_up.pk).update(state="accepted"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


# What readers see ------------------------------------------------------------------------------


def test_a_debrief_stands_on_the_page_of_its_event_in_every_language(client):
    debrief = make_debrief(held_on=date(2026, 11, 20), went_well_es="La gente dibujó.")
    add_lesson(debrief, text_es="Imprimir el plano más grande.")

    english = text_of(client.get(debrief.event.url_in("en")))
    spanish = text_of(client.get(debrief.event.url_in("es")))

    assert "What we take with us Debrief of 20 November 2026 What went well" in english
    assert "Proposed Print the plan larger." in english
    assert "La gente dibujó." in spanish
    assert "Propuesta Imprimir el plano más grande." in spanish


def test_what_is_not_published_is_nowhere(client):
    debrief = make_debrief(is_published=False)
    add_lesson(debrief)

    assert "Print the plan larger." not in text_of(client.get(debrief.event.url_in("en")))
    assert "Print the plan larger." not in text_of(client.get("/en/lessons/"))


def test_lessons_are_listed_until_they_are_taken_up_and_then_with_where(client):
    debrief = make_debrief()
    add_lesson(debrief, "Print it larger.")
    add_lesson(
        debrief,
        "Call the drivers first.",
        taken_up_on=date(2026, 11, 1),
        taken_up_url="https://example.org/protocol/3",
        **in_every_language("taken_up_in", "Protocol of sessions, version 3"),
    )

    response = client.get("/en/lessons/")

    first, second = text_of(response).split("Already taken up", 1)
    assert ("Print it larger." in first, "Call the drivers first." in second) == (True, True)
    assert 'href="https://example.org/protocol/3">Protocol of sessions, version 3' in (
        response.content.decode()
    )
    assert f'href="{debrief.event.url_in("en")}#debrief"' in response.content.decode()
    assert "Lecciones" in text_of(client.get("/es/lecciones/"))


def test_the_lessons_of_a_commitment_lead_to_it(client):
    commitment = make_commitment(title="One form")
    add_lesson(make_debrief(commitment=commitment))

    page = client.get("/en/lessons/").content.decode()

    assert f'href="{commitment.get_absolute_url()}"' in page
    assert "One form" in page


def test_without_lessons_the_page_says_where_they_come_from(client):
    make_event()

    assert "No lessons yet" in text_of(client.get("/en/lessons/"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    debriefs = [make_debrief() for _number in range(many)]
    for debrief in debriefs:
        for number in range(many):
            add_lesson(debrief, f"Lesson {number}")
    client.get("/en/lessons/?page=1")
    client.get(debriefs[0].event.url_in("en") + "?other")

    with django_assert_num_queries(6):
        assert text_of(client.get("/en/lessons/")).count("Lesson ") == many * many
    with django_assert_num_queries(11):
        assert text_of(client.get(debriefs[0].event.url_in("en"))).count("Lesson ") == many


# What editors do -------------------------------------------------------------------------------


def test_a_debrief_is_opened_by_hand_written_and_published(client, editor):
    event = make_past_event()

    response = client.post(reverse("debriefs:add"), {"event": event.pk, "commitment": ""})
    debrief = Debrief.objects.get()
    assert response["Location"] == edit(debrief)
    refused = client.post(edit(debrief), typed(typed_lesson(text_es=""), went_well_es=""))
    assert "went_well_es" in refused.context["form"].errors
    assert not Debrief.objects.get().is_published
    client.post(edit(debrief), typed(typed_lesson()))

    debrief.refresh_from_db()
    assert (debrief.is_published, debrief.lessons.get().text_es) == (True, "Imprimirlo más grande.")


def test_whoever_opens_what_is_open_already_is_told_where_it_is(client, editor):
    debrief = make_debrief()

    page = client.post(reverse("debriefs:add"), {"event": debrief.event_id, "commitment": ""})

    assert "Somebody has opened its debrief in the meantime" in text_of(page)
    assert Debrief.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "adopted"},
        {"state": "adopted", "taken_up_on": YESTERDAY},
        {"state": "accepted", "taken_up_on": YESTERDAY},
    ],
)
def test_a_lesson_is_taken_up_on_a_day_and_somewhere(client, unwritten, editor, wrong):
    debrief = make_debrief(is_published=False)

    response = client.post(edit(debrief), typed(typed_lesson(**wrong)))

    assert response.status_code == 200
    assert not Lesson.objects.exists()


def test_what_is_published_was_held(client, editor):
    debrief = make_debrief(is_published=False, held_on=None)

    response = client.post(edit(debrief), typed(held_on=""))

    assert "held_on" in response.context["form"].errors


def test_a_debrief_is_about_one_thing(client, editor):
    event, commitment = make_past_event(), make_commitment()
    both = {"event": event.pk, "commitment": commitment.pk}

    for sent in (both, {"event": "", "commitment": ""}):
        assert client.post(reverse("debriefs:add"), sent).status_code == 200

    assert not Debrief.objects.exists()


def test_what_is_of_another_city_does_not_exist(client, editor):
    alder, _puerto = city_pair()
    of_event = make_debrief(make_past_event(cities=[alder]))
    roadmap = make_roadmap(cities=[alder])
    of_commitment = make_debrief(commitment=make_commitment(roadmap))
    event = make_past_event(cities=[alder])

    assert not client.get(reverse("debriefs:index")).context["object_list"]
    for debrief in (of_event, of_commitment):
        for address in (edit(debrief), reverse("debriefs:delete", args=(debrief.pk,))):
            assert client.get(address).status_code == 404
            assert client.post(address, typed()).status_code == 404
    client.post(reverse("debriefs:add"), {"event": event.pk, "commitment": ""})
    assert Debrief.objects.count() == 2


def test_a_resident_finds_no_door(client):
    debrief = make_debrief()
    client.force_login(ResidentFactory())

    for address in (reverse("debriefs:index"), reverse("debriefs:add"), edit(debrief)):
        assert client.get(address).status_code in {302, 403}


def test_what_was_closed_60_days_ago_without_a_debrief_is_listed_to_its_editors(client, editor):
    alder, _puerto = city_pair()
    old = timezone.now() - LONG_AGO
    make_event(title="Forgotten", starts_at=old)
    make_event(title="Opened only", starts_at=old)
    make_debrief(make_event(title="Talked over", starts_at=old))
    make_event(title="Of the others", starts_at=old, cities=[alder])
    make_event(title="Lately", starts_at=timezone.now() - timedelta(days=59))
    make_event(title="Called off", starts_at=old, event_status=EventStatus.CANCELLED)
    make_observation(make_event(DrillPage, title="Reviewed", starts_at=old))
    make_event(DrillPage, title="Drilled", starts_at=old)  # it waits for its review instead
    Debrief.objects.create(event=make_event(title="Opened", starts_at=old))

    page = text_of(client.get("/admin/"))

    listed = page.split("Closed without a debrief", 1)[1]
    assert all(title in listed for title in ("Forgotten", "Opened only", "Opened"))
    hidden = ("Talked over", "Of the others", "Lately", "Called off", "Reviewed", "Drilled")
    assert not any(title in listed for title in hidden)
