"""The demo's final results: frozen some days after the close, with their digest."""

from collections.abc import Mapping

from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.services import freeze
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation


def publish_results(consultations: Mapping[str, DemoConsultation], calendar: DemoCalendar) -> None:
    """Publish the results of every consultation whose file says when."""
    for demo in consultations.values():
        if "results" not in demo.entry:
            continue
        frozen_at = calendar.instant(demo.entry["results"], demo.page.lead_city.time_zone)
        snapshot = freeze(demo.page)
        ResultSnapshot.objects.filter(pk=snapshot.pk).update(frozen_at=frozen_at)
