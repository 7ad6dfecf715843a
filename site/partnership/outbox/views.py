"""The outbox in the admin: what became of each mail, never what it says."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from partnership.outbox import services, standstill
from partnership.outbox.models import OutgoingMail


class MailListView(generic.IndexView):
    """Every mail, the newest first; those that failed can be tried again."""

    def get_list_more_buttons(self, instance: OutgoingMail) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        may_retry = self.request.user.has_perm("outbox.retry_outgoingmail")
        if instance.may_be_retried and may_retry:
            url = reverse("outgoing_mail:retry", args=(instance.pk,))
            buttons.append(Button(gettext("Try again"), url=url, icon_name="rotate"))
        return buttons


@permission_required("outbox.retry_outgoingmail", raise_exception=True)
@require_http_methods(["GET", "POST"])
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then let the mail be tried at the next tick."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if request.method == "POST":
        if services.retry(mail):
            messages.success(request, gettext("The mail is tried again within seconds."))
        else:
            messages.error(request, gettext("There is nothing left to send."))
        return redirect("outgoing_mail:index")
    return TemplateResponse(
        request, "outbox/retry.html", {"mail": mail, "page_title": _("Try again")}
    )


class OutgoingMailViewSet(ModelViewSet):
    """A list to look at: no mail is written, changed or deleted by hand."""

    model = OutgoingMail
    name = "outgoing_mail"
    icon = "mail"
    menu_label = _("Outgoing mail")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = MailListView
    list_per_page = 50
    # Never the subject: while a mail waits, it may hold somebody's code.
    list_display = (
        "kind",
        "to",
        Column("shown_state", label=_("State"), accessor="shown_state"),
        Column("language_code", label=_("Language"), accessor="language_code"),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    )
    list_filter = ("state", "kind", "language_code")
    search_fields = ("to", "kind", "last_error")
    ordering = ("-pk",)
    inspect_view_fields = (
        "kind",
        "to",
        "language_code",
        "shown_state",
        "about",
        "created_at",
        "next_attempt_at",
        "expires_at",
        "sent_at",
        "attempts",
        "last_error",
    )
    form_fields = ("kind",)  # asked for by the base class; no form is reachable

    def get_urlpatterns(self) -> list[URLPattern]:
        looking = {"index", "index_results", "inspect"}
        patterns = [found for found in super().get_urlpatterns() if found.name in looking]
        return [*patterns, path("retry/<int:pk>/", retry, name="retry")]


@never_cache
@require_safe
def clockz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the clock goes and mail leaves, else 503 and since when not."""
    try:
        reason = str(standstill.what_stands_still() or "")
    except DatabaseError as error:
        reason = f"The database cannot be read ({type(error).__name__})."
    status = 503 if reason else 200
    return HttpResponse(f"{reason or 'going'}\n", content_type="text/plain", status=status)
