"""Where the roadmap meets the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.roadmap.choosers import CHOOSERS
from consultations.roadmap.models import Commitment
from consultations.roadmap.permissions import CityPermissionPolicy
from consultations.roadmap.viewsets import CommitmentViewSet

register_permission_policy(Commitment, CityPermissionPolicy(Commitment))


@hooks.register("register_admin_viewset")
def screens() -> list:
    """Commitments, and the windows in which evidence is found."""
    return [CommitmentViewSet(), *CHOOSERS]
