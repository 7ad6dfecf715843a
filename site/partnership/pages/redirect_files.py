"""Files of redirects: Wagtail reads them line by line, so what it cannot read is refused here.

A workbook of two kilobytes may say that it has a million lines of a thousand cells, and is
believed: so only text is taken. A line that is too short would end the import in the middle.
"""

import csv
from io import StringIO
from itertools import islice

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import base_formats, views

from partnership.refusals import Refused

LARGEST = 256 * 1024
MOST_LINES, MOST_CELLS = 2000, 20
DELIMITERS = {"csv": ",", "tsv": "\t"}


class NotToBeImported(Refused):
    """A file that is no list of redirects, or too much of one."""

    code = "not_to_be_imported"


def take_text_only() -> None:
    """Let Wagtail offer and read no workbooks, and read each cell of a file of our size."""
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    base_formats.DEFAULT_FORMATS[:] = [base_formats.CSV, base_formats.TSV]


@views.permission_checker.require_any("add")
def start_import(request: HttpRequest) -> HttpResponse:
    """Wagtail's first step, for files that it can read to the end."""
    upload = request.FILES.get("import_file")
    if isinstance(upload, UploadedFile):
        try:
            refuse_unreadable(upload)
        except NotToBeImported as refusal:
            messages.error(request, str(refusal))
            return redirect("wagtailredirects:start_import")
    answer: HttpResponse = views.start_import(request)
    return answer


def refuse_unreadable(upload: UploadedFile) -> None:
    """Raise NotToBeImported for what is too large, no text, or has lines of several lengths."""
    if (upload.size or 0) > LARGEST:
        told = {"size": filesizeformat(LARGEST), "lines": MOST_LINES}
        raise NotToBeImported(
            _("A file may have %(size)s and %(lines)d lines at most. Split it.") % told
        )
    delimiter = DELIMITERS.get((upload.name or "").rpartition(".")[2])
    if delimiter is None:
        return  # which Wagtail refuses
    text = upload.read()
    upload.seek(0)
    try:
        lines = csv.reader(StringIO(text.decode()), delimiter=delimiter)
        _refuse_uneven([len(line) for line in islice(lines, MOST_LINES + 1)])
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotToBeImported(_("This file is no text in UTF-8. Save it so and retry.")) from error


def _refuse_uneven(lengths: list[int]) -> None:
    if len(lengths) > MOST_LINES:
        told = {"size": filesizeformat(LARGEST), "lines": MOST_LINES}
        raise NotToBeImported(
            _("A file may have %(size)s and %(lines)d lines at most. Split it.") % told
        )
    cells = lengths[0] if lengths else 0
    if not 2 <= cells <= MOST_CELLS:
        raise NotToBeImported(
            _("The first line needs a heading for the old address and one for the new one.")
        )
    for number, length in enumerate(lengths, start=1):
        if length != cells:
            sentence = _("Line %(number)d has not as many cells as the first one. Mend it first.")
            raise NotToBeImported(sentence % {"number": number})
