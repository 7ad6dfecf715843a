"""The media kit as a file."""

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from consultations.open_data.views import hand_out
from home.media_kit.packing import pieces_of, published_kit
from partnership.pages.languages import active


@require_safe
def kit_file(request: HttpRequest) -> HttpResponseBase:
    """Hand out the kit in the language of the address: the kept file, or one made now."""
    kit = published_kit()
    if kit is None:
        raise Http404
    code = active()
    return hand_out(
        request,
        f"media-kit-{code}",
        as_name=f"{kit.slug_in(code)}.zip",
        pieces=partial(pieces_of, kit, code),
    )
