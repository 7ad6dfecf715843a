"""What somebody has of the news and as an ambassador: one query for both of their sections."""

from django.db.models import Exists

from home.ambassadors.services import attended_by
from partnership.people.models import Participant


def own_part(participant: Participant) -> Participant:
    """Return the person with ``news_wish``, ``ambassador`` and ``was_somewhere`` at hand."""
    known = participant.__dict__.get("_own_part_at_home")
    if known is None:
        rows = Participant.objects.select_related("news_wish__city", "ambassador__event")
        rows = rows.annotate(was_somewhere=Exists(attended_by(participant)))
        known = participant.__dict__["_own_part_at_home"] = rows.get(pk=participant.pk)
    return known
