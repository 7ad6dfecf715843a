"""Places to several at once, and what staff see of who came."""

import pytest
from django.urls import reverse

from events.registrations.models import GroupMessage, Registration
from events.registrations.services import timely
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.door import stands_at_the_door
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

WORDS = ("subject", "text")
STAFF = ("access_admin", "view_registration", "view_people", "manage_places")


def editor_of(client, *cities, may=STAFF):
    return stands_at_the_door(client, *cities, may=may, is_staff=True)


def test_several_places_are_given_at_once_with_one_reason(client):
    alder, _puerto = city_pair()
    event = make_event(capacity=2, reserved_places=2, cities=[alder])
    line = [
        RegistrationFactory(event=event, status="waiting", participant__resident__name=name)
        for name in ("Ana First", "Bea Second", "Cid Third", "Dora Last")
    ]
    host = editor_of(client, alder)
    address = reverse("event_places:give", args=(event.pk,))
    page = client.get(address).content.decode()
    names = [page.index(each.participant.name) for each in line]
    assert names == sorted(names)

    none = client.post(address, {"reason": "Helpers of the day"})
    assert none.status_code == 422
    assert "Helpers of the day" in none.content.decode()
    chosen = [each.pk for each in line[1:]]
    done = client.post(address, {"chosen": chosen, "reason": "Helpers of the day"}, follow=True)

    told = done.content.decode()
    assert "2 groups have a place now, and are told." in told
    assert "There was no place for: Dora Last. They keep their turn." in told
    states = [Registration.objects.get(pk=each.pk).status for each in line]
    assert states == ["waiting", "registered", "registered", "waiting"]
    given = Registration.objects.registered()
    assert set(given.values_list("promoted_by", "promotion_reason")) == {
        (host.pk, "Helpers of the day")
    }
    assert OutgoingMail.objects.filter(kind="registration_confirmed").count() == 2

    again = client.post(address, {"chosen": chosen, "reason": "Again"}, follow=True)
    assert again.status_code == 422  # two of them do not wait any more
    assert OutgoingMail.objects.filter(kind="registration_confirmed").count() == 2


def test_places_are_given_to_codes_where_names_are_not_seen(client):
    alder, _puerto = city_pair()
    event = make_event(capacity=1, cities=[alder])
    waiting = RegistrationFactory(event=event, status="waiting")
    elsewhere = RegistrationFactory(status="waiting")
    editor_of(client, alder, may=("access_admin", "view_registration", "manage_places"))
    address = reverse("event_places:give", args=(event.pk,))

    page = client.get(address).content.decode()
    other = client.post(address, {"chosen": [elsewhere.pk], "reason": "Mine"})

    assert waiting.code in page
    assert waiting.participant.name not in page
    assert other.status_code == 422


def test_staff_give_places_back_for_those_who_cannot(client):
    alder, _puerto = city_pair()
    event = make_event(capacity=2, cities=[alder])
    first, second = (RegistrationFactory(event=event) for _person in range(2))
    patient = RegistrationFactory(event=event, status="waiting")
    host = editor_of(client, alder)
    address = reverse("event_places:give_back", args=(event.pk,))
    row = client.get(reverse("places:index"), {"event": event.pk}).content.decode()
    assert f"{address}?code={first.code}" in row
    form = client.get(address, {"code": first.code}).content.decode()
    assert first.code in form
    assert f"<span>Give places back: {event.title}</span>" in form

    sent = {"codes": f"{first.code_in_groups.lower()}\n{second.code} {first.code}"}
    done = client.post(address, {**sent, "reason": "Both phoned"}, follow=True)

    assert "2 places or turns were given back; the people are told." in done.content.decode()
    gone = Registration.objects.filter(cancelled_by=host, cancelled_because="Both phoned")
    assert set(gone) == {first, second}
    told = OutgoingMail.objects.filter(kind="registration_cancelled")
    assert {mail.to for mail in told} == {first.participant.email, second.participant.email}
    patient.refresh_from_db()
    assert patient.is_offered


def test_places_of_elsewhere_and_codes_of_nobody_are_refused_and_kept(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    own, other = RegistrationFactory(event=event), RegistrationFactory()
    editor_of(client, alder)
    address = reverse("event_places:give_back", args=(event.pk,))

    for sent in (
        {"codes": f"{own.code} {other.code}", "reason": "Phoned"},
        {"codes": own.code, "reason": " "},
        {"codes": "--", "reason": "Phoned"},
    ):
        refused = client.post(address, sent)
        assert refused.status_code == 422
        assert sent["codes"] in refused.content.decode()

    assert Registration.objects.registered().count() == 2


def test_the_list_tells_who_came_with_how_many(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory(event=event, party_size=3, arrived=2, status="attended")
    RegistrationFactory(event=event, status="no_show")
    editor_of(client, alder)

    page = client.get(reverse("places:index"), {"event": event.pk}).content.decode()
    missing = client.get(reverse("places:index"), {"status": "no_show"}).content.decode()

    assert "Was there: 2 of 3" in page
    assert "Did not come" in missing
    assert "Was there: 2" not in missing


def test_who_came_is_in_both_files(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory(event=event, party_size=3, arrived=2, status="attended")
    editor_of(client, alder)

    address = reverse("event_places:export", args=(event.pk,))
    figures = b"".join(client.post(address, {"file_format": "csv"})).decode()

    *headings, row = [line.split(",") for line in figures.splitlines()]
    assert {"people who came", "personas que vinieron"} <= {line[2] for line in headings}
    assert row[:3] == ["attended", "3", "2"]


def test_the_log_tells_lists_of_people_from_those_of_figures(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    editor_of(client, alder)
    address = reverse("event_places:export", args=(event.pk,))
    for more in ({}, {"with_people": "on"}):
        b"".join(client.post(address, {"file_format": "csv", "reason": "Catering", **more}))

    page = client.get(reverse("event_places:overview", args=(event.pk,))).content.decode()

    assert "With names and addresses" in page
    lines = page.partition('id="log"')[2]
    assert [lines.count(f"<td>{said}</td><td>Catering</td>") for said in ("yes", "no")] == [1, 1]


def test_a_message_can_go_to_those_in_one_city_only(client):
    alder, puerto = city_pair()
    event = make_event(cities=[])
    here = RegistrationFactory(event=event, joins_in=alder)
    RegistrationFactory(event=event, joins_in=puerto)
    editor_of(client, alder)
    words = {f"{name}_{code}": "The hall has moved" for name in WORDS for code in ("en", "es")}

    address = reverse("event_places:message", args=(event.pk,))
    client.post(address, {**words, "statuses": ["registered"], "joins_in": alder.pk})

    assert timely.send_messages() == 1
    assert OutgoingMail.objects.get().to == here.participant.email


def test_a_message_that_is_sent_twice_goes_out_once_and_other_words_are_asked_about(client):
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory(event=event)
    editor_of(client, alder)
    address = reverse("event_places:message", args=(event.pk,))
    words = {f"{name}_{code}": "The hall has moved" for name in WORDS for code in ("en", "es")}
    token = client.get(address).context["form"]["form_token"].value()
    sent = {**words, "statuses": ["registered"], "form_token": token}

    client.post(address, sent)
    again = client.post(address, sent, follow=True)
    other = client.post(address, {**sent, "text_en": "The hall is closed"})

    assert "We already have this. It was counted once." in again.content.decode()
    assert (other.status_code, "The hall is closed" in other.content.decode()) == (422, True)
    assert "You sent this page before, with something else." in other.content.decode()
    assert (GroupMessage.objects.count(), timely.send_messages()) == (1, 1)


def test_whoever_writes_is_told_to_how_many_and_a_message_to_nobody_is_refused(client):
    alder, puerto = city_pair()
    event = make_event(cities=[])
    for _number in range(2):
        RegistrationFactory(event=event, joins_in=alder)
    editor_of(client, alder)
    words = {f"{name}_{code}": "The hall has moved" for name in WORDS for code in ("en", "es")}
    address = reverse("event_places:message", args=(event.pk,))

    nobody = [
        client.post(address, {**words, **group})
        for group in (
            {"statuses": ["waiting"]},
            {"statuses": ["registered"], "joins_in": puerto.pk},
        )
    ]
    sent = client.post(address, {**words, "statuses": ["registered"]}, follow=True)

    for refused in nobody:
        assert refused.status_code == 422
        assert dict(refused.context["form"].errors) == {
            "statuses": ["There is nobody in this group at the moment. Nothing was sent."]
        }
        assert "The hall has moved" in refused.content.decode()
    assert "The message goes to 2 people, within seconds." in sent.content.decode()
    assert timely.send_messages() == 2


def test_a_message_to_more_than_a_piece_says_that_it_takes_minutes(client, monkeypatch):
    monkeypatch.setattr("events.registrations.admin.views.AT_A_TIME", 1)
    alder, _puerto = city_pair()
    event = make_event(cities=[alder])
    RegistrationFactory.create_batch(2, event=event)
    editor_of(client, alder)
    words = {f"{name}_{code}": "Boots" for name in ("subject", "text") for code in ("en", "es")}

    address = reverse("event_places:message", args=(event.pk,))
    sent = client.post(address, {**words, "statuses": ["registered"]}, follow=True)

    assert "The message goes to 2 people, within minutes." in sent.content.decode()
