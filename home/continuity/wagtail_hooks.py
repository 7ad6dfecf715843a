"""Where the bond meets the admin: its screens, what is overdue, and the handover pack."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from home.continuity.models import Instrument, StatusChange
from home.continuity.presenting import overdue_for, piles_of
from home.continuity.services import HANDED_OVER
from home.continuity.telling import PERMISSION
from home.continuity.views import WhatComesNext, handover_pack
from home.continuity.viewsets import AskedNotEdited, BondGroup
from partnership import continuity
from partnership.cities.viewsets import OfOwnCity

SHOWN = 5

register_permission_policy(Instrument, OfOwnCity(Instrument))
register_permission_policy(StatusChange, AskedNotEdited(StatusChange))


@hooks.register("register_admin_viewset")
def register_screens() -> BondGroup:
    """What binds the cities, and how the partnership stands."""
    return BondGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The file for whoever comes next, and what comes next."""
    return [
        path("handover-pack/", handover_pack, name="handover_pack"),
        path("coming/", WhatComesNext.as_view(), name="what_comes_next"),
    ]


@hooks.register("register_log_actions")
def name_our_acts(actions: Any) -> None:
    """How the admin's log calls what is done here."""
    actions.register_action(
        HANDED_OVER, _("Download the handover pack"), _("Handover pack downloaded")
    )


class Overdue(Component):
    """On the dashboard: what somebody has to see to in the cities this person works for."""

    name = "overdue"
    order = 206
    heading = _("What is overdue in the partnership")
    template_name = "continuity/admin/overdue.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(PERMISSION):
            return {"piles": (), "is_shown": False, "has_pack": False}
        found = overdue_for(user, continuity.today())
        listed = {check: each for check, each in found.items() if not check.has_own_panel}
        return {
            "piles": piles_of(listed, at_most=SHOWN),
            "is_shown": True,
            "has_pack": user.is_superuser,
            "heading": self.heading,
        }


@hooks.register("construct_homepage_panels")
def overdue_things(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(Overdue())
