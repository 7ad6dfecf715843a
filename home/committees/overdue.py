"""What is overdue about committees, contacts and mediators."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.committees.models import CommitteePage, Contact, Mediator, Membership
from partnership.continuity import Check, Concern, every_city, once_a_round


def seats_without_deputy(today: date) -> Iterator[Concern]:
    """Seats in which nobody would sit if their holder were away."""
    words = _("%(committee)s: nobody is the deputy of this seat: %(seat)s.")
    for seat in _seats():
        if seat.lacks_a_deputy(today):
            yield _of_seat(seat, words)


def ended_terms(today: date) -> Iterator[Concern]:
    """Terms that have ended, unless somebody of the same city and role came after."""
    words = _("%(committee)s: this term has ended and nobody follows: %(seat)s.")
    ahead = _("%(committee)s: this term ends and nobody follows yet: %(seat)s.")
    rows = defaultdict(list)
    for seat in sorted(_seats(), key=lambda seat: (seat.starts_on, seat.pk)):
        rows[seat.committee_id, seat.city_id, seat.role].append(seat)
    for seats in rows.values():
        for seat in _not_followed(seats, today):
            yield _of_seat(seat, words, due=seat.ends_on, ahead=ahead)


def _not_followed(seats: list[Membership], today: date) -> Iterator[Membership]:
    """Those whose term has ended; whoever came after them takes one place only."""
    free = list(seats)
    for place, seat in enumerate(seats):
        if seat.ends_on is None or seat.ends_on >= today:
            continue
        # Only of those that began after it: a term of one day does not follow itself.
        later = (each for each in seats[place + 1 :] if each in free)
        next_one = next((each for each in later if each.starts_on >= seat.ends_on), None)
        if next_one is None:
            yield seat
        else:
            free.remove(next_one)


def cities_without_seat(today: date) -> Iterator[Concern]:
    """Cities that a committee names and that have no seat in it."""
    words = _("%(committee)s: %(city)s has no seat in it.")
    seated = {(seat.committee_id, seat.city_id) for seat in _seats() if seat.is_current_on(today)}
    everyone = every_city()
    for committee in _committees().prefetch_related("cities"):
        for city in list(committee.cities.all()) or everyone:
            if (committee.pk, city.pk) not in seated:
                yield Concern(
                    words=words % {"committee": committee.title, "city": city.name},
                    edit_url=f"{reverse('memberships:add')}?committee={committee.pk}",
                    cities=(city,),
                )


def committees_not_meeting(today: date) -> Iterator[Concern]:
    """Committees that have not met for longer than they say they do."""
    words = _("%(committee)s has not met for longer than it should.")
    ahead = _("%(committee)s is to meet.")
    held = Max("meetings__held_on", filter=Q(meetings__held_on__lte=today))
    found = _committees().filter(months_between__isnull=False).annotate(last_held_on=held)
    for committee in found.prefetch_related("cities"):
        since = committee.last_held_on or committee.first_published_at
        due = _months_after(since, committee.months_between) if since else today
        if due < today:
            yield Concern(
                words=words % {"committee": committee.title},
                ahead=ahead % {"committee": committee.title},
                edit_url=f"{reverse('meetings:add')}?committee={committee.pk}",
                due=due,
                cities=tuple(committee.cities.all()),
            )


def roles_with_one_holder(today: date) -> Iterator[Concern]:
    """Contacts that nobody answers for when one person is away, or that nobody holds."""
    one = _("%(contact)s: only one person holds this role.")
    nobody = _("%(contact)s: nobody holds this role.")
    for contact in Contact.objects.select_related("city", "primary", "deputy"):
        if not contact.has_two_holders:
            yield _of_contact(contact, one if contact.holders else nobody)


def unconfirmed_contacts(today: date) -> Iterator[Concern]:
    """Contacts of which nobody has said for 180 days that they are right."""
    words = _("%(contact)s: nobody has confirmed it for 180 days.")
    ahead = _("%(contact)s: somebody is to confirm it.")
    for contact in Contact.objects.unconfirmed(today).select_related("city"):
        yield _of_contact(contact, words, due=contact.to_be_confirmed_by, ahead=ahead)


def unconfirmed_mediators(today: date) -> Iterator[Concern]:
    """Mediators whom readers do not see any more, as nobody has confirmed them."""
    words = _("A mediator has left the page: nobody has confirmed the entry for 180 days.")
    ahead = _("A mediator leaves the page unless somebody confirms the entry.")
    for mediator in Mediator.objects.unconfirmed(today):
        edit_url = reverse("mediators:edit", args=(mediator.pk,))
        yield Concern(words=words, ahead=ahead, edit_url=edit_url, due=mediator.to_be_confirmed_by)


@once_a_round
def _seats() -> Any:
    seats = Membership.objects.of_public_committees()
    return seats.select_related("committee", "city", "deputy")


def _committees() -> Any:
    return CommitteePage.objects.live().order_by("pk")


def _of_seat(seat: Membership, words: str, due: date | None = None, ahead: str = "") -> Concern:
    said = {"committee": seat.committee.title, "seat": seat}
    return Concern(
        words=words % said,
        ahead=ahead % said,
        edit_url=reverse("memberships:edit", args=(seat.pk,)),
        due=due,
        cities=(seat.city,),
    )


def _of_contact(contact: Contact, words: str, due: date | None = None, ahead: str = "") -> Concern:
    return Concern(
        words=words % {"contact": contact},
        ahead=ahead % {"contact": contact},
        edit_url=reverse("contacts:edit", args=(contact.pk,)),
        due=due,
        cities=(contact.city,),
    )


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


CHECKS = (
    Check(
        name="committees.deputies",
        heading=gettext_lazy("Seats without a deputy"),
        find=seats_without_deputy,
    ),
    Check(name="committees.terms", heading=gettext_lazy("Ended terms"), find=ended_terms),
    Check(
        name="committees.cities",
        heading=gettext_lazy("Cities without a seat"),
        find=cities_without_seat,
    ),
    Check(
        name="committees.meetings",
        heading=gettext_lazy("Committees that do not meet"),
        find=committees_not_meeting,
    ),
    Check(
        name="contacts.holders",
        heading=gettext_lazy("Roles with one holder only"),
        find=roles_with_one_holder,
    ),
    Check(
        name="contacts.confirmed",
        heading=gettext_lazy("Contacts nobody has confirmed"),
        find=unconfirmed_contacts,
    ),
    Check(
        name="mediators.confirmed",
        heading=gettext_lazy("Mediators nobody has confirmed"),
        find=unconfirmed_mediators,
    ),
)
