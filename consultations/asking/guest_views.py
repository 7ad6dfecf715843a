"""Answering without an account: an address is confirmed by a code, then the answers count."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict

from consultations.asking.forms import GuestQuestionnaireForm
from consultations.asking.recording_views import questions_of, record
from consultations.models import ConsultationPage
from consultations.services import ANSWER
from consultations.views import at_own_address, show
from partnership.people import guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.limits import TooManyCodes, count_code


def guest_answers(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; send a code for what was typed, or count it if the address is confirmed."""
    given = request.POST if request.method == "POST" else None
    form = GuestQuestionnaireForm(given, questions=questions_of(consultation))
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        known = guests.confirmed(request.session, purpose=_purpose(consultation), email=email)
        if known is not None:
            done = record(request, consultation, form, known)
        else:
            done = _send_code(request, consultation, form)
        if done is not None:
            return done
    return _show(request, consultation, form)


def _show(
    request: HttpRequest, consultation: ConsultationPage, form: GuestQuestionnaireForm
) -> HttpResponse:
    context = {"form": form, "next": consultation.answer_url, "is_guest": True}
    return show(request, consultation, "answer", context)


def _send_code(
    request: HttpRequest, consultation: ConsultationPage, form: GuestQuestionnaireForm
) -> HttpResponse | None:
    """Send the code and keep what was typed meanwhile; None when it is too often."""
    try:
        count_code(request, form.cleaned_data["email"])
    except TooManyCodes as refusal:
        form.add_error(None, str(refusal))
        return None
    token = [form.cleaned_data["form_token"]]
    request.session[_kept(consultation)] = {**form.typed(), "form_token": token}
    guests.ask(request.session, form.guest_details(), purpose=_purpose(consultation))
    return redirect(consultation.answer_code_url)


@at_own_address("answer_code_url")
def answer_code(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask a guest for the code of the mail, then count what was typed before."""
    typed = _typed_before(request, consultation)
    email = guests.asked(request.session, purpose=_purpose(consultation))
    if typed is None or not email:
        return redirect(consultation.answer_url)
    if request.POST.get("action") == "resend" and typed.is_valid():
        return _send_code(request, consultation, typed) or _show(request, consultation, typed)
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = _confirm(request, consultation, typed, form.cleaned_data["code"])
        except guests.CodeExpired as refusal:
            messages.info(request, str(refusal))
            return redirect(consultation.answer_url)
        except guests.WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            return done or _show(request, consultation, typed)
    return _ask_for_code(request, consultation, form, email)


def _ask_for_code(
    request: HttpRequest, consultation: ConsultationPage, form: GuestCodeForm, email: str
) -> HttpResponse:
    context: dict[str, Any] = {
        "consultation": consultation,
        "form": form,
        "verify_form": form,
        "email": email,
        "can_resend": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/answer_code.html", context, status=status)


def _typed_before(
    request: HttpRequest, consultation: ConsultationPage
) -> GuestQuestionnaireForm | None:
    kept = request.session.get(_kept(consultation))
    if not kept:
        return None
    sent = QueryDict(mutable=True)
    sent.update(MultiValueDict(kept))
    return GuestQuestionnaireForm(sent, questions=questions_of(consultation))


def _confirm(
    request: HttpRequest,
    consultation: ConsultationPage,
    typed: GuestQuestionnaireForm,
    code: str,
) -> HttpResponse | None:
    """Count the answers of whoever has the code; None when they are refused by now."""
    guest = guests.confirm(request.session, purpose=_purpose(consultation), code=code)
    done = record(request, consultation, typed, guest) if typed.is_valid() else None
    if done is not None:
        guests.forget(request.session)
        del request.session[_kept(consultation)]
    return done


def _purpose(consultation: ConsultationPage) -> str:
    return f"{ANSWER}.{consultation.pk}"


def _kept(consultation: ConsultationPage) -> str:
    return f"consultations.guest.{consultation.pk}"
