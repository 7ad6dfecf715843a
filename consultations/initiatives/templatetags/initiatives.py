"""The way to programmes and campaigns: ``{% load initiatives %}{% served_by commitment %}``."""

from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.template.context import RequestContext

from consultations.initiatives.models import InitiativeIndexPage
from consultations.initiatives.presenting import KNOWN
from consultations.roadmap.querysets import FIRST_INITIATIVE
from partnership.interface import framing
from partnership.interface.context import cities, once, top_pages
from partnership.pages.models import BasePage

register = template.Library()


@register.inclusion_tag("initiatives/served_by.html")
def served_by(commitment: Any) -> dict[str, Any]:
    """What serves a promise; nothing of a promise without ``with_initiatives()``."""
    if not getattr(commitment, "initiatives_count", 0):
        return {"first": None}
    told = {column: getattr(commitment, name) for name, column in FIRST_INITIATIVE.items()}
    first = BasePage(**told)
    url = first.get_url() or ""
    return {
        "first": {"title": first.title, "url": url},
        "others": commitment.initiatives_count - 1,
        # They all stand right below the list of them.
        "all_url": f"{url.rstrip('/').rpartition('/')[0]}/?serves={commitment.pk}",
    }


@register.inclusion_tag("initiatives/way_here.html", takes_context=True)
def way_to_initiatives(context: RequestContext) -> dict[str, Any]:
    """A link to the list, where there is something in it; it costs no query."""
    request = context.get("request")
    if request is None or not framing.is_known(once(request, cities), KNOWN):
        return {"url": ""}
    kind = ContentType.objects.get_for_model(InitiativeIndexPage)
    lists = [page for page in once(request, top_pages) if page.content_type_id == kind.pk]
    return {"url": lists[0].get_url(request) if lists else ""}
