"""Readers see what is in force, find every old version at its address, and what changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.models import DrillPage
from home.archive.models import Lesson
from home.protocols.models import ProtocolPage, ProtocolVersion
from partnership.pages import finding
from partnership.pages.languages import localized
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.days import todays_date
from tests.factories.drills import make_drill
from tests.factories.events import in_every_language, make_past_event
from tests.factories.protocols import (
    make_draft,
    make_protocol,
    make_version,
    put_into_law,
    sign_by_all,
)
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


def body(client, url):
    return client.get(url).content.decode()


def two_versions(protocol):
    first = make_version(
        protocol, "Write a letter", "Book the bus", since=todays_date() - timedelta(days=90)
    )
    second = make_version(
        protocol, "Ask the families", "Write a letter", since=todays_date() - timedelta(days=9)
    )
    return first, second


def reword(draft, text, **words):
    """Give a step other words, of which somebody says that the languages agree."""
    draft.steps.filter(**{localized("what", "en"): text}).update(**words)
    draft = ProtocolVersion.objects.get(pk=draft.pk)
    draft.confirm_wording(is_small_change=True)
    draft.save()


def test_the_page_shows_the_version_in_force_and_who_signed_it(client, protocol):
    two_versions(protocol)

    page = body(client, "/en/protocols/class-exchanges/")

    assert "Version 2, in force since" in page
    assert "Ask the families" in page
    assert "Book the bus" not in page
    assert page.index("Alder Bay</span>") < page.index("Puerto Almendro</span>")
    assert "/en/ledger/2/" in page
    assert 'href="/en/protocols/class-exchanges/versions/1/"' in page


def test_before_the_signatures_it_says_that_nothing_is_in_force(client, protocol):
    make_draft(protocol, "A secret step")

    page = body(client, "/en/protocols/class-exchanges/")

    assert "No version is in force yet" in page
    assert "A secret step" not in page
    assert client.get("/en/protocols/class-exchanges/versions/1/").status_code == 404


def test_what_is_signed_for_later_is_read_at_its_own_address(client, protocol):
    make_version(protocol, "Write a letter")
    draft = make_draft(protocol, "Write a longer letter")
    draft.valid_from = todays_date() + timedelta(days=20)
    draft.save()
    sign_by_all(draft)

    now = body(client, "/en/protocols/class-exchanges/")
    later = body(client, "/en/protocols/class-exchanges/versions/2/")

    assert "Version 1, in force since" in now
    assert "longer" not in now
    assert "Write a longer letter" in later
    assert "No longer in force" not in later


def test_an_old_version_says_since_when_it_is_none_in_both_languages(client, protocol):
    two_versions(protocol)

    old = body(client, "/en/protocols/class-exchanges/versions/1/")

    assert "No longer in force since" in old
    assert "Version 2 took its place on that day." in old
    assert "Book the bus" in old
    assert 'href="/es/protocolos/class-exchanges/versiones/1/"' in old
    assert client.get("/es/protocolos/class-exchanges/versiones/1/").status_code == 200
    assert client.get("/en/protocols/class-exchanges/versions/9/").status_code == 404


def test_it_says_word_by_word_what_the_version_before_did_not(client, protocol):
    make_version(protocol, "Write a letter", "Book the bus", "Say thanks")
    draft = make_draft(protocol, "Ask the families", "Write a letter", "Book the bus")
    reword(draft, "Book the bus", **in_every_language("what", "Book the early bus"))
    sign_by_all(ProtocolVersion.objects.get(pk=draft.pk))

    page = " ".join(body(client, "/en/protocols/class-exchanges/versions/2/").split())
    first = body(client, "/en/protocols/class-exchanges/versions/1/")

    assert "What has changed since version 1" in page
    assert '<ins><span class="vh">added: </span>Ask the families</ins>' in page
    assert '<ins><span class="vh">added: </span>early </ins>' in page
    assert '<del><span class="vh">removed: </span>Say thanks</del>' in page
    assert page.count('chip-line">Changed') == 1
    assert "<ins>" not in first
    assert "<del>" not in first


def test_who_reads_the_other_language_sees_what_changed_in_it_only(client, protocol):
    make_version(protocol, "Write a letter")
    draft = make_draft(protocol, "Write a letter")
    reword(draft, "Write a letter", **{localized("what", "es"): "Escribir una carta"})
    sign_by_all(ProtocolVersion.objects.get(pk=draft.pk))

    english = body(client, "/en/protocols/class-exchanges/versions/2/")
    spanish = body(client, "/es/protocolos/class-exchanges/versiones/2/")

    assert "The steps read the same in this language." in english
    assert "Escribir una carta</ins>" in spanish


def test_an_old_slug_and_one_of_the_other_language_lead_to_the_version(client, unwritten, protocol):
    two_versions(protocol)
    protocol = ProtocolPage.objects.get()
    setattr(protocol, localized("local_slug", "es"), "intercambios-de-clases")
    protocol.save()

    answer = client.get("/es/protocolos/class-exchanges/versiones/1/")

    assert answer.status_code == 302
    assert answer.url == "/es/protocolos/intercambios-de-clases/versiones/1/"


def test_mutual_aid_shows_who_may_ask_and_on_what_each_city_stands(client, site_tree, cities):
    draft = make_draft(make_protocol("Pumps", kind="mutual_aid"), "Call the other city")
    put_into_law(draft, *cities)
    sign_by_all(ProtocolVersion.objects.get())

    page = body(client, "/en/protocols/pumps/")

    for words in ("Who may ask", "What is offered", "Who pays", "The law each city relies on"):
        assert words in page
    assert page.count("Act 7") == 2


def test_a_lesson_and_the_version_it_was_taken_up_in_lead_to_each_other(client, protocol):
    first, second = two_versions(protocol)
    event = make_past_event(title="Harbour steps")
    add_lesson(make_debrief(event), taken_up_on=todays_date(), taken_up_version=second)

    version = body(client, second.get_absolute_url())
    lessons = body(client, "/en/lessons/")
    debrief = body(client, event.get_url())

    assert "What it goes back to" in version
    assert "Print the plan larger." in version
    assert f'href="{event.get_url()}#debrief">Harbour steps</a>' in version
    assert "What it goes back to" not in body(client, first.get_absolute_url())
    link = f'<a href="{second.get_absolute_url()}">Class exchanges, version 2</a>'
    assert link in lessons
    assert link in debrief
    ProtocolPage.objects.update(live=False)
    assert link not in body(client, "/en/lessons/?again")


@pytest.mark.parametrize("number", [1, 3])
def test_lessons_that_name_versions_cost_a_page_no_query(
    client, site_tree, protocol, django_assert_num_queries, number
):
    version = make_version(protocol)
    promise = make_commitment()
    debrief = make_debrief(commitment=promise)
    url = promise.roadmap.get_url()
    for _each in range(number):
        add_lesson(debrief, taken_up_on=todays_date())
    client.get(f"{url}?warm")
    with CaptureQueriesContext(connection) as without:
        client.get(f"{url}?first")
    Lesson.objects.update(taken_up_version=version)

    with django_assert_num_queries(len(without)):
        page = body(client, f"{url}?second")

    assert page.count("Class exchanges, version 1") == number


def test_a_drill_and_the_protocol_it_practises_lead_to_each_other(client, protocol):
    first, _second = two_versions(protocol)
    month_ago = timezone.now() - timedelta(days=30)
    drill = make_drill(starts_at=month_ago, ends_at=month_ago + timedelta(hours=2))
    DrillPage.objects.update(protocol=protocol)

    of_drill = body(client, drill.get_url())
    of_protocol = body(client, "/en/protocols/class-exchanges/")

    assert f'<a href="{first.get_absolute_url()}">Class exchanges, version 1</a>' in of_drill
    assert f'<a href="{drill.get_url()}">High water</a>' in of_protocol
    ProtocolPage.objects.update(live=False)
    assert "Class exchanges" not in body(client, f"{drill.get_url()}?again")


def test_a_drill_before_any_version_leads_to_the_protocol(client, protocol):
    drill = make_drill()
    DrillPage.objects.update(protocol=protocol)

    page = body(client, drill.get_url())

    assert '<a href="/en/protocols/class-exchanges/">Class exchanges</a>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client, site_tree, cities, django_assert_num_queries, number
):
    for each in range(number):
        make_version(make_protocol(f"Protocol {each}"))
    client.get("/en/")

    with django_assert_num_queries(9):
        page = body(client, "/en/protocols/")

    assert page.count("Version 1, in force since") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_version_costs_the_same_for_any_number_of_steps(
    client, protocol, django_assert_num_queries, number
):
    steps = [f"Step by {each}" for each in range(number)]
    make_version(protocol, *steps)
    make_version(protocol, *steps, "One more")
    client.get("/en/")

    with django_assert_num_queries(14):
        page = body(client, "/en/protocols/class-exchanges/")
    with django_assert_num_queries(11):
        client.get("/en/protocols/class-exchanges/versions/2/")

    assert all(step in page for step in steps)


def test_a_protocol_for_some_is_shown_to_nobody_else(client, protocol):
    version = make_version(protocol)
    PageViewRestriction.objects.create(page=protocol, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(version.get_absolute_url()).status_code == 404
    assert "Class exchanges" not in body(client, "/en/protocols/")
    assert finding.find("letter", language="en") == []


# The search --------------------------------------------------------------------------------


@pytest.mark.both
def test_the_steps_in_force_are_found_and_no_others(protocol):
    first = make_version(protocol, "Write a letter", "Book the bus")
    second = make_version(protocol, "Write a letter", "Book the train")
    make_draft(protocol, "Book the boat")

    (kind,) = finding.find("book", language="en")

    step = second.steps.get(**{localized("what", "en"): "Book the train"})
    assert (kind.source.name, kind.number) == ("steps", 1)
    assert kind.told[0].title == "Book the train"
    assert kind.told[0].url == f"{second.get_absolute_url()}#step-{step.pk}"
    assert kind.told[0].within == "Class exchanges, version 2"
    assert first.is_signed
