"""Where closing reports meet the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from events.models import EventPage
from events.reports.models import ClosingReport
from events.reports.viewsets import ReportViewSet
from partnership.pages.models import BasePage
from partnership.pages.own_city import OwnPagePolicy

CHANGES = "reports.change_closingreport"
REASON = gettext_noop(
    "What people wrote here stands in a consultation: it cannot be deleted. Unpublish it instead."
)

register_permission_policy(ClosingReport, OwnPagePolicy(ClosingReport))


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet()


@hooks.register("register_page_header_buttons")
def report_button(page: BasePage, user: Any, **context: Any) -> Iterator[Button]:
    """The way from the editor of an event that is over to its closing report."""
    model = page.cached_content_type.model_class()
    if not (model and issubclass(model, EventPage) and user.has_perm(CHANGES)):
        return
    event = EventPage.objects.select_related("report").filter(pk=page.pk).first()
    if event is not None and event.is_over:
        yield Button(_("Closing report"), _address(event), icon_name="doc-full", priority=66)


def _address(event: EventPage) -> str:
    report = getattr(event, "report", None)
    if report is None:
        return f"{reverse('closing_reports:add')}?event={event.pk}"
    return reverse("closing_reports:edit", args=(report.pk,))


@hooks.register("before_delete_page")
def keep_sessions(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Refuse to delete an event (or a page above it) whose notes people read and answer."""
    if request.method != "POST" or not _is_spoken_at(page):
        return None
    messages.error(request, _(REASON))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_sessions_together(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once."""
    if request.method != "POST" or action_type != "delete":
        return None
    if not any(isinstance(page, BasePage) and _is_spoken_at(page) for page in objects):
        return None
    messages.error(request, _(REASON))
    return redirect(action.next_url)


def _is_spoken_at(page: BasePage) -> bool:
    return EventPage.objects.filter(path__startswith=page.path).spoken_at().exists()
