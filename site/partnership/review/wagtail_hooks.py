"""Where the review meets the admin: its screen, the dashboard, a button in the editor."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button

from partnership.review.models import CityReview
from partnership.review.presenting import waiting_for
from partnership.review.views import PreviewView, ReviewView


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The screen of a page's review, and the previews on it."""
    return [
        path("review/<int:page_id>/", ReviewView.as_view(), name="city_review"),
        path("review/<int:page_id>/preview/", PreviewView.as_view(), name="city_review_preview"),
    ]


class WaitingForYourCity(Component):
    """On the dashboard: the pages that a city of yours is asked to read."""

    name = "waiting_for_your_city"
    order = 45
    template_name = "review/admin/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"waiting": waiting_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def waiting_pages(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingForYourCity())


@hooks.register("register_page_header_buttons")
def review_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from the editor to the review of its page."""
    if isinstance(page.current_workflow_task_state, CityReview):
        address = reverse("city_review", args=(page.pk,))
        yield Button(_("Review by every city"), address, icon_name="view", priority=15)
