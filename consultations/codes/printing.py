"""Codes on paper: slips to cut in every language, or a file for a program that prints them."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.codes.services import NewCodes
from consultations.codes.writing import written
from partnership.pages.languages import CODES, localized, own_name
from partnership.tables.cells import plain_cell

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that it is UTF-8


def as_slips(made: NewCodes) -> list[dict[str, Any]]:
    """Return the slips: number, code as it is typed, and the same words in every language."""
    wording = list(_wording(made))
    return [
        {"number": _name(made, number), "code": written(code), "wording": wording}
        for number, code in made.codes
    ]


def _wording(made: NewCodes) -> Iterator[dict[str, str]]:
    """What a slip says in each language; the address is short, for it is typed by hand."""
    page = made.sheet.consultation
    for code in CODES:
        with translation.override(code):
            yield {
                "language": code,
                "title": getattr(page, localized("title", code)) or page.title,
                "address": f"{_host()}{reverse('code_on_paper', args=(page.pk,))}",
            }


def _host() -> str:
    return settings.BASE_URL.split("://")[-1]


def _name(made: NewCodes, number: int) -> str:
    return f"{made.sheet.number}-{number}"


def as_csv(made: NewCodes) -> str:
    """Return a line for each code, with headings in the language of whoever made them."""
    file = io.StringIO()
    write = csv.writer(file).writerow
    wording = list(_wording(made))
    headings = [_("number"), _("code"), _("city")]
    for words in wording:
        name = own_name(words["language"])
        headings += [f"{_('consultation')} ({name})", f"{_('address')} ({name})"]
    same = [cell for words in wording for cell in (words["title"], words["address"])]
    city = made.sheet.city.name
    write([plain_cell(heading) for heading in headings])
    for number, code in made.codes:
        cells = (_name(made, number), written(code), city, *same)
        write([plain_cell(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()
