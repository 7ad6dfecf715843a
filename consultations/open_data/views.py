"""The open data of a closed consultation, and the page that leads to all there is."""

from collections.abc import Callable, Iterable
from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultations.exports.enums import Format
from consultations.exports.services import CONTENT_TYPES
from consultations.limits import OPEN_DATA, QUARTER
from consultations.models import ConsultationPage
from consultations.open_data import keeping, places
from consultations.open_data.presenting import everything, of_consultation
from consultations.open_data.published import pieces_of
from consultations.views import find_consultation
from partnership.limits import TooOften
from partnership.pages.languages import active

#: By how an address ends: what it is, and how its name ends on the reader's disk.
FORMATS = {"zip": Format.PACKAGE, "json": Format.JSON}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lead to everything that can be downloaded or subscribed to."""
    return render(request, "open_data/index.html", everything(request))


@require_safe
def open_data(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what there is of this consultation, under which licence, and what is left out."""
    consultation = _closed(slug)
    if slug != consultation.slug_in(active()):
        return redirect(consultation.open_data_url)
    request.slug_owner = consultation  # for language_links()
    return render(request, "open_data/consultation.html", of_consultation(consultation, request))


@require_safe
def data_file(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """Hand out the file: the kept one, or one that is made now and kept from then on."""
    consultation = _closed(slug)
    if suffix == places.SUFFIX and places.placed(consultation).exists():
        return _places(request, consultation)
    if suffix not in FORMATS:
        raise Http404
    return hand_out(
        request,
        keeping.name_of(consultation, FORMATS[suffix]),
        as_name=f"{consultation.slug}-open-data.{suffix}",
        pieces=partial(pieces_of, consultation, FORMATS[suffix]),
    )


def _places(request: HttpRequest, consultation: ConsultationPage) -> HttpResponseBase:
    """The ideas that are about a place."""
    return hand_out(
        request,
        keeping.name_of(consultation, places.SUFFIX),
        as_name=f"{consultation.slug}-ideas.{places.SUFFIX}",
        pieces=partial(places.geojson_of, consultation),
    )


def hand_out(
    request: HttpRequest, name: str, *, as_name: str, pieces: Callable[[], Iterable[bytes]]
) -> HttpResponseBase:
    """Hand out the file that is kept as ``name``, or make it now and keep it from then on.

    ``as_name`` is what it is called on the reader's disk. Who has many made is told to wait.
    """
    content_type = CONTENT_TYPES[as_name.rpartition(".")[2]]
    headers = {"X-Robots-Tag": "noindex"}
    kept = keeping.kept(name)
    if kept is not None:
        # The name of its own: without one the response names the file on our disk.
        return FileResponse(
            kept, as_attachment=True, filename=as_name, content_type=content_type, headers=headers
        )
    try:
        OPEN_DATA.count(request)
    except TooOften:
        refused = render(request, "open_data/too_often.html", status=429)
        refused["Retry-After"] = str(QUARTER)
        return refused
    made = keeping.made_of(pieces(), name)
    headers["Content-Disposition"] = f'attachment; filename="{as_name}"'
    return StreamingHttpResponse(made, content_type=content_type, headers=headers)


def _closed(slug: str) -> ConsultationPage:
    """The public consultation at this slug, once it has closed."""
    consultation = find_consultation(slug)
    if not consultation.is_over:
        raise Http404
    return consultation
