"""The outbox in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from partnership.outbox.models import OutgoingMail
from partnership.outbox.views import OutgoingMailViewSet


class OnlyLook(ModelPermissionPolicy):
    """Mails are written by services; even an administrator only looks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")


register_permission_policy(OutgoingMail, OnlyLook(OutgoingMail))


@hooks.register("register_admin_viewset")
def outgoing_mail() -> OutgoingMailViewSet:
    return OutgoingMailViewSet()


@hooks.register("register_permissions")
def retry_permission() -> QuerySet[Permission]:
    """Let groups be given the right to try mails again."""
    return Permission.objects.filter(
        content_type__app_label="outbox", codename="retry_outgoingmail"
    )
