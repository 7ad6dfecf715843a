"""Acts on accounts by name in the admin's log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from partnership.people.identity.services import CONNECTED, DISCONNECTED
from partnership.people.second_factor.services import TAKEN_AWAY


@hooks.register("register_log_actions")
def name_our_acts(actions: Any) -> None:
    actions.register_action(
        TAKEN_AWAY, _("Take away the second step"), _("Second step at sign-in taken away")
    )
    actions.register_action(CONNECTED, _("Connect a sign-in"), _("Sign-in connected"))
    actions.register_action(DISCONNECTED, _("Disconnect a sign-in"), _("Sign-in disconnected"))
