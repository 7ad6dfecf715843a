"""Places in the admin: who sees which, and what nobody can do there."""

import csv

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from events.registrations.models import PlacesExport, Registration
from events.registrations.services import timely
from events.registrations.statistics import by_city
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event, make_event_index
from tests.factories.guardians import hall_for_one, held
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


def test_the_list_stays_within_its_queries(client, django_assert_max_num_queries):
    many = 3
    alder, _puerto = city_pair()
    for number in range(many):
        place_at(f"Event {number}", alder)
    editor_of(client, alder)
    client.get(reverse("places:index"))

    with django_assert_max_num_queries(14):
        page = client.get(reverse("places:index")).content.decode()

    assert page.count("Event ") >= many


def test_many_pages_of_places_cost_what_one_costs(client, django_assert_max_num_queries):
    """A small volume; 20,000 are in tests/bench."""
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory.create_batch(60, event=event)
    editor_of(client, alder, may=STAFF)
    client.get(reverse("places:index"))

    for query in ({}, {"p": 2}, {"event": event.pk, "status": "registered"}):
        with django_assert_max_num_queries(14):
            page = client.get(reverse("places:index"), query)
        assert "2 of 2" in page.content.decode() or "1 of 2" in page.content.decode()


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


def test_an_event_without_places_can_be_deleted(client, unwritten):
    event = make_event()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    client.post(reverse("wagtailadmin_pages:delete", args=(event.pk,)))

    assert not type(event).objects.filter(pk=event.pk).exists()


# What staff do -----------------------------------------------------------------------------------

STAFF = ("access_admin", "view_registration", "view_people", "manage_places")


def test_a_place_is_given_by_hand_with_a_reason(client):
    alder, _puerto = city_pair()
    event = make_event(capacity=1, reserved_places=1, cities=[alder])
    hopeful = RegistrationFactory(event=event, status="waiting")
    host = editor_of(client, alder, may=STAFF)
    address = reverse("event_places:promote", args=(hopeful.pk,))
    assert address in client.get(reverse("places:index")).content.decode()

    without = client.post(address, {"reason": " "})
    assert (without.status_code, hopeful.is_waiting) == (422, True)
    done = client.post(address, {"reason": "Interprets for her table"})

    hopeful.refresh_from_db()
    assert done.status_code == 302
    assert (hopeful.status, hopeful.promoted_by) == ("registered", host)
    assert hopeful.promotion_reason == "Interprets for her table"


def test_what_cannot_be_given_is_said_and_the_reason_is_kept(client):
    alder, _puerto = city_pair()
    event = make_event(capacity=1)
    RegistrationFactory(event=event)
    hopeful = RegistrationFactory(event=event, status="waiting")
    editor_of(client, alder, may=STAFF)

    response = client.post(
        reverse("event_places:promote", args=(hopeful.pk,)), {"reason": "Plays the flute"}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is no place to give" in page
    assert "Plays the flute" in page


@pytest.mark.parametrize(
    "screen", ["overview", "message", "export", "promote", "give", "give_back"]
)
def test_the_other_citys_event_is_refused_in_words(client, screen):
    alder, puerto = city_pair()
    place = RegistrationFactory(event=make_event(cities=[puerto]), status="waiting")
    editor_of(client, alder, may=STAFF)
    number = place.pk if screen == "promote" else place.event.pk

    response = client.get(reverse(f"event_places:{screen}", args=(number,)))

    assert response.status_code == 403
    assert "This event belongs to another city." in response.content.decode()
    assert place.event.title not in response.content.decode()


@pytest.mark.parametrize("screen", ["message", "promote", "give", "give_back"])
def test_looking_is_not_acting(client, unwritten, screen):
    alder, _puerto = city_pair()
    place = RegistrationFactory(event=make_event(cities=[alder]), status="waiting")
    editor_of(client, alder)
    number = place.pk if screen == "promote" else place.event.pk

    assert client.get(reverse(f"event_places:{screen}", args=(number,))).status_code == 403


def test_a_message_goes_to_a_group_each_in_their_language_and_once(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    reader = RegistrationFactory(event=event, participant__resident__language_code="es")
    RegistrationFactory(event=event, status="waiting")
    editor_of(client, alder, may=STAFF)
    words = {"subject_en": "Bring boots", "text_en": "It rains.", "subject_es": "Trae botas"}

    address = reverse("event_places:message", args=(event.pk,))
    half = client.post(address, {**words, "statuses": ["registered"]})
    assert half.status_code == 422
    client.post(address, {**words, "text_es": "Llueve.", "statuses": ["registered"]})
    assert [timely.send_messages(), timely.send_messages()] == [1, 0]

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (reader.participant.email, "Trae botas")
    assert event.title in mail.text
    assert "Llueve." in mail.text


def exported(client, event, **chosen):
    address = reverse("event_places:export", args=(event.pk,))
    response = client.post(address, {"file_format": "csv", **chosen})
    return response.status_code, b"".join(response).decode()


def test_the_list_leaves_with_people_only_for_a_reason_and_is_logged(client):
    alder, _puerto = city_pair()
    place = place_at("Own", alder)
    Registration.objects.update(
        needs="=HYPERLINK(1)", is_minor=True, guardian_agreed_at=at(2026, 1, 1)
    )
    host = editor_of(client, alder, may=STAFF)

    status, _page = exported(client, place.event, with_people="on")
    assert (status, PlacesExport.objects.count()) == (422, 0)
    _status, figures = exported(client, place.event)
    _status, people = exported(client, place.event, with_people="on", reason="Catering")

    secrets = ("Guest of Own", place.participant.email, "HYPERLINK", place.code)
    assert not any(secret in figures for secret in secrets)
    assert all(secret in people for secret in secrets)
    assert "'=HYPERLINK(1)" in people
    log = list(
        PlacesExport.objects.order_by("pk").values_list("exported_by", "with_people", "reason")
    )
    assert log == [(host.pk, False, ""), (host.pk, True, "Catering")]


def test_the_list_tells_whose_guardian_has_agreed(client):
    event = hall_for_one()
    held(event)
    RegistrationFactory(event=event, is_minor=True, guardian_agreed_at=at(2026, 1, 2))
    editor_of(client, city_pair()[0], may=STAFF)

    _status, people = exported(client, event, with_people="on", reason="The door")

    rows = list(csv.DictReader(people.lstrip("\ufeff").splitlines()))[-2:]
    assert [row["guardian_agreed"] for row in rows] == ["", "2026-01-02"]


def test_people_stay_in_the_house_for_those_who_may_not_see_them(client):
    alder, _puerto = city_pair()
    place = place_at("Own", alder)
    editor_of(client, alder)

    _status, sent = exported(client, place.event, with_people="on", reason="Curious")

    assert "Guest of Own" not in sent


def test_figures_by_city_mask_small_groups_and_a_second_one():
    alder, puerto = city_pair()
    event = make_event()
    for city, number in ((alder, 6), (puerto, 7), (None, 2)):
        RegistrationFactory.create_batch(number, event=event, city=city)

    figures, in_full = by_city(event), by_city(event, in_full=True)

    assert [cells[0] for _name, cells in figures["rows"]] == ["–", "7", "under 5", "15"]
    assert [cells[0] for _name, cells in in_full["rows"]] == ["6", "7", "2", "15"]


def test_who_reads_the_names_reads_the_small_figures_too(client):
    alder, puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory.create_batch(2, event=event, city=puerto)
    address = reverse("event_places:overview", args=(event.pk,))

    editor_of(client, alder, may=STAFF)
    assert "under 5" not in client.get(address).content.decode()
    editor_of(client, alder, may=[each for each in STAFF if each != "view_people"])
    assert "under 5" in client.get(address).content.decode()


def test_who_took_lists_along_is_told_to_those_who_may_see_people(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    PlacesExport.objects.create(event=event, format="csv", with_people=True, reason="Catering")
    address = reverse("event_places:overview", args=(event.pk,))

    editor_of(client, alder, may=STAFF)
    assert "Catering" in client.get(address).content.decode()
    editor_of(client, alder, may=[each for each in STAFF if each != "view_people"])
    assert "Catering" not in client.get(address).content.decode()


def test_a_guest_is_in_the_list_by_name(client):
    alder, _puerto = city_pair()
    guest = guests.recognise(
        guests.GuestDetails(email="ana@example.org", name="Ana Olmo", city=None, language_code="en")
    )
    RegistrationFactory(event=make_event(cities=[alder]), participant=guest, city=None)
    editor_of(client, alder, may=STAFF)

    page = client.get(reverse("places:index")).content.decode()

    assert "Ana Olmo" in page
    assert "ana@example.org" in page


def test_the_overview_tells_people_by_city_and_what_can_be_done(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory.create_batch(6, event=event, city=alder)
    editor_of(client, alder, may=STAFF)

    page = client.get(reverse("event_places:overview", args=(event.pk,))).content.decode()

    assert "<td>6</td>" in page
    assert reverse("event_places:message", args=(event.pk,)) in page
    assert reverse("event_places:export", args=(event.pk,)) in page
