"""What residents see of the translations they gave."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.people.models import Participant

LATEST = 20


def translations_written(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The latest translations of this person, with what was decided; one query."""
    own = participant.translations.with_words().order_by("-created_at", "-pk")
    return {
        "title": _("Your translations"),
        "template": "translations/my_translations.html",
        "rows": list(own[:LATEST]),
    }
