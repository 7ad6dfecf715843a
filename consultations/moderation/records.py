"""Every decision leaves a row without words and without names of residents."""

from typing import Any

from consultations.models import Contribution, Statement
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.models import Decision
from partnership.cities.models import City
from partnership.people.models import Resident


def record(
    target: Contribution | Statement,
    outcome: Outcome,
    *,
    by: Resident | None,
    reason: HidingReason | str = "",
) -> Decision:
    """Note what was decided; call it in the transaction of the decision."""
    about: dict[str, Any] = {target._meta.model_name or "": target}
    return Decision.objects.create(
        consultation_id=target.consultation_id,
        outcome=outcome,
        reason=reason,
        city_id=target.city_id,
        decided_by=by,
        decided_for=only_city_of(by) if by else None,
        **about,
    )


def only_city_of(person: Resident) -> City | None:
    """The city this person works for; None for who works for several, or for none."""
    own = list(person.edits_for.all()[:2])
    return own[0] if len(own) == 1 else None
