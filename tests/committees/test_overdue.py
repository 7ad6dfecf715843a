"""What is overdue about committees, contacts and mediators, and where it is mended."""

from datetime import date

import pytest
from django.urls import reverse

from home.committees.overdue import (
    cities_without_seat,
    committees_not_meeting,
    ended_terms,
    roles_with_one_holder,
    seats_without_deputy,
    unconfirmed_contacts,
    unconfirmed_mediators,
)
from partnership import continuity
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_meeting,
    add_seat,
    make_committee,
    make_contact,
    make_mediator,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 12)


def words(found):
    return [concern.words for concern in found]


def seat(committee, begins, ends=None, **fields):
    return add_seat(committee, starts_on=begins, ends_on=ends, **fields)


def test_everything_is_asked_in_order():
    names = [check.name for check in continuity.checks()]

    own = [name for name in names if name.split(".")[0] in ("committees", "contacts", "mediators")]
    assert own == [
        "committees.deputies",
        "committees.terms",
        "committees.cities",
        "committees.meetings",
        "contacts.holders",
        "contacts.confirmed",
        "mediators.confirmed",
    ]


def test_a_seat_without_a_deputy_is_told_without_a_name():
    committee = make_committee()
    deputy = seat(committee, date(2026, 1, 1), role="deputy")
    seat(committee, date(2026, 1, 1), deputy=deputy)
    alone = seat(committee, date(2026, 1, 1), role="chair")

    (concern,) = seats_without_deputy(TODAY)

    assert concern.words == (
        "Joint committee: nobody is the deputy of this seat: Chair (Alder Bay)."
    )
    assert concern.edit_url == reverse("memberships:edit", args=(alone.pk,))
    assert concern.cities == (city_pair()[0],)


def test_a_deputy_whose_term_is_over_is_none():
    committee = make_committee()
    deputy = seat(committee, date(2025, 1, 1), date(2026, 5, 11), role="deputy")
    seat(committee, date(2026, 1, 1), deputy=deputy)

    assert len(list(seats_without_deputy(TODAY))) == 1
    assert len(list(seats_without_deputy(date(2026, 5, 11)))) == 0


def test_seats_of_committees_nobody_reads_or_that_are_over_need_no_deputy():
    seat(make_committee("Draft", live=False), date(2026, 1, 1))
    seat(make_committee(), date(2025, 1, 1), date(2026, 1, 1))

    assert list(seats_without_deputy(TODAY)) == []


def test_a_term_that_ended_is_told_until_somebody_follows():
    committee = make_committee()
    over = seat(committee, date(2024, 1, 1), date(2026, 4, 30))
    seat(committee, date(2025, 1, 1))
    seat(committee, date(2026, 5, 1), city=city_pair()[1])
    seat(committee, date(2026, 5, 1), role="chair")

    (concern,) = ended_terms(TODAY)

    assert concern.words == (
        "Joint committee: this term has ended and nobody follows: Member (Alder Bay)."
    )
    assert concern.due == date(2026, 4, 30)
    assert concern.edit_url == reverse("memberships:edit", args=(over.pk,))
    assert list(ended_terms(date(2026, 4, 30))) == []
    seat(committee, date(2026, 4, 30))
    assert list(ended_terms(TODAY)) == []


def test_who_follows_takes_one_place_only():
    committee = make_committee()
    for _number in range(2):
        seat(committee, date(2024, 1, 1), date(2026, 4, 30))
    seat(committee, date(2026, 5, 1))

    assert len(list(ended_terms(TODAY))) == 1


def test_a_term_of_one_day_is_followed_by_somebody_else_and_not_by_itself():
    committee = make_committee()
    one_day = date(2026, 3, 2)
    for _number in range(2):
        seat(committee, one_day, one_day)
    assert len(list(ended_terms(TODAY))) == 1

    seat(committee, date(2026, 3, 3))
    assert list(ended_terms(TODAY)) == []


def test_one_after_the_other_leaves_the_last_one_only():
    committee = make_committee()
    seat(committee, date(2022, 1, 1), date(2023, 12, 31))
    seat(committee, date(2024, 1, 1), date(2025, 12, 31))

    assert [concern.due for concern in ended_terms(TODAY)] == [date(2025, 12, 31)]


def test_a_term_of_one_day_does_not_follow_itself():
    seat(make_committee(), date(2026, 1, 1), date(2026, 1, 1))

    assert len(list(ended_terms(TODAY))) == 1


def test_a_city_that_is_named_and_has_no_seat_is_told():
    alder, puerto = city_pair()
    joint = make_committee()
    make_committee("Own", cities=[alder])
    seat(joint, date(2026, 1, 1))
    seat(joint, date(2020, 1, 1), date(2021, 1, 1), city=puerto)

    found = list(cities_without_seat(TODAY))

    assert words(found) == [
        "Joint committee: Puerto Almendro has no seat in it.",
        "Own: Alder Bay has no seat in it.",
    ]
    assert found[0].edit_url == f"{reverse('memberships:add')}?committee={joint.pk}"
    assert found[0].cities == (puerto,)


@pytest.mark.both
@pytest.mark.parametrize(
    ("held_on", "months", "due"),
    [
        (date(2026, 2, 11), 3, date(2026, 5, 11)),
        (date(2026, 2, 12), 3, None),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
    ],
)
def test_a_committee_that_has_not_met_for_longer_than_it_should_is_told(held_on, months, due):
    committee = make_committee(months_between=months)
    add_meeting(committee, held_on=held_on)
    add_meeting(committee, held_on=date(2026, 9, 1))

    assert [concern.due for concern in committees_not_meeting(TODAY)] == ([due] if due else [])


def test_one_that_never_met_counts_from_the_day_it_was_published():
    published = "2026-01-01T12:00:00Z"
    make_committee(months_between=4, first_published_at=published)
    make_committee("No rhythm", first_published_at=published)

    (concern,) = committees_not_meeting(TODAY)

    assert concern.words == "Joint committee has not met for longer than it should."
    assert concern.due == date(2026, 5, 1)


def test_roles_with_one_holder_or_none_are_told():
    make_contact("Festivals")
    one = make_contact(deputy_name="")
    make_contact("Drills", primary_name="", deputy_name="")

    found = list(roles_with_one_holder(TODAY))

    assert words(found) == [
        "School exchanges (Alder Bay): only one person holds this role.",
        "Drills (Alder Bay): nobody holds this role.",
    ]
    assert found[0].edit_url == reverse("contacts:edit", args=(one.pk,))


def test_contacts_and_mediators_unconfirmed_for_180_days_are_told():
    make_contact(confirmed_on=date(2025, 11, 13))
    make_contact("Festivals", confirmed_on=date(2025, 11, 14))
    make_mediator("Gone", confirmed_on=date(2025, 11, 13))
    make_mediator("There", confirmed_on=date(2025, 11, 14))

    (contact,), (mediator,) = unconfirmed_contacts(TODAY), unconfirmed_mediators(TODAY)

    assert contact.words == ("School exchanges (Alder Bay): nobody has confirmed it for 180 days.")
    assert (contact.due, mediator.due) == (TODAY, TODAY)
    assert "Gone" not in mediator.words


@pytest.mark.parametrize("many", [1, 3])
def test_asking_costs_the_same_however_much_is_found(django_assert_num_queries, many):
    for number in range(many):
        committee = make_committee(
            f"Committee {number}", months_between=1, first_published_at="2020-01-01T12:00:00Z"
        )
        seat(committee, date(2020, 1, 1))
        seat(committee, date(2020, 1, 1), date(2021, 1, 1))
        make_contact(deputy_name="", confirmed_on=date(2020, 1, 1))
        make_mediator(confirmed_on=date(2020, 1, 1))
    own = [check for check in continuity.checks() if check.find.__module__.startswith("home.comm")]

    with django_assert_num_queries(11):
        found = [len(list(check.find(TODAY))) for check in own]

    assert found == [many] * 7
