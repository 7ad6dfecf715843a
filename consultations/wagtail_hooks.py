"""Where consultations meet the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from consultations.admin import moderation, paper
from consultations.admin.statements import StatementPolicy, StatementViewSet
from consultations.admin.waiting import LongestWaiting
from consultations.models import Statement

register_permission_policy(Statement, StatementPolicy(Statement))


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """The queues of comments and of proposed statements, and the form for sheets of paper."""
    return (*moderation.urlpatterns, *paper.urlpatterns)


@hooks.register("register_admin_menu_item")
def comments() -> Any:
    """The way to the queue."""
    return moderation.menu_item()


@hooks.register("construct_homepage_summary_items")
def waiting_comments(request: HttpRequest, items: list[Any]) -> None:
    """What waits, where a moderator arrives."""
    items.append(moderation.WaitingWords(request))


@hooks.register("construct_homepage_panels")
def longest_waiting(request: HttpRequest, panels: list[Any]) -> None:
    """The same by city and language, before all other panels."""
    panels.append(LongestWaiting())


@hooks.register("register_admin_viewset")
def statements() -> Any:
    """The statements of all consultations."""
    return StatementViewSet()


@hooks.register("register_permissions")
def permissions() -> Any:
    """What a group can be given for consultations."""
    from django.contrib.auth.models import Permission

    own = (
        *("moderate_contribution", "enter_paper"),
        *("export_consultation", "export_staff_profile"),
    )
    return Permission.objects.filter(content_type__app_label="consultations", codename__in=own)
