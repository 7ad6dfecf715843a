"""The words for a promise's state and for what became of a contribution."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext


class CommitmentStatus(models.TextChoices):
    """What an editor says about a commitment. Late is never said: it is computed."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Planned")
    IN_PROGRESS = "in_progress", _("Under way")
    COMPLETED = "completed", _("Done")
    CONTINUED = "continued", _("Carried over")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Stopped")


#: Promised and not finished: past their day, these are late.
OUTSTANDING = (CommitmentStatus.AGREED, CommitmentStatus.IN_PROGRESS)
LATE = "late"
#: Every state a reader can see, with its words.
STATE_LABELS = {**dict(CommitmentStatus.choices), LATE: _("Late")}


class Look(models.TextChoices):
    """The five ways an arch of the bridge can look, in the order of the key."""

    DONE = "done", _("done")
    GOING = "going", _("under way")
    PLANNED = "planned", _("planned")
    LATE = "late", _("late")
    STOPPED = "stopped", _("stopped")

    def counted(self, count: int) -> str:
        """The word beside a number of promises, as in “1 stopped”."""
        return {
            Look.DONE: npgettext("promises", "done", "done", count),
            Look.GOING: npgettext("promises", "under way", "under way", count),
            Look.PLANNED: npgettext("promises", "planned", "planned", count),
            Look.LATE: npgettext("promises", "late", "late", count),
            Look.STOPPED: npgettext("promises", "stopped", "stopped", count),
        }[self]


#: Which states share a look; every state is in exactly one row.
STATES_BY_LOOK = {
    Look.DONE: (CommitmentStatus.COMPLETED,),
    Look.GOING: (CommitmentStatus.IN_PROGRESS,),
    Look.PLANNED: (
        CommitmentStatus.PROPOSED,
        CommitmentStatus.AGREED,
        CommitmentStatus.CONTINUED,
    ),
    Look.LATE: (LATE,),
    Look.STOPPED: (CommitmentStatus.SUSPENDED, CommitmentStatus.CANCELLED),
}


class Disposition(models.TextChoices):
    """What became of the words a commitment cites."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    PARKED = "parked", _("Kept for later")
    DECLINED = "declined", _("Declined")
