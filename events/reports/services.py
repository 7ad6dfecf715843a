"""Open the report of an event; take its notes to where they are answered."""

from django.db import transaction

from events.models import EventPage
from events.registrations.attendance import people_who_came
from events.reports.fields import ELSEWHERE
from events.reports.handing_over import take_notes
from events.reports.models import ClosingReport
from partnership.cities.models import City


@transaction.atomic
def open_report(event: EventPage) -> ClosingReport:
    """Return the event's report; a new one starts with who came by the list at the door.

    The event's row is locked, so that of two at once one makes it and the other finds it.
    """
    event = EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)
    report, _created = ClosingReport.objects.get_or_create(
        event=event,
        defaults={"attendance": proposed_attendance(event), "consultation": event.consultation},
    )
    return report


def proposed_attendance(event: EventPage) -> dict[str, int]:
    """Return who came by the code of their city, as far as the list at the door knows."""
    codes = dict(City.objects.values_list("pk", "code"))
    came = people_who_came(event)
    return {codes.get(pk, ELSEWHERE) if pk else ELSEWHERE: n for pk, n in came.items()}


@transaction.atomic
def hand_over_notes(report: ClosingReport) -> int:
    """Take the notes of a published report to its consultation; return how many stand there.

    Saying it again changes nothing but what was changed: each note is known by its key. The
    report's row is locked. Raises what the consultation refuses with.
    """
    ClosingReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    taken = take_notes(report)
    ClosingReport.objects.filter(pk=report.pk).update(notes_taken=taken)
    report.notes_taken = taken
    return taken
