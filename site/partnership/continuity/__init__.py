"""What a partnership must look after to go on: every room says what is overdue in it.

In an app's ``AppConfig.ready()``::

    from partnership import continuity
    continuity.register(
        continuity.Check(name="risks.reviewed", heading=_("Risks"), find=risks_overdue),
        order=30,
    )
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured

from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.pages.choices_once import once

Read = TypeVar("Read")
#: What was read so far while every check is asked.
_round: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("round", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing that somebody has to see to.

    ``words`` is a plain sentence in the active language, ``due`` the day it should have been seen
    to, ``edit_url`` the screen of the admin where it is mended. It is on the cities named, on all
    of them where none is. ``ahead`` says it before that day has come, where ``words`` would speak
    of what has not happened yet as if it were over.
    """

    words: str
    edit_url: str
    due: date | None = None
    cities: tuple[City, ...] = ()
    ahead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A kind of concern; its dotted ``name`` is what the command prints and never changes.

    ``find(today)`` gives what is overdue on that day, with a number of queries that does not
    grow with what it finds. What ``has_own_panel`` on the editors' first screen is not listed
    there a second time.
    """

    name: str
    heading: Any
    find: Callable[[date], Iterable[Concern]]
    has_own_panel: bool = False


_checks: dict[str, tuple[int, Check]] = {}


def register(check: Check, *, order: int) -> None:
    """Ask this, too; the lowest order is asked first.

    Raises ImproperlyConfigured when another check has its name: that one would be asked no more.
    """
    if _checks.setdefault(check.name, (order, check))[1] is not check:
        raise ImproperlyConfigured(f"There is another check called {check.name}.")


def checks() -> list[Check]:
    """Every check, in its order."""
    return [check for _order, check in sorted(_checks.values(), key=lambda each: each[0])]


def once_a_round(read: Callable[[], Read]) -> Callable[[], Read]:
    """Let what several checks need be read once while ``concerns`` asks them all.

    It is shared, so nobody changes it. A check that is asked by itself reads it anew.
    """

    @wraps(read)
    def known() -> Read:
        found = _round.get()
        if found is None:
            return read()
        if read not in found:
            found[read] = read()
        return found[read]

    return known


@once_a_round
def every_city() -> list[City]:
    """All that are partners, in their order; within an editor's request read once as well."""
    return once(every_city, lambda: [city for city in City.objects.all() if not city.has_left])


def today() -> date:
    """The day it is in every city: nobody is told of a day that is not over in their own."""
    return today_in(every_city())


@contextmanager
def one_round() -> Iterator[None]:
    """Within it every check may be asked about several days, and what they share is read once."""
    if _round.get() is not None:
        yield
        return
    before = _round.set({})
    try:
        yield
    finally:
        _round.reset(before)


def concerns(today: date) -> dict[Check, list[Concern]]:
    """Return what is overdue on a day, by its check; checks that found nothing are left out."""
    with one_round():
        found = {check: list(check.find(today)) for check in checks()}
    return {check: each for check, each in found.items() if each}


def coming(
    today: date, *, within: timedelta, known: dict[Check, list[Concern]]
) -> dict[Check, list[Concern]]:
    """Return what falls due from this day on within that time, unless somebody sees to it.

    Every check is asked about the last of these days, so that none has to know of this; what
    is ``known`` of today is left out. Each is told in the words for what is ahead.
    """
    last = today + within
    told = {(each.edit_url, each.due) for some in known.values() for each in some}

    def is_new(concern: Concern) -> bool:
        due = concern.due
        return due is not None and today <= due < last and (concern.edit_url, due) not in told

    found = {
        check: [replace(each, words=each.ahead or each.words) for each in later if is_new(each)]
        for check, later in concerns(last).items()
    }
    return {check: each for check, each in found.items() if each}
