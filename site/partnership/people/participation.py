"""What a resident sees of their own: each app adds its section, and people knows none of them.

In an app's ``AppConfig.ready()``::

    from partnership.people import participation
    from events.registrations.participation import places
    participation.section(places, order=10)

where ``places(request, participant)`` returns a dict::

    {"title": _("Your places"), "template": "registrations/my_places.html", "rows": [...]}

The page includes the template with ``section`` (that dict) and ``csrf_token`` only, under an
``<h2>`` it has already written with the title; links lead to the section by its ``"anchor"``, if
there is one. A section without rows is left out; one that
writes (cancel a place) posts to its own address. Ask in one or two queries: the page has 20.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest

from partnership.people.models import Participant

Build = Callable[[HttpRequest, Participant], dict[str, Any]]


class Section(NamedTuple):
    """A part of the page and its place in it."""

    order: int
    build: Build


_sections: dict[str, Section] = {}


def section(build: Build, *, order: int = 0) -> Build:
    """Add a section to the page; the lowest order comes first."""
    _sections[f"{build.__module__}.{build.__qualname__}"] = Section(order, build)
    return build


def sections_of(request: HttpRequest, participant: Participant | None) -> list[dict[str, Any]]:
    """Return the sections that have something to show; none for who has done nothing yet."""
    if participant is None:
        return []
    built = [
        entry.build(request, participant)
        for entry in sorted(_sections.values(), key=lambda entry: entry.order)
    ]
    return [found for found in built if found["rows"]]
