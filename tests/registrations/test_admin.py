"""Places in the admin: who sees which, and what nobody can do there."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from events.registrations.models import Registration
from tests.factories.cities import city_pair
from tests.factories.events import make_event, make_event_index
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def editor_of(client, *cities, may=("access_admin", "view_registration")):
    editor = ResidentFactory(is_staff=True)
    editor.edits_for.set(cities)
    editor.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(editor)
    return editor


def place_at(title, *cities):
    return RegistrationFactory(
        event=make_event(title=title, cities=list(cities)),
        participant__resident__name=f"Guest of {title}",
    )


def test_an_editor_sees_places_at_events_of_their_city_and_at_joint_ones(client):
    alder, puerto = city_pair()
    own, joint = place_at("Own", alder), place_at("Joint")
    shared, other = place_at("Shared", alder, puerto), place_at("Other", puerto)
    editor_of(client, alder)

    page = client.get(reverse("places:index")).content.decode()

    assert all(place.code in page for place in (own, joint, shared))
    assert other.code not in page
    assert "Other" not in page  # not among the filters either


def test_names_and_needs_are_for_those_who_may_see_people(client):
    alder, _puerto = city_pair()
    place = place_at("Own", alder)
    Registration.objects.update(needs="A ramp")

    editor_of(client, alder)
    without = client.get(reverse("places:index")).content.decode()
    editor_of(client, alder, may=("access_admin", "view_registration", "view_people"))
    with_it = client.get(reverse("places:index")).content.decode()

    secrets = ("Guest of Own", place.participant.resident.email, "A ramp")
    assert not any(secret in without for secret in secrets)
    assert all(secret in with_it for secret in secrets)


def test_without_the_permission_there_is_no_list(client):
    alder, _puerto = city_pair()
    place = place_at("Own", alder)
    editor_of(client, alder, may=("access_admin",))

    response = client.get(reverse("places:index"), follow=True)

    assert place.code not in response.content.decode()


def test_the_list_narrows_by_event_city_and_status(client):
    alder, puerto = city_pair()
    first = RegistrationFactory(participant__resident__city=alder, event=make_event(title="One"))
    second = RegistrationFactory(participant__resident__city=puerto, event=make_event(title="Two"))
    editor_of(client, alder)

    by_event = client.get(reverse("places:index"), {"event": first.event.pk}).content.decode()
    by_city = client.get(reverse("places:index"), {"city": puerto.pk}).content.decode()
    by_status = client.get(reverse("places:index"), {"status": "cancelled"}).content.decode()

    assert (first.code in by_event, second.code in by_event) == (True, False)
    assert (first.code in by_city, second.code in by_city) == (False, True)
    assert (first.code in by_status, second.code in by_status) == (False, False)


@pytest.mark.parametrize("door", ["add", "edit", "delete"])
def test_not_even_an_administrator_writes_or_deletes_places_by_hand(client, door):
    place = RegistrationFactory()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    arguments = () if door == "add" else (place.pk,)
    try:
        address = reverse(f"places:{door}", args=arguments)
    except NoReverseMatch:
        return

    response = client.post(address, {"status": "cancelled"})

    assert response.status_code in {302, 403, 404}
    place.refresh_from_db()
    assert place.status == "registered"


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_1_and_3(client, django_assert_max_num_queries, many):
    alder, _puerto = city_pair()
    for number in range(many):
        place_at(f"Event {number}", alder)
    editor_of(client, alder)
    client.get(reverse("places:index"))

    with django_assert_max_num_queries(25):
        page = client.get(reverse("places:index")).content.decode()

    assert page.count("Event ") >= many


def test_an_event_where_people_have_places_is_not_deleted(client):
    event = RegistrationFactory().event
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    for page in (event, make_event_index()):
        address = reverse("wagtailadmin_pages:delete", args=(page.pk,))
        response = client.post(address, follow=True)
        assert "People have taken places here" in response.content.decode()

    assert type(event).objects.filter(pk=event.pk).exists()


def test_nor_are_many_at_once(client):
    event = RegistrationFactory().event
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtail_bulk_action", args=("pages", "basepage", "delete"))

    client.post(f"{address}?id={event.pk}&next=/admin/")

    assert type(event).objects.filter(pk=event.pk).exists()


def test_an_event_without_places_can_be_deleted(client):
    event = make_event()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    client.post(reverse("wagtailadmin_pages:delete", args=(event.pk,)))

    assert not type(event).objects.filter(pk=event.pk).exists()
