"""Handing out what was said in a consultation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from consultations.asking.mixing import mix
from consultations.exports.answers import answers_table, questions_table
from consultations.exports.comments import comments_table, words_table
from consultations.exports.describing import about_json, described
from consultations.exports.enums import Format, Profile, TableName
from consultations.exports.models import ExportLog
from consultations.exports.paragraphs import has_paragraphs, paragraphs_table
from consultations.exports.refusals import (
    InstantToCome,
    NotForStaff,
    NothingYet,
    ReasonMissing,
)
from consultations.exports.results import results_table
from consultations.exports.scope import Scope
from consultations.exports.statements import statements_table
from consultations.models import ConsultationPage
from partnership.people.models import Resident
from partnership.tables.columns import Table
from partnership.tables.packages import as_package
from partnership.tables.writing import as_csv, as_json, as_xlsx, as_zip

EXPORT_PERMISSION = "consultations.export_consultation"
STAFF_PERMISSION = "consultations.export_staff_profile"
TABLES: dict[str, Callable[[Scope], Table]] = {
    TableName.ANSWERS: answers_table,
    TableName.QUESTIONS: questions_table,
    TableName.STATEMENTS: statements_table,
    TableName.COMMENTS: comments_table,
    TableName.RESULTS: results_table,
    TableName.PARAGRAPHS: paragraphs_table,
    TableName.WORDS: words_table,
}
#: What "everything" is; the words are there already, as comments and as answers.
EVERY_TABLE = (
    TableName.ANSWERS,
    TableName.QUESTIONS,
    TableName.STATEMENTS,
    TableName.COMMENTS,
    TableName.RESULTS,
)
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is being made: its name, its type, and its bytes as they come."""

    filename: str
    content_type: str
    pieces: Iterator[bytes]
    tables: tuple[Table, ...]
    log: ExportLog


def export(
    consultation: ConsultationPage,
    *,
    file_format: str,
    profile: str = Profile.PUBLIC,
    tables: Sequence[str] = (),
    exported_by: Resident | None = None,
    reason: str = "",
    as_of: datetime | None = None,
) -> Export:
    """Begin an export and write it into the log; the rows are read as ``pieces`` is.

    Without ``tables`` it holds all of them; several in CSV make a zip. ``as_of`` leaves out what
    came in after an instant; a data package always names one. ``exported_by`` None is a command
    on the server. Raises NotForStaff, ReasonMissing, InstantToCome and NothingYet.
    """
    if profile == Profile.STAFF and exported_by is not None:
        refuse_without_need(exported_by, reason)
    refuse_impossible_instant(consultation, as_of)
    as_of = as_of or _now_of(file_format)
    scope = _scope(consultation, profile, as_of)
    names = [TableName(name) for name in tables or _every_table(scope)]
    chosen = [named_table(name, scope) for name in names]
    log = ExportLog.objects.create(
        consultation=consultation,
        exported_by=exported_by,
        profile=profile,
        format=file_format,
        tables=", ".join(names),
        reason=reason,
        as_of=as_of,
    )
    suffix = _suffix(file_format, chosen)
    return Export(
        filename=_filename(consultation, names, profile, file_format, suffix),
        content_type=CONTENT_TYPES[suffix],
        pieces=_logged(_write(scope, file_format, suffix, chosen), chosen, log),
        tables=tuple(chosen),
        log=log,
    )


def _every_table(scope: Scope) -> tuple[TableName, ...]:
    """All of them; the one of paragraphs where the consultation has a draft text."""
    return (*EVERY_TABLE, TableName.PARAGRAPHS) if has_paragraphs(scope) else EVERY_TABLE


def _scope(consultation: ConsultationPage, profile: str, as_of: datetime | None) -> Scope:
    """The consultation as this profile sees it, its anonymous answers mixed once it is closed.

    Otherwise quiet days would be told apart now, and together tomorrow.
    """
    if consultation.is_anonymous and consultation.is_over:
        mix(consultation.pk)
    return Scope(consultation, profile, as_of)


def _now_of(file_format: str) -> datetime | None:
    return timezone.now() if file_format == Format.PACKAGE else None


def refuse_impossible_instant(consultation: ConsultationPage, as_of: datetime | None) -> None:
    """Raise InstantToCome or NothingYet for an instant nothing can be exported of."""
    if as_of is not None and as_of > timezone.now():
        raise InstantToCome
    if as_of is not None and as_of < consultation.opens_at:
        raise NothingYet


def named_table(name: TableName, scope: Scope) -> Table:
    """One of the tables of this scope, with what it is called."""
    table = TABLES[name](scope)
    table.title = name.label
    return table


def _filename(
    consultation: ConsultationPage,
    names: list[TableName],
    profile: str,
    file_format: str,
    suffix: str,
) -> str:
    part = names[0].value if len(names) == 1 else "all"
    kind = "-package" if file_format == Format.PACKAGE else ""
    return f"{consultation.slug}-{part}-{profile}{kind}.{suffix}"


def _suffix(file_format: str, tables: list[Table]) -> str:
    is_zip = file_format == Format.PACKAGE or (file_format == Format.CSV and len(tables) > 1)
    return "zip" if is_zip else str(file_format)


def exportable_by(person: Resident) -> QuerySet[ConsultationPage]:
    """The consultations this person may export: those of their cities, and joint ones."""
    if not person.has_perm(EXPORT_PERMISSION):
        return ConsultationPage.objects.none()
    return ConsultationPage.objects.of_moderator(person)


def may_export(person: Resident, consultation: ConsultationPage) -> bool:
    """Whether this one is among them."""
    return exportable_by(person).filter(pk=consultation.pk).exists()


def refuse_without_need(person: Resident, reason: str) -> None:
    """Raise NotForStaff or ReasonMissing for whoever may not have what is personal."""
    if not person.has_perm(STAFF_PERMISSION):
        raise NotForStaff
    if not reason.strip():
        raise ReasonMissing


def _write(scope: Scope, file_format: str, suffix: str, tables: list[Table]) -> Iterator[bytes]:
    if file_format == Format.PACKAGE:
        return as_package(described(scope, tables), tables)
    if suffix == "csv":
        return as_csv(tables[0])
    if suffix == "zip":
        return as_zip(tables)
    return as_xlsx(tables) if suffix == "xlsx" else as_json(about_json(scope, tables), tables)


def _logged(pieces: Iterator[bytes], tables: list[Table], log: ExportLog) -> Iterator[bytes]:
    """The pieces; after the last one the log learns what left: how many rows, which bytes."""
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    log.rows = sum(table.count for table in tables)
    log.sha256 = digest.hexdigest()
    log.save(update_fields=("rows", "sha256"))
