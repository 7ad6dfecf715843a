"""The kit of one language as a zip: the same kit makes the same bytes."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.media_kit.marks import marks
from home.media_kit.models import KitPicture, MediaKitPage
from home.models import PartnershipSettings
from partnership.cities.models import City
from partnership.cities.naming import as_one
from partnership.pages.access import open_to_all
from partnership.pages.languages import CODES, localized
from partnership.pages.slugs import slug_of
from partnership.tables.cells import plain_cell
from partnership.tables.packages import Packed, PackedFile, as_archive, manifest
from partnership.tables.writing import BYTE_ORDER_MARK, PIECE

LONGEST_NAME = 60


def published_kit() -> MediaKitPage | None:
    """Return the kit that every reader may see, if there is one."""
    kits = MediaKitPage.objects.live().filter(open_to_all())
    return kits.select_related("press_contact").first()


def names_of(cities: Iterable[City]) -> list[dict[str, Any]]:
    """Return what each city is called in every language."""
    return [
        {"city": city, "names": [getattr(city, localized("name", code)) or "" for code in CODES]}
        for city in cities
    ]


def pieces_of(kit: MediaKitPage, code: str) -> Iterator[bytes]:
    """Return the zip, piece by piece; pictures are never in memory as a whole."""
    with translation.override(code):
        pictures = list(kit.pictures.select_related("photo"))
        cities = list(City.objects.select_related("logo"))
        files = [*_texts(kit, cities, pictures, code), *_logos(cities), *_pictures(pictures, code)]
        about = {"name": str(kit.title), "language": code, "url": kit.full_url_in(code)}
    written: list[PackedFile] = []
    return as_archive(_contents(files, about, written), written)


def _contents(
    files: list[Packed], about: dict[str, Any], written: list[PackedFile]
) -> Iterator[Packed]:
    yield from files
    yield manifest(about, written)


def _texts(
    kit: MediaKitPage, cities: list[City], pictures: list[KitPicture], code: str
) -> Iterator[Packed]:
    """Everything that is words, and the marks, which are little more."""
    yield _file("README.txt", _readme(kit, cities))
    yield _file("texts/short.txt", f"{kit.short_text}\n")
    yield _file("texts/long.txt", f"{kit.long_text}\n")
    names = [[row["city"].code, *row["names"]] for row in names_of(cities)]
    yield _table("names.csv", [["city", *CODES], *names])
    for name, drawing in marks(cities).items():
        yield _file(f"marks/{name}.svg", drawing)
    heads = [_("file"), _("caption"), _("credit"), _("licence"), _("what it shows")]
    rows = [
        [
            _path(number, each, code),
            *(each.caption, each.credit, each.licence, each.photo.default_alt_text),
        ]
        for number, each in enumerate(pictures, 1)
    ]
    yield _table("rights.csv", [heads, *rows])


def _pictures(pictures: list[KitPicture], code: str) -> Iterator[Packed]:
    for number, each in enumerate(pictures, 1):
        yield PackedFile(_path(number, each, code)), _bytes_of(each.photo)


def _logos(cities: list[City]) -> Iterator[Packed]:
    """The cities' own marks, as they were brought in."""
    for city in cities:
        if city.logo is not None:
            ending = city.logo.file.name.rpartition(".")[2].lower()
            yield PackedFile(f"marks/{city.code}.{ending}"), _bytes_of(city.logo)


def _bytes_of(photo: Any) -> Iterator[bytes]:
    with photo.file.storage.open(photo.file.name) as file:
        yield from file.chunks(PIECE)


def _path(number: int, picture: KitPicture, code: str) -> str:
    ending = picture.photo.file.name.rpartition(".")[2].lower()
    words = slug_of(str(picture.caption), code)[:LONGEST_NAME].strip("-")
    return f"pictures/{number:02}-{words or 'picture'}.{ending}"


def _file(name: str, text: str) -> Packed:
    return PackedFile(name), [text.encode()]


def _table(name: str, rows: list[list[Any]]) -> Packed:
    lines = io.StringIO()
    csv.writer(lines).writerows([plain_cell(cell) for cell in row] for row in rows)
    return _file(name, f"{BYTE_ORDER_MARK}{lines.getvalue()}")


def _readme(kit: MediaKitPage, cities: list[City]) -> str:
    """What is in it, whose it is, and whom to ask."""
    about = PartnershipSettings.load()
    named = about.partnership_name or as_one(cities)
    rights = about.footer_text or _("Text: CC BY 4.0 · Data: CC0 · Code: open source")
    day = kit.last_published_at and date_format(kit.last_published_at, "DATE_FORMAT")
    contact = kit.press_contact
    told = (
        f"{kit.title}: {named}",
        _("As published on %(day)s: %(address)s")
        % {"day": day, "address": kit.full_url or settings.BASE_URL},
        _("texts: what the partnership says about itself, in two lengths, to be used as it is."),
        _("names.csv: what each city is called in every language of the partnership."),
        _("marks: the marks of the partnership as SVG, in the inks of the cities."),
        *_told_of_logos(cities),
        _("pictures, rights.csv: pictures, and for each of them whose it is and what you may do."),
        _("Show a picture with its credit, and under its own licence only."),
        _("Texts and marks: %(rights)s") % {"rights": rights},
        *([_("Questions: %(mailbox)s") % {"mailbox": contact.mailbox}] if contact else []),
    )
    return "\n\n".join(told) + "\n"


def _told_of_logos(cities: list[City]) -> list[str]:
    """Whose marks are pictures, and what nobody may do with them."""
    if not any(city.logo for city in cities):
        return []
    return [
        _(
            "marks, named after a city: its own mark. Show it where you write about the city, "
            "unchanged, and never as if the city spoke."
        )
    ]
