"""The screen with the points of answers, for whoever may export who said what."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.exports.services import STAFF_PERMISSION
from consultations.maps.staff import maps_of_answers, points_may_be_seen
from consultations.models import ConsultationPage
from partnership.serving.views import forbidden


@require_safe
def answer_points(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Show where the answers to each question for a place lie."""
    if not request.user.has_perm(STAFF_PERMISSION):
        return forbidden(request, PermissionDenied())
    consultation = get_object_or_404(
        ConsultationPage.objects.of_moderator(request.user), pk=consultation_id
    )
    may_be_seen = points_may_be_seen(consultation)
    context = {
        "consultation": consultation,
        "may_be_seen": may_be_seen,
        "questions": maps_of_answers(consultation) if may_be_seen else (),
        "header_title": _("Places on the map: %(title)s") % {"title": consultation.title},
    }
    return render(request, "maps/admin/points.html", context)
