"""Where drills meet the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from events.drills.models import AfterActionReview, CorrectiveAction, DrillItem
from events.drills.permissions import CityPolicy
from events.drills.services import FILE_TAKEN
from events.drills.viewsets import DrillsGroup

for model in (AfterActionReview, CorrectiveAction, DrillItem):
    register_permission_policy(model, CityPolicy(model))


@hooks.register("register_admin_viewset")
def register_drills() -> DrillsGroup:
    return DrillsGroup()


@hooks.register("register_permissions")
def register_drill_permissions() -> QuerySet[Permission]:
    """Let groups be given the running of drills."""
    return Permission.objects.filter(content_type__app_label="drills", codename="tick_drillitem")


@hooks.register("register_log_actions")
def name_our_acts(actions: Any) -> None:
    """How the admin's log calls what is done here."""
    actions.register_action(
        FILE_TAKEN, _("Download corrective actions"), _("Corrective actions downloaded")
    )
