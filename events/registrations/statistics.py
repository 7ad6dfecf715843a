"""Who takes part from where, with small groups masked so that nobody can be made out."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from events.models import EventPage
from events.registrations.enums import RegistrationStatus
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP

SHOWN = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.ATTENDED,
    RegistrationStatus.NO_SHOW,
    RegistrationStatus.CANCELLED,
)


def by_city(event: EventPage, *, in_full: bool = False) -> dict[str, Any]:
    """Return people per city and status: headings, and rows whose last is the total.

    A figure counts people; it is masked when it stands for fewer than five registrations. Where
    one of a column is masked the next smallest is too, so that the total does not give it away.
    ``in_full`` masks nothing, for whoever reads every name beside it.
    """
    cells = _cells(event)
    cities = [(city.pk, str(city)) for city in City.objects.all()]
    names: list[tuple[int | None, str]] = [*cities, (None, _("Somewhere else"))]
    columns = [
        _column([cells.get((pk, status), (0, 0)) for pk, _name in names], in_full=in_full)
        for status in SHOWN
    ]
    totals: Counter = Counter()
    for (_city, status), (people, _signed_up) in cells.items():
        totals[status] += people
    rows = [
        (name, [column[place] for column in columns]) for place, (_pk, name) in enumerate(names)
    ]
    return {
        "headings": [status.label for status in SHOWN],
        "rows": [*rows, (_("Together"), [str(totals[status]) for status in SHOWN])],
    }


def _cells(event: EventPage) -> dict[tuple[int | None, str], tuple[int, int]]:
    """Return people and registrations by city and status.

    Of a group that was there only those who came count as having been there; when the event is
    over, the others of it are among those who did not come.
    """
    cells: Counter = Counter()
    groups: Counter = Counter()
    is_over = event.is_over
    for city_id, status, people, came, signed_up, incomplete in _counted(event):
        was_there = status == RegistrationStatus.ATTENDED
        cells[city_id, status] += came if was_there else people
        groups[city_id, status] += signed_up
        if was_there and is_over and incomplete:
            cells[city_id, RegistrationStatus.NO_SHOW] += people - came
            groups[city_id, RegistrationStatus.NO_SHOW] += incomplete
    return {key: (people, groups[key]) for key, people in cells.items()}


def _counted(event: EventPage) -> Any:
    found = event.registrations.order_by().values_list("city_id", "status")
    return found.annotate(
        people=Sum("party_size"),
        came=Sum("arrived"),
        signed_up=Count("pk"),
        incomplete=Count("pk", filter=Q(arrived__lt=F("party_size"))),
    )


def _column(cells: list[tuple[int, int]], *, in_full: bool) -> list[str]:
    """Return the figures of one status, small ones masked and never only one of them."""
    if in_full:
        return [str(people) for people, _groups in cells]
    masked = {place for place, (_people, groups) in enumerate(cells) if 0 < groups < SMALLEST_GROUP}
    others = [
        place for place, (people, _groups) in enumerate(cells) if people and place not in masked
    ]
    if len(masked) == 1 and others:
        masked.add(min(others, key=lambda place: cells[place]))
    words = _("under %(number)d") % {"number": SMALLEST_GROUP}
    hidden = {place: words if cells[place][1] < SMALLEST_GROUP else "–" for place in masked}
    return [hidden.get(place, str(people)) for place, (people, _groups) in enumerate(cells)]
