"""A crowd at the door: many people, many times, many at once, on connections of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from django.db import connections

from events.models import EventPage
from events.registrations.models import Registration
from events.registrations.services import cancel, sign_up
from partnership.cities.models import City
from partnership.refusals import Refused
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import fresh_token


def at_once(jobs: Sequence[Callable[[], Any]], *, threads: int) -> list[Any]:
    """Do the jobs, that many at a time; return what each returned or raised, in their order."""

    def one(job: Callable[[], Any]) -> Any:
        try:
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, jobs))


def everybody_twice(
    event: EventPage,
    *,
    people: int,
    threads: int,
    seed: int,
    cities: Sequence[City | None] = (),
) -> list[Any]:
    """Let so many people sign up twice each, in an order of chance; from those cities in turn."""
    homes = [{"resident__city": city} for city in cities] or [{}]
    participants = [ParticipantFactory(**homes[each % len(homes)]) for each in range(people)]
    comers = [*participants, *participants]
    Random(seed).shuffle(comers)

    def job(participant: Any) -> Callable[[], Any]:
        return lambda: sign_up(event, participant=participant, form_token=fresh_token())

    return at_once([job(comer) for comer in comers], threads=threads)


def leaving_beside_coming(
    event: EventPage, *, leaving: Sequence[Registration], coming: int, threads: int, seed: int
) -> list[Any]:
    """Let some give their places back while others sign up."""

    def come(participant: Any) -> Callable[[], Any]:
        return lambda: sign_up(event, participant=participant, form_token=fresh_token())

    def leave(place: Registration) -> Callable[[], Any]:
        return lambda: cancel(place)

    jobs = [leave(place) for place in leaving]
    jobs += [come(participant) for participant in ParticipantFactory.create_batch(coming)]
    Random(seed).shuffle(jobs)
    return at_once(jobs, threads=threads)


def errors_among(outcomes: Sequence[Any]) -> list[Any]:
    """Return what went wrong: everything but places and refusals."""
    return [one for one in outcomes if not isinstance(one, Registration | Refused)]
