"""Whether the database has a column for every partner language, and how to add those it lacks."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F
from django.db.utils import DatabaseError
from modeltranslation.translator import translator

from partnership.pages.languages import CODES, localized
from partnership.pages.models import BasePage

COMMAND = "python manage.py add_language"


def missing_columns(using: str = DEFAULT_DB_ALIAS) -> Iterator[tuple[type[models.Model], Any]]:
    """Yield (model, field) for every column that another language has and this one lacks.

    A field that has no column in any language belongs to a migration still to come; a table
    that does not exist, to a database still to be made.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in translator.get_registered_models(abstract=False):
        if model._meta.proxy or model._meta.db_table not in tables:
            continue
        present = _columns_of(model, connection)
        for fields in translator.get_options_for_model(model).local_fields.values():
            lacking = [field for field in fields if field.column not in present]
            if len(lacking) < len(fields):
                yield from ((model, field) for field in sorted(lacking, key=_by_name))


def codes_lacking(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the languages of PARTNER_LANGUAGES that lack a column, in their order."""
    lacking = {field.language for _model, field in missing_columns(using)}
    return [code for code in CODES if code in lacking]


def has_tables(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether somebody has migrated this database."""
    return BasePage._meta.db_table in connections[using].introspection.table_names()


def _columns_of(model: type[models.Model], connection: Any) -> set[str]:
    """Asked of an empty answer: Django would also take the table's definition apart, on SQLite."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - names of our own
        return {column[0] for column in cursor.description}


def add_column(model: type[models.Model], field: Any, using: str = DEFAULT_DB_ALIAS) -> None:
    """Add the column, empty, with its indexes.

    Never by ``schema_editor.add_field()``: on SQLite it may rebuild the table from the whole
    model, and a column that is not there yet is then filled with its own name.
    """
    with connections[using].schema_editor() as editor:
        definition, params = editor.column_sql(model, field, include_default=False)
        statement = editor.sql_create_column % {
            "table": editor.quote_name(model._meta.db_table),
            "column": editor.quote_name(field.column),
            "definition": definition,
        }
        editor.execute(statement, params or None)
        indexes = editor._field_indexes_sql(model, field)  # type: ignore[attr-defined]  # no public door
        editor.deferred_sql.extend(indexes)


def fill_paths(codes: Sequence[str]) -> None:
    """Give pages the path of the first language where one of these languages has none yet."""
    for code in codes:
        name = localized("local_path", code)
        BasePage.objects.filter(**{f"{name}__isnull": True}).update(**{name: F("url_path")})


def check_language_columns(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """System check: ``check --database default`` and ``migrate`` stop here."""
    return [
        Error(message, hint=f"Run: {COMMAND} {' '.join(codes_lacking(using))}", id="pages.E001")
        for using in databases or ()
        if (message := _disagreement(using))
    ]


def refuse_to_start_without_columns() -> None:
    """Raise ImproperlyConfigured when PARTNER_LANGUAGES names a language without columns.

    A database that cannot be reached is no reason: the site recovers when it comes back.
    """
    try:
        message = _disagreement(DEFAULT_DB_ALIAS)
    except DatabaseError:
        return
    if message:
        codes = " ".join(codes_lacking())
        raise ImproperlyConfigured(f"{message} Run: {COMMAND} {codes}")


def _disagreement(using: str) -> str:
    missing = [f"{model._meta.db_table}.{field.column}" for model, field in missing_columns(using)]
    if not missing:
        return ""
    first = ", ".join(missing[:3])
    return (
        f"PARTNER_LANGUAGES is {','.join(CODES)}, but the database has no columns for all of "
        f"them: {len(missing)} are missing, such as {first}."
    )


def _by_name(field: Any) -> str:
    return field.name
