"""The screen where staff publish final results, and see what has drifted since."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from consultations.models import ConsultationPage
from consultations.snapshots.groups import PERMISSION
from consultations.snapshots.models import LONGEST_REASON, ResultSnapshot
from consultations.snapshots.services import freeze, verify
from consultations.tallies import drift
from partnership.pages.languages import active
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused
from partnership.serving.views import forbidden


class FreezeForm(forms.Form):
    """Asks why, when published figures are replaced."""

    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        required=False,  # the service says when it is missing
        help_text=gettext_lazy("Needed when published figures are replaced; everybody reads it."),
    )

    def __init__(
        self, *args: Any, consultation: ConsultationPage, by: Any, again: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consultation, self.by = consultation, by
        if not again:
            del self.fields["reason"]

    def save(self) -> ResultSnapshot | None:
        """Publish; None, with the reason on the form, when refused."""
        try:
            return freeze(self.consultation, by=self.by, reason=self.cleaned_data.get("reason", ""))
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None


class FinalResultsView(WagtailAdminTemplateMixin, FormView):
    """What is published, whether it still agrees with the votes, and the button."""

    template_name = "snapshots/admin/results.html"
    header_icon = "lock"
    page_title = gettext_lazy("Final results")
    form_class = FreezeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        own = ConsultationPage.objects.of_moderator(request.user)
        self.consultation = get_object_or_404(own, pk=kwargs["consultation_id"])
        self.snapshot = self.consultation.snapshots.first()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Final results")},
            {"url": "", "label": self.consultation.title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"consultation": self.consultation, "by": self.request.user}
        return {**super().get_form_kwargs(), **asked, "again": self.snapshot is not None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = verify(self.snapshot) if self.snapshot else None
        slug = self.consultation.slug_in(active())
        return {
            **super().get_context_data(**kwargs),
            "consultation": self.consultation,
            "snapshot": self.snapshot,
            "verification": found,
            "versions": self.consultation.snapshots.select_related("frozen_by"),
            "wrong_totals": len(drift(self.consultation)),
            "public_url": reverse("consultation_results", args=(slug,)) if found else "",
        }

    def form_valid(self, form: FreezeForm) -> HttpResponse:
        if form.save() is None:
            return self.form_invalid(form)
        messages.success(self.request, _("The final results are published."))
        return redirect(self.request.path)

    def form_invalid(self, form: FreezeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
