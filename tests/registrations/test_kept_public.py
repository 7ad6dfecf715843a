"""An event does not vanish while people are expected at it and have not been told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage
from events.registrations.services import timely
from tests.factories.events import make_event, make_past_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

TOLD = "People are expected here, so it cannot be unpublished yet. Cancel the event first"


@pytest.fixture
def admin(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    return client


def by_the_button(client, page, **more):
    address = reverse("wagtailadmin_pages:unpublish", args=(page.pk,))
    return client.post(address, more, follow=True).content.decode()


def in_bulk(client, page, **more):
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", "unpublish"))
    return client.post(f"{address}?id={page.pk}&next=/admin/", more, follow=True).content.decode()


def is_live(event):
    return EventPage.objects.get(pk=event.pk).live


@pytest.mark.parametrize("unpublish", [by_the_button, in_bulk])
@pytest.mark.parametrize("status", ["registered", "waiting", "offered"])
def test_an_event_at_which_people_are_expected_stays_public(admin, unpublish, status):
    until = timezone.now() + timedelta(days=1) if status == "offered" else None
    event = RegistrationFactory(status=status, offer_expires_at=until).event

    assert TOLD in unpublish(admin, event)

    assert is_live(event)


@pytest.mark.parametrize("unpublish", [by_the_button, in_bulk])
def test_nor_does_it_go_along_with_the_page_above_it(admin, unpublish):
    event = RegistrationFactory().event

    assert TOLD in unpublish(admin, event.get_parent(), include_descendants="on")

    assert is_live(event)
    assert TOLD not in unpublish(admin, event.get_parent())


@pytest.mark.parametrize("unpublish", [by_the_button, in_bulk])
def test_a_cancelled_event_waits_until_everybody_was_told(admin, unpublish):
    event = RegistrationFactory().event
    event.event_status = "cancelled"
    event.save()

    assert TOLD in unpublish(admin, event)
    timely.tell_changes()
    unpublish(admin, event)

    assert not is_live(event)


@pytest.mark.parametrize("unpublish", [by_the_button, in_bulk])
def test_where_nobody_is_expected_any_more_it_is_unpublished(unwritten, admin, unpublish):
    over = RegistrationFactory(event=make_past_event()).event
    given_back = RegistrationFactory(status="cancelled", cancelled_at=timezone.now()).event

    for event in (over, given_back):
        unpublish(admin, event)

    assert (is_live(over), is_live(given_back)) == (False, False)


def test_the_hour_an_editor_set_waits_too():
    hour = timezone.now() - timedelta(hours=1)
    awaited, other = RegistrationFactory().event, make_event()
    EventPage.objects.update(expire_at=hour)

    call_command("publish_scheduled")

    assert (is_live(awaited), is_live(other)) == (True, False)


def test_places_at_what_is_not_public_lead_nowhere(client):
    participant = ParticipantFactory()
    shown, gone = (RegistrationFactory(participant=participant).event for _number in range(2))
    EventPage.objects.filter(pk=gone.pk).update(live=False)
    client.force_login(participant.resident)

    page = client.get(reverse("my_participation")).content.decode()

    assert f'href="{shown.url}"' in page
    assert f'href="{gone.url}"' not in page
    assert gone.title in page


def test_one_put_off_stays_public_when_its_first_date_is_over(admin):
    event = RegistrationFactory(event=make_past_event(event_status="postponed")).event

    by_the_button(admin, event)

    assert is_live(event)


def test_the_editing_api_is_no_way_round(admin):
    event = RegistrationFactory().event
    address = f"/admin/api/main/pages/{event.pk}/action/unpublish/"

    answer = admin.post(address, {}, content_type="application/json")

    assert (answer.status_code, is_live(event)) == (404, True)
