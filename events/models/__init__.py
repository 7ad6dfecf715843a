"""Events: their pages, and what belongs to one event."""

from events.models.kinds import (
    CharrettePage,
    DrillPage,
    ExchangePage,
    ExhibitionPage,
    FestivalPage,
    PlanningSessionPage,
)
from events.models.pages import EventIndexPage, EventPage
from events.models.parts import EventProvision, EventVenue, ProgrammeItem

__all__ = (
    "CharrettePage",
    "DrillPage",
    "EventIndexPage",
    "EventPage",
    "EventProvision",
    "EventVenue",
    "ExchangePage",
    "ExhibitionPage",
    "FestivalPage",
    "PlanningSessionPage",
    "ProgrammeItem",
)
