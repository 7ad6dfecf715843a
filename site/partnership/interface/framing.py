"""What rooms add to the frame of every page: a band at its top, links in its foot.

Most pages have nothing to add, so whether there is anything is asked along with the cities,
which every page needs: a room costs no query until it has something to say.

In an app's ``AppConfig.ready()``::

    alerts = framing.Link("alerts", _("Alerts"), there_are_alerts, group=framing.WARNED)
    framing.link_in_the_foot(alerts, order=20)

where ``there_are_alerts()`` returns a condition of the database, such as ``Exists(...)``. It is
built and written out once in each process, which costs more than to ask it; so whoever compares
with the time says that it ``asks_the_clock``, and is built anew for each page.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, TextField
from django.db.models.expressions import BaseExpression, RawSQL
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop

from partnership.cities.logos import SIZE
from partnership.cities.models import City
from partnership.interface.catalogues import language_of
from partnership.pages.small_pictures import with_small_picture

Condition = Callable[[], Any]
#: What the links of the foot stand under, in this order.
GROUPS = WARNED, TOLD, TOGETHER, CHECKED = (
    gettext_noop("Warnings and help"),
    gettext_noop("Stay in touch"),
    gettext_noop("How we work together"),
    gettext_noop("Search and check"),
)
Band = Callable[[HttpRequest], list[dict[str, Any]]]
YES, NO = "1", "0"


class Link(NamedTuple):
    """A link to a view without arguments, under its group, shown while the condition holds."""

    view: str
    title: Any  #: said later, or a message whose language every page finds out
    condition: Condition | None
    group: str
    asks_the_clock: bool = False

    @property
    def known_as(self) -> str:
        """What every page knows about it."""
        return f"has_{self.view}_link"


class Asked(NamedTuple):
    """A condition, and whether it is another one as time goes by."""

    condition: Condition
    asks_the_clock: bool

    def built(self) -> ExpressionWrapper:
        """The condition as it is now."""
        return ExpressionWrapper(self.condition(), output_field=BooleanField())


_conditions: dict[str, Asked] = {}
#: By name and kind of database: the words of a condition that no clock changes, and what they need.
_written: dict[tuple[str, str], tuple[str, tuple[Any, ...]]] = {}
_bands: list[Band] = []
#: Those that rooms register, and what every site has.
_links: dict[str, tuple[int, Link]] = {
    link.view: (order, link)
    for order, link in (
        (35, Link("partnership", gettext_noop("The partnership"), None, TOGETHER)),
        (70, Link("feed", gettext_noop("Atom feed"), None, TOLD)),
        (71, Link("search", gettext_noop("Search"), None, CHECKED)),
        (72, Link("parity", gettext_noop("Side by side"), None, CHECKED)),
        (73, Link("ledger", gettext_noop("Open ledger"), None, CHECKED)),
        (74, Link("open_data", gettext_noop("Open data"), None, CHECKED)),
    )
}


def know(name: str, condition: Condition, *, asks_the_clock: bool = False) -> None:
    """Let every page know whether this holds, by the name."""
    _conditions[name] = Asked(condition, asks_the_clock)


def link_in_the_foot(link: Link, *, order: int) -> None:
    """Show the link in the foot of every page while there is something behind it."""
    _links[link.view] = order, link
    if link.condition:
        know(link.known_as, link.condition, asks_the_clock=link.asks_the_clock)


def show_at_the_top(band: Band) -> None:
    """Show at the top of every page what this gives (see ``components/alerts.html``)."""
    _bands.append(band)


def cities_that_know() -> list[City]:
    """Return the cities in their order; each also knows what rooms want to know.

    What no clock changes is asked as one column, a sign for each answer: a dozen of columns took
    longer to ask for than all else.
    """
    moving = {name: one.built() for name, one in _conditions.items() if one.asks_the_clock}
    still = [name for name in _conditions if name not in moving]
    asked = City.objects.annotate(answers=_in_one_column(still), **moving)
    cities = list(with_small_picture(asked, "logo", SIZE))
    for city in cities:
        answers = vars(city).pop("answers")
        vars(city).update({name: sign == YES for name, sign in zip(still, answers, strict=True)})
    return cities


def _in_one_column(names: Iterable[str]) -> BaseExpression:
    written = [_as_written(name) for name in names]
    signs = [f"CASE WHEN {sql} THEN '{YES}' ELSE '{NO}' END" for sql, _params in written]
    params = [each for _sql, needed in written for each in needed]
    sql = " || ".join(signs) or "''"
    return RawSQL(sql, params, output_field=TextField())  # noqa: S611 - as Django wrote it


def _as_written(name: str) -> tuple[str, tuple[Any, ...]]:
    key = name, connection.vendor
    if key not in _written:
        _written[key] = written_out(_conditions[name])
    return _written[key]


def written_out(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """Return the condition as the database is asked it."""
    query = City.objects.all().query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.compile(asked.built().resolve_expression(query))
    return sql, tuple(params)


def is_known(cities: Iterable[City], name: str) -> bool:
    """Whether it holds; nothing does on a site without cities."""
    return any(getattr(city, name, False) for city in cities)


def links_in_the_foot(cities: Iterable[City]) -> list[dict[str, str]]:
    """Return the links behind which there is something, those of a group together: title, url."""
    in_order = sorted(_links.values(), key=lambda each: (GROUPS.index(each[1].group), each[0]))
    return [
        {
            "group": gettext(link.group),
            "group_language": language_of(link.group),
            "title": gettext(str(link.title)),
            "language": _language_of(link),
            "url": reverse(link.view),
        }
        for _order, link in in_order
        if link.condition is None or is_known(cities, link.known_as)
    ]


def _language_of(link: Link) -> str:
    is_message = isinstance(link.title, str)
    return language_of(link.title) if is_message else str(get_language())


def at_the_top(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what rooms show at the top of this page."""
    return [each for band in _bands for each in band(request)]
