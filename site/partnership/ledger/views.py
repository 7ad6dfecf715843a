"""The screen on which a city reads what it is asked about, and signs it or asks for changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from partnership.ledger.forms import CHANGES, WITHDRAW, ApprovalForm
from partnership.ledger.kinds import kind_of
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import (
    cities_to_sign,
    may_call_off,
    rows_of,
    steps_of,
    title_of,
    why_not,
)
from partnership.ledger.signers import PERMISSION
from partnership.pages.comparing import language_columns
from partnership.refusals import Refused, sentences_of
from partnership.serving.views import forbidden

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}


class ApprovalView(WagtailAdminTemplateMixin, TemplateView):
    """Who has signed, what is signed in every language; and the answer of one's own city."""

    template_name = "ledger/admin/approval.html"
    page_title = gettext_lazy("Approval by every city")
    header_icon = "key"
    breadcrumbs_items = (HOME, {"url": "", "label": gettext_lazy("Approval by every city")})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        found = ApprovalRequest.objects.select_related("requested_by", "conclusion__concluded_by")
        self.approval_request = get_object_or_404(found, pk=kwargs["pk"])
        subject = self.approval_request.subject
        if subject is not None and not kind_of(subject).may_read(subject, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return title_of(self.approval_request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ApprovalForm(request.POST, request=self.approval_request)
        if not form.is_valid():
            return self._again(form)
        try:
            form.answer(by=request.user)
        except (Refused, ValidationError) as refusal:
            form.add_error(getattr(refusal, "field", None), sentences_of(refusal))
            return self._again(form)
        messages.success(request, self._outcome(form.cleaned_data["decision"]))
        return redirect("approval", self.approval_request.pk)

    def get_context_data(self, form: ApprovalForm | None = None, **kwargs: Any) -> dict[str, Any]:
        request, reader = self.approval_request, self.request.user
        subject = request.subject
        return {
            **super().get_context_data(**kwargs),
            "form": form or ApprovalForm(request=request),
            "approval_request": request,
            "conclusion": getattr(request, "conclusion", None),
            "steps": steps_of(request),
            "rows": rows_of(request),
            "languages": language_columns(),
            "own_cities": cities_to_sign(request, reader),
            "why_not": why_not(request, reader),
            "may_call_off": may_call_off(request, reader),
            "edit_url": kind_of(subject).address(subject) if subject else "",
        }

    def _again(self, form: ApprovalForm) -> HttpResponse:
        """The screen as it is now, with the reader's words; nothing of the answer was kept."""
        for sentence in form.non_field_errors():
            messages.error(self.request, sentence)
        self.approval_request = ApprovalRequest.objects.get(pk=self.approval_request.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _outcome(self, decision: str) -> str:
        if decision == WITHDRAW:
            return _("Called off. Nothing that was signed counts.")
        if decision == CHANGES:
            return _("The author is told what you ask for.")
        if ApprovalRequest.objects.open().filter(pk=self.approval_request.pk).exists():
            return _("Signed. Now the next city is asked.")
        return _("Signed. Every city has signed, and it counts from now on.")
