"""The public log: how much moderators decided, and why, without a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import ConsultationIndexPage
from consultations.moderation.enums import STANDARD
from consultations.moderation.figures import columns, tables
from consultations.moderation.models import APPEAL_WITHIN
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.masking import SMALLEST_GROUP
from partnership.pages.languages import active


@require_safe
def moderation_log(request: HttpRequest) -> HttpResponse:
    """Show the rules moderators go by, and the figures of a year by city."""
    cities = once(request, cities_of_the_site)
    index = ConsultationIndexPage.objects.live().public().first()
    ancestors = [{"title": _("Home"), "url": f"/{active()}/"}]
    if index is not None:
        ancestors.append({"title": index.title, "url": index.get_url(request)})
    context = {
        "ancestors": ancestors,
        "columns": columns(cities),
        "tables": tables(cities),
        "smallest": SMALLEST_GROUP,
        "days": APPEAL_WITHIN.days,
        "reasons": [(reason.label, words) for reason, words in STANDARD.items()],
    }
    return render(request, "moderation/log.html", context)
