"""A resident's places, for the page "My participation"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.people.models import Participant


def places(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Every place of the participant, the next event first, given back ones included."""
    rows = participant.registrations.select_related("event").order_by("-event__starts_at")
    return {
        "title": _("Your places"),
        "template": "registrations/my_places.html",
        "rows": list(rows),
    }
