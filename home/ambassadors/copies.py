"""What an ambassador told, in the copy of their data and under My participation."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.ambassadors.models import Ambassador
from home.own_part import own_part
from partnership.people.copies import Held
from partnership.people.models import Participant

HELD = Held(model=Ambassador)


def ambassador(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """What they said and where it is; else that they can be one."""
    person: Any = own_part(participant)
    own = getattr(person, "ambassador", None)
    is_asked = own or person.was_somewhere
    return {
        "title": _("Ambassador"),
        "anchor": "ambassador",
        "template": "ambassadors/my_part.html",
        "rows": [own] if is_asked else [],
    }
