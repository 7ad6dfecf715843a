"""Where exports meet the admin: the menu, and a button on every consultation."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from consultations.exports.services import EXPORT_PERMISSION
from consultations.exports.views import ConsultationsView, ExportView, FiguresView, JobView
from consultations.models import ConsultationPage
from partnership.pages.permissions import holds_key_to


@hooks.register("register_admin_urls")
def addresses() -> list:
    """The screens, under /admin/exports/."""
    screens = [
        path("", ConsultationsView.as_view(), name="index"),
        path("<int:consultation_id>/", ExportView.as_view(), name="export"),
        path("<int:consultation_id>/figures/", FiguresView.as_view(), name="figures"),
        path("made/<uuid:key>/", JobView.as_view(), name="job"),
    ]
    return [path("exports/", include((screens, "exports")))]


class ExportsMenuItem(MenuItem):
    """Shown to whoever may export, whether or not they edit pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(EXPORT_PERMISSION)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Exports in the left menu."""
    address = reverse("exports:index")
    return ExportsMenuItem(
        _("Exports"), address, name="consultations.exports", icon_name="download", order=260
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def export_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """Export and figures, on a consultation's editor and in lists of pages."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    if is_consultation and user.has_perm(EXPORT_PERMISSION) and holds_key_to(page, user):
        address = reverse("exports:export", args=(page.pk,))
        yield Button(_("Export"), address, icon_name="download", priority=70)
        figures = reverse("exports:figures", args=(page.pk,))
        yield Button(_("Figures by group"), figures, icon_name="table", priority=71)
