"""Translations in the admin: boxes beside the comments, and a queue of what neighbours propose."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem

from consultations.admin.moderators import PERMISSION, contributions_of, way_back
from consultations.translations.boxes import put_boxes
from consultations.translations.forms import (
    ACCEPT,
    LanguageForm,
    StaffTranslationForm,
    TranslationDecisionForm,
)
from consultations.translations.models import Translation
from consultations.translations.querysets import TranslationQuerySet
from consultations.translations.services import accept, correct_language, refuse, translate
from consultations.translations.words_of import digest_of
from partnership.people.models import Resident
from partnership.refusals import Refused

PER_PAGE = 20


# Beside a comment --------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def translate_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one comment with its boxes; keep what a moderator wrote into one of them."""
    own = contributions_of(request).select_related("consultation", "participant__resident", "city")
    contribution = get_object_or_404(own, pk=pk)
    form = StaffTranslationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            translate(contribution, by=_moderator(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The translation is saved."))
            return redirect(way_back(request))
    put_boxes([contribution])
    context = {
        "contribution": contribution,
        "form": form,
        "typed_in": request.POST.get("language_code", ""),
        "next": way_back(request),
        "header_title": _("Translate a comment"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "translations/admin/translate.html", context, status=status)


@require_POST
def correct_contribution_language(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a moderator say in which language somebody's comment is written."""
    contribution = get_object_or_404(contributions_of(request), pk=pk)
    form = LanguageForm(request.POST)
    if form.is_valid():
        correct_language(contribution, **form.cleaned_data)
        messages.success(request, _("The language is corrected."))
    else:
        messages.error(request, _("Choose one of the languages of this site."))
    return redirect(way_back(request))


# What neighbours propose -------------------------------------------------------------------


def _proposals_of(request: HttpRequest) -> TranslationQuerySet:
    """What this moderator may decide about; nothing without the permission."""
    return Translation.objects.waiting().of_moderator(_moderator(request))


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show what waits in the moderator's consultations, the longest wait first."""
    return _show(request, _proposals_of(request))


def _show(
    request: HttpRequest,
    own: TranslationQuerySet,
    *,
    refused: tuple[Translation, TranslationDecisionForm] | None = None,
) -> HttpResponse:
    page = Paginator(own.with_words(), PER_PAGE).get_page(request.GET.get("p"))
    entries = [{"translation": entry, "seen": digest_of(entry.words)} for entry in page]
    if refused is not None:
        translation, form = refused
        entries = [entry for entry in entries if entry["translation"] != translation]
        again = {"translation": translation, "seen": digest_of(translation.words), "form": form}
        entries.insert(0, again)
    context = {"page": page, "entries": entries, "header_title": _("Translations")}
    status = 200 if refused is None else 422
    return render(request, "translations/admin/proposals.html", context, status=status)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse one proposal and go back to those that wait."""
    known = Translation.objects.filter(pk__in=Translation.objects.of_moderator(_moderator(request)))
    translation = get_object_or_404(known.with_words(), pk=pk)
    form = TranslationDecisionForm(request.POST)
    if form.is_valid() and _decide(form, translation, by=request.user):
        accepted = form.cleaned_data["decision"] == ACCEPT
        messages.success(
            request,
            _("Accepted. Readers see it now, and who wrote it is told.")
            if accepted
            else _("Refused. Who wrote it receives your reason."),
        )
        return redirect("translation_proposals")
    return _show(request, _proposals_of(request), refused=(translation, form))


def _moderator(request: HttpRequest) -> Resident:
    moderator = request.user
    if not isinstance(moderator, Resident) or not moderator.has_perm(PERMISSION):
        raise PermissionDenied
    return moderator


def _decide(form: TranslationDecisionForm, translation: Translation, *, by: Any) -> bool:
    """Carry the decision out; False, with the reason on the form, when refused."""
    given = form.cleaned_data
    try:
        if given["decision"] == ACCEPT:
            accept(translation, by=by, seen=given["seen"], text=given["text"])
        else:
            refuse(translation, by=by, reason=given["reason"])
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


class WaitingTranslations(SummaryItem):
    """On the admin's first screen: how many proposals wait for this moderator."""

    order = 60
    template_name = "translations/admin/waiting.html"

    def is_shown(self) -> bool:
        return self.request.user.has_perm(PERMISSION)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        number = _proposals_of(self.request).count()
        return {"number": number, "url": reverse("translation_proposals")}


class TranslationsMenuItem(MenuItem):
    """What neighbours propose, for whoever may decide about it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    """The entry of the admin's menu."""
    return TranslationsMenuItem(
        gettext_lazy("Translations"),
        reverse("translation_proposals"),
        name="translations-to-read",
        icon_name="globe",
        order=235,
    )


urlpatterns = (
    path("comments/<int:pk>/translate/", translate_contribution, name="staff_translation"),
    path("comments/<int:pk>/language/", correct_contribution_language, name="correct_language"),
    path("translations/", proposals, name="translation_proposals"),
    path("translations/<int:pk>/", decide, name="translation_decision"),
)
