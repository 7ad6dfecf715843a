"""Where one looks in an emergency: what the cities agreed, and when they practise it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.enums import EventStatus
from events.models import DrillPage
from home.protocols.models import ProtocolPage
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.disputes import make_dispute
from tests.factories.events import make_event
from tests.factories.protocols import make_draft, make_protocol, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

NOW = timezone.now()
DAY = timedelta(days=1)


def drill(title, days, **fields):
    start = NOW + days * DAY
    ends = {"starts_at": start, "ends_at": start + DAY / 12}
    return make_event(DrillPage, title=title, local_slug=title.lower(), **ends, **fields)


def page(client, code="en"):
    address = "/en/emergency/" if code == "en" else "/es/emergencias/"
    return client.get(address).content.decode().partition("<main")[2].partition("</main")[0]


def test_the_agreements_in_force_are_linked_each_in_its_version(client):
    version = make_version(make_protocol("Fire without borders", kind="emergency"))
    make_version(make_protocol("Class exchanges", kind="exchange"))
    make_draft(make_protocol("Not signed yet", kind="emergency"))
    hidden = make_version(make_protocol("Behind a door", kind="emergency"))
    PageViewRestriction.objects.create(
        page=ProtocolPage.objects.get(pk=hidden.protocol_id), restriction_type="login"
    )

    shown = page(client)

    assert f'<a href="{version.get_absolute_url()}">Fire without borders, version 1</a>' in shown
    others = ("Class exchanges", "Not signed yet", "Behind a door")
    assert not any(title in shown for title in others)
    assert "Fire without borders, versión 1" in page(client, "es")


def test_a_version_that_is_to_come_is_not_what_holds_now(client):
    first = make_version(make_protocol("Mutual aid", kind="emergency"))
    second = make_version(first.protocol, "Call first", since=timezone.localdate() + DAY)

    shown = page(client)

    assert first.get_absolute_url() in shown
    assert second.get_absolute_url() not in shown


def test_the_next_drill_and_the_last_one_are_said(client):
    drill("Longago", -60)
    last = drill("Lately", -20)
    coming = drill("Soon", 10)
    drill("Later", 40)
    drill("Off", 5, event_status=EventStatus.CANCELLED)
    drill("Draft", 4, live=False)
    secret = drill("Secret", 3)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    shown = page(client)

    assert f'Next drill: <a href="{coming.url_in("en")}">Soon</a>' in shown
    assert f'Last drill: <a href="{last.url_in("en")}">Lately</a>' in shown
    assert f"{last.url_in('en')}#review" in shown
    assert not any(title in shown for title in ("Longago", "Later", "Off", "Draft", "Secret"))


def test_without_any_nothing_is_said(client):
    city_pair()

    assert "What the cities agreed" not in page(client)


def test_what_was_agreed_stays_within_its_queries(client, django_assert_max_num_queries):
    many = 3
    for number in range(many):
        make_version(make_protocol(f"Aid {number}", kind="emergency"))
        drill(f"Soon{number}", 10 + number)
    client.get("/en/emergency/?other")

    with django_assert_max_num_queries(11):
        assert page(client).count(", version 1</a>") == many


# Ways there --------------------------------------------------------------------------------------


def foot_of(response):
    return response.content.decode().partition("<footer")[2]


def test_lessons_and_disagreements_are_in_the_foot_once_there_are_any(client):
    assert reverse("lessons") not in foot_of(client.get("/en/"))
    debrief = make_debrief(is_published=False)
    add_lesson(debrief)
    make_dispute(confidentiality="closed")
    foot = foot_of(client.get("/en/"))
    assert reverse("lessons") not in foot
    assert reverse("disputes") not in foot

    debrief.is_published = True
    debrief.save()
    make_dispute(confidentiality="open")
    foot = foot_of(client.get("/en/?again"))

    assert f'<a href="{reverse("lessons")}">Lessons</a>' in foot
    assert f'<a href="{reverse("disputes")}">Disagreements</a>' in foot


def test_the_page_of_the_bond_leads_on_to_what_there_is(client):
    assert "How the cities deal with it" not in client.get("/en/partnership/").content.decode()
    add_lesson(make_debrief())

    shown = client.get("/en/partnership/?again").content.decode().partition("<footer")[0]

    assert "What the cities would do otherwise next time." in shown
    assert reverse("lessons") in shown
    assert reverse("disputes") not in shown
