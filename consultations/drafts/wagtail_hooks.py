"""Where draft texts meet the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.drafts.models import DraftText
from consultations.drafts.viewsets import DraftViewSet
from partnership.pages.own_city import OwnPagePolicy

register_permission_policy(DraftText, OwnPagePolicy(DraftText))


@hooks.register("register_admin_viewset")
def drafts() -> DraftViewSet:
    return DraftViewSet()
