"""Places at events: who has one, what was asked, what was sent."""

from events.registrations.codes import new_code
from events.registrations.models.arrivals import Arrival
from events.registrations.models.guardians import asked_by
from events.registrations.models.places import (
    NEEDS_LENGTH,
    CityQuota,
    Registration,
    code_in,
)
from events.registrations.models.questions import SignUpOption, SignUpQuestion
from events.registrations.models.records import GroupMessage, PlacesExport

__all__ = (
    "NEEDS_LENGTH",
    "Arrival",
    "CityQuota",
    "GroupMessage",
    "PlacesExport",
    "Registration",
    "SignUpOption",
    "SignUpQuestion",
    "asked_by",
    "code_in",
    "new_code",
)
