"""Which changes of promises."""

from typing import Self

from django.db import models

from consultations.roadmap.promises.enums import ChangeState


class PromiseChangeQuerySet(models.QuerySet):
    """Reads as a sentence: ``commitment.promise_changes.waiting()``."""

    def waiting(self) -> Self:
        """What some city has not signed yet; one of each commitment at most."""
        return self.filter(state=ChangeState.WAITING)

    def made(self) -> Self:
        """What every city has signed and readers see, the newest first."""
        return self.filter(state=ChangeState.MADE).order_by("-settled_at", "-pk")
