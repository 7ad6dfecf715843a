"""Places at events: who has one, what was asked, what was sent."""

from events.registrations.models.places import (
    CODE_ALPHABET,
    CODE_LENGTH,
    NEEDS_LENGTH,
    CityQuota,
    Registration,
    code_in,
    new_code,
)
from events.registrations.models.questions import SignUpOption, SignUpQuestion
from events.registrations.models.records import GroupMessage, PlacesExport

__all__ = (
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "NEEDS_LENGTH",
    "CityQuota",
    "GroupMessage",
    "PlacesExport",
    "Registration",
    "SignUpOption",
    "SignUpQuestion",
    "code_in",
    "new_code",
)
