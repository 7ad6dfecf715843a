"""Whose risks an editor may change: those of their cities; a plan goes with its risk."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from consultations.risks.models import ContingencyPlan, Risk
from consultations.risks.querysets import RiskQuerySet
from partnership.pages.permissions import city_keys
from partnership.people.second_factor.services import is_missing


def is_own(user: Any, thing: Risk | ContingencyPlan) -> bool:
    """Whether this person works for one of the cities of the risk."""
    if user.is_superuser:
        return True
    risk = thing.risk if isinstance(thing, ContingencyPlan) else thing
    return not city_keys(user).cities.isdisjoint(risk.cities.values_list("pk", flat=True))


def visible_to(user: Any) -> RiskQuerySet:
    """Return the risks this person may read; for staff only, once they have a second step."""
    return Risk.objects.visible_to(AnonymousUser() if is_missing(user) else user)


class CityPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the cities of the risk."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and is_own(user, instance)
