"""Which changes of promises."""

from typing import Self

from django.db import models

from consultations.roadmap.promises.enums import ChangeState
from partnership.pages.access import open_to_all


class PromiseChangeQuerySet(models.QuerySet):
    """Reads as a sentence: ``commitment.promise_changes.waiting()``."""

    def waiting(self) -> Self:
        """What some city has not signed yet; one of each commitment at most."""
        return self.filter(state=ChangeState.WAITING)

    def made(self) -> Self:
        """What every city has signed and readers see, the newest first."""
        return self.filter(state=ChangeState.MADE).order_by("-settled_at", "-pk")

    def readable(self) -> Self:
        """Of roadmaps that everybody can read."""
        roadmap = "commitment__roadmap__"
        return self.filter(open_to_all(roadmap), **{f"{roadmap}live": True})
