"""What readers see of committees: seats by city, meetings, decisions and what came of them."""

import re

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from home.committees.models import CommitteePage, Decision, Meeting
from partnership.pages.keeping import why_kept
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_decision,
    add_meeting,
    add_seat,
    days_ago,
    make_committee,
)
from tests.factories.home import in_every_language
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def read(client, page, language="en", year=""):
    return text_of(client.get(page.url_in(language) + (f"?year={year}" if year else "")))


# Seats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Who sits in it Alder Bay Chair Rosa Hill , City Hall Deputy: Old Oak School"),
        ("es", "Quiénes lo forman Alder Bay Presidencia Rosa Hill , City Hall Suplente: Old Oak"),
    ],
)
def test_the_seats_stand_city_by_city_with_their_deputies(client, language, words):
    committee = make_committee()
    deputy = add_seat(committee, role="deputy", name="", organisation="Old Oak School")
    add_seat(committee, role="chair", organisation="City Hall", deputy=deputy)

    page = read(client, committee, language)

    assert words in page
    assert page.count("Old Oak") == 1


def test_a_deputy_of_several_seats_is_named_once_and_in_whose_place(client):
    committee = make_committee()
    deputy = add_seat(committee, role="deputy", name="", organisation="Old Oak School")
    add_seat(committee, role="chair", name="", organisation="City Hall", deputy=deputy)
    add_seat(committee, role="member", name="", organisation="Mill House", deputy=deputy)

    page = read(client, committee)

    assert "Deputy of several Old Oak School In the place of: City Hall · Mill House" in page
    assert page.count("Old Oak") == 1
    assert "Deputy:" not in page


def test_every_city_the_committee_names_is_shown(client):
    alder, puerto = city_pair()
    joint, own = make_committee(), make_committee("Own", cities=[puerto])
    add_seat(joint)

    nobody = "Puerto Almendro Nobody sits here for this city at the moment."
    assert nobody in read(client, joint)
    page = read(client, own).split("Who sits in it")[1].split("Next meeting")[0]
    assert alder.name not in page
    assert nobody in page


def test_a_person_is_named_once_they_have_agreed_to_it(client):
    committee = make_committee()
    seat = add_seat(committee, consent_on=None, organisation="")

    assert "Rosa Hill" not in client.get(committee.url_in("en")).content.decode()
    assert "Member The name is not public" in read(client, committee)

    seat.consent_on = days_ago(0)
    seat.save()

    assert "Member Rosa Hill" in read(client, committee)


def test_who_has_left_or_not_begun_is_not_shown(client):
    committee = make_committee()
    add_seat(committee, name="Gone", ends_on=days_ago(2))
    add_seat(committee, name="Coming", starts_on=days_ago(-3))
    gone = add_seat(committee, name="Standing in", role="deputy", ends_on=days_ago(2))
    add_seat(committee, name="There", deputy=gone)

    page = read(client, committee)

    assert "There" in page
    assert not any(name in page for name in ("Gone", "Coming", "Standing in"))


@pytest.mark.both
def test_a_seat_is_somebodys_and_ends_after_it_began():
    committee = make_committee()

    for wrong in ({"name": ""}, {"ends_on": days_ago(500)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_seat(committee, **wrong)


def test_what_is_noted_about_a_seat_names_nobody():
    seat = add_seat(make_committee())

    assert str(seat) == "Member (Alder Bay)"


# Meetings and decisions ------------------------------------------------------------------------


def test_meetings_to_come_tell_their_agenda_and_past_ones_what_was_decided(client):
    committee = make_committee(**in_every_language("rhythm", "four times a year"))
    coming = in_every_language("agenda", "The school streets.")
    Meeting.objects.create(committee=committee, held_on=days_ago(-20), **coming)
    minutes = in_every_language("minutes", "All were there.")
    add_meeting(committee, "Two ramps are built.", **minutes)

    page = read(client, committee)

    before, after = page.split("What it decided")
    assert "It meets: four times a year" in before
    assert "The school streets." in before
    assert "Two ramps are built." in after
    assert "Minutes All were there." in after


def test_a_list_without_committees_says_so(client):
    committee = make_committee()
    index = committee.get_parent().specific
    committee.delete()

    assert "No committee yet" in read(client, index)


def test_without_meetings_it_says_so(client):
    page = read(client, make_committee())

    assert "No day has been set yet." in page
    assert "What it decided" not in page


@pytest.mark.both
def test_every_year_has_its_own_meetings_and_a_decision_leads_to_them(client):
    committee = make_committee()
    old = add_meeting(committee, "An old one.", held_on=days_ago(800))
    add_meeting(committee, "A new one.")
    year = old.held_on.year
    decision = Decision.objects.get(meeting=old)

    assert "An old one." not in read(client, committee)
    assert "A new one." not in read(client, committee, year=year)
    assert "A new one." in read(client, committee, year="9" * 30)
    address = f"/en/committees/joint-committee/?year={year}#meeting-{old.held_on:%Y-%m-%d}"
    assert decision.get_absolute_url() == address
    shown = client.get(decision.get_absolute_url()).content.decode()
    assert f'id="meeting-{old.held_on:%Y-%m-%d}"' in shown
    assert "An old one." in shown


def test_a_decision_and_its_promise_lead_to_each_other(client):
    commitment = make_commitment(title="Two ramps")
    meeting = add_meeting(make_committee())
    decision = add_decision(meeting, commitment=commitment)

    forth = client.get(meeting.committee.url_in("en")).content.decode()
    back = client.get(commitment.roadmap.url_in("en")).content.decode()

    assert f'href="{commitment.get_absolute_url()}"' in forth
    assert f'href="{decision.get_absolute_url()}"' in back
    assert f"Decided by: Joint committee, {meeting.held_on.day}" in back


def test_a_promise_nobody_can_read_and_a_committee_nobody_can_read_are_not_linked(client):
    hidden = make_commitment(make_roadmap(2020, live=False), title="Not out yet")
    commitment = make_commitment(make_roadmap(2026))
    committee = make_committee()
    meeting = add_meeting(committee)
    add_decision(meeting, "Some time.", commitment=hidden)
    add_decision(meeting, commitment=commitment)

    assert "Not out yet" not in read(client, committee)
    CommitteePage.objects.update(live=False)
    assert "Joint committee" not in read(client, commitment.roadmap)


def test_a_decision_leads_to_no_roadmap_that_is_not_for_everybody(client):
    closed, open_ = make_roadmap(2020), make_roadmap(2026)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    meeting = add_meeting(make_committee())
    add_decision(meeting, commitment=make_commitment(closed, title="Behind a door"))
    add_decision(meeting, commitment=make_commitment(open_, title="Before the door"))

    page = read(client, meeting.committee)

    assert "Behind a door" not in page
    assert "Before the door" in page


@pytest.mark.parametrize("many", [1, 3])
def test_a_committee_costs_the_same_however_large_it_is(client, django_assert_num_queries, many):
    committee = make_committee()
    roadmap = make_roadmap()
    for number in range(many):
        deputy = add_seat(committee, role="deputy", name=f"Deputy {number}")
        add_seat(committee, deputy=deputy)
        meeting = add_meeting(committee, held_on=days_ago(3 + number))
        add_decision(meeting, commitment=make_commitment(roadmap, title="A ramp"))
    client.get(committee.url_in("es"))

    with django_assert_num_queries(13):
        page = read(client, committee)

    assert page.count("Rosa Hill") == many


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_committees_costs_the_same_however_long_it_is(
    client, django_assert_num_queries, many
):
    puerto = city_pair()[1]
    for number in range(many):
        committee = make_committee(f"Committee {number}", cities=[puerto])
    index = committee.get_parent().specific
    client.get(index.url_in("es"))

    with django_assert_num_queries(8):
        page = read(client, index)

    assert page.count("Committee ") == many


def test_a_committee_that_has_met_is_not_deleted():
    met, new = make_committee(), make_committee("New")
    add_meeting(met)
    add_seat(new)

    assert why_kept(met).startswith("This committee has meetings")
    assert why_kept(met.get_parent()).startswith("This committee has meetings")
    assert why_kept(new) == ""


def test_a_signed_in_reader_sees_the_same(client, django_assert_max_num_queries):
    committee = make_committee()
    add_seat(committee)
    client.force_login(ResidentFactory())

    with django_assert_max_num_queries(20):
        assert "Rosa Hill" in read(client, committee)


def test_what_is_decided_at_a_meeting_to_come_is_told_nowhere_on_the_page(client):
    committee = make_committee()
    add_meeting(committee, "Too early.", held_on=days_ago(-5), minutes="Written before.")

    page = read(client, committee)

    assert "Too early." not in page
    assert "Written before." not in page


def test_a_committee_for_some_is_named_to_nobody_else(client):
    roadmap = make_roadmap()
    committees = [make_committee("Closed circle"), make_committee("Open circle")]
    for committee in committees:
        commitment = make_commitment(roadmap, title=f"Ramp of {committee.title}")
        add_decision(add_meeting(committee), f"{committee.title} decides.", commitment=commitment)
    PageViewRestriction.objects.create(page=committees[0], restriction_type="login")

    pages = [
        read(client, committees[0].get_parent().specific),
        read(client, roadmap).replace("Ramp of Closed circle", ""),
        text_of(client.get("/en/search/?q=decides")),
    ]

    assert [page.count("Closed circle") for page in pages] == [0, 0, 0]
    assert all("Open circle" in page for page in pages)
