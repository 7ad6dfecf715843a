"""The screen on which a city reads a page, and signs it or asks for changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.utils.decorators import xframe_options_sameorigin_override

from partnership.cities.models import City
from partnership.pages.comparing import language_columns
from partnership.pages.models import BasePage
from partnership.pages.undescribed import tell_of_undescribed_photos
from partnership.refusals import Refused, sentences_of
from partnership.review.forms import CHANGES, AnswerForm
from partnership.review.models import CityReview, editors_of
from partnership.review.presenting import previews_of, steps_of, what_is_new
from partnership.review.services import version_of
from partnership.serving.views import forbidden

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}


class UnderReview(View):
    """A page under review, for the editors of every city; nobody else looks in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(BasePage, pk=kwargs["page_id"]).specific
        if not _may_look(request.user, self.page):
            return forbidden(request, PermissionDenied())
        state = self.page.current_workflow_task_state
        if not isinstance(state, CityReview):
            messages.info(request, _("This page waits for nobody's answer now."))
            return redirect("wagtailadmin_home")
        self.review = state
        self.draft = self.page.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)


class ReviewView(WagtailAdminTemplateMixin, UnderReview, TemplateView):
    """Who has signed, what is new, how it will look; and the answer of one's own city."""

    template_name = "review/admin/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "view"
    breadcrumbs_items = (HOME, {"url": "", "label": gettext_lazy("Review")})

    def get_page_subtitle(self) -> str:
        return str(self.draft.get_admin_display_title())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._again(form)
        try:
            form.answer(self.review, by=request.user)
        except (Refused, ValidationError) as refusal:
            form.add_error(getattr(refusal, "field", None), sentences_of(refusal))
            return self._again(form)
        messages.success(request, self._outcome(form.cleaned_data["decision"]))
        self._tell_of_photos()
        return redirect("wagtailadmin_home")

    def get_context_data(self, form: AnswerForm | None = None, **kwargs: Any) -> dict[str, Any]:
        since, rows, has_choice = what_is_new(self.review, self.draft, self.request)
        return {
            **super().get_context_data(**kwargs),
            "form": form or AnswerForm(),
            "page": self.page,
            "review": self.review,
            "seen": version_of(self.page),
            "steps": steps_of(self.review),
            "rows": rows,
            "since": since,
            "has_choice": has_choice,
            "languages": language_columns(),
            "previews": previews_of(self.draft),
            "why_not": self._why_not(),
            "may_edit": self.page.permissions_for_user(self.request.user).can_edit(),
        }

    def _again(self, form: AnswerForm) -> HttpResponse:
        """The screen as it is now, with the reader's words; nothing of the answer was kept."""
        for sentence in form.non_field_errors():
            messages.error(self.request, sentence)
        self.page = BasePage.objects.get(pk=self.page.pk).specific
        self.draft = self.page.get_latest_revision_as_object()
        state = self.page.current_workflow_task_state
        if not isinstance(state, CityReview):
            return redirect("wagtailadmin_home")
        self.review = state
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _tell_of_photos(self) -> None:
        """The last signature publishes: what publishing at once would say is said here, too."""
        page = BasePage.objects.get(pk=self.page.pk)
        if page.live and not page.workflow_in_progress and not page.has_unpublished_changes:
            tell_of_undescribed_photos(self.request, page.specific)

    def _why_not(self) -> str:
        """Say why this person cannot answer; empty when they can."""
        reader: Any = self.request.user
        revision = self.page.get_latest_revision()
        if self.review.is_signed_by(reader, revision):
            return _("You have signed this version. Now somebody else must sign it.")
        if not self.review.reviewers().filter(pk=reader.pk).exists():
            return _("Another city is asked now: %(city)s.") % {"city": self.review.task.name}
        return ""

    def _outcome(self, decision: str) -> str:
        if decision == CHANGES:
            return _("The author is told what you ask for.")
        if BasePage.objects.get(pk=self.page.pk).workflow_in_progress:
            return _("Signed. Now the next city is asked.")
        return _("Signed. Every city has read the page, and it is published.")


class PreviewView(UnderReview):
    """The draft under review in one language, or a mail it will cause."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mode = request.GET.get("mode", self.draft.default_preview_mode)
        return self.draft.make_preview_request(request, mode)


def _may_look(person: Any, page: BasePage) -> bool:
    of_any_city = editors_of(page, City.objects.all()).filter(pk=person.pk).exists()
    return of_any_city or page.permissions_for_user(person).can_edit()
