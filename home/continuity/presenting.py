"""What readers learn about the bond, and what is overdue in the cities somebody works for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.continuity.models import Instrument, StatusChange
from partnership import continuity
from partnership.cities.models import City
from partnership.continuity import Check, Concern
from partnership.interface import framing
from partnership.ledger.models import ApprovalRequest
from partnership.pages.permissions import city_keys

#: What a reader of the bond may look for: the view, what it is called, and what stands there.
ONWARD = (
    (
        "emergency",
        _("In an emergency"),
        _("Whom to call, what the cities agreed and when they practise it."),
    ),
    ("risk_register", _("Risks"), _("What could go wrong, and what is planned for it.")),
    (
        "disputes",
        _("Disagreements"),
        _("What the cities do not see alike, and how far each matter has come."),
    ),
    ("lessons", _("Lessons"), _("What the cities would do otherwise next time.")),
)

Found = dict[Check, list[Concern]]
#: So long before its day editors are told what is to be done next: the cities have to meet first.
SOON = timedelta(days=60)


def bond_context(cities: list[City]) -> dict[str, Any]:
    """Return the instruments of each city and the history of the status; two queries."""
    today = timezone.localdate()
    by_city: dict[int, list[dict[str, Any]]] = {city.pk: [] for city in cities}
    for each in Instrument.objects.select_related("document"):
        row = {"instrument": each, "validity": each.validity_on(today)}
        by_city[each.city_id].append(row)
    return {
        "shelves": [{"city": city, "rows": by_city[city.pk]} for city in cities],
        "history": list(with_entry(StatusChange.objects.made())),
        "onward": onward(cities),
    }


def onward(cities: list[City]) -> list[dict[str, Any]]:
    """Where one looks on from there, as far as there is anything; every page knows whether."""
    return [
        {"url": reverse(view), "title": title, "words": words}
        for view, title, words in ONWARD
        if framing.is_known(cities, f"has_{view}_link")
    ]


def with_entry(changes: QuerySet[StatusChange]) -> QuerySet[StatusChange]:
    """Add ``asked``, the key of the request the cities answered, and ``entry``, its number."""
    asked = ApprovalRequest.objects.filter(
        content_type=ContentType.objects.get_for_model(StatusChange), object_id=OuterRef("pk")
    ).order_by("-pk")
    return changes.annotate(
        asked=Subquery(asked.values("pk")[:1]),
        entry=Subquery(asked.values("entry__number")[:1]),
    )


def of_cities(found: Found, cities: Iterable[City]) -> Found:
    """Return of what is overdue what these cities have to see to."""
    return _of_keys(found, {city.pk for city in cities})


def _of_keys(found: Found, own: set[int]) -> Found:
    def is_theirs(concern: Concern) -> bool:
        return not concern.cities or any(city.pk in own for city in concern.cities)

    theirs = {check: [*filter(is_theirs, concerns)] for check, concerns in found.items()}
    return {check: concerns for check, concerns in theirs.items() if concerns}


@dataclass(frozen=True)
class Pile:
    """What one check found, and how much of it is left out here."""

    check: Check
    concerns: list[Concern]
    left_out: int


def piles_of(found: Found, *, at_most: int) -> list[Pile]:
    """Return the first few concerns of every check, those that are due first in front."""
    return [
        Pile(check, sorted(each, key=_due)[:at_most], max(0, len(each) - at_most))
        for check, each in found.items()
    ]


def _due(concern: Concern) -> date:
    return concern.due or date.max


def overdue_for(person: Any, today: date) -> Found:
    """Return what is overdue in the cities this person works for; of all for an administrator."""
    return _theirs(continuity.concerns(today), person)


def coming_for(person: Any, today: date) -> list[tuple[Check, Concern]]:
    """Return what falls due soon in the same cities, the next first, each with its check."""
    return by_day(_theirs(coming_soon(today), person))


def coming_soon(today: date, known: Found | None = None) -> Found:
    """Return what falls due soon; ``known`` is what is overdue today, where that was asked."""
    with continuity.one_round():
        now = continuity.concerns(today) if known is None else known
        return continuity.coming(today, within=SOON, known=now)


def by_day(found: Found) -> list[tuple[Check, Concern]]:
    """Return the concerns of all checks in one list, those that are due first in front."""
    pairs = [(check, each) for check, concerns in found.items() for each in concerns]
    return sorted(pairs, key=lambda pair: _due(pair[1]))


def _theirs(found: Found, person: Any) -> Found:
    return found if person.is_superuser else _of_keys(found, city_keys(person).cities)
