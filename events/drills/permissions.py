"""Whose drills an editor may run: those of their cities, and joint ones."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from events.models import DrillPage
from partnership.pages.permissions import city_keys

TICKS = "drills.tick_drillitem"


def may_run(user: Any, drill: DrillPage) -> bool:
    """Whether this person may tick items and copy checklists at the drill."""
    return user.has_perm(TICKS) and is_own_city(user, drill)


def is_own_city(user: Any, drill: DrillPage) -> bool:
    """Whether the drill is joint or of a city this person works for."""
    return user.is_superuser or city_keys(user).open(drill)


class CityPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the drill."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and is_own_city(user, drill_of(instance))


def drill_of(instance: Any) -> DrillPage:
    """Return the drill that an item, a review or an action hangs on."""
    if hasattr(instance, "observation"):
        instance = instance.observation.review
    return instance.drill
