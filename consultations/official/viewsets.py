"""Official answers in the admin: a list, a form, and the sheet that the cities sign."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from consultations.models import ConsultationPage
from consultations.official.forms import OfficialAnswerForm, RestForm
from consultations.official.models import AnswerSheet, OfficialAnswer
from consultations.official.reading import coverage_of, page_address, words_of
from consultations.official.refusals import AnswersNotReady
from consultations.official.services import sheet_of, take_away
from consultations.official.signing import title_of
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import steps_of
from partnership.ledger.services import is_up_to_date, request_approval
from partnership.ledger.signers import PERMISSION as SIGNING
from partnership.pages.huge_numbers import key_in
from partnership.pages.own_city import OwnViewSet
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.permissions import city_keys
from partnership.pages.two_hands.views import AddThing, EditThing
from partnership.refusals import Refused
from partnership.serving.views import forbidden

PERMISSION = "official.change_officialanswer"


def is_own_city(user: Any, consultation: ConsultationPage) -> bool:
    """Whether the editor works for one of the cities of the consultation."""
    return user.is_superuser or city_keys(user).open(consultation)


class OfficialAnswerPolicy(ModelPermissionPolicy):
    """Django's permission, and on top of it the city of the consultation."""

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: OfficialAnswer
    ) -> bool:
        has_it = self.user_has_permission(user, action)
        return has_it and is_own_city(user, instance.sheet.consultation)


class OwnCityMixin:
    """Another city's answer does not exist for this editor."""

    def get_object(self, queryset: QuerySet | None = None) -> OfficialAnswer:
        answer: OfficialAnswer = super().get_object(queryset)
        if not is_own_city(self.request.user, answer.sheet.consultation):
            raise Http404
        return answer


class ListAnswers(generic.IndexView):
    """What this editor may change."""

    def get_base_queryset(self) -> QuerySet:
        return OfficialAnswer.objects.editable_by(self.request.user).with_targets()


class AddAnswer(AddThing):
    """Starts on the sheet the editor came from."""

    def get_initial_form_instance(self) -> OfficialAnswer:
        asked = self.request.GET.get("consultation", "")
        known = ConsultationPage.objects.of_moderator(self.request.user).order_by("-closes_at")
        page = known.filter(pk=key_in(asked)).first()
        page = page or known.closed().first() or known.first()
        return OfficialAnswer(sheet=sheet_of(page)) if page else OfficialAnswer()


class EditAnswer(OwnCityMixin, EditThing):
    """Changes an answer; readers go on reading the signed one."""

    def lock(self) -> None:
        """Its sheet, as everything does that changes answers."""
        sheets = AnswerSheet.objects.select_for_update(of=("self",))
        list(sheets.filter(answers=key_in(self.object_pk)))


class DeleteAnswer(OwnCityMixin, generic.DeleteView):
    """Takes an answer away that nobody has read yet."""

    def delete_action(self) -> None:
        take_away(self.object, by=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("official_answers:edit", self.object.pk)


def _own_sheets(request: HttpRequest) -> QuerySet:
    """Those with answers this editor may change: each is called by its consultation."""
    own = OfficialAnswer.objects.editable_by(request.user).order_by().values("sheet")
    return AnswerSheet.objects.filter(pk__in=own).select_related("consultation")


class AnswerFilters(WagtailFilterSet):
    """By consultation and what becomes of it."""

    sheet = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Consultation"), queryset=_own_sheets
    )

    class Meta:
        model = OfficialAnswer
        fields = ("sheet", "state")


class OfficialAnswerViewSet(OwnViewSet):
    """The answers to all consultations an editor may change."""

    model = OfficialAnswer
    name = "official_answers"
    icon = "check"
    menu_label = gettext_lazy("Official answers")
    menu_name = "consultations.official_answers"
    menu_order = 255
    add_to_admin_menu = True
    index_view_class = ListAnswers
    add_view_class = AddAnswer
    edit_view_class = EditAnswer
    delete_view_class = DeleteAnswer
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = (
        TitleColumn(
            "answer", label=gettext_lazy("Answer to"), accessor=str,
            url_name="official_answers:edit",
        ),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        TitleColumn(
            "sheet", label=gettext_lazy("Consultation"), accessor="sheet.consultation.title",
            get_url=lambda answer: sheet_address(answer),
        ),
    )  # fmt: skip
    list_per_page = 50
    filterset_class = AnswerFilters
    search_fields = None

    def get_edit_handler(self) -> Any:
        """The form: to what, what becomes of it, the words, who says them, what follows."""
        panels = (
            LanguagesPanel(),
            FieldPanel("sheet", widget=forms.Select()),
            MultiFieldPanel(
                (
                    FieldRowPanel(("statement", "contribution")),
                    FieldRowPanel(("question", FieldPanel("theme", widget=forms.Select()))),
                ),
                heading=gettext_lazy("Answer to (choose exactly one)"),
            ),
            FieldPanel("state", widget=forms.RadioSelect()),
            side_by_side("text", heading=gettext_lazy("Answer")),
            side_by_side("answered_by", heading=gettext_lazy("Who answers")),
            FieldPanel("commitments", widget=forms.CheckboxSelectMultiple()),
        )
        return ObjectList(panels, base_form_class=OfficialAnswerForm).bind_to_model(self.model)


def sheet_address(answer: OfficialAnswer) -> str:
    return reverse("answer_sheet", args=(answer.sheet.consultation_id,))


class SheetView(WagtailAdminTemplateMixin, TemplateView):
    """All answers to a consultation: what is ready, how much is answered, who has signed."""

    template_name = "official/admin/sheet.html"
    header_icon = "check"
    page_title = gettext_lazy("Official answers")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        self.consultation = get_object_or_404(ConsultationPage, pk=kwargs["consultation_id"])
        if not is_own_city(request.user, self.consultation):
            raise Http404
        self.sheet = sheet_of(self.consultation)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.consultation.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("official_answers:index"), "label": _("Official answers")},
            {"url": "", "label": self.consultation.title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask every city to sign the answers as they are now, or keep why the rest has none."""
        if "keep_rest" in request.POST:
            return self._keep_rest(request)
        try:
            asked = request_approval(self.sheet, by=request.user)
        except Refused as refusal:
            reasons = refusal.reasons if isinstance(refusal, AnswersNotReady) else ()
            messages.error(request, str(refusal))
            context = self.get_context_data(reasons=reasons)
            return self.render_to_response(context, status=422)
        messages.success(request, _("Every city is asked to sign."))
        return redirect("approval", asked.pk)

    def _keep_rest(self, request: HttpRequest) -> HttpResponse:
        form = RestForm(request.POST, sheet=self.sheet)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(rest_form=form), status=422)
        form.save(by=request.user)
        messages.success(request, _("Kept. Every city signs it with the answers."))
        return redirect(request.path)

    def get_context_data(self, reasons: Any = (), **kwargs: Any) -> dict[str, Any]:
        requests = ApprovalRequest.objects.about(self.sheet).select_related("conclusion")
        request = requests.order_by("-pk").first()
        coverage = coverage_of(self.consultation)
        return {
            "rest_form": RestForm(sheet=self.sheet),
            **super().get_context_data(**kwargs),
            "consultation": self.consultation,
            "sheet": self.sheet,
            "title": title_of(self.sheet),
            "answers": self.sheet.answers.with_targets().with_standing(),
            "request_for_approval": request,
            "is_up_to_date": request is not None and is_up_to_date(request),
            "steps": steps_of(request) if request else (),
            "reasons": reasons,
            "coverage": coverage,
            "shares": words_of(coverage.shares),
            "public_url": page_address(self.consultation) if self.sheet.published_at else "",
            "may_sign": self.request.user.has_perm(SIGNING),
        }
