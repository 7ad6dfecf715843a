"""What of a promise's delivery people hear of."""

from enum import StrEnum


class DeliveryKind(StrEnum):
    """Each is told in a sentence of its own; readers never see these words."""

    MILESTONE = "milestone"
    READING = "reading"
    VERDICT = "verdict"
