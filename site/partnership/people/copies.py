"""A copy of everything the site holds about somebody, whichever room holds it.

Rooms say in ``AppConfig.ready()`` which of their rows are somebody's: ``hold(Held(...))``. Every
column is told, one added tomorrow too, unless the room names it in ``without``. Never told is
who else had to do with a row: columns that point to accounts or participants. A test looks at
every table there is that points to people: it is told here, or that test says why it is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnership.pages.languages import CODES, own_name
from partnership.people.models import Participant, Resident

#: The columns that hold the code of a language.
LANGUAGES = ("language_code", "preferred_language")

Whose = Callable[[Participant], Q | None]


def of_participant(*lookups: str) -> Whose:
    """Rows that point to the participant, by any of these ways."""

    def whose(participant: Participant) -> Q | None:
        if participant.pk is None:
            return None  # nothing would be a condition that nobody's rows fulfil
        found = Q()
        for lookup in lookups:
            found |= Q(**{lookup: participant.pk})
        return found

    return whose


def of_account(lookup: str) -> Whose:
    """Rows that point to the account."""

    def whose(participant: Participant) -> Q | None:
        return Q(**{lookup: participant.resident_id}) if participant.resident_id else None

    return whose


@dataclass(frozen=True, kw_only=True)
class Held:
    """Rows of a model that are somebody's.

    ``told`` says a column in other words than the row would: never in the words of others.
    ``labels`` name columns that have no name for readers; so a key is told that others refer to.
    """

    model: type[models.Model]
    of: Whose = field(default_factory=lambda: of_participant("participant"))
    without: tuple[str, ...] = ()
    told: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    #: Where its owner changes a row, beside the column of that name; empty where nothing can be.
    changed_at: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # to be fetched with the rows
    #: What its owner calls them, where staff call them something else.
    title: str | Promise = ""
    is_trace: bool = False  # told after everything else

    @property
    def fields(self) -> list[models.Field]:
        """The columns that are told."""
        return [each for each in self.model._meta.concrete_fields if self._is_told(each)]

    def _is_told(self, each: models.Field) -> bool:
        points_to_people = each.related_model in (Participant, Resident)
        is_mere_key = each.primary_key and each.name not in self.labels
        return not (is_mere_key or points_to_people or each.name in self.without)

    def label_of(self, each: models.Field) -> str | Promise:
        """What readers call a column."""
        if each.name in self.labels:
            return self.labels[each.name]
        name: Any = each.verbose_name
        if each.is_relation and not isinstance(name, Promise):
            name = each.related_model._meta.verbose_name  # type: ignore[union-attr]  # a relation
        return name

    def rows(self, participant: Participant) -> list[Any]:
        """This person's rows, the oldest first; a query, and one for each of ``needs``."""
        whose = self.of(participant)
        if whose is None:
            return []
        joined = [each.name for each in self.fields if each.is_relation]
        rows = self.model._default_manager.filter(whose).order_by("pk")
        return list(rows.select_related(*joined).prefetch_related(*self.needs))


class Cell(NamedTuple):
    """One value: under a key that never changes, and as people read it."""

    key: str
    label: str
    value: Any
    words: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Everything of one kind."""

    key: str
    title: str
    rows: list[list[Cell]]


_held: dict[str, Held] = {}


def hold(*held: Held) -> None:
    """Say which rows of an app are somebody's; within an app they are told in that order."""
    for each in held:
        _held[each.model._meta.label] = each


def everything_about(participant: Participant) -> list[Section]:
    """Return what the site holds about this person, in the active language.

    Of an account that has never done anything the participant need not be stored.
    """
    with timezone.override(zone_of(participant)):
        in_order = sorted(_held.values(), key=lambda held: held.is_trace)
        sections = [_section(held, participant) for held in in_order]
    return [section for section in sections if section.rows]


def zone_of(participant: Participant) -> str:
    """Return by which clock this person is told: that of the home city, or else the site's."""
    city = participant.city
    return city.time_zone if city else timezone.get_default_timezone_name()


def _section(held: Held, participant: Participant) -> Section:
    meta = held.model._meta
    rows = [[_cell(held, each, row) for each in held.fields] for row in held.rows(participant)]
    title = str(held.title or meta.verbose_name_plural)
    return Section(meta.label_lower, capfirst(title), rows)


def _cell(held: Held, each: models.Field, row: Any) -> Cell:
    label = capfirst(str(held.label_of(each)))
    url = held.changed_at[each.name](row) if each.name in held.changed_at else ""
    if each.name in held.told:
        value = held.told[each.name](row)
        return Cell(each.name, label, value, _in_words(value), url)
    value = getattr(row, each.name)
    if each.is_relation:
        value = None if value is None else str(value)
    return Cell(each.name, label, value, _in_words(_as_shown(row, each, value)), url)


def _as_shown(row: Any, each: models.Field, value: Any) -> Any:
    """The value of a choice, or of a language, by its name."""
    if each.name in LANGUAGES and value in CODES:
        return own_name(value)
    shown = getattr(row, f"get_{each.name}_display", None)
    return shown() if shown else value


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return str(formats.date_format(timezone.localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_in_words(each)}" for key, each in value.items())
    return str(formats.localize(value))
