"""Where final results meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from consultations.models import ConsultationPage
from consultations.snapshots.admin_views import FinalResultsView
from consultations.snapshots.groups import PERMISSION
from partnership.pages.permissions import holds_key_to


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The results of a consultation, to be looked at and published."""
    return [
        path("results/<int:consultation_id>/", FinalResultsView.as_view(), name="final_results")
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def results_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from a consultation to its results."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    if is_consultation and user.has_perm(PERMISSION) and holds_key_to(page, user):
        address = reverse("final_results", args=(page.pk,))
        yield Button(_("Final results"), address, icon_name="lock", priority=66)


@hooks.register("register_permissions")
def permissions() -> Any:
    """What a group can be given here."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="snapshots", codename="freeze_results")
