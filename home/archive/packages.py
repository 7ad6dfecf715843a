"""A year as one file: a data package of everything public, the same one for every language."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.exports.describing import DATA, TEXT
from consultations.roadmap.models import RoadmapPage
from home.archive.exports import closed_within, is_of_words, tables_of_year
from home.parity.years import Years, years_of
from partnership.cities.models import City
from partnership.pages.access import open_to_all
from partnership.pages.languages import CODES
from partnership.tables.columns import Table
from partnership.tables.packages import Described, PackedFile, as_package

#: Grows when a column is taken away, renamed or means something else.
SCHEMA_VERSION = "1"


def years_with_a_file(cities: Sequence[City]) -> list[int]:
    """Return this year and those before it since something was first asked or held; one query."""
    return years_of(cities).newest_first


def packed(years: Years) -> list[int]:
    """Return the years since something was first asked or held, and earlier ones of a roadmap."""
    roadmaps = RoadmapPage.objects.live().filter(open_to_all(), year__lte=years.last)
    promised = roadmaps.order_by().values_list("year", flat=True)
    return sorted({*years.newest_first, *promised}, reverse=True)


def kept_as(year: int, years: Years, today: date) -> str:
    """Return what the file is kept as: another day and another closed consultation are another."""
    closed = closed_within(years.begins(year), years.begins(year + 1)).count()
    return f"year-{year}-{today:%Y%m%d}-{closed}"


def pieces_of(year: int, years: Years, today: date) -> Iterator[bytes]:
    """Return the zip, piece by piece; the same rows make the same bytes on the same day."""
    tables = tables_of_year(year, years, today)
    titles = {code: _in(code, year) for code in CODES}
    licences = {table.name: TEXT if is_of_words(table) else DATA for table in tables}
    about = {
        "schema_version": SCHEMA_VERSION,
        "year": year,
        "day": today.isoformat(),
        "profile": "public",
        "titles": titles,
        "licences": {name: licence["name"] for name, licence in licences.items()},
    }
    described = Described(
        name=f"year-{year}",
        titles=titles,
        created=years.begins(year),
        version=SCHEMA_VERSION,
        about=about,
        licences=licences,
        readme=lambda code, files: _readme(titles[code], code, files, licences),
    )
    return as_package(described, tables)


def _in(code: str, year: int) -> str:
    with translation.override(code):
        return _("The partnership in %(year)s") % {"year": year}


def _readme(
    title: str, code: str, files: list[PackedFile], licences: dict[str, dict[str, str]]
) -> str:
    with translation.override(code):
        told = [_listed(file, file.table, licences) for file in files if file.table]
        return render_to_string("archive/year.txt", {"title": title, "files": told})


def _listed(file: PackedFile, table: Table, licences: dict[str, Any]) -> dict[str, Any]:
    licence = licences[table.name]["title"]
    title = str(table.title) or table.name
    return {"path": file.path, "title": title, "rows": table.count, "licence": licence}
