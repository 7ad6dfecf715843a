"""The open ledger: what every city has signed, in the order it was signed, for everybody."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.ledger.digests import canonical
from partnership.ledger.models import LedgerEntry
from partnership.ledger.reading import (
    PER_PAGE,
    entries_with_subjects,
    log_as_json,
    page_number_of,
    rows_of,
    shown_of,
)
from partnership.pages.languages import active


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the entries, the newest first, and how to check them."""
    page = Paginator(entries_with_subjects(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ancestors": [{"url": f"/{active()}/"}],
        "page": page,
        "rows": rows_of(list(page.object_list), once(request, cities_of_the_site)),
    }
    return render(request, "ledger/log.html", context)


@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to the page on which this entry is now; a link to it stays true."""
    found = get_object_or_404(LedgerEntry, number=number)
    page = page_number_of(found.number)
    return redirect(f"{reverse('ledger')}?page={page}#{found.anchor}")


@require_safe
def log_file(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the whole log; whoever keeps it finds out later what was changed in it."""
    content_url = f"{settings.BASE_URL}{reverse('ledger_content', args=(0,))}"
    return StreamingHttpResponse(
        log_as_json(content_url.replace("/0.json", "/{number}.json")),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="ledger.json"'},
    )


@require_safe
def content_file(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the very bytes that were signed: their SHA-256 is the fingerprint."""
    found = get_object_or_404(LedgerEntry.objects.select_related("request"), number=number)
    shown = shown_of([found.request]).get(found.request_id)
    if shown is None or not shown.has_content:
        raise Http404
    return HttpResponse(
        canonical(found.request.content),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="ledger-{number}.json"'},
    )
