"""Making codes in the admin: printed once, counted per city, withdrawn when they are lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultations.codes.forms import NewCodesForm, WithdrawForm
from consultations.codes.models import CodeSheet
from consultations.codes.printing import as_csv, as_slips
from consultations.codes.services import NewCodes, make_codes, withdraw_codes, withdraw_sheet
from consultations.models import ConsultationPage
from partnership.cities.models import City
from partnership.people.models import Resident
from partnership.people.tokens import TokenAlreadySpent

PERMISSION = "codes.make_codes"
#: The button of whoever cuts and folds with a program of their own.
AS_CSV = "csv"
#: The button of whoever withdraws a whole sheet.
WHOLE = "whole"


def _consultation(request: HttpRequest, pk: int) -> tuple[ConsultationPage, Resident]:
    """One of this person's consultations; nothing without the permission."""
    person = request.user
    if not isinstance(person, Resident) or not person.has_perm(PERMISSION):
        raise PermissionDenied
    own = ConsultationPage.objects.live().of_moderator(person)
    return get_object_or_404(own, id=pk), person


def _cities(person: Resident) -> QuerySet[City]:
    """The cities this person makes codes for: those they work for."""
    return City.objects.all() if person.is_superuser else person.edits_for.all()


@never_cache
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many codes there are; make new ones on POST and answer with them, this once."""
    consultation, person = _consultation(request, pk)
    form = NewCodesForm(request.POST or None, cities=_cities(person))
    if form.is_bound and form.is_valid():
        try:
            made = _make(form, consultation, person)
        except TokenAlreadySpent:
            messages.warning(
                request,
                _("These codes were made already and are shown once. Withdraw the sheet if lost."),
            )
            return redirect("codes", consultation.pk)
        if made is not None:
            return _on_paper(request, made)
    return _show(request, consultation, person, form)


def _make(form: NewCodesForm, consultation: ConsultationPage, person: Resident) -> NewCodes | None:
    sent = {name: form.cleaned_data[name] for name in ("city", "number", "note", "form_token")}
    made: NewCodes | None = form.attempt(make_codes, consultation, by=person, **sent)
    return made


def _on_paper(request: HttpRequest, made: NewCodes) -> HttpResponse:
    """The codes themselves: this answer is the only place where they are ever written."""
    if AS_CSV in request.POST:
        name = f"codes-{made.sheet.city.code}-{made.sheet.number}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(as_csv(made), content_type="text/csv; charset=utf-8", headers=headers)
    context = {"sheet": made.sheet, "slips": as_slips(made)}
    return render(request, "consultations/admin/slips.html", context)


def _show(
    request: HttpRequest,
    consultation: ConsultationPage,
    person: Resident,
    form: NewCodesForm,
    refused: WithdrawForm | None = None,
) -> HttpResponse:
    own = set(_cities(person).values_list("pk", flat=True))
    sheets = list(consultation.code_sheets.with_numbers().select_related("city", "made_by"))
    context: dict[str, Any] = {
        "consultation": consultation,
        "form": form,
        "cities": _by_city(sheets),
        "sheets": [
            {
                "sheet": sheet,
                "form": _withdraw_form(sheet, refused) if sheet.city_id in own else None,
            }
            for sheet in sheets
        ],
        "header_title": _("Codes on paper"),
    }
    status = 422 if form.is_bound or refused else 200
    return render(request, "consultations/admin/codes.html", context, status=status)


def _withdraw_form(sheet: CodeSheet, refused: WithdrawForm | None) -> WithdrawForm:
    if refused is not None and refused.prefix == str(sheet.pk):
        return refused
    return WithdrawForm(prefix=str(sheet.pk))


def _by_city(sheets: list[Any]) -> list[dict[str, Any]]:
    """How many codes each city has made, how many were used, withdrawn, and are left."""
    found: dict[City, dict[str, Any]] = {}
    for sheet in sheets:
        row = found.setdefault(sheet.city, {"city": sheet.city, "made": 0, "spent": 0})
        row["withdrawn"] = row.get("withdrawn", 0) + sheet.withdrawn
        row["made"], row["spent"] = row["made"] + sheet.made, row["spent"] + sheet.spent
        row["left"] = row["made"] - row["spent"] - row["withdrawn"]
    return sorted(found.values(), key=lambda row: row["city"].pk)


@require_POST
def withdraw(request: HttpRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """Take back slips of one of the own city's sheets, or all of it, that nobody has used."""
    consultation, person = _consultation(request, pk)
    sheets = consultation.code_sheets.filter(city__in=_cities(person))
    sheet = get_object_or_404(sheets, pk=sheet_pk)
    form = WithdrawForm(request.POST, prefix=str(sheet.pk))
    done = None
    if form.is_valid():
        sent = form.cleaned_data
        if WHOLE in request.POST:
            done = form.attempt(withdraw_sheet, sheet, is_sure=sent["is_sure"])
        else:
            done = form.attempt(withdraw_codes, sheet, numbers=sent["numbers"])
    if done is None:
        return _show(request, consultation, person, NewCodesForm(cities=_cities(person)), form)
    words = ngettext(
        "%(count)d code of sheet %(sheet)d is withdrawn. What was used stays used.",
        "%(count)d codes of sheet %(sheet)d are withdrawn. What was used stays used.",
        done,
    )
    messages.success(request, words % {"count": done, "sheet": sheet.number})
    return redirect("codes", consultation.pk)


urlpatterns = (
    path("consultations/<int:pk>/codes/", codes, name="codes"),
    path("consultations/<int:pk>/codes/<int:sheet_pk>/withdraw/", withdraw, name="codes_withdraw"),
)
