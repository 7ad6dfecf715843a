"""The first and the last day of a term, a consent or a meeting; who can stand in for whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from home.committees.copies import CONTACTS
from home.committees.finding import contacts
from home.committees.models import CommitteePage, Mediator, Membership
from home.committees.overdue import committees_not_meeting
from home.committees.presenting import committee_context, index_context
from home.committees.services import confirm
from partnership.cities.models import City
from partnership.cities.today import latest_today, today_in
from partnership.people.models import Resident
from partnership.serving import cache
from tests.committees.test_desk import alder, meeting_form, seat_form  # noqa: F401 - a fixture
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_meeting,
    add_seat,
    make_committee,
    make_contact,
    make_contacts_page,
    make_mediator,
)
from tests.factories.people import ParticipantFactory
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


def test_a_term_holds_from_its_first_day_to_its_last():
    seat = add_seat(make_committee(), starts_on=TODAY, ends_on=TODAY + DAY)

    days = [TODAY + DAY * number for number in (-1, 0, 1, 2)]

    expected = [False, True, True, False]
    assert [Membership.objects.current(day).exists() for day in days] == expected
    assert [seat.is_current_on(day) for day in days] == expected


def test_a_mediator_is_named_from_the_day_they_agree():
    make_mediator(consent_on=TODAY, confirmed_on=TODAY)

    found = [Mediator.objects.public(TODAY + DAY * number).exists() for number in (-1, 0, 1)]

    assert found == [False, True, True]


def test_a_meeting_of_today_counts_as_held_and_one_to_come_does_not():
    committee = make_committee(months_between=1)
    CommitteePage.objects.update(first_published_at="2025-01-01T12:00Z")
    add_meeting(committee, held_on=TODAY + DAY)
    assert len(list(committees_not_meeting(TODAY))) == 1

    add_meeting(committee, held_on=TODAY)
    assert list(committees_not_meeting(TODAY)) == []


@pytest.mark.parametrize("fields", [{"first_published_at": None}, {"live": False}])
def test_a_committee_that_nobody_knew_of_need_not_have_met(fields):
    make_committee(months_between=1)
    CommitteePage.objects.update(**{"first_published_at": "2025-01-01T12:00Z", **fields})

    assert list(committees_not_meeting(TODAY)) == []


@pytest.mark.usefixtures("page_cache")
def test_what_is_confirmed_and_who_sits_there_is_shown_at_once(
    client,
    alder,  # noqa: F811 - the fixture
    django_capture_on_commit_callbacks,
):
    contact, committee = make_contact(), make_committee()
    versions = [cache.version()]

    with django_capture_on_commit_callbacks(execute=True):
        confirm(contact, by=Resident.objects.first())
    versions.append(cache.version())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("memberships:add"), seat_form(committee, alder))
    versions.append(cache.version())

    assert Membership.objects.exists()
    assert len(set(versions)) == 3


def test_nobody_stands_in_for_themselves_or_for_another_city(client, unwritten):
    alder_bay, puerto = city_pair()
    client.force_login(Resident.objects.create_superuser("root@example.org", name="Root"))
    committee = make_committee()
    seat = add_seat(committee)
    elsewhere = add_seat(committee, city=puerto)

    for deputy in (seat, elsewhere):
        answer = client.post(
            reverse("memberships:edit", args=(seat.pk,)),
            seat_form(committee, alder_bay, deputy=deputy.pk),
        )
        assert "deputy" in answer.context["form"].errors


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (1, False)])
def test_what_was_decided_today_is_told_today(client, unwritten, alder, days, is_told):  # noqa: F811 - the fixture
    committee = make_committee()
    day = latest_today() + DAY * days

    answer = client.post(reverse("meetings:add"), meeting_form(committee, held_on=str(day)))

    assert (answer.status_code == 302) == is_told


def asked(rf, page):
    return committee_context(CommitteePage.objects.get(pk=page.pk), rf.get("/"))


def test_a_meeting_of_today_is_still_to_come(rf):
    committee = make_committee()
    day = today_in(City.objects.all())
    today, yesterday = (add_meeting(committee, held_on=day - DAY * days) for days in (0, 1))

    told = asked(rf, committee)

    assert (told["coming"], told["past"]) == ([today], [yesterday])


def test_what_a_meeting_of_today_has_decided_is_told_on_the_same_day(rf):
    committee = make_committee()
    today, tomorrow = today_in(City.objects.all()), latest_today() + DAY
    decided = add_meeting(committee, "Two ramps are built.", held_on=today)
    early = add_meeting(committee, "Too early.", held_on=tomorrow)

    told = asked(rf, committee)

    assert (told["coming"], told["past"]) == ([early], [decided])


def test_seats_stand_by_their_roles_and_a_deputy_of_nobody_by_itself(rf):
    committee = make_committee()
    member = add_seat(committee, role="member")
    deputy = add_seat(committee, role="deputy")
    chair = add_seat(committee, role="chair", deputy=deputy)
    alone = add_seat(committee, role="deputy")

    column, _other = asked(rf, committee)["columns"]

    assert [row["seat"] for row in column["seats"]] == [chair, member, alone]
    assert column["seats"][0]["deputy"] == deputy


def test_the_list_names_no_draft(rf):
    shown = make_committee("Shown")
    make_committee("Draft", live=False)

    rows = index_context(shown.get_parent(), CommitteePage.objects, rf.get("/"))["committees"]

    assert [row["page"].title for row in rows] == ["Shown"]


def test_contacts_are_found_on_a_page_that_everybody_may_open():
    make_contact()
    page = make_contacts_page()
    counts = [contacts("en").count()]

    page.view_restrictions.create(restriction_type="login")
    counts.append(contacts("en").count())
    page.view_restrictions.all().delete()
    page.unpublish()
    counts.append(contacts("en").count())

    assert counts == [1, 0, 0]


def test_the_roles_one_holds_are_those_of_the_first_and_of_the_second_holder():
    first, second = (ParticipantFactory() for _n in range(2))
    held = make_contact(
        primary=first.resident, primary_name="", deputy=second.resident, deputy_name=""
    )
    make_contact("Harbour")

    assert CONTACTS.rows(first) == CONTACTS.rows(second) == [held]
