"""Whether anybody can do anything in a consultation: said before it is published, not after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.enums import Act, Participation
from partnership.pages.wording.gate import NotReady

if TYPE_CHECKING:
    from consultations.models import ConsultationPage

#: One phase: from when, until when, and what may be done in it.
Step = tuple[datetime, datetime, Iterable[str]]


class NothingToDo(NotReady):
    """Readers would find it open and no way to say anything."""

    code = "nothing_to_do"
    field = "participation"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody could do anything here: no phase between the opening and the close lets "
                "residents do something. Tick it in a phase, or choose “nobody, for information "
                "only”."
            )
        )


@dataclass(frozen=True)
class Offer:
    """When a consultation is open, for whom, and what its phases let residents do."""

    participation: str
    opens_at: datetime
    closes_at: datetime
    steps: tuple[Step, ...]
    has_questions: bool

    @property
    def acts(self) -> set[str]:
        """All that can be done at some time while it is open; without questions no answering."""
        allowed = {
            act
            for starts_at, ends_at, acts in self.steps
            if starts_at < self.closes_at and ends_at > self.opens_at
            for act in acts
        }
        return allowed if self.has_questions else allowed - {Act.ANSWER}

    @property
    def is_for_somebody(self) -> bool:
        """Whether anybody is meant to take part from now on."""
        return self.participation != Participation.NONE and timezone.now() < self.closes_at

    @property
    def leaves_questions_unasked(self) -> bool:
        """Whether it has questions and no phase in which they are answered."""
        return self.is_for_somebody and self.has_questions and Act.ANSWER not in self.acts

    def refuse_nothing(self) -> None:
        """Raise NothingToDo when people are meant to take part and cannot."""
        if self.is_for_somebody and not self.acts:
            raise NothingToDo


def refuse_idle(consultation: "ConsultationPage") -> None:
    """Raise NothingToDo for a version in which people are meant to take part and cannot."""
    Offer(
        participation=consultation.participation,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        steps=tuple(step(phase) for phase in consultation.phases.all()),
        has_questions=bool(consultation.questions.all()),
    ).refuse_nothing()


def step(phase: Any) -> Step:
    """What counts of a phase."""
    return phase.starts_at, phase.ends_at, phase.allows
