"""Where official answers meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from consultations.models import ConsultationPage
from consultations.official.models import OfficialAnswer
from consultations.official.viewsets import (
    PERMISSION,
    OfficialAnswerPolicy,
    OfficialAnswerViewSet,
    SheetView,
)
from partnership.pages.permissions import holds_key_to

register_permission_policy(OfficialAnswer, OfficialAnswerPolicy(OfficialAnswer))


@hooks.register("register_admin_viewset")
def answers() -> Any:
    """The list and the form."""
    return OfficialAnswerViewSet()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The sheet of a consultation."""
    view = SheetView.as_view()
    return [path("answers/<int:consultation_id>/", view, name="answer_sheet")]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def answers_button(page: Any, user: Any, **context: Any) -> Iterator[Button]:
    """The way from a consultation to its answers."""
    is_consultation = page.cached_content_type.model_class() is ConsultationPage
    if is_consultation and user.has_perm(PERMISSION) and holds_key_to(page, user):
        address = reverse("answer_sheet", args=(page.pk,))
        yield Button(_("Official answers"), address, icon_name="check", priority=65)
