"""Where decisions meet the admin."""

from typing import Any

from django.urls import path, re_path
from wagtail import hooks

from consultations.moderation.views import judging, removing
from consultations.moderation.viewsets import ReasonTemplateViewSet


@hooks.register("register_admin_viewset")
def reason_templates() -> Any:
    """The words for reasons."""
    return ReasonTemplateViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Appeals and removals; the queue itself belongs to the consultations."""
    return [
        path("comments/appeals/", judging.appeals, name="appeals"),
        path("comments/appeals/<int:pk>/", judging.judge, name="appeal_decision"),
        path("comments/removals/", removing.removals, name="removals"),
        path("comments/removals/<int:pk>/", removing.decide, name="removal_decision"),
        re_path(
            r"^comments/removals/(?P<kind>comment|statement)/(?P<pk>\d{1,18})/$",
            removing.ask,
            name="removal_asked",
        ),
    ]
