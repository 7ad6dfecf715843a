"""A promise that was kept or stopped opens a debrief, as an event does when it is over."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from consultations.roadmap.enums import CommitmentStatus
from home.archive.groups import ensure_groups
from home.archive.models import Debrief
from home.archive.services import open_debriefs
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

DONE, STOPPED = CommitmentStatus.COMPLETED, CommitmentStatus.CANCELLED


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def closed(days=3, status=DONE, **fields):
    return make_commitment(status=status, finished_on=days_ago(days), **fields)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


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


@pytest.mark.both
def test_what_was_kept_or_stopped_lately_opens_one_debrief_each():
    kept, stopped = closed(), closed(status=STOPPED)
    without_a_day = make_commitment(status=STOPPED, due_on=days_ago(1))
    for status in (CommitmentStatus.CONTINUED, CommitmentStatus.SUSPENDED):
        closed(status=status)
    make_commitment()
    closed(days=60)

    assert (open_debriefs(), open_debriefs()) == (3, 0)

    about = set(Debrief.objects.values_list("commitment", flat=True))
    assert about == {kept.pk, stopped.pk, without_a_day.pk}


def test_a_roadmap_nobody_reads_opens_nothing():
    closed(roadmap=make_roadmap(live=False))

    assert open_debriefs() == 0


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_open_one(run_in_threads):
    closed()

    answers = run_in_threads(lambda _number: open_debriefs(), times=10)

    assert sorted(answers) == [0] * 9 + [1]
    assert Debrief.objects.count() == 1


def test_the_debrief_stands_under_its_promise_in_every_language(client):
    commitment = closed()
    debrief = make_debrief(
        commitment=commitment, held_on=date(2026, 11, 20), went_well_es="La gente dibujó."
    )
    add_lesson(debrief, text_es="Imprimir el plano más grande.")

    english = text_of(client.get(commitment.roadmap.url_in("en")))
    spanish = text_of(client.get(commitment.roadmap.url_in("es")))

    assert "What we take with us Debrief of 20 November 2026 What went well" in english
    assert "Proposed Print the plan larger." in english
    assert "La gente dibujó." in spanish
    assert "Propuesta Imprimir el plano más grande." in spanish


def test_before_it_is_published_nobody_reads_it(client):
    commitment = closed()
    add_lesson(make_debrief(commitment=commitment, is_published=False))

    assert "What we take with us" not in text_of(client.get(commitment.roadmap.url_in("en")))


@pytest.mark.parametrize("many", [1, 3])
def test_a_roadmap_costs_the_same_for_one_debrief_and_for_three(
    client, django_assert_num_queries, many
):
    roadmap = make_roadmap()
    for _number in range(many):
        add_lesson(make_debrief(commitment=closed(roadmap=roadmap)))
    client.get(roadmap.url_in("es"))  # what is asked once

    with django_assert_num_queries(14):
        page = text_of(client.get(roadmap.url_in("en")))

    assert page.count("Print the plan larger.") == many


def test_promises_closed_60_days_ago_are_listed_with_the_way_to_their_debrief(client, editor):
    alder, _puerto = city_pair()
    forgotten, opened = closed(60, title="Forgotten"), closed(61, STOPPED, title="Opened")
    begun = Debrief.objects.create(commitment=opened)
    make_debrief(commitment=closed(62, title="Talked over"))
    closed(59, title="Lately")
    closed(63, title="Of the others", roadmap=make_roadmap(2020, cities=[alder]))

    listed = client.get("/admin/").content.decode().split("Closed without a debrief", 1)[1]

    assert f'href="{reverse("debriefs:edit", args=(begun.pk,))}"' in listed
    begin = f"{reverse('debriefs:add')}?commitment={forgotten.pk}"
    assert f'href="{begin}"' in listed
    assert not any(title in listed for title in ("Talked over", "Lately", "Of the others"))
    chosen = client.get(begin).context["form"]["commitment"].value()
    assert chosen == forgotten.pk
