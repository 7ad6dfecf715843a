"""Where the news meet the admin: an entry among the reports."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from home.news.models import Issue
from home.news.viewsets import ForWhoeverWorksForACity, IssueViewSet

POLICY = ForWhoeverWorksForACity(Issue)
register_permission_policy(Issue, POLICY)


@hooks.register("register_admin_viewset")
def register_issues() -> IssueViewSet:
    return IssueViewSet()


class NewsMenuItem(MenuItem):
    """The news, for whoever may greet their readers."""

    def is_shown(self, request: Any) -> bool:
        return POLICY.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def news_in_the_menu() -> NewsMenuItem:
    return NewsMenuItem(
        _("News by mail"),
        reverse("news_issues:index"),
        name="news-by-mail",
        icon_name="mail",
        order=150,
    )
