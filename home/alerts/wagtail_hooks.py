"""Where alerts and channels meet the admin; alerts in force stand on its first screen."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from home.alerts.acts import alert_over, channel_tested
from home.alerts.models import Alert, Channel, EmergencyNumbers
from home.alerts.viewsets import AlertsGroup, NoAlertIsDeleted, OneOfItsCities

register_permission_policy(Alert, NoAlertIsDeleted(Alert))
for model in (Channel, EmergencyNumbers):
    register_permission_policy(model, OneOfItsCities(model))


@hooks.register("register_admin_viewset")
def register_alerts() -> AlertsGroup:
    return AlertsGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """What is done at one press."""
    return [
        path("alerts/<int:pk>/over/", alert_over, name="alert_over"),
        path("channels/<int:pk>/tested/", channel_tested, name="channel_tested"),
    ]


class AlertsInForce(Component):
    """On the dashboard: the alerts in force of one's cities, each with the button that ends it."""

    name = "alerts_in_force"
    order = 90
    template_name = "alerts/admin/in_force.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm("alerts.change_alert"):
            return {"rows": []}
        alerts = Alert.objects.in_force().of_editor(user)
        rows = [
            {"alert": alert, "url": reverse("alert_over", args=(alert.pk,))} for alert in alerts
        ]
        return {
            "rows": rows,
            "heading": _("Alerts in force"),
            "csrf_token": parent_context["csrf_token"],
        }


@hooks.register("construct_homepage_panels")
def alerts_in_force(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(AlertsInForce())
