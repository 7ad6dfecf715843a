"""Under My participation, and in the copy of one's data: the wish to hear of alerts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.alerts.models import AlertWish
from partnership.people.copies import Held, of_account
from partnership.people.models import Participant

HELD = Held(model=AlertWish, of=of_account("resident"))


def accounts() -> QuerySet:
    """Accounts that hear of alerts."""
    return AlertWish.objects.values("resident")


def mails(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The wish, and where it is changed; one query."""
    return {
        "title": _("Mails about alerts"),
        "anchor": "alert-mails",
        "template": "alerts/my_mails.html",
        "rows": list(AlertWish.objects.filter(resident=participant.resident_id)),
    }
