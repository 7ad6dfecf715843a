"""For whom somebody speaks, in the copy of their data and under My participation."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.own_part import own_part
from home.partners.voices.mail import ANCHOR
from home.partners.voices.models import PartnerVoice
from partnership.people.copies import Held
from partnership.people.models import Participant

HELD = Held(model=PartnerVoice, title=gettext_lazy("organisations you speak for"))


def voices(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """What they are asked to speak for, and what they speak for."""
    person: Any = own_part(participant)
    return {
        "title": _("You speak for an organisation"),
        "anchor": ANCHOR,
        "template": "partners/my_voices.html",
        "rows": person.voices,
    }
