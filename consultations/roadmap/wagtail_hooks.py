"""Where the roadmap meets the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.roadmap.choosers import CHOOSERS
from consultations.roadmap.models import Commitment
from consultations.roadmap.permissions import CityPermissionPolicy

register_permission_policy(Commitment, CityPermissionPolicy(Commitment))


@hooks.register("register_admin_viewset")
def screens() -> list:
    """The windows in which evidence is found; commitments stand beside the annual reviews."""
    return list(CHOOSERS)
