"""Where debriefs meet the admin: their screens, and what nobody has looked back at."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from home.archive.models import Debrief
from home.archive.presenting import nobody_looked_back_at
from home.archive.querysets import LISTED_AFTER
from home.archive.viewsets import DebriefViewSet
from partnership.pages.own_city import OwnPagePolicy

CHANGES = "archive.change_debrief"
SHOWN = 10

register_permission_policy(Debrief, OwnPagePolicy(Debrief))


@hooks.register("register_admin_viewset")
def register_debriefs() -> DebriefViewSet:
    return DebriefViewSet()


class WithoutDebrief(Component):
    """On the dashboard: what was closed 60 days ago and never talked about."""

    name = "without_debrief"
    order = 215
    heading = _("Closed without a debrief")
    template_name = "archive/admin/without_debrief.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(CHANGES):
            return {"rows": []}
        rows = nobody_looked_back_at(user, at_most=SHOWN + 1)
        return {
            "rows": rows[:SHOWN],
            "has_more": len(rows) > SHOWN,
            "days": LISTED_AFTER.days,
            "heading": self.heading,
        }


@hooks.register("construct_homepage_panels")
def without_debriefs(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WithoutDebrief())
