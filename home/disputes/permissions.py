"""Whose disagreements an editor may see and move: those of their cities, and nobody deletes one."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from home.disputes.models import Dispute


class CityPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it one of the cities; administrators need both, too."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        own = Dispute.objects.of_editor(user).filter(pk=instance.pk)
        return self.user_has_permission(user, action) and own.exists()
