"""The addresses of a comment: where it stands, its replies, support, report, other words."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.conversation import showing
from consultations.conversation.about import About, query_of
from consultations.conversation.forms import SUPPORTS, EditForm, ReportForm
from consultations.conversation.places import (
    address_of,
    page_of,
    place_of,
    pressed_in,
    way_back,
    with_way_back,
)
from consultations.conversation.services import (
    edit_comment,
    report_comment,
    support_comment,
    withdraw_comment,
)
from consultations.drafts.links import with_beside
from consultations.enums import Back, PublicationStatus
from consultations.ideas.forms import IdeaEditForm
from consultations.ideas.services import support_idea
from consultations.limits import REPORTS
from consultations.models import ConsultationPage, Contribution, Report
from consultations.models.ideas import apart
from consultations.moderation.letters import appeal_address
from consultations.moderation.reading import put_hiding
from consultations.presenting.conversation import OF_TEXTS, THERE, Pressed
from consultations.refusals import EditingOver, WrongChoice
from consultations.taking_part import (
    ADDRESS,
    acting,
    gate,
    may_act,
    participants_here,
    purpose_of,
)
from consultations.translations.reading import reading_of
from consultations.typed import fill_in_again, keep_typed
from consultations.views import ask_who, come_in_first, find_consultation
from consultations.visiting.forms import GuestForm, form_for, of_its_cities, told_before
from consultations.visiting.holding import COME_IN, hold_and_ask
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused

#: Where a button of the list of ideas says what was asked for there.
FROM_LIST = "list"


def _way_back(contribution: Contribution, pressed: Pressed) -> str:
    """To the comment where it was pressed; to that page while nobody sees it there."""
    if contribution.publication_status == PublicationStatus.PUBLISHED:
        if pressed == THERE:
            return address_of("comment_place", contribution)
        return way_back(contribution, pressed)
    is_gone = pressed.back == Back.THREAD and contribution.parent_id is None
    page = "" if is_gone else page_of(contribution, pressed.back)
    if pressed.back in OF_TEXTS:
        page = with_beside(page, pressed.asked.beside)
    return page or str(contribution.consultation.get_url())


def _own_address(request: HttpRequest) -> str:
    """This form's address, with what it says about where the button was pressed."""
    return f"{request.path}{pressed_in(request).query}"


def _shown(consultation: ConsultationPage, pk: int) -> Contribution:
    comments = consultation.contributions.reachable().with_authors().select_related("parent")
    found = get_object_or_404(comments.with_translation_into(active()), pk=pk)
    found.consultation = consultation
    return found


@require_safe
def comment_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Lead to a comment on whatever page of the conversation it stands now."""
    contribution = _shown(find_consultation(slug), pk)
    return redirect(place_of(contribution, Pressed.of(request.GET).asked))


def _about_a_comment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the comment; a POST of nobody only where guests may act, too."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def found(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        contribution = _shown(find_consultation(slug), pk)
        consultation = contribution.consultation
        if request.method == "POST" and gate(request, consultation) not in ("", ADDRESS):
            return come_in_first(request, consultation, _own_address(request))
        return view(request, contribution)

    return found


def _show(
    request: HttpRequest, contribution: Contribution, name: str, context: dict[str, Any]
) -> HttpResponse:
    consultation = contribution.consultation
    request.slug_owner = consultation  # for language_links()
    pressed = pressed_in(request)
    values = {
        "consultation": consultation,
        "contribution": contribution,
        "url": _way_back(contribution, pressed),
        "next": _own_address(request),
        "pressed": pressed,
        "gate": gate(request, consultation),
        "is_guest": isinstance(context.get("form"), GuestForm),
        **context,
    }
    status = 422 if getattr(context.get("form"), "is_bound", False) else 200
    return render(request, f"consultations/{name}.html", values, status=status)


def _ask(request: HttpRequest, contribution: Contribution, name: str, form: Form) -> HttpResponse:
    """Show the form below the comment, in the words that its reader saw in the list."""
    return _show(request, contribution, name, {"form": form, "reading": reading_of(contribution)})


@_about_a_comment
def support(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Ask a visitor to come in; record on POST what somebody says to the comment."""
    consultation = contribution.consultation
    given = request.POST if request.method == "POST" else None
    form = form_for(request, consultation, Form, given)
    if given is None:
        return _ask(request, contribution, "support", form)
    participant = acting(request, consultation)
    if participant is None:
        asked = ask_who(request, consultation, form, _own_address(request))
        return asked or _ask(request, contribution, "support", form)
    try:
        said = given.get("supports")
        if said not in SUPPORTS:
            raise WrongChoice(field="supports")
        if contribution.is_idea:
            support_idea(contribution, participant=participant, supports=bool(SUPPORTS[said]))
        else:
            support_comment(contribution, participant=participant, supports=SUPPORTS[said])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _ask(request, contribution, "support", form)
    return redirect(_after_support(request, contribution))


def _after_support(request: HttpRequest, contribution: Contribution) -> str:
    """Back to where it was pressed: in the list of ideas, or at the comment."""
    given = request.POST
    if contribution.is_idea and FROM_LIST in given:
        asked = QueryDict(given[FROM_LIST]).urlencode()
        query = f"?{asked}" if asked else ""
        return f"{contribution.consultation.ideas_url}{query}#{contribution.anchor}"
    return way_back(contribution, pressed_in(request))


@_about_a_comment
def report(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Show the reasons; keep the report for the moderators on POST."""
    consultation = contribution.consultation
    given = request.POST if request.method == "POST" else None
    form = form_for(request, consultation, ReportForm, given)
    if given is None:
        fill_in_again(request, form, consultation)
    participant = acting(request, consultation) if given is not None else None
    done = None
    if given is not None and participant is None:
        done = ask_who(request, consultation, form, _own_address(request))
    elif participant is not None and form.is_valid():
        done = _keep_report(request, contribution, form, participant)
    return done or _ask(request, contribution, "report", form)


def _keep_report(
    request: HttpRequest, contribution: Contribution, form: ReportForm, participant: Participant
) -> HttpResponse | None:
    """Keep the report and say so; None when it is refused."""
    service = REPORTS.guarding(report_comment, request)
    done = None
    try:
        done = form.attempt(service, contribution, participant=participant, **form.cleaned_data)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
    else:
        if done is None:
            return None
        messages.success(request, _thanks_for(done, contribution))
    # Its foot says there that it is reported; what is told at the top may be out of sight.
    if done is None or done.contribution.publication_status == PublicationStatus.PUBLISHED:
        return redirect(way_back(contribution, pressed_in(request)))
    contribution.publication_status = done.contribution.publication_status
    return redirect(_way_back(contribution, pressed_in(request)))


def _thanks_for(report: Report, contribution: Contribution) -> str:
    """What a reader is told, and the way back to where they read, unless it is hidden now."""
    words = _("Thank you. A moderator looks at it.")
    if report.contribution.publication_status != PublicationStatus.PUBLISHED:
        return words
    return with_way_back(words, contribution)


def _acting(request: HttpRequest, contribution: Contribution) -> Participant:
    """Who acts here; the view has asked before whether anybody may."""
    participant = acting(request, contribution.consultation)
    if participant is None:  # let out between two queries
        raise PermissionDenied
    return participant


def _own_place(request: HttpRequest, contribution: Contribution) -> str:
    """Where one's own comments are told of; without an account that is the consultation."""
    if request.user.is_authenticated:
        return reverse("my_participation")
    return str(contribution.consultation.get_url(request))


def _own(request: HttpRequest, slug: str, pk: int) -> Contribution:
    """One's own comment, whoever sees it; another's, or one removed for good, is not here."""
    consultation = find_consultation(slug)
    here = participants_here(request, consultation).order_by()
    own = consultation.contributions.filter(participant__in=here)
    own = own.exclude(publication_status=PublicationStatus.ERASED)
    found = get_object_or_404(own.select_related("parent", "statement"), pk=pk)
    found.consultation = consultation
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one's own comment to change or withdraw; change it on POST."""
    consultation = find_consultation(slug)
    if not may_act(request, consultation):
        return _come_back(request, consultation)
    if COME_IN in request.POST:  # a guest's address is confirmed
        return redirect(request.path)
    contribution = _own(request, slug, pk)
    if showing.is_asked(request.POST):
        return _change_what_is_shown(request, contribution)
    form = _edit_form(contribution, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        fill_in_again(request, form, consultation)
    if form.is_bound and form.is_valid():
        participant = _acting(request, contribution)
        try:
            done = form.attempt(
                edit_comment, contribution, participant=participant, **form.cleaned_data
            )
        except TokenAlreadySpent as refusal:
            messages.info(request, str(refusal))
            return redirect(_own_place(request, contribution))
        if done:
            messages.success(request, _what_became(done))
            return redirect(_own_place(request, contribution))
    context = {
        "form": form,
        "typed_too_late": _typed_too_late(contribution, form),
        "withdraw_url": address_of("withdraw", contribution),
        "again_url": _form_for_other_words(contribution),
        **_hiding_of(request, contribution),
    }
    return _show(request, contribution, "edit", context)


def _edit_form(contribution: Contribution, given: QueryDict | None) -> EditForm:
    form_class = IdeaEditForm if contribution.is_idea else EditForm
    return form_class(given, initial=_words_now(contribution))


def _words_now(contribution: Contribution) -> dict[str, str]:
    """One's own words as the form asks for them: of an idea the title and the rest."""
    words = contribution.waiting_text or contribution.text
    if contribution.is_idea:
        return dict(zip(("title", "text"), apart(words), strict=True))
    return {"text": words}


def _come_back(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Let whoever wrote as a guest confirm the address again, and anybody else come in.

    What was typed is kept meanwhile.
    """
    if gate(request, consultation) != ADDRESS:
        return come_in_first(request, consultation, request.path)
    if request.method == "POST" and COME_IN not in request.POST:
        keep_typed(request, request.path)
        return redirect(request.path)
    given = request.POST if request.method == "POST" else None
    told = told_before(request, purpose=purpose_of(consultation))
    form = of_its_cities(consultation, GuestForm(given, initial=told))
    asked = hold_and_ask(request, consultation, form) if form.is_valid() else None
    if asked is not None:
        return asked
    request.slug_owner = consultation  # for language_links()
    url = consultation.get_url(request)
    context = {"consultation": consultation, "url": url, "form": form, "next": request.path}
    context["is_guest"] = True
    status = 422 if form.is_bound else 200
    return render(request, "consultations/come_back.html", context, status=status)


def _typed_too_late(contribution: Contribution, form: EditForm) -> str:
    """Why what was typed before coming back is not taken any more; empty when it is."""
    now = _words_now(contribution)
    is_kept = not form.is_bound and any(form.initial[name] != now[name] for name in now)
    return str(EditingOver()) if is_kept and not contribution.is_editable else ""


def _form_for_other_words(contribution: Contribution) -> str:
    """Where its author says it anew, about the same thing."""
    if contribution.is_idea:
        return str(contribution.consultation.write_idea_url)
    about = About(contribution.statement, contribution.board, contribution.paragraph)
    return f"{contribution.consultation.comment_url}{query_of(contribution.parent, about)}"


def _hiding_of(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """The decision that hides it, and the way to an appeal that needs no mail."""
    put_hiding([contribution])
    decision = contribution.hiding
    by_link = decision is not None and not request.user.is_authenticated
    address = urlsplit(appeal_address(decision, active())).path if by_link else ""
    return {"hiding": decision, "appeal_url": address}


def _change_what_is_shown(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Show the author's name or keep it back, or take the pin away, as the button says."""
    participant = _acting(request, contribution)
    words = showing.change(request.POST, contribution, participant=participant)
    messages.success(request, words)
    return redirect(_own_place(request, contribution))


def _what_became(contribution: Contribution) -> str:
    if contribution.waiting_text:
        return _("Your new words wait for a moderator. Until then everybody reads the old ones.")
    return _("Your idea is changed.") if contribution.is_idea else _("Your comment is changed.")


@never_cache
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    consultation = find_consultation(slug)
    if not may_act(request, consultation):
        address = reverse("consultation_edit", args=(slug, pk))
        if gate(request, consultation) == ADDRESS:
            return redirect(address)
        return come_in_first(request, consultation, address)
    contribution = _own(request, slug, pk)
    withdraw_comment(contribution, participant=_acting(request, contribution))
    if contribution.is_idea:
        words = _("Your idea is withdrawn.")
    else:
        words = _("Your comment is withdrawn. Replies to it stay.")
    messages.success(request, words)
    return redirect(_own_place(request, contribution))
