"""Where approvals meet the admin: their screen, and what waits on the first screen."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from partnership.ledger.presenting import waiting_for
from partnership.ledger.views import ApprovalView


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The screen of a request."""
    return [path("approvals/<int:pk>/", ApprovalView.as_view(), name="approval")]


class WaitingForYourSignature(Component):
    """On the dashboard: what a city of yours is asked to sign."""

    name = "waiting_for_your_signature"
    order = 40  # before the lists of what is behind: somebody is waiting
    template_name = "ledger/admin/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"waiting": waiting_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def waiting_signatures(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingForYourSignature())


@hooks.register("register_permissions")
def permissions() -> Any:
    """What a group can be given here."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="ledger", codename="add_approval")
