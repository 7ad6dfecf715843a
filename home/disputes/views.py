"""Disagreements for readers, and the screen on which their editors move them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.disputes.forms import ACTS, ActForm
from home.disputes.models import Dispute
from home.disputes.presenting import desk_context, list_context, page_context
from home.disputes.telling import PERMISSION
from partnership.refusals import Refused
from partnership.serving.views import forbidden


@require_safe
def dispute_list(request: HttpRequest) -> HttpResponse:
    """Show the disagreements of which readers may know."""
    return render(request, "disputes/index.html", list_context(request))


@require_safe
def dispute_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one: all of it, or that it exists and how far it has come."""
    found = get_object_or_404(Dispute.objects.public().with_way(), key=code)
    return render(request, "disputes/dispute.html", page_context(found, request))


class WayView(WagtailAdminTemplateMixin, TemplateView):
    """One disagreement: its clock, what was agreed so far, and everything that moves it."""

    template_name = "disputes/admin/way.html"
    page_title = gettext_lazy("Disagreement")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        own = Dispute.objects.of_editor(request.user).with_way()
        self.dispute = get_object_or_404(own, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.dispute)

    def get_page_subtitle(self) -> str:
        return str(self.dispute.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("disputes:index"), "label": _("Disagreements")},
            {"url": "", "label": str(self.dispute)},
        ]
        return items

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says that was pressed; what is refused is said at its form."""
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        form = ACTS[act](request.POST, dispute=self.dispute, editor=request.user)
        try:
            if form.is_valid():
                return self._lead_on(form.act())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            form.look_again()
        messages.error(request, _("Nothing was changed. Look at what is marked below."))
        return self.render_to_response(self.get_context_data(refused={act: form}), status=422)

    def _lead_on(self, asked: Any) -> HttpResponse:
        """To the signatures where the cities were asked, else back to the screen."""
        if asked is not None:
            messages.success(
                self.request, _("The cities are asked. It counts once all have signed.")
            )
            return redirect("approval", asked.pk)
        messages.success(self.request, _("Noted, with your city and the moment."))
        return redirect("disputes:way", self.dispute.pk)

    def get_context_data(
        self, refused: dict[str, ActForm] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        about = {"dispute": self.dispute, "editor": self.request.user}
        forms = {act: form(**about) for act, form in ACTS.items()} | (refused or {})
        desk = desk_context(self.dispute)
        is_asked = bool(desk["asked"])
        shown = {  # what was refused stays, with its words, though it is done no more
            act: form
            for act, form in forms.items()
            if form.is_bound or form.is_offered(is_asked=is_asked)
        }
        return {**super().get_context_data(**kwargs), **desk, "forms": shown}
