"""Where closing reports meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from events.models import EventPage
from events.reports.models import ClosingReport
from events.reports.viewsets import ReportViewSet
from partnership.pages.models import BasePage
from partnership.pages.own_city import OwnPagePolicy
from partnership.pages.permissions import holds_key_to

CHANGES = "reports.change_closingreport"

register_permission_policy(ClosingReport, OwnPagePolicy(ClosingReport))


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet()


@hooks.register("register_page_header_buttons")
def report_button(page: BasePage, user: Any, **context: Any) -> Iterator[Button]:
    """The way from the editor of an event that is over to its closing report."""
    model = page.cached_content_type.model_class()
    may_report = model and issubclass(model, EventPage) and user.has_perm(CHANGES)
    if not (may_report and holds_key_to(page, user)):
        return
    event = EventPage.objects.select_related("report").filter(pk=page.pk).first()
    if event is not None and event.is_over:
        yield Button(_("Closing report"), _address(event), icon_name="doc-full", priority=66)


def _address(event: EventPage) -> str:
    report = getattr(event, "report", None)
    if report is None:
        return f"{reverse('closing_reports:add')}?event={event.pk}"
    return reverse("closing_reports:edit", args=(report.pk,))
