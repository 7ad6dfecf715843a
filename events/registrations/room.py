"""How many places are free, and for whom: the one answer for pages, forms and services.

While quotas hold, each city that has one has its places and a queue of its own; everybody else
shares what is not kept for a city, and one queue. From their release on all places are one pool
and all who wait are one queue. In a queue nobody overtakes: who comes later waits, even if there
are places enough for a smaller group, until those before them have been offered theirs.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from events.registrations.models import CityQuota, Registration
from partnership.cities.models import City
from partnership.people.models import Participant

#: The queue of those whose city has no quota, and of everybody once quotas are released.
EVERYBODY = None
#: What a row of the count is, when it is no group of a status; a code stands behind OWN.
QUOTA, OWN = "quota", "own "


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody has at the event already."""

    pk: int
    code: str
    is_given_back: bool


@dataclass
class Room:
    """The places of one event at one instant; read it under the lock to rely on it."""

    event: EventPage
    #: City id to places, while they are kept for that city.
    quotas: dict[int, int] = field(default_factory=dict)
    #: Queue to places taken by those who signed up.
    taken: Counter = field(default_factory=Counter)
    #: Queue to places that people wait for.
    wanted: Counter = field(default_factory=Counter)
    given_from_reserve: int = 0
    #: The registration that was asked for along.
    own: Own | None = None

    @classmethod
    def at(
        cls,
        event: EventPage,
        *,
        without: Registration | None = None,
        of: Participant | None = None,
    ) -> "Room":
        """Count the places, in one query; one registration can be left out of the count.

        ``of`` is somebody whose own registration there, if any, is found on the way.
        """
        room = cls(event)
        if not event.pk:
            return room
        registrations: Any = event.registrations.all()
        also = room._ask_for_quotas() if event.quotas_hold(timezone.now()) else []
        if of:
            also.append(_own(registrations.filter(participant=of).order_by()))
        if without:
            registrations = registrations.exclude(pk=without.pk)
        room._count(registrations.by_group(*also))
        return room

    def _ask_for_quotas(self) -> list[Any]:
        """Return the question for the quotas; none for a draft, which has its own at hand."""
        draft = self.event.__dict__.get("_cluster_related_objects", {})
        if "quotas" in draft:
            self.quotas = {quota.city_id: quota.places for quota in draft["quotas"]}
            return []
        kept = CityQuota.objects.filter(event=self.event.pk).order_by()
        return [kept.values_list("city_id", Value(QUOTA), Value(False), "places")]

    def _count(self, rows: list[tuple[int | None, str, bool, int]]) -> None:
        self.quotas |= {city: places for city, what, _r, places in rows if city and what == QUOTA}
        for city_id, what, from_reserve, number in rows:
            if what.startswith(OWN):
                self.own = Own(number, what.removeprefix(OWN), from_reserve)
            elif from_reserve:
                self.given_from_reserve += number
            elif what == RegistrationStatus.WAITING:
                self.wanted[self.queue(city_id)] += number
            elif what != QUOTA:
                self.taken[self.queue(city_id)] += number

    @classmethod
    def at_a_glance(cls, event: EventPage) -> "Room":
        """The same for a page that only shows it, from what its own query has brought along."""
        if event.pk is None or getattr(event, "has_quotas", True):
            return cls.at(event)
        room = cls(event, taken=Counter({EVERYBODY: event.count_places_taken()}))
        room.wanted[EVERYBODY] = int(event.is_queued_for())
        return room

    def queue(self, city_id: int | None) -> int | None:
        """The queue of somebody who lives there."""
        return city_id if city_id in self.quotas else EVERYBODY

    @property
    def in_reserve(self) -> int:
        """Kept back and not given yet."""
        return max(0, self.event.reserved_places - self.given_from_reserve)

    @property
    def left(self) -> int | None:
        """Free in all queues together; None without a limit."""
        capacity = self.event.public_capacity
        return None if capacity is None else max(0, capacity - self.taken.total())

    def limit_of(self, queue: int | None) -> int | None:
        """The places of one queue; None without a limit."""
        if queue is not EVERYBODY:
            return self.quotas[queue]
        capacity = self.event.public_capacity
        return None if capacity is None else max(0, capacity - sum(self.quotas.values()))

    def most_for(self, city_id: int | None) -> int | None:
        """The largest group from there that could get places one day; None without a limit."""
        queue = self.queue(city_id)
        if self.quotas and self.event.quotas_release_at is None:
            return self.limit_of(queue)
        return self.event.capacity

    def left_for(self, city_id: int | None) -> int | None:
        """Free for somebody who lives there, were nobody waiting; None without a limit."""
        queue = self.queue(city_id)
        limit = self.limit_of(queue)
        own = None if limit is None else max(0, limit - self.taken[queue])
        limits = [number for number in (own, self.left) if number is not None]
        return min(limits, default=None)

    def fits(self, city_id: int | None, party_size: int) -> bool:
        """Whether a group from there would find places enough, were nobody waiting."""
        left = self.left_for(city_id)
        return left is None or party_size <= left

    def is_queued_for(self, city_id: int | None) -> bool:
        """Whether people wait in the queue of somebody who lives there."""
        return self.wanted[self.queue(city_id)] > 0

    def is_open_to(self, city_id: int | None, party_size: int = 1) -> bool:
        """Whether a group from there can sign up at once."""
        return self.fits(city_id, party_size) and not self.is_queued_for(city_id)

    @property
    def is_open_to_somebody(self) -> bool:
        """Whether there is a queue in which one can sign up at once."""
        return any(self.is_open_to(queue) for queue in (*self.quotas, EVERYBODY))

    def give(self, registration: Registration) -> None:
        """Count a waiting group as having its places."""
        queue = self.queue(registration.city_id)
        self.wanted[queue] -= registration.party_size
        self.taken[queue] += registration.party_size

    def bars(self, cities: list[City]) -> list[dict[str, Any]]:
        """What is taken, for the bars on the page: one per quota, or one for all."""
        if not self.quotas:
            capacity = self.event.public_capacity
            if capacity is None:
                return []
            return [{"taken": self._shown(EVERYBODY, capacity), "capacity": capacity}]
        kept = [
            {
                "city": city,
                "taken": self._shown(city.pk, self.quotas[city.pk]),
                "capacity": self.quotas[city.pk],
            }
            for city in cities
            if city.pk in self.quotas
        ]
        for_all = self.limit_of(EVERYBODY)
        if for_all:
            taken = self._shown(EVERYBODY, for_all)
            all_have_some = all(city.pk in self.quotas for city in cities if not city.has_left)
            label = _("From elsewhere") if all_have_some else _("Everybody else")
            kept.append({"taken": taken, "capacity": for_all, "label": label})
        return kept

    def _shown(self, queue: int | None, limit: int) -> int:
        """While people queue, nothing is free: what will be offered to them counts as taken."""
        return limit if self.wanted[queue] > 0 else min(limit, self.taken[queue])


def _own(registrations: Any) -> Any:
    """Tell the key, the code and whether it was given back in the four columns of a count."""
    is_given_back = ExpressionWrapper(
        Q(status=RegistrationStatus.CANCELLED), output_field=BooleanField()
    )
    return registrations.values_list("city_id", Concat(Value(OWN), "code"), is_given_back, "pk")


def position_of(registration: Registration) -> int | None:
    """Return the place in its queue, 1 for who is next; None for who does not wait."""
    if not registration.is_waiting:
        return None
    earlier = Q(created_at__lt=registration.created_at) | Q(
        created_at=registration.created_at, pk__lt=registration.pk
    )
    event = registration.event
    ahead = Registration.objects.waiting().filter(earlier, event_id=event.pk)
    if event.quotas_hold():
        cities = set(event.quotas.values_list("city_id", flat=True))
        if registration.city_id in cities:
            ahead = ahead.filter(city_id=registration.city_id)
        elif cities:
            ahead = ahead.filter(Q(city_id=None) | ~Q(city_id__in=cities))
    return ahead.count() + 1
