"""Who may sign for a city: whoever works for it and was given the right, and nobody else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from partnership.cities.models import City
from partnership.ledger.models import Approval

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partnership.people.models import Resident

PERMISSION = "ledger.add_approval"


def may_sign(person: Any, city: City) -> bool:
    """Whether this person holds the city's key; being an administrator is no key."""
    works_there = person.edits_for.filter(pk=city.pk).exists()
    return works_there and person.has_perm(PERMISSION)


def signers_of(cities: Iterable[City]) -> "QuerySet[Resident]":
    """Everybody who holds the key of one of the cities."""
    may_add = ModelPermissionPolicy(Approval).users_with_permission("add")
    return may_add.filter(edits_for__in=list(cities)).distinct()
