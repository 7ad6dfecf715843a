"""What the page of the media kit shows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.roadmap.presenting import ancestors
from home.media_kit.marks import DRAWINGS
from home.media_kit.models import MediaKitPage
from home.media_kit.packing import names_of
from partnership.cities.logos import shown_logo
from partnership.interface.context import cities, once
from partnership.interface.templatetags.looks import language_name
from partnership.pages.languages import CODES, active


def kit_context(page: MediaKitPage, request: HttpRequest) -> dict[str, Any]:
    """The texts, names, marks and pictures, and one download for each language."""
    in_turn = sorted(CODES, key=lambda code: code != active())
    pictures = page.pictures.select_related("photo").prefetch_related("photo__renditions")
    return {
        "ancestors": ancestors(page),
        "links": [_download(code) for code in in_turn],
        "languages": CODES,
        "names": names_of(once(request, cities)),
        "marks": [draw() for draw in DRAWINGS.values()],
        "logos": [shown_logo(city) for city in once(request, cities) if city.logo_id],
        "pictures": list(pictures) if page.pk else list(page.pictures.all()),
    }


def _download(code: str) -> dict[str, str]:
    with translation.override(code):
        url = reverse("media_kit_file")
    return {
        "url": url,
        "label": _("Everything in %(language)s (zip)") % {"language": language_name(code)},
    }
