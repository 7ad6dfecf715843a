"""Acts on accounts by name in the admin's log, and what follows from Wagtail's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.users.views.bulk_actions import AssignRoleBulkAction

from partnership.people import giving_roles
from partnership.people.identity.services import CONNECTED, DISCONNECTED
from partnership.people.models import Resident
from partnership.people.second_factor.services import TAKEN_AWAY
from partnership.people.services import keep_staff


@hooks.register("before_bulk_action")
def leave_administrators_alone(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Who is no administrator shuts none out: not with many others at once, either."""
    if request.method != "POST" or action.model is not Resident or request.user.is_superuser:
        return None
    if not any(person.is_superuser for person in objects):
        return None
    messages.error(
        request, gettext("Only administrators change administrators. Choose without them.")
    )
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def give_no_more_than_one_has(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Refuse a role that is given to many at once and would be refused in our form."""
    if request.method != "POST" or action_type != AssignRoleBulkAction.action_type:
        return None
    # As Wagtail's form has read it: "+3" and " 3" are the role with the key 3, too.
    role = action.cleaned_form.cleaned_data["role"]
    if giving_roles.to_give(request.user).filter(pk=role.pk).exists():
        return None
    messages.error(
        request, gettext("You can give the roles that allow nothing you may not do yourself.")
    )
    return redirect("wagtailusers_users:index")


@hooks.register("after_bulk_action")
def make_staff_of_whoever_got_a_role(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> None:
    """Wagtail gives many people a role at once, beside our form."""
    if action_type == AssignRoleBulkAction.action_type and action.model is Resident:
        keep_staff(objects)


@hooks.register("register_log_actions")
def name_our_acts(actions: Any) -> None:
    actions.register_action(
        TAKEN_AWAY, _("Take away the second step"), _("Second step at sign-in taken away")
    )
    actions.register_action(CONNECTED, _("Connect a sign-in"), _("Sign-in connected"))
    actions.register_action(DISCONNECTED, _("Disconnect a sign-in"), _("Sign-in disconnected"))
