"""Where codes meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from consultations.codes import admin
from consultations.models import ConsultationPage
from partnership.pages.permissions import holds_key_to


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """The codes of a consultation."""
    return admin.urlpatterns


@hooks.register("register_permissions")
def permissions() -> Any:
    """What a group can be given."""
    return Permission.objects.filter(content_type__app_label="codes", codename="make_codes")


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def codes_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from a consultation to its codes."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    may_see = is_consultation and user.has_perm(admin.PERMISSION) and holds_key_to(page, user)
    if may_see and page.live:
        address = reverse("codes", args=(page.pk,))
        yield Button(_("Codes on paper"), address, icon_name="key", priority=66)
