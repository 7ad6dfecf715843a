"""Events: their pages, and what belongs to one event."""

from events.models.pages import (
    CharrettePage,
    EventIndexPage,
    EventPage,
    ExchangePage,
    FestivalPage,
)
from events.models.parts import EventProvision, EventVenue, ProgrammeItem

__all__ = (
    "CharrettePage",
    "EventIndexPage",
    "EventPage",
    "EventProvision",
    "EventVenue",
    "ExchangePage",
    "FestivalPage",
    "ProgrammeItem",
)
