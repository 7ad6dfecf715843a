"""Translating a comment, and saying in which language one's own is written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultations.conversation.places import with_way_back
from consultations.models import ConsultationPage, Contribution
from consultations.translations.forms import OwnLanguageForm, ProposalForm
from consultations.translations.models import Translation
from consultations.translations.services import correct_language, propose
from consultations.typed import fill_in_again
from consultations.views import find_consultation, sign_in_first
from partnership.pages.languages import CODES, active, own_name
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def translate_comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a published comment and take a resident's translation of it."""
    consultation = find_consultation(slug)
    published = consultation.contributions.readable().with_authors()
    contribution = get_object_or_404(published.select_related("consultation"), pk=pk)
    into = _target(request, contribution)
    address = _address(consultation, contribution, into)
    if slug != consultation.slug_in(active()):
        return redirect(address)
    if request.method != "POST":
        begun = _start_with(request, contribution, into)
        form = ProposalForm(words=contribution, language_code=into, begun=begun)
        fill_in_again(request, form)
        return _show(request, contribution, form, into)
    if not request.user.is_authenticated:
        return sign_in_first(request, address)
    return _propose(request, contribution, into)


def _propose(request: HttpRequest, contribution: Contribution, into: str) -> HttpResponse:
    form = ProposalForm(request.POST, words=contribution, language_code=into)
    if not form.is_valid():
        return _show(request, contribution, form, into)
    try:
        done = form.attempt(
            propose, contribution, by=request.user, language_code=into, **form.cleaned_data
        )
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
    else:
        if done is None:
            return _show(request, contribution, form, into)
        words = _("Thank you. Somebody reads your translation, and we write to you.")
        messages.success(request, with_way_back(words, contribution))
    return redirect(contribution.consultation.get_url(request))  # its top, where that is read


def _target(request: HttpRequest, contribution: Contribution) -> str:
    """The language asked for, else the reader's, else the next one the words are not in."""
    others = [code for code in CODES if code != contribution.language_code]
    wished = (request.GET.get("into", ""), active())
    return next((code for code in wished if code in others), others[0])


def _address(consultation: ConsultationPage, contribution: Contribution, into: str) -> str:
    address = reverse("translate_comment", args=(consultation.slug_in(active()), contribution.pk))
    return address if into == active() else f"{address}?into={into}"


def _start_with(request: HttpRequest, contribution: Contribution, into: str) -> Translation | None:
    """One's own proposal that waits, else what readers see now, as words to start from."""
    if not request.user.is_authenticated:
        return None
    known = contribution.translations.filter(language_code=into)
    author = Participant.objects.for_request(request)
    own = known.filter(author__in=author, status="proposed").first()
    return own or known.accepted().first()


def _show(
    request: HttpRequest, contribution: Contribution, form: ProposalForm, into: str
) -> HttpResponse:
    consultation = contribution.consultation
    if form.is_bound:
        form.show_original_again(contribution)
    context = {
        "consultation": consultation,
        "url": f"{consultation.comment_url}{contribution.pk}/",
        "contribution": contribution,
        "form": form,
        "address": _address(consultation, contribution, into),
        "next": _address(consultation, contribution, into),
        "into_name": own_name(into),
    }
    status = 422 if form.is_bound else 200
    return render(request, "translations/translate.html", context, status=status)


@login_required
@require_POST
def correct_own_language(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an author say in which language their comment is written."""
    own = Contribution.objects.filter(participant__in=Participant.objects.for_request(request))
    contribution = get_object_or_404(own, pk=pk)
    form = OwnLanguageForm(request.POST, contribution=contribution)
    try:
        if form.is_valid() and form.attempt(correct_language, contribution, **form.cleaned_data):
            messages.success(request, _("The language of your comment is corrected."))
        else:
            for error in (error for errors in form.errors.values() for error in errors):
                messages.error(request, error)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
    return redirect("my_participation")
