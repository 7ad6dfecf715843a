"""What the search finds besides pages: rows of any room, under a heading of its own.

In an app's ``AppConfig.ready()``::

    from partnership.pages import finding
    finding.register(finding.Source(name="promises", heading=_("Promises"), ...))

A row is found where it stands: its words are read from its own columns at that moment, and no
second copy of them is kept. So nothing has to be written when somebody votes or comments, and
what is hidden, withdrawn or erased is found no more from that instant on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from modeltranslation.manager import MultilingualQuerySet

from partnership.cities.models import City
from partnership.pages.words import Wanted, as_text, says_as_text, wanted_of

#: How many of a kind are shown beside the others, and on a page of their own.
FEW, PER_PAGE = 5, 10
#: Of so many kinds rows are shown at once; what else was found is counted and leads further.
KINDS_SHOWN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row as readers find it: ``title`` leads to ``url``, and ``text`` is what it says there.

    ``within`` names the page it stands on. Titles and texts are plain text.
    """

    title: str
    url: str
    text: str = ""
    within: str = ""
    cities: tuple[City, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of rows; its ``name`` stands in addresses.

    ``rows(language)`` gives those that every reader may see, the first one first, each with its
    words in that language as ``words`` (see ``words_in``), or as what ``words`` says where the
    model has a column of that name; ``tell(row)`` is asked for those that are shown, and asks
    the database for nothing more.
    """

    name: str
    heading: Any
    rows: Callable[[str], QuerySet]
    tell: Callable[[Any], Told]
    words: str = "words"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind: how many there are, and those of them that are shown.

    None is shown where so many other kinds were found that it stands behind a link.
    """

    source: Source
    number: int
    told: tuple[Told, ...]


_sources: dict[str, tuple[int, Source]] = {}


def register(source: Source, *, order: int) -> None:
    """Let the search find these, too; the lowest order comes first.

    Raises ImproperlyConfigured when another kind has its name: that one would be found no more.
    """
    if _sources.setdefault(source.name, (order, source))[1] is not source:
        raise ImproperlyConfigured(f"The search knows another kind called {source.name}.")


def sources() -> list[Source]:
    """Every kind of rows, in its order."""
    return [source for _order, source in sorted(_sources.values(), key=lambda each: each[0])]


def find(query: str, *, language: str) -> list[Found]:
    """Return what was found of every kind, with the first few rows of the first kinds.

    One query counts them all, however many kinds there are, and one more is made for each kind
    of which rows are shown. The same words are found as on pages; nothing that is typed raises.
    """
    wanted = wanted_of(query, language)
    if not wanted:
        return []
    numbers = _numbers(wanted, language)
    found = [each for each in sources() if numbers[each.name]]
    return [
        Found(
            source,
            numbers[source.name],
            _first(source, wanted, language) if place < KINDS_SHOWN else (),
        )
        for place, source in enumerate(found)
    ]


def _numbers(wanted: Wanted, language: str) -> dict[str, int]:
    """How many rows of each kind have every word, by the name of the kind."""
    counts = [_count(source, wanted, language) for source in sources()]
    none = dict.fromkeys((source.name for source in sources()), 0)
    if not counts:
        return none
    first, *others = counts
    every = first.union(*others, all=True) if others else first
    return none | dict(every.values_list("found_as", "found_times"))


def _count(source: Source, wanted: Wanted, language: str) -> QuerySet:
    rows = matching(source, wanted, language).order_by()
    if isinstance(rows, MultilingualQuerySet):
        rows = rows.rewrite(mode=False)  # it would ask for every column beside the two
    name = Value(source.name, output_field=TextField())
    return rows.values(found_as=name).annotate(found_times=Count("pk"))


def _first(source: Source, wanted: Wanted, language: str) -> tuple[Told, ...]:
    few: list[Any] = list(matching(source, wanted, language)[:FEW])
    return tuple(map(source.tell, few))


def matching(source: Source, wanted: Wanted, language: str) -> QuerySet:
    """Return the rows of a kind that have every word."""
    return source.rows(language).filter(Says(F(source.words), wanted))


def pages_of(name: str, query: str, *, language: str) -> tuple[Source, Paginator] | None:
    """Return all rows of one kind that have every word, in pages; None for no such kind."""
    source = next((each for each in sources() if each.name == name), None)
    wanted = wanted_of(query, language)
    if source is None or not wanted:
        return None
    return source, Paginator(matching(source, wanted, language), PER_PAGE)


def words_in(*columns: str) -> Combinable:
    """Return the words of these columns as one text."""
    spaced = [part for column in columns for part in (F(column), Value("\n"))]
    return Concat(*spaced, output_field=TextField())


# In the database ---------------------------------------------------------------------------


class Says(Func):
    """The condition that a text has every word.

    SQLite asks ``words.says`` itself: its LIKE knows no accents, and no capitals but ASCII's.
    PostgreSQL takes capitals and accents away as its index of pages does, and looks for each
    word between signs that are of no word. Either goes through every public row of a kind,
    which ``tests/bench`` measures with 10,000 comments.
    """

    function = "SAYS"
    output_field = BooleanField()

    def __init__(self, text: Any, wanted: Wanted) -> None:
        super().__init__(text, Value(as_text(wanted)))
        self.wanted = wanted

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        text, of_text = compiler.compile(self.source_expressions[0])
        patterns = [_pattern(forms) for forms in self.wanted]
        plain = ", ".join(["LOWER(UNACCENT(%s))"] * len(patterns))
        # The text is made plain once for all words, the words once for all rows.
        condition = f"LOWER(UNACCENT({text})) ~ ALL ((SELECT ARRAY[{plain}])::text[])"
        return condition, [*of_text, *patterns]


def _pattern(forms: tuple[str, ...]) -> str:
    words = "|".join(map(re.escape, forms))
    return f"(^|[^[:alnum:]])({words})([^[:alnum:]]|$)"


def teach_sqlite(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Give a new connection to SQLite the function that ``Says`` calls."""
    if connection.vendor == "sqlite":
        database: Any = connection.connection
        database.create_function(Says.function, 2, says_as_text, deterministic=True)
