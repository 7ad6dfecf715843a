"""The outbox in the admin."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from partnership.outbox import standstill
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


class StandsStill(Component):
    """On the dashboard, before all else, for whoever may see the mails: nothing of it leaves."""

    name = "stands_still"
    order = 1
    template_name = "outbox/admin/stands_still.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        may_see = parent_context["request"].user.has_perm("outbox.view_outgoingmail")
        return {"still": standstill.what_stands_still() if may_see else None}


@hooks.register("construct_homepage_panels")
def what_stands_still(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(StandsStill())
