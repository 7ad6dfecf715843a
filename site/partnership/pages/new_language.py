"""A partner language that joins a site in use: what is refused, and what is done."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.utils import OperationalError

from partnership.language_setting import own_name_of
from partnership.pages.columns import (
    add_column,
    codes_lacking,
    fill_paths,
    has_tables,
    missing_columns,
)
from partnership.pages.languages import CODES, DEFAULT
from partnership.pages.models import BasePage
from partnership.pages.wording.standing import note_standing
from partnership.refusals import Refused


class CannotJoin(Refused):
    """The language cannot be added to this database; nothing was changed."""

    code = "cannot_join"


def check_can_join(codes: Sequence[str]) -> None:
    """Raise CannotJoin, with what to do instead, when one of the languages cannot be added."""
    for code in codes:
        try:
            own_name_of(code)
        except ImproperlyConfigured as refusal:
            raise CannotJoin(str(refusal).removeprefix("PARTNER_LANGUAGES: ")) from refusal
    try:
        in_use, lacking = has_tables(), codes_lacking()
    except OperationalError as error:
        raise CannotJoin(f"The database does not answer: {error}") from error
    if not in_use:
        raise CannotJoin(
            "This database is empty. Name every language in PARTNER_LANGUAGES and run migrate."
        )
    if DEFAULT in lacking:
        others = [code for code in CODES if code not in lacking]
        raise CannotJoin(
            "The first language of a site in use stays the first. "
            f"Set PARTNER_LANGUAGES={','.join([*others, *lacking])}"
        )


def is_any_lacking(codes: Sequence[str]) -> bool:
    """Whether the database has no columns yet for one of these languages."""
    return not set(codes).isdisjoint(codes_lacking())


def with_languages(codes: Sequence[str]) -> str:
    """Return what PARTNER_LANGUAGES has to be: the languages there are, then the new ones."""
    return ",".join(dict.fromkeys([*CODES, *codes]))


def run_with_languages(codes: Sequence[str]) -> int:
    """Run ``add_language`` in a process that has these languages too; return its exit status.

    The languages are read once, before any model exists, so this process cannot take them up.
    """
    manage = str(settings.ROOT_DIR / "manage.py")
    command = [sys.executable, manage, "add_language", "--joins", *codes]
    environment = {**os.environ, "PARTNER_LANGUAGES": with_languages(codes)}
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - ours


def add_columns(codes: Sequence[str], tell: Callable[[str], object]) -> None:
    """Add what the database lacks for the languages of this process, and keep what it has.

    Each column is added in a transaction of its own, and what is there is not touched again,
    so that it may be interrupted anywhere and run again. Columns come before the migrations,
    which expect them, and once more after, for tables that are new. At last every page is counted
    for the report of translations.
    """
    _add_missing(tell)
    call_command("migrate", interactive=False, verbosity=0)
    _add_missing(tell)
    fill_paths(codes)
    for page in BasePage.objects.filter(depth__gt=1).iterator():
        note_standing(page.get_latest_revision_as_object(), codes)


def _add_missing(tell: Callable[[str], object]) -> None:
    for model, field in list(missing_columns()):
        add_column(model, field)
        tell(f"Added {model._meta.db_table}.{field.column}")
