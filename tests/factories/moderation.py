"""Moderators of a city, and words they have hidden."""

from typing import Any

from django.contrib.auth.models import Group

from consultations.groups import ensure_groups
from consultations.models import Contribution
from consultations.moderation.groups import ensure_groups as ensure_reason_keepers
from consultations.moderation.models import Decision
from consultations.services import hide_contribution
from partnership.people.models import Resident
from tests.factories.consultations import ContributionFactory
from tests.factories.people import ResidentFactory


def make_moderator(*cities: Any, **fields: Any) -> Resident:
    """Return a moderator who works for the cities."""
    ensure_groups()
    ensure_reason_keepers()
    moderator = ResidentFactory(is_staff=True, **fields)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    moderator.edits_for.set(cities)
    return moderator


def make_hidden(
    by: Resident, reason: Any = "It names a person.", **fields: Any
) -> tuple[Contribution, Decision]:
    """Return a comment that this moderator has hidden, and the decision."""
    contribution = ContributionFactory(**fields)
    hide_contribution(contribution, by=by, reason=reason)
    return contribution, Decision.objects.get(contribution=contribution, outcome="hidden")
