"""What an export says about itself: of what, for whom, until when, under which licence."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation

from consultations.exports.enums import TableName
from consultations.exports.scope import Scope
from partnership.pages.languages import CODES, localized
from partnership.tables.columns import Table, in_language
from partnership.tables.packages import Described, PackedFile

#: Grows when a column is taken away, renamed or means something else.
SCHEMA_VERSION = 4
UTC = "UTC"
#: As the foot of every page says: texts and data. People's words are theirs.
TEXT = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
DATA = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "Creative Commons Zero 1.0",
}
OF_WORDS = (TableName.COMMENTS, TableName.WORDS, TableName.STATEMENTS, TableName.PARAGRAPHS)


def about(scope: Scope) -> dict[str, Any]:
    """Return what a file of this scope says first."""
    said: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "consultation": {
            "slugs": {code: scope.consultation.slug_in(code) for code in CODES},
            "titles": _titles(scope),
        },
        "profile": scope.profile,
    }
    if scope.held_back:
        said["held_back"] = {
            "what": list(scope.held_back),
            "until": _utc(scope.consultation.closes_at),
        }
    said["time_zones"] = _time_zones(scope)
    return said if scope.as_of is None else {**said, "as_of": _iso(scope)}


def about_json(scope: Scope, tables: list[Table]) -> dict[str, Any]:
    """The same for a document that nothing lies beside: it names the licences, too."""
    return {**about(scope), **_licence_names(tables)} if scope.is_public else about(scope)


def _licence_names(tables: list[Table]) -> dict[str, dict[str, str]]:
    return {"licences": {name: each["name"] for name, each in _licences(tables).items()}}


def _time_zones(scope: Scope) -> dict[str, str]:
    """By which clock the days of what is in it are told."""
    of_words = scope.clock
    if scope.is_final:
        return {"comments": of_words}
    return {"comments": of_words, "answers": UTC if scope.consultation.is_anonymous else of_words}


def described(scope: Scope, tables: list[Table]) -> Described:
    """Return what a data package of this scope says; raises nothing, asks one query at most."""
    licences = _licences(tables) if scope.is_public else {}
    said = {
        **about(scope),
        "filter": {
            "consultation": scope.consultation.slug,
            "received_until": _iso(scope),
            "comments": "published" if scope.is_public else "all",
            "smallest_group": scope.smallest_group,
            "personal_columns": not scope.is_public,
        },
        "licences": {name: licence["name"] for name, licence in licences.items()},
    }
    return Described(
        name=f"{scope.consultation.slug}-{scope.profile}",
        titles=_titles(scope),
        created=scope.as_of or timezone.now(),
        version=str(SCHEMA_VERSION),
        about=said,
        licences=licences,
        readme=lambda code, files: _readme(scope, code, files, licences),
    )


def _titles(scope: Scope) -> dict[str, str]:
    page = scope.consultation
    return {code: getattr(page, localized("title", code)) or page.title for code in CODES}


def _iso(scope: Scope) -> str:
    return _utc(scope.as_of or timezone.now())


def _utc(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(UTC)).isoformat()


def _licences(tables: list[Table]) -> dict[str, dict[str, str]]:
    return {table.name: TEXT if table.name in OF_WORDS else DATA for table in tables}


def _readme(
    scope: Scope, code: str, files: list[PackedFile], licences: dict[str, dict[str, str]]
) -> str:
    """The README in a language, in Markdown."""
    with translation.override(code):
        context = {
            "title": _titles(scope)[code],
            "as_of": _iso(scope),
            "is_public": scope.is_public,
            "held_back": scope.held_back,
            "is_final": scope.is_final,
            "closes_at": _utc(scope.consultation.closes_at),
            "smallest": scope.smallest_group,
            "zone": scope.clock,
            "is_anonymous": scope.consultation.is_anonymous,
            "schema_version": SCHEMA_VERSION,
            "files": [
                {
                    "path": file.path,
                    "title": in_language(file.table.title, code),
                    "rows": file.table.count,
                    "licence": licences.get(file.table.name, {}).get("title", ""),
                }
                for file in files
                if file.table
            ],
        }
        return render_to_string("exports/readme.txt", context)
