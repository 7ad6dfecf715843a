"""Where the analysis of texts meets the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from consultations.analysis import views
from consultations.analysis.models import Theme
from consultations.analysis.viewsets import ThemePolicy, ThemeViewSet
from consultations.analysis.waiting import TextsToRead
from consultations.models import ConsultationPage
from partnership.pages.permissions import holds_key_to

register_permission_policy(Theme, ThemePolicy(Theme))


@hooks.register("register_admin_viewset")
def themes() -> Any:
    """The form of a theme."""
    return ThemeViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The codebook, the texts, one text after the other."""
    own = "analysis/<int:consultation_id>/"
    return [
        path("analysis/", views.consultations, name="analysis"),
        path(own, views.codebook, name="analysis_codebook"),
        path(f"{own}texts/", views.texts, name="analysis_texts"),
        path(f"{own}code/", views.code, name="analysis_code"),
        path(f"{own}quotes/<int:pk>/", views.quote, name="analysis_quote"),
        path(f"{own}views/<int:pk>/forget/", views.forget_view, name="analysis_forget_view"),
    ]


class AnalysisMenuItem(MenuItem):
    """For whoever may code texts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Themes in the left menu."""
    address = reverse("analysis")
    return AnalysisMenuItem(
        _("Themes"), address, name="consultations.themes", icon_name="tag", order=252
    )


@hooks.register("construct_homepage_panels")
def texts_to_read(request: HttpRequest, panels: list[Any]) -> None:
    """What this person has not read, on the first screen."""
    panels.append(TextsToRead())


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def themes_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from a consultation to its codebook."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    if is_consultation and user.has_perm(views.PERMISSION) and holds_key_to(page, user):
        address = reverse("analysis_codebook", args=(page.pk,))
        yield Button(_("Themes"), address, icon_name="tag", priority=64)
