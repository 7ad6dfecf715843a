"""What the mail says that asks for a closing report."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from events.reports.models import ClosingReport, report_due_on
from partnership.pages.languages import known_or_default
from partnership.people.models import Resident


def request_for_report(report: ClosingReport, editor: Resident) -> dict[str, Any]:
    """Return the arguments of ``post``: the event is over, and its report is due."""
    code = known_or_default(editor.language_code)
    address = reverse("closing_reports:edit", args=(report.pk,))
    return {
        "kind": "report_asked",
        "to": editor.email,
        "language_code": code,
        "context": {
            "name": editor.get_short_name(),
            "event": report.event,
            "due_on": report_due_on(report.event),
            "report_url": f"{settings.BASE_URL}{address}",
        },
        "about": report,
        "dedup_key": f"report_asked:{report.event_id}:{editor.pk}",
    }
