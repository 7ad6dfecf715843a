"""Where protocols meet the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from home.protocols.models import ProtocolVersion
from home.protocols.viewsets import VersionViewSet
from partnership.pages.own_city import OwnPagePolicy

register_permission_policy(ProtocolVersion, OwnPagePolicy(ProtocolVersion))


@hooks.register("register_admin_viewset")
def register_versions() -> VersionViewSet:
    return VersionViewSet()
