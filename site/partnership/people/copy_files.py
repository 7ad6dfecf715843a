"""The copy of one's own data as a file: a zip with a page to read and the same for programs."""

import json
import zipfile
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.pages.languages import active
from partnership.pages.slugs import slug_of
from partnership.people.copies import Section, everything_about, zone_of
from partnership.people.models import Participant


def file_name() -> str:
    """What the file is called in the active language, without its ending."""
    return slug_of(_("Everything this site holds about me"), active())


def copy_of(participant: Participant) -> bytes:
    """Return the zip, in the active language."""
    sections = everything_about(participant)
    made_at = timezone.now()
    zone = zone_of(participant)
    context = {"sections": sections, "made_at": made_at, "zone": zone, "site": settings.BASE_URL}
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{file_name()}.html", render_to_string("people/copy_file.html", context))
        archive.writestr(f"{file_name()}.json", _as_json(sections, made_at))
    return made.getvalue()


def as_download(participant: Participant) -> HttpResponse:
    """The zip as what a browser saves under its name."""
    name = f'attachment; filename="{file_name()}.zip"'
    headers = {"Content-Disposition": name}
    return HttpResponse(copy_of(participant), content_type="application/zip", headers=headers)


def _as_json(sections: list[Section], made_at: Any) -> str:
    """Keys that never change, with the words of the active language beside them."""
    told = {
        "site": settings.BASE_URL,
        "made_at": made_at,
        "language": active(),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "labels": {cell.key: cell.label for cell in section.rows[0]},
                "rows": [{cell.key: cell.value for cell in row} for row in section.rows],
            }
            for section in sections
        ],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
