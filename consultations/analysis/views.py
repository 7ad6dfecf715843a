"""The screens of those who read: the codebook, the texts, and one text after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.analysis.figures import codebook_of
from consultations.analysis.forms import CodingForm, SaveForm, ViewForm
from consultations.analysis.models import CodedText, Quote, SavedView, Theme
from consultations.analysis.services import code_text, pick_quote, put_back_quote, save_view
from consultations.analysis.terms import candidates, speaks_of
from consultations.analysis.texts import UNREAD, Text, Texts, View, all_words
from consultations.analysis.waiting import PERMISSION, with_texts_to_read
from consultations.models import ConsultationPage
from partnership.pages.alphabet import alphabetical
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import CODES, localized, own_name
from partnership.refusals import Refused
from partnership.serving.views import forbidden

PER_PAGE = 30


def for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a consultation of the reader's cities; another city's does not exist."""

    @wraps(view)
    def found(request: HttpRequest, consultation_id: int, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            return forbidden(request, PermissionDenied())
        own = ConsultationPage.objects.of_moderator(request.user)
        return view(request, get_object_or_404(own, pk=consultation_id), **kwargs)

    return found


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """The consultations whose texts this person may read."""
    if not request.user.has_perm(PERMISSION):
        return forbidden(request, PermissionDenied())
    own = ConsultationPage.objects.of_moderator(request.user).order_by("-closes_at")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("p"))
    rows = with_texts_to_read(list(page), request.user)
    context = {"page": page, "rows": rows, "header_title": _("Themes")}
    return render(request, "analysis/admin/consultations.html", context)


@require_safe
@for_readers
def codebook(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Every theme with its texts and the agreement, and what more might be one."""
    found = candidates(all_words(consultation))
    views = SavedView.objects.filter(consultation=consultation, saved_by=request.user)
    quotes = Quote.objects.filter(consultation=consultation).select_related("contribution")
    context = {
        "consultation": consultation,
        "codebook": codebook_of(consultation),
        "candidates": [
            {
                "code": code,
                "name": own_name(code),
                "column": localized("title", code),
                "terms": found[code],
            }
            for code in CODES
        ],
        "views": alphabetical(views),
        "quotes": quotes.order_by("picked_at"),
        "header_title": _("Themes: %(title)s") % {"title": consultation.title},
    }
    return render(request, "analysis/admin/codebook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def texts(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """The texts of a view; on POST the view is kept under a name."""
    form = ViewForm(request.GET, consultation=consultation)
    view = form.view
    save = SaveForm(request.POST if request.method == "POST" else None)
    if save.is_bound and save.is_valid():
        save_view(consultation, view, name=save.cleaned_data["name"], by=request.user)
        messages.success(request, _("The view is saved."))
        return redirect(f"{request.path}?{view.query}")
    found: Any = Texts(consultation, view, coder=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    quoted = Quote.objects.filter(consultation=consultation)
    context = {
        "consultation": consultation,
        "form": form,
        "save": save,
        "page": page,
        "query": f"{view.query}&" if view.query else "",
        "view": view,
        "quoted": set(quoted.values_list("contribution_id", flat=True)),
        "header_title": _("Texts: %(title)s") % {"title": consultation.title},
    }
    status = 422 if save.is_bound else 200
    return render(request, "analysis/admin/texts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def code(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the next text this person has not read, or the one asked for; keep what they say."""
    view = ViewForm(request.GET, consultation=consultation).view
    own = Texts(consultation, View(), coder=request.user)
    form = CodingForm(request.POST if request.method == "POST" else None, consultation=consultation)
    text = None
    if form.is_bound and form.is_valid():
        text = own.find(form.cleaned_data["kind"], form.cleaned_data["pk"])
        if text is None:
            raise Http404
        try:
            code_text(consultation, text, coder=request.user, themes=form.cleaned_data["themes"])
            return redirect(f"{request.path}?{view.query}")
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
    text = text or _asked_text(request, own) or _next_text(request, consultation, view)
    context = {
        "consultation": consultation,
        "text": text,
        "form": form,
        "themes": _themes(consultation, text, request.user),
        "nothing_yet": text is None and not own.count(),
        "left": _unread(request, consultation, view).count(),
        "query": view.query,
        "header_title": _("Code: %(title)s") % {"title": consultation.title},
    }
    status = 422 if form.is_bound else 200
    return render(request, "analysis/admin/code.html", context, status=status)


def _asked_text(request: HttpRequest, own: Texts) -> Text | None:
    kind, _mark, typed = request.GET.get("text", "").partition("-")
    key = key_in(typed)
    return None if key is None else own.find(kind, key)


def _unread(request: HttpRequest, consultation: ConsultationPage, view: View) -> Texts:
    asked = {name: getattr(view, name) for name in View.__slots__}
    unread = View(**{**asked, "reading": UNREAD})
    return Texts(consultation, unread, coder=request.user)


def _next_text(request: HttpRequest, consultation: ConsultationPage, view: View) -> Text | None:
    return _unread(request, consultation, view).first()


def _themes(consultation: ConsultationPage, text: Text | None, coder: Any) -> list[dict[str, Any]]:
    """Every theme with its key, whether this coder chose it, and whether a word points to it."""
    if text is None:
        return []
    coded = CodedText.objects.filter(consultation=consultation, coder=coder, **text.target)
    chosen = set(coded.values_list("annotations__theme_id", flat=True))
    code = text.language_code
    rows = []
    for theme in Theme.objects.filter(consultation=consultation).in_order():
        words = getattr(theme, localized("title", code), "") if code in CODES else ""
        rows.append(
            {
                "theme": theme,
                "key": theme.number if theme.number < 10 else "",
                "is_chosen": theme.pk in chosen,
                "is_suggested": bool(words) and speaks_of(text.words, words, code),
            }
        )
    return rows


@require_POST
@for_readers
def quote(request: HttpRequest, consultation: ConsultationPage, pk: int) -> HttpResponse:
    """Pick a comment to be quoted where the cities answer, or put it back."""
    comment = get_object_or_404(consultation.contributions, pk=pk)
    try:
        if request.POST.get("wants") == "no":
            put_back_quote(comment)
        else:
            pick_quote(comment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("analysis_texts", consultation.pk)


@require_POST
@for_readers
def forget_view(request: HttpRequest, consultation: ConsultationPage, pk: int) -> HttpResponse:
    """Forget a view of one's own."""
    own = SavedView.objects.filter(consultation=consultation, saved_by=request.user)
    get_object_or_404(own, pk=pk).delete()
    return redirect("analysis_codebook", consultation.pk)
