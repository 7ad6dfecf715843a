"""Where the risk register meets the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.risks.models import ContingencyPlan, Risk
from consultations.risks.permissions import CityPolicy
from consultations.risks.viewsets import RisksGroup

for model in (Risk, ContingencyPlan):
    register_permission_policy(model, CityPolicy(model))


@hooks.register("register_admin_viewset")
def register_risks() -> RisksGroup:
    return RisksGroup()
