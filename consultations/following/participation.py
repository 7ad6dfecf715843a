"""Under My participation: whether one gets these mails, and the switch."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.following.links import stop_path
from consultations.following.models import Stop
from partnership.people.models import Participant


def mails(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The switch for all of them, and what is stopped alone; one query."""
    stops = Stop.objects.filter(participant=participant).select_related("consultation")
    known = list(stops.order_by("-pk"))
    one_by_one = [stop for stop in known if stop.consultation or stop.kind]
    row = {
        "url": stop_path(participant.pk),
        "is_stopped": len(one_by_one) < len(known),
        "stopped": [
            {
                "what": stop.consultation.title if stop.consultation else stop.get_kind_display(),
                "url": stop_path(participant.pk, stop.consultation_id, stop.kind),
            }
            for stop in one_by_one
        ],
    }
    return {
        "title": _("Mails about what became of it"),
        "anchor": "mails",
        "template": "following/my_mails.html",
        "rows": [row],
    }
