"""Whose commitments an editor may change: those of their city's roadmaps, and joint ones."""

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from partnership.pages.permissions import city_keys

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment


class CityPermissionPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the roadmap."""

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: "Commitment"
    ) -> bool:
        return self.user_has_permission(user, action) and is_own_city(user, instance)


def is_own_city(user: Any, commitment: "Commitment") -> bool:
    """Whether the editor works for one of the cities of the commitment's roadmap."""
    return user.is_superuser or city_keys(user).open(commitment.roadmap)
