"""Where annual reviews meet the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.reviews.models import AnnualReview
from consultations.reviews.viewsets import RoadmapGroup
from partnership.pages.own_city import OwnPagePolicy

register_permission_policy(AnnualReview, OwnPagePolicy(AnnualReview))


@hooks.register("register_admin_viewset")
def register_the_roadmap() -> RoadmapGroup:
    return RoadmapGroup()
