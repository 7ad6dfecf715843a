"""By which ways people took part, and for whom they spoke: shares of what came in, few kept back.

What each city answered is told city by city, too, with few people kept back. So a way in is told
in sum only where nobody can work out from it what stands nowhere: ``told`` solves the equations
that a reader has.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast

from consultations.enums import Channel
from consultations.models import ConsultationPage, Contribution, Response
from partnership.masking import SMALLEST_GROUP, masked_parts, masked_places

#: A place and a group in it: a city or 0 for elsewhere, and a channel or a kind.
Cell = tuple[int, str]
Cells = Mapping[Cell, int]
FORMS, WORDS = "forms", "words"
#: What a row of ``counted()`` says.
COLUMNS = ("place", "voice", "size", "what", "way")


@dataclass(frozen=True, slots=True)
class Share:
    """One group of a whole; ``number`` and ``percent`` are None where it is kept back."""

    group: str
    number: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Filled forms, or comments and ideas: how many, by which way, and for whom."""

    what: str
    whole: int
    channels: tuple[Share, ...]
    kinds: tuple[Share, ...]


def ways_in(rows: Iterable[tuple[int | None, str, int, str, str]]) -> list[WaysIn]:
    """Return what came in, by way in and by who was speaking, of rows that ``counted()`` counts.

    Of fewer than five nothing is said.
    """
    by_channel: dict[str, Counter[Cell]] = defaultdict(Counter)
    by_kind: dict[str, Counter[Cell]] = defaultdict(Counter)
    for city, kind, number, what, channel in rows:
        by_channel[what][city or 0, channel] += number
        by_kind[what][city or 0, kind] += number
    return [
        WaysIn(
            what=what,
            whole=by_channel[what].total(),
            channels=_shares(by_channel[what], is_public=what == WORDS),
            kinds=_shares(by_kind[what], is_public=what == WORDS),
        )
        for what in (FORMS, WORDS)
        if by_channel[what].total() >= SMALLEST_GROUP
    ]


def counted(consultation: ConsultationPage, *, until: datetime | None = None) -> list[Any]:
    """Return what counts the forms, the words of sessions and the words written here.

    ``until`` leaves out forms that came in or changed later.
    """
    forms = Response.objects.filter(consultation=consultation)
    if until is not None:
        forms = forms.filter(Q(changed_at__lte=until) | Q(is_anonymous=True))
    said = Contribution.objects.filter(consultation=consultation).published()
    session, web = Value(Channel.SESSION.value), Value(Channel.WEB.value)
    parts = (
        (FORMS, forms, F("channel")),
        (WORDS, said.exclude(event=None), session),
        (WORDS, said.filter(event=None), web),
    )
    return [
        rows.order_by()
        .values(
            place=F("city_id"),
            voice=F("organisation_kind"),
            what=Value(what, CharField()),
            way=Cast(way, CharField()),
        )
        .annotate(size=Count("pk"))
        .values_list(*COLUMNS)
        for what, rows, way in parts
    ]


def _shares(cells: Cells, *, is_public: bool) -> tuple[Share, ...]:
    """Each group with its number and its share; what stands on the page anyway hides nobody."""
    sums: Counter[str] = Counter()
    for (_city, group), number in cells.items():
        sums[group] += number
    whole = sums.total()
    shown = set(sums) - masked_parts(sums) if is_public else told(cells)
    return tuple(
        Share(group, number, round(100 * number / whole))
        if group in shown
        else Share(group, None, None)
        for group, number in sorted(sums.items(), key=lambda pair: pair[0])
    )


# What can be told ---------------------------------------------------------------------------------


def told(cells: Cells) -> frozenset[str]:
    """Return the groups whose sums over all cities give nobody away.

    The whole is told, and how many there are of each city that ``masked_places`` keeps back from
    nobody, with those of its cells that ``masked_parts`` does not. Of what is left no cell
    follows from these and the sums that are told, and no sum hides fewer than five.
    """
    sums: Counter[str] = Counter()
    for (_city, group), number in cells.items():
        sums[group] += number
    lines, hidden = _known_and_hidden(cells)
    shown = set(sums) - masked_parts(sums)
    for group in sorted(shown, key=lambda each: (sums[each], each)):
        if _gives_away(cells, lines, hidden, shown):
            shown.discard(group)
    return frozenset() if _gives_away(cells, lines, hidden, shown) else frozenset(shown)


def _known_and_hidden(cells: Cells) -> tuple[list[set[Cell]], set[Cell]]:
    """The cells that no page and no file tells, and those of them whose sum a reader knows."""
    places: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (city, group), number in cells.items():
        places[city][group] = number
    kept_back = masked_places({city: sum(parts.values()) for city, parts in places.items()})
    rows = {
        city: {
            (city, group)
            for group in (parts if city in kept_back else masked_parts(parts))
            if parts[group]
        }
        for city, parts in places.items()
    }
    hidden = set().union(*rows.values())
    return [hidden, *(row for city, row in rows.items() if city not in kept_back)], hidden


def _gives_away(cells: Cells, known: list[set[Cell]], hidden: set[Cell], shown: set[str]) -> bool:
    """Whether a hidden cell follows from the sums, or a sum leaves fewer than five hidden."""
    columns = [{cell for cell in hidden if cell[1] == group} for group in shown]
    if any(0 < sum(cells[cell] for cell in column) < SMALLEST_GROUP for column in columns):
        return True
    unknown = sorted(hidden)
    lines = (*known, *columns)
    return _determines_one([[Fraction(cell in line) for cell in unknown] for line in lines])


def _determines_one(rows: list[list[Fraction]]) -> bool:
    """Whether one unknown follows from these sums: reduced, a row has it alone."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        factor = rows[done][column]
        rows[done] = [value / factor for value in rows[done]]
        for row in range(len(rows)):
            if row != done and rows[row][column]:
                times = rows[row][column]
                rows[row] = [a - times * b for a, b in zip(rows[row], rows[done], strict=True)]
        done += 1
    return any(sum(value != 0 for value in row) == 1 for row in rows)
