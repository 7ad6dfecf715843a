"""Handing out what was said in a consultation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.exports.answers import answers_table, questions_table
from consultations.exports.comments import comments_table, words_table
from consultations.exports.enums import Format, Profile, TableName
from consultations.exports.models import ExportLog
from consultations.exports.refusals import NotForStaff, ReasonMissing
from consultations.exports.scope import Scope
from consultations.exports.statements import statements_table
from consultations.models import ConsultationPage
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.tables.columns import Table
from partnership.tables.writing import as_csv, as_json, as_xlsx, as_zip

SCHEMA_VERSION = 2
STAFF_PERMISSION = "consultations.export_staff_profile"
TABLES: dict[str, Callable[[Scope], Table]] = {
    TableName.ANSWERS: answers_table,
    TableName.QUESTIONS: questions_table,
    TableName.STATEMENTS: statements_table,
    TableName.COMMENTS: comments_table,
    TableName.WORDS: words_table,
}
#: What "everything" is; the words are there already, as comments and as answers.
EVERY_TABLE = (
    TableName.ANSWERS,
    TableName.QUESTIONS,
    TableName.STATEMENTS,
    TableName.COMMENTS,
)
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is being made: its name, its type, and its bytes as they come."""

    filename: str
    content_type: str
    pieces: Iterator[bytes]


def export(
    consultation: ConsultationPage,
    *,
    file_format: str,
    profile: str = Profile.PUBLIC,
    tables: Sequence[str] = (),
    exported_by: Resident | None = None,
    reason: str = "",
) -> Export:
    """Begin an export and write it into the log; the rows are read as ``pieces`` is.

    Without ``tables`` it holds all of them; several in CSV make a zip. ``exported_by`` None is
    a command on the server. Raises NotForStaff and ReasonMissing.
    """
    if profile == Profile.STAFF and exported_by is not None:
        _refuse_without_need(exported_by, reason)
    names = [TableName(name) for name in tables or EVERY_TABLE]
    scope = Scope(consultation, profile)
    chosen = [TABLES[name](scope) for name in names]
    log = ExportLog.objects.create(
        consultation=consultation,
        exported_by=exported_by,
        profile=profile,
        format=file_format,
        tables=", ".join(names),
        reason=reason,
    )
    suffix = "zip" if file_format == Format.CSV and len(chosen) > 1 else str(file_format)
    part = names[0].value if len(names) == 1 else "all"
    return Export(
        filename=f"{consultation.slug}-{part}-{profile}.{suffix}",
        content_type=CONTENT_TYPES[suffix],
        pieces=_logged(_write(suffix, _about(consultation, profile), chosen), chosen, log),
    )


def _refuse_without_need(person: Resident, reason: str) -> None:
    if not person.has_perm(STAFF_PERMISSION):
        raise NotForStaff
    if not reason.strip():
        raise ReasonMissing


def _write(suffix: str, about: dict[str, Any], tables: list[Table]) -> Iterator[bytes]:
    if suffix == "csv":
        return as_csv(tables[0])
    if suffix == "zip":
        return as_zip(tables)
    return as_xlsx(tables) if suffix == "xlsx" else as_json(about, tables)


def _logged(pieces: Iterator[bytes], tables: list[Table], log: ExportLog) -> Iterator[bytes]:
    """The pieces; after the last one the log learns how many rows there were."""
    yield from pieces
    log.rows = sum(table.count for table in tables)
    log.save(update_fields=("rows",))


def _about(consultation: ConsultationPage, profile: str) -> dict[str, Any]:
    titles = {code: getattr(consultation, localized("title", code)) for code in CODES}
    return {
        "schema_version": SCHEMA_VERSION,
        "consultation": {
            "slugs": {code: consultation.slug_in(code) for code in CODES},
            "titles": titles,
        },
        "profile": str(profile),
    }
