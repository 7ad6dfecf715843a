"""Typing in what people answered on paper: a sheet at a time, each one once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from consultations.asking.budgets import WITH_PLACES
from consultations.asking.forms import QuestionnaireForm
from consultations.asking.services import (
    LONGEST_SHEET,
    PAPER,
    enter_paper,
    sheets_of,
    take_out_sheet,
)
from consultations.codes.writing import LONGEST_TYPED
from consultations.enums import Channel
from consultations.forms import LanguageField
from consultations.models import ConsultationPage
from consultations.snapshots.groups import PERMISSION as MAY_PUBLISH
from partnership.cities.models import City
from partnership.pages.languages import CODES
from partnership.people.models import Resident
from partnership.people.text_fields import UNSTORABLE, PlainTextField
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused

PERMISSION = "consultations.enter_paper"
LATEST = 10


class SheetForm(QuestionnaireForm):
    """A sheet as it lies on the desk: its number, the city, the language, the answers."""

    token_purpose = PAPER
    is_on_paper = True
    heads_of_a_sheet: tuple[str, ...] = ("sheet", "city", "language_code")

    def __init__(
        self, *args: Any, is_final: bool = False, has_code: bool = False, **kwargs: Any
    ) -> None:
        self.is_final, self.has_code = is_final, has_code
        super().__init__(*args, **kwargs)

    def add_more(self) -> None:
        """What stands at the top of a sheet; an empty city is elsewhere, a code tells it."""
        self.fields["sheet"] = PlainTextField(
            label=gettext_lazy("Number of the sheet"),
            max_length=LONGEST_SHEET,
            required=False,  # the service says what is missing
            widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        )
        self.fields["city"] = forms.ModelChoiceField(
            label=gettext_lazy("Lives in"),
            queryset=City.objects.all(),
            required=False,
            empty_label=gettext_lazy("Elsewhere"),
        )
        self.fields["language_code"] = LanguageField()
        self.fields["language_code"].label = gettext_lazy("Language of the sheet")
        if self.has_code:
            del self.fields["city"]
            self.heads_of_a_sheet = ("sheet", "code", "language_code")
            self.fields["code"] = PlainTextField(
                label=gettext_lazy("Code on the sheet"),
                max_length=LONGEST_TYPED,
                required=False,  # the service says what is missing
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        if self.is_final:
            self.heads_of_a_sheet = ("corrects", *self.heads_of_a_sheet)
            self.fields["corrects"] = forms.BooleanField(
                label=gettext_lazy("For a correction of the final results"), required=False
            )

    def begin_at_what_is_wrong(self) -> None:
        """Whoever types goes on at the first field that was refused, and hears why."""
        names = [name for name in (*self.heads_of_a_sheet, *self.fields) if name in self.errors]
        if names:
            del self.fields["sheet"].widget.attrs["autofocus"]
            self.fields[names[0]].widget.attrs["autofocus"] = True

    def heads(self) -> list[BoundField]:
        """The fields at the top of the sheet."""
        return [self[name] for name in self.heads_of_a_sheet]


class AnonymousSheetForm(SheetForm):
    """The same where nobody is to know whose a sheet is: no organisation."""

    asks_for_voice = False


def _consultation(request: HttpRequest, pk: int) -> tuple[ConsultationPage, Resident]:
    """One of this person's consultations; nothing without the permission."""
    person = request.user
    if not isinstance(person, Resident) or not person.has_perm(PERMISSION):
        raise PermissionDenied
    own = ConsultationPage.objects.live().of_moderator(person)
    return get_object_or_404(own, id=pk), person


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an empty sheet; count the one that was typed in and show the next."""
    consultation, person = _consultation(request, pk)
    questions = list(consultation.questions.prefetch_related(*WITH_PLACES))
    is_final = consultation.snapshots.exists()
    form_class = AnonymousSheetForm if consultation.is_anonymous else SheetForm
    form = form_class(
        request.POST or None,
        questions=questions,
        is_final=is_final,
        has_code=consultation.asks_for_codes,
        initial=_like_the_last(request, person),
    )
    if form.is_bound and form.is_valid() and _count(request, form, consultation, person):
        return redirect(f"{request.path}?{_for_the_next(form)}")
    form.begin_at_what_is_wrong()
    sheets = consultation.responses.filter(channel=Channel.PAPER).select_related("entered_by")
    context: dict[str, Any] = {
        "consultation": consultation,
        "form": form,
        "is_final": is_final,
        "may_publish": person.has_perm(MAY_PUBLISH),
        "sheets": sheets.filter(sheets_of(person)).order_by("-created_at", "-pk")[:LATEST],
        "sheets_in_all": sheets.count(),
        "public_url": consultation.get_url(request),
        "header_title": _("Type in answers from paper"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/admin/paper.html", context, status=status)


def _for_the_next(form: SheetForm) -> str:
    """Sheets come in piles: the next one is from the same city and in the same language."""
    sent, query = form.cleaned_data, QueryDict(mutable=True)
    query["city"] = sent["city"].code if sent.get("city") else ""
    query["language"] = sent["language_code"]
    if sent.get("corrects"):
        query["corrects"] = "1"
    return query.urlencode()


def _like_the_last(request: HttpRequest, person: Resident) -> dict[str, Any]:
    """What the form begins with: the last sheet's, at first the city of whoever types."""
    if "city" not in request.GET:
        return {"city": person.edits_for.first()}
    told: dict[str, Any] = {
        "city": City.objects.filter(code=UNSTORABLE.sub("", request.GET["city"])).first()
    }
    told["corrects"] = "corrects" in request.GET
    if request.GET.get("language") in CODES:
        told["language_code"] = request.GET["language"]
    return told


def _count(
    request: HttpRequest, form: SheetForm, consultation: ConsultationPage, person: Resident
) -> bool:
    """Whether this sheet needs no more typing: it is counted now, or was by this very form."""
    sent = form.cleaned_data
    heads = {name: sent[name] for name in (*form.heads_of_a_sheet, "voice", "form_token")}
    heads.setdefault("city", None)  # where there are codes, the code tells it
    try:
        response = form.attempt(enter_paper, consultation, by=person, answers=form.answers, **heads)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return True
    if response is None:
        return False
    words = _("Sheet %(number)s is counted. Its receipt: %(code)s")
    if form.is_final:
        words = _(
            "Sheet %(number)s is typed in, and counted in the final results once they are "
            "published again. Its receipt: %(code)s"
        )
    messages.success(request, words % {"number": response.sheet, "code": response.receipt})
    return True


@require_POST
def take_out(request: HttpRequest, pk: int, response_pk: int) -> HttpResponse:
    """Take out a sheet that was typed in wrongly, so that it can be typed in again."""
    consultation, person = _consultation(request, pk)
    sheets = consultation.responses.filter(sheets_of(person), channel=Channel.PAPER)
    response = get_object_or_404(sheets, pk=response_pk)
    try:
        code = UNSTORABLE.sub("", request.POST.get("code", ""))
        take_out_sheet(response, code=code, corrects="corrects" in request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Sheet %(number)s is not counted any more; you can type it in again.")
        messages.success(request, words % {"number": response.sheet})
    return redirect("paper_entry", consultation.pk)


urlpatterns = (
    path("consultations/<int:pk>/paper/", enter, name="paper_entry"),
    path(
        "consultations/<int:pk>/paper/<int:response_pk>/take-out/", take_out, name="paper_take_out"
    ),
)
