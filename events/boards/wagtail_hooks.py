"""Where boards meet the admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from events.boards.models import Board
from events.boards.viewsets import BoardViewSet
from partnership.pages.own_city import OwnPagePolicy

register_permission_policy(Board, OwnPagePolicy(Board))


@hooks.register("register_admin_viewset")
def register_boards() -> BoardViewSet:
    return BoardViewSet()
