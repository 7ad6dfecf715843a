"""Editors keep the seats, meetings and contacts of their own cities; mediators are everybody's."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.committees.groups import ensure_groups
from home.committees.models import Contact, Mediator, Meeting, Membership
from partnership.pages.groups import EDITORS
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_meeting,
    add_seat,
    days_ago,
    make_committee,
    make_contact,
    make_mediator,
)
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment
from tests.tools import drawing

pytestmark = pytest.mark.django_db

ROOMS = ("memberships", "meetings", "contacts", "mediators")


@pytest.fixture
def alder(client):
    """The city whose editor is signed in."""
    ensure_editors()
    ensure_groups()
    alder, _puerto = city_pair()
    editor = ResidentFactory(is_staff=True, email="own@account.example")
    editor.groups.add(Group.objects.get(name=EDITORS))
    editor.edits_for.add(alder)
    client.force_login(editor)
    return alder


def seat_form(committee, city, **fields):
    return {
        "committee": committee.pk,
        "city": city.pk,
        "role": "chair",
        "deputy": "",
        "name": "Rosa Hill",
        "organisation": "",
        "consent_on": "",
        "starts_on": "2026-01-01",
        "ends_on": "",
        **fields,
    }


def meeting_form(committee, *decisions, **fields):
    return nested_form_data({
        "committee": committee.pk,
        "held_on": str(days_ago(3)),
        "agenda_en": "",
        "agenda_es": "",
        "minutes_en": "All were there.",
        "minutes_es": "Estaban todas las personas.",
        "document": "",
        "decisions": inline_formset(list(decisions)),
        **fields,
    })  # fmt: skip


def decision(**fields):
    words = {"text_en": "Two ramps.", "text_es": "Dos rampas.", "commitment": "", "ORDER": "1"}
    return {**words, **fields}


def contact_form(city, **fields):
    return {
        "city": city.pk,
        "role_en": "Festivals",
        "role_es": "Festivales",
        "mailbox": "festivals@alderbay.example",
        "phone": "",
        "primary": "",
        "primary_name": "",
        "deputy": "",
        "deputy_name": "",
        **fields,
    }


def errors(client, address, sent):
    with drawing.left_out():
        return client.post(address, sent).context["form"].errors


# Seats -----------------------------------------------------------------------------------------


def test_an_editor_fills_a_seat_of_their_city(client, unwritten, alder):
    committee = make_committee()
    deputy = add_seat(committee, role="deputy")
    begin = f"{reverse('memberships:add')}?committee={committee.pk}"

    offered = client.get(begin).context["form"]
    client.post(begin, seat_form(committee, alder, deputy=deputy.pk))

    seat = Membership.objects.get(role="chair")
    assert (offered["committee"].value(), offered["city"].value()) == (committee.pk, alder.pk)
    assert (seat.city, seat.deputy, seat.public_name) == (alder, deputy, "")


def test_a_seat_fits_its_committee(client, alder):
    puerto = city_pair()[1]
    committee, other = make_committee(cities=[puerto]), make_committee("Other")
    elsewhere = add_seat(other)
    add = reverse("memberships:add")

    named = errors(client, add, seat_form(committee, alder))
    deputy = errors(client, add, seat_form(make_committee("New"), alder, deputy=elsewhere.pk))
    somebody = errors(client, add, seat_form(other, alder, name=""))
    consent = errors(client, add, seat_form(other, alder, consent_on=str(days_ago(-9))))

    assert "does not name that city" in str(named["city"])
    assert "same city in the same committee" in str(deputy["deputy"])
    assert "Write a person, an organisation or an office." in str(somebody)
    assert "consent_on" in consent


def test_seats_without_a_deputy_stand_out_in_the_list(client, alder):
    committee = make_committee()
    deputy = add_seat(committee, role="deputy", name="Dan Deputy")
    add_seat(committee, deputy=deputy, name="Cared for")
    add_seat(committee, name="Alone")
    add_seat(committee, name="Of the others", city=city_pair()[1])

    listed = client.get(reverse("memberships:index")).content.decode()

    assert listed.count("No deputy") == 1
    assert listed.count("Dan Deputy") == 2
    assert "Of the others" not in listed


def test_the_list_says_until_which_day_to_come_a_seat_is_filled(client, alder):
    add_seat(make_committee(), ends_on="2031-05-04")

    listed = client.get(reverse("memberships:index")).content.decode()

    assert ("4 May 2031" in listed, "Just now" in listed) == (True, False)


@pytest.mark.parametrize("room", ROOMS)
def test_a_list_costs_the_same_for_one_and_for_three(
    client, alder, django_assert_num_queries, room
):
    def add_one(number):
        committee = make_committee(f"Committee {number}")
        add_seat(committee, deputy=add_seat(committee, role="deputy"))
        add_meeting(committee)
        make_contact(primary=ResidentFactory(is_staff=True), primary_name="")
        make_mediator()

    add_one(1)
    address = reverse(f"{room}:index")
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    add_one(2)
    add_one(3)

    with django_assert_num_queries(len(for_one)):
        client.get(address)


# Meetings --------------------------------------------------------------------------------------


def test_a_meeting_is_saved_with_what_it_decided(client, alder):
    committee, commitment = make_committee(), make_commitment()
    address = reverse("meetings:add")

    sent = meeting_form(committee, decision(commitment=commitment.pk))
    assert client.post(address, sent).status_code == 302

    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.minutes_es) == (days_ago(3), "Estaban todas las personas.")
    assert [each.commitment for each in meeting.decisions.all()] == [commitment]


def test_minutes_and_decisions_are_in_every_language(client, unwritten, alder):
    committee = make_committee()

    sent = meeting_form(committee, decision(text_es=""), minutes_es="")
    form = client.post(reverse("meetings:add"), sent).context["form"]

    assert "minutes_es" in form.errors
    assert "text_es" in form.formsets["decisions"].forms[0].errors
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("fields", "decisions", "is_refused"),
    [
        ({}, [], True),
        ({"minutes_en": "", "minutes_es": ""}, [decision()], True),
        ({"minutes_en": "", "minutes_es": ""}, [], False),
    ],
)
def test_nothing_is_told_of_a_meeting_before_its_day(
    client, unwritten, alder, fields, decisions, is_refused
):
    sent = meeting_form(make_committee(), *decisions, held_on=str(days_ago(-9)), **fields)

    response = client.post(reverse("meetings:add"), sent)

    assert (response.status_code == 200) is is_refused
    assert Meeting.objects.exists() is not is_refused


def test_two_meetings_of_a_day_are_one(client, alder):
    committee = make_committee()
    add_meeting(committee, held_on=days_ago(3))

    again = errors(client, reverse("meetings:add"), meeting_form(committee))

    assert "has a meeting on that day already" in str(again)


@pytest.mark.parametrize("word", ["x", "9" * 5000, "a\x00b"])
def test_a_word_in_place_of_what_is_chosen_from_a_list_is_refused_beside_it(
    client, unwritten, alder, word
):
    committee = make_committee()

    sent = {**seat_form(committee, alder), "committee": word}
    seat = errors(client, reverse("memberships:add"), sent)
    meeting = errors(client, reverse("meetings:add"), meeting_form(committee, document=word))

    assert ("committee" in seat, "document" in meeting) == (True, True)


# Contacts and mediators ------------------------------------------------------------------------


def test_a_contact_is_added_in_every_language_and_counts_as_confirmed(client, unwritten, alder):
    address = reverse("contacts:add")

    half = errors(client, address, contact_form(alder, role_es=""))
    client.post(address, contact_form(alder, primary_name="Ann"))

    contact = Contact.objects.get()
    assert "role_es" in half
    assert (contact.role_es, contact.confirmed_on) == ("Festivales", days_ago(0))


def test_a_mailbox_is_nobodys_own_and_two_holders_are_two(client, alder):
    staff = ResidentFactory(is_staff=True)
    address = reverse("contacts:add")

    own = errors(client, address, contact_form(alder, mailbox="Own@Account.example"))
    twice = errors(client, address, contact_form(alder, primary=staff.pk, deputy=staff.pk))
    both = errors(client, address, contact_form(alder, primary=staff.pk, primary_name="Ann"))

    assert "somebody’s own address" in str(own["mailbox"])
    assert "this is the first holder" in str(twice["deputy"])
    assert "Choose an account or write a name, not both." in str(both)


def test_only_people_who_work_here_are_offered_as_holders(client, alder):
    resident, former = ResidentFactory(), ResidentFactory(is_staff=True, is_active=False)
    contact = make_contact(primary=former, primary_name="")

    offered = client.get(reverse("contacts:edit", args=(contact.pk,))).context["form"]

    assert resident not in offered["primary"].field.queryset
    assert former in offered["primary"].field.queryset
    assert former not in offered["deputy"].field.queryset


@pytest.mark.parametrize("make", [make_contact, make_mediator])
def test_one_click_says_that_it_is_still_right(client, alder, make):
    thing = make(confirmed_on=days_ago(200))
    rows = type(thing).objects
    room = f"{thing._meta.model_name}s"

    listed = client.get(reverse(f"{room}:index")).content.decode()
    opened = client.get(reverse(f"{room}:edit", args=(thing.pk,))).content.decode()
    address = reverse(f"{room}:confirm", args=(thing.pk,))
    looked = client.get(address)
    answer = client.post(address)

    assert f'action="{address}"' in listed
    assert 'name="still_right"' in opened
    assert looked.status_code == 405
    assert answer.headers["Location"] == reverse(f"{room}:index")
    assert rows.get().confirmed_on == days_ago(0)
    assert ModelLogEntry.objects.filter(object_id=str(thing.pk)).count() == 1


def test_the_button_on_its_screen_keeps_what_was_written_there(client, alder):
    contact = make_contact(confirmed_on=days_ago(200))
    address = reverse("contacts:edit", args=(contact.pk,))
    written = contact_form(alder, mailbox="new@alderbay.example")

    refused = errors(client, address, {**written, "mailbox": "", "still_right": "yes"})
    left_old = Contact.objects.get().confirmed_on
    client.post(address, {**written, "still_right": "yes"})

    contact.refresh_from_db()
    assert ("mailbox" in refused, left_old) == (True, days_ago(200))
    assert (contact.mailbox, contact.confirmed_on) == ("new@alderbay.example", days_ago(0))


def test_a_mediator_is_kept_by_every_editor_and_no_log_names_one(client, alder):
    sent = {
        "name": "Lucía Paz",
        "consent_on": "",
        "mailbox": "",
        **{f"{name}_{code}": "Words" for name in WORDS for code in ("en", "es")},
    }
    client.post(reverse("mediators:add"), sent)
    mediator = Mediator.objects.get()
    gone = client.post(reverse("mediators:delete", args=(mediator.pk,)), follow=True)

    assert "None" not in "".join(map(str, gone.context["messages"]))
    assert not Mediator.objects.exists()
    assert not any("Paz" in entry.label for entry in ModelLogEntry.objects.all())


WORDS = ("languages", "neutrality", "availability")


# Other cities ----------------------------------------------------------------------------------


def test_what_is_of_another_city_does_not_exist_for_an_editor(client, alder):
    puerto = city_pair()[1]
    theirs = {
        "memberships": add_seat(make_committee(), city=puerto),
        "meetings": add_meeting(make_committee("Own", cities=[puerto])),
        "contacts": make_contact(city=puerto),
    }

    for room, thing in theirs.items():
        for action in ("edit", "delete", "history", "usage"):
            address = reverse(f"{room}:{action}", args=(thing.pk,))
            assert client.get(address).status_code in {302, 404}, address
            assert client.post(address, {}).status_code in {302, 404, 405}, address
        assert type(thing).objects.filter(pk=thing.pk).exists()
        assert str(thing) not in client.get(reverse(f"{room}:index")).content.decode()
    confirm = reverse("contacts:confirm", args=(theirs["contacts"].pk,))
    assert client.post(confirm).status_code == 404


def test_an_editor_cannot_give_a_contact_or_a_meeting_to_another_city(client, unwritten, alder):
    puerto = city_pair()[1]
    theirs = make_committee("Own", cities=[puerto])

    contact = errors(client, reverse("contacts:add"), contact_form(puerto))
    seat = errors(client, reverse("memberships:add"), seat_form(theirs, puerto))
    meeting = errors(client, reverse("meetings:add"), meeting_form(theirs))

    assert ("city" in contact, "city" in seat, "committee" in meeting) == (True, True, True)


def test_a_resident_comes_in_nowhere(client):
    client.force_login(ResidentFactory())

    for room in ROOMS:
        assert client.get(reverse(f"{room}:index")).status_code == 302
    confirm = reverse("contacts:confirm", args=(make_contact(confirmed_on=days_ago(9)).pk,))
    assert client.post(confirm).status_code == 302
    assert Contact.objects.get().confirmed_on == days_ago(9)


def test_the_page_of_a_committee_leads_to_its_seats_and_meetings(client, alder):
    committee = make_committee()

    shown = client.get(reverse("wagtailadmin_pages:edit", args=(committee.pk,))).content.decode()

    for room in ("memberships", "meetings"):
        assert f'href="{reverse(f"{room}:index")}?committee={committee.pk}"' in shown
        assert f'href="{reverse(f"{room}:add")}?committee={committee.pk}"' in shown


def test_a_seat_of_another_city_is_offered_to_nobody_as_a_deputy(client, alder):
    committee = make_committee()
    add_seat(committee, name="Own Neighbour", consent_on=None)
    add_seat(committee, city=city_pair()[1], name="Somebody Elsewhere", consent_on=None)

    page = client.get(reverse("memberships:add")).content.decode()

    assert "Own Neighbour" in page
    assert "Somebody Elsewhere" not in page
