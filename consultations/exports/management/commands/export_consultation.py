"""Write what was said in a consultation to a file."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.db.models import Q

from consultations.exports.enums import Format, Profile, TableName
from consultations.exports.services import export
from consultations.models import ConsultationPage
from partnership.migrated import NeedsTables
from partnership.pages.languages import field_names
from partnership.refusals import Refused
from partnership.tables.writing import PIECE, private_file

STANDARD_OUTPUT = "-"


class Command(NeedsTables):
    help = (
        "Export a consultation. CSV alone gives comments and, with --profile staff, written "
        "answers, one row each; an OUTPUT ending in .zip, or a folder, gives every table, and "
        "--table one of them. A package is a zip that says what is in it; for the same --as-of it "
        "is the same, byte for byte."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", help="The consultation's address, in any language.")
        parser.add_argument("--format", choices=Format.values, default=Format.CSV)
        parser.add_argument("--profile", choices=Profile.values, default=Profile.PUBLIC)
        parser.add_argument(
            "--output",
            default=STANDARD_OUTPUT,
            help="A file that only you can read, a folder of them (CSV), or - to print it.",
        )
        parser.add_argument("--table", choices=TableName.values, help="Only this table.")
        parser.add_argument("--reason", default="", help="Why; kept in the log of exports.")
        parser.add_argument(
            "--as-of",
            help="Only what was received until then, for example 2027-06-01T12:00. Without an "
            "offset it is on the clock of the city that leads.",
        )

    def handle(self, *, slug: str, output: str, table: str | None, **options: Any) -> None:
        consultation = self._find(slug)
        choice = {
            "file_format": options["format"],
            "profile": options["profile"],
            "reason": options["reason"],
            "as_of": _instant(options["as_of"], consultation),
        }
        try:
            self._write(consultation, output, table, choice)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _write(
        self, consultation: ConsultationPage, output: str, table: str | None, choice: dict[str, Any]
    ) -> None:
        file_format = choice["file_format"]
        folder = _folder(output) if file_format == Format.CSV else None
        if folder is not None and not table:
            self._unpack(folder, export(consultation, **choice).pieces)
            return
        made = export(consultation, tables=_tables(file_format, output, table), **choice)
        if folder is not None:
            self._save(folder / f"{table}.csv", made.pieces)
        elif output == STANDARD_OUTPUT:
            self._print(made.pieces)
        else:
            self._save(Path(output), made.pieces)

    def _find(self, slug: str) -> ConsultationPage:
        any_language = Q(slug=slug)
        for name in field_names("local_slug"):
            any_language |= Q(**{name: slug})
        found = list(ConsultationPage.objects.filter(any_language).order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError(f'"{slug}" is the address of more than one consultation.')
        known = ", ".join(ConsultationPage.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f'There is no consultation "{slug}". There are: {known or "none"}.')

    def _unpack(self, folder: Path, pieces: Iterator[bytes]) -> None:
        """Write what a zip of all tables holds, each file whole and private."""
        with TemporaryFile() as packed:
            packed.writelines(pieces)
            archive = zipfile.ZipFile(packed)
            for name in archive.namelist():
                with archive.open(name) as file:
                    self._save(folder / name, iter(partial(file.read, PIECE), b""))

    def _save(self, path: Path, pieces: Iterator[bytes]) -> None:
        """Write beside the target and rename: what carries the name is whole, and private."""
        unfinished = path.with_name(f".{path.name}.part")
        try:
            with private_file(unfinished) as file:
                file.writelines(pieces)
            unfinished.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stderr.write(f"Written: {path}")

    def _print(self, pieces: Iterator[bytes]) -> None:
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:  # a test reads along
            for piece in pieces:
                self.stdout.write(piece.decode(), ending="")
            return
        for piece in pieces:
            binary.write(piece)
        binary.flush()


def _instant(written: str | None, consultation: ConsultationPage) -> datetime | None:
    """The instant somebody typed; without an offset on the clock of the leading city."""
    if written is None:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise CommandError(
            f"{written} is no instant; write for example 2027-06-01T12:00."
        ) from error
    zone = ZoneInfo(consultation.lead_city.time_zone)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _folder(output: str) -> Path | None:
    """The folder the output names; one that ends in a slash is made."""
    path = Path(output)
    if output.endswith("/"):
        path.mkdir(parents=True, exist_ok=True)
    return path if path.is_dir() else None


def _tables(file_format: str, output: str, table: str | None) -> list[str]:
    """Which tables a single file holds; none means every one."""
    if table:
        return [table]
    one_table_only = file_format == Format.CSV and not output.endswith(".zip")
    return [TableName.WORDS] if one_table_only else []
