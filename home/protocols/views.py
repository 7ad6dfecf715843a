"""One version of a protocol at its own address, which stays when others follow."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from home.protocols.models import ProtocolPage
from home.protocols.presenting import version_context
from partnership.pages.languages import active
from partnership.pages.redirects import formerly_at


@require_safe
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the version; an old or another language's slug leads to this language's address."""
    public = ProtocolPage.objects.published()
    found = list(public.at(slug)) or formerly_at(public, slug)
    protocol = min(found, key=lambda page: page.slug_in(active()) != slug, default=None)
    context = version_context(protocol, number, request) if protocol is not None else None
    if protocol is None or context is None:
        raise Http404
    if slug != protocol.slug_in(active()):
        return redirect(context["version"].get_absolute_url())
    request.slug_owner = protocol  # for language_links()
    return render(request, "protocols/version.html", context)
