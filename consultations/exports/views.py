"""The screens where analysts export a consultation; they need no right to edit it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from consultations.crossed_results import CITY, crossed_results, crossings
from consultations.disclosure import shows_question_figures, shows_statement_figures
from consultations.exports.enums import Profile, TableName
from consultations.exports.forms import ExportForm
from consultations.exports.jobs import fetch
from consultations.exports.models import ExportJob, ExportLog
from consultations.exports.refusals import NotToBeFetched
from consultations.exports.services import (
    EXPORT_PERMISSION,
    STAFF_PERMISSION,
    Export,
    exportable_by,
    may_export,
)
from consultations.models import ConsultationPage
from consultations.presenting.crossed_figures import crossed_cards, crossing_choices
from consultations.presenting.desk_figures import bars_of, statement_cards
from consultations.results import statement_results
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP
from partnership.people.models import Resident
from partnership.serving.views import forbidden

LATEST = 20
#: What an address with ``?figures`` has chosen: only staff see figures before the close.
FIGURES = {"table": TableName.RESULTS, "profile": Profile.STAFF}
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
EXPORTS = {"url": reverse_lazy("exports:index"), "label": _("Exports")}


class MayExport(WagtailAdminTemplateMixin, View):
    """Asks for the permission to export; others are refused."""

    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(EXPORT_PERMISSION):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)


def refused(request: HttpRequest) -> HttpResponse:
    """A plain 403: Wagtail would lead to its front page, as if it had been done."""
    return forbidden(request, PermissionDenied())


class ConsultationsView(MayExport, ListView):
    """All consultations, the latest first, and who exported what last."""

    page_title = _("Exports")
    template_name = "exports/admin/index.html"
    context_object_name = "consultations"
    breadcrumbs_items = (HOME, {**EXPORTS, "url": ""})

    def get_queryset(self) -> QuerySet:
        return exportable_by(self.request.user).order_by("-closes_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = exportable_by(self.request.user).order_by().values("pk")
        log = ExportLog.objects.filter(consultation__in=own)
        log = log.select_related("consultation", "exported_by")[:LATEST]
        jobs = ExportJob.objects.of(self.request.user).select_related("consultation")[:LATEST]
        may_see = self.request.user.has_perm("exports.view_exportlog")
        return {**super().get_context_data(**kwargs), "log": log if may_see else (), "jobs": jobs}


class ExportView(MayExport, FormView):
    """Asks what to export, then sends it as it is read."""

    page_title = _("Export")
    template_name = "exports/admin/export.html"
    form_class = ExportForm

    @cached_property
    def consultation(self) -> ConsultationPage:
        """The consultation that is exported."""
        own = exportable_by(self.request.user)
        return get_object_or_404(own, pk=self.kwargs["consultation_id"])

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, EXPORTS, {"url": "", "label": self.consultation.title}]

    def get_initial(self) -> dict[str, Any]:
        asked = "figures" in self.request.GET and self.request.user.has_perm(STAFF_PERMISSION)
        return {**super().get_initial(), **(FIGURES if asked else {})}

    def get_form_kwargs(self) -> dict[str, Any]:
        who = {"consultation": self.consultation, "exported_by": self.request.user}
        return {**super().get_form_kwargs(), **who}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = reverse("exports:export", args=(self.consultation.pk,))
        context = super().get_context_data(**kwargs)
        more = {"action_url": action, "media": context["form"].media}
        return {**context, **more, "consultation": self.consultation}

    def form_valid(self, form: ExportForm) -> Any:
        asks_for_people = form.cleaned_data["profile"] == Profile.STAFF
        if asks_for_people and not self.request.user.has_perm(STAFF_PERMISSION):
            return refused(self.request)
        made = form.save()
        if made is None:
            return self.form_invalid(form)
        if isinstance(made, ExportJob):
            return redirect("exports:job", made.key)
        return streamed(made)

    def form_invalid(self, form: ExportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FiguresView(MayExport, TemplateView):
    """The figures of the questions on a screen, crossed by what is asked for."""

    header_icon = "table"
    template_name = "exports/admin/figures.html"

    @cached_property
    def consultation(self) -> ConsultationPage:
        """The consultation whose figures these are."""
        own = exportable_by(self.request.user)
        return get_object_or_404(own, pk=self.kwargs["consultation_id"])

    def get_page_title(self) -> str:
        return str(_("Figures by group") if self.consultation.is_over else _("Figures so far"))

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, EXPORTS, {"url": "", "label": self.consultation.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"consultation": self.consultation, "smallest": SMALLEST_GROUP}
        context = {**super().get_context_data(**kwargs), **own}
        reader: dict[str, Any] = {"resident": self.request.user}
        if shows_question_figures(self.consultation, **reader, response=None):
            context |= self._of_questions()
        if shows_statement_figures(self.consultation, **reader, votes=0, statements=0):
            context |= {"statements": self._of_statements(context.get("by", CITY))}
        return context

    def _of_questions(self) -> dict[str, Any]:
        questions = list(self.consultation.questions.prefetch_related("options"))
        asked = self.request.GET.get("by", "")
        by = asked if asked in crossings(questions) else CITY
        results = crossed_results(self.consultation, questions, self.cities, by)
        cards = crossed_cards(results, questions, by)
        if by == CITY:
            cards = [
                {**card, **bars_of(result)} for card, result in zip(cards, results, strict=True)
            ]
        choices = crossing_choices(questions, by) if questions else []
        return {"is_shown": True, "by": by, "choices": choices, "cards": cards}

    def _of_statements(self, by: str) -> list[dict[str, Any]]:
        """How the cities voted; votes are told apart by nothing else."""
        if by != CITY:
            return []
        return statement_cards(statement_results(self.consultation, self.cities))

    @cached_property
    def cities(self) -> list[City]:
        """The cities, in their order."""
        return list(City.objects.all())


def may_fetch(person: Resident, job: ExportJob) -> bool:
    """Whether whoever asked for it may still have it: nobody has taken anything away since."""
    is_open = job.profile != Profile.STAFF or person.has_perm(STAFF_PERMISSION)
    return is_open and may_export(person, job.consultation)


def streamed(made: Export) -> StreamingHttpResponse:
    """The file as a download; no cache keeps what the admin answers."""
    return StreamingHttpResponse(
        made.pieces,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.filename}"'},
    )


class JobView(MayExport, TemplateView):
    """How far a large export is; on POST its file, once. Another's does not exist."""

    page_title = _("Export")
    template_name = "exports/admin/job.html"

    @cached_property
    def job(self) -> ExportJob:
        """What this person asked for."""
        own = ExportJob.objects.of(self.request.user).select_related("consultation")
        return get_object_or_404(own, key=self.kwargs["key"])

    def get_page_subtitle(self) -> str:
        return self.job.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, EXPORTS, {"url": "", "label": self.job.consultation.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "job": self.job}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_fetch(request.user, self.job):
            return refused(request)
        try:
            file = fetch(self.job, by=request.user)
        except NotToBeFetched as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(), status=410)
        return FileResponse(
            file,
            as_attachment=True,
            filename=self.job.filename,
            content_type=self.job.content_type,
        )
