"""Vote and comment: the addresses of a consultation where something is written."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.conversation.about import About, query_of
from consultations.conversation.places import page_of, pressed_in
from consultations.drafts.links import beside_asked_for, with_beside
from consultations.enums import Back, PublicationStatus, VoteChoice
from consultations.forms import CommentForm, VoteForm
from consultations.limits import COMMENTS
from consultations.models import ConsultationPage, Contribution, Statement
from consultations.presenting.conversation import OF_TEXTS
from consultations.refusals import NotPossibleNow, StatementNotThere
from consultations.rules import refuse_unless_allowed
from consultations.services import comment, vote
from consultations.speaking.confirmed import partners_here
from consultations.taking_part import acting, gate, is_known_by_code
from consultations.translations.reading import reading_of
from consultations.typed import fill_in_again, keep_typed
from consultations.visiting.forms import GuestForm, form_for
from consultations.visiting.holding import hold_and_ask
from partnership.interface.templatetags.looks import language_name
from partnership.pages.access import open_to_all
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import active
from partnership.pages.redirects import formerly_at
from partnership.people.models import Participant, Resident
from partnership.people.tokens import TokenAlreadySpent


def find_consultation(slug: str) -> ConsultationPage:
    """Return the public consultation at this slug, in the reader's language if two are."""
    public = ConsultationPage.objects.live().filter(open_to_all()).select_related("lead_city")
    found = list(public.at(slug)) or formerly_at(public, slug)
    page = min(found, key=lambda page: page.slug_in(active()) != slug, default=None)
    if page is None:
        raise Http404
    return page


def at_own_address(address: str) -> Callable[[Callable], Callable]:
    """Give the view the consultation; send other languages' slugs to this language's address."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        def found(request: HttpRequest, slug: str) -> HttpResponse:
            consultation = find_consultation(slug)
            if slug != consultation.slug_in(active()):
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                return redirect(f"{getattr(consultation, address)}{query}")
            return view(request, consultation)

        return found

    return decorate


# Voting ------------------------------------------------------------------------------------


@at_own_address("vote_url")
def vote_on_statement(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask to sign in, or to confirm what was chosen; record it on POST."""
    given = request.POST if request.method == "POST" else None
    sent = request.GET if given is None else given
    statement = _statement(consultation, sent.get("statement", ""))
    if statement.publication_status != PublicationStatus.PUBLISHED:
        return _say_gone(request, consultation, statement)
    form = form_for(request, consultation, VoteForm, given)
    if given is not None:
        participant = acting(request, consultation)
        if participant is not None:
            done = _count_vote(request, consultation, statement, form, participant)
        else:
            address = _vote_address(consultation, statement, sent.get("choice", ""))
            done = ask_who(request, consultation, form, address)
        if done is not None:
            return done
    return _show_vote(request, consultation, statement, form=form)


def _count_vote(
    request: HttpRequest,
    consultation: ConsultationPage,
    statement: Statement,
    form: VoteForm,
    participant: Participant,
) -> HttpResponse | None:
    """Count the vote and go on to the next statement; None when it is refused."""
    if not form.is_valid():
        return None
    try:
        done = form.attempt(vote, statement, participant=participant, **form.cleaned_data)
    except TokenAlreadySpent:  # the same choice would have needed no token
        form.ask_again()
        return None
    if done is None:
        return None
    return redirect(f"{consultation.url}?saved={statement.number}#vote")


def _statement(consultation: ConsultationPage, number: str) -> Statement:
    """The statement with that number, hidden or not; 404 for anything else."""
    once_shown = (PublicationStatus.PUBLISHED, PublicationStatus.HIDDEN)
    known = consultation.statements.filter(publication_status__in=once_shown)
    return get_object_or_404(known, number=key_in(number))


def _say_gone(
    request: HttpRequest, consultation: ConsultationPage, statement: Statement
) -> HttpResponse:
    """A moderator was quicker: say so, and lead back to the others."""
    request.slug_owner = consultation  # for language_links()
    request.form_is_about = {"statement": str(statement.number)}
    context = {
        "consultation": consultation,
        "url": f"{consultation.get_url(request)}#vote",
        "number": statement.number,
        "refusal": str(StatementNotThere()),
    }
    return render(request, "consultations/statement_gone.html", context, status=404)


def _vote_address(consultation: ConsultationPage, statement: Statement, choice: str) -> str:
    query = QueryDict(mutable=True)
    query["statement"] = str(statement.number)
    if choice in VoteChoice.values:
        query["choice"] = choice
    return f"{consultation.vote_url}?{query.urlencode()}"


def _show_vote(
    request: HttpRequest,
    consultation: ConsultationPage,
    statement: Statement,
    *,
    form: VoteForm,
) -> HttpResponse:
    chosen = (request.POST or request.GET).get("choice", "")
    context = {
        "statement": statement,
        "choices": VoteChoice.choices,
        "chosen": chosen if chosen in VoteChoice.values else "",
        "chosen_label": dict(VoteChoice.choices).get(chosen, ""),
        "form": form,
        "next": _vote_address(consultation, statement, chosen),
    }
    return show(request, consultation, "vote", context)


# Commenting --------------------------------------------------------------------------------


@at_own_address("comment_url")
def write_comment(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the comment form, as a reply when one is named; keep the comment on POST."""
    given = request.POST if request.method == "POST" else None
    asked = given or request.GET
    parent = _thread(consultation, asked.get("parent", ""))
    about = About.asked_for(consultation, asked, parent)
    form = form_for(
        request,
        consultation,
        CommentForm,
        _without_lost(given, about),
        consultation=consultation,
        about=about,
        gone=about.gone(given),
        speaker=speaker_of(request),
        partners=partners_here(request),
        initial={"parent": parent},
    )
    back = pressed_in(request).back if parent else Back.CONVERSATION
    beside = beside_asked_for(asked)
    address = f"{consultation.comment_url}{query_of(parent, about, back, beside)}"
    if given is None:
        fill_in_again(request, form, consultation)
        form.initial["parent"] = parent  # what was typed may name one that is gone
    else:
        participant = acting(request, consultation)
        if participant is None:
            done = ask_who(request, consultation, form, address)
        else:
            done = _keep_comment(request, consultation, form, participant)
        if done is not None:
            return done
    context = {"form": form, "parent": parent, "next": address, **about.as_named, "back": back}
    context["beside"] = beside
    context["changed"] = about.changed if parent is None and not form.is_bound else None
    context["is_lost"] = bool(about.lost)
    if parent:
        context["reading"] = reading_of(parent)
    return show(request, consultation, "comment", context)


def _without_lost(given: QueryDict | None, about: About) -> QueryDict | None:
    """What was sent, without what is replied to if that is gone: sent again it is no reply."""
    if given is None or about.lost is None:
        return given
    kept = given.copy()
    kept.pop(about.lost[0], None)
    return kept


def _keep_comment(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: CommentForm,
    participant: Participant,
) -> HttpResponse | None:
    """Keep the comment and say what happens to it; None when it is refused."""
    if not form.is_valid():
        return None
    where = _after_writing(request, consultation, form)
    try:
        done = form.attempt(
            COMMENTS.guarding(comment, request),
            consultation,
            participant=participant,
            **form.about.as_named,
            **form.cleaned_data,
        )
    except TokenAlreadySpent as refusal:
        if not participant.contributions.filter(text=form.cleaned_data["text"]).exists():
            form.ask_again()
            return None
        messages.info(request, str(refusal))
        return redirect(where)
    if done is None:
        return None
    messages.success(request, what_happens(done, participant))
    say_language(request, done)
    return redirect(where)


def _after_writing(request: HttpRequest, consultation: ConsultationPage, form: CommentForm) -> Any:
    """Where its author reads on: of a reply where it was begun, or at what it is about."""
    about, parent = form.about.thing, form.cleaned_data["parent"]
    beside = beside_asked_for(request.POST)
    if parent is not None and parent.is_idea:
        return parent.replies_url
    if parent is not None:
        parent.consultation = consultation
        back = pressed_in(request).back
        if back == Back.CONVERSATION and parent.paragraph_id:
            back = Back.PARAGRAPH
        page = page_of(parent, back)
        page = with_beside(page, beside) if back in OF_TEXTS else page
        return page or consultation.get_url(request)
    if form.about.paragraph:
        return with_beside(form.about.paragraph.get_absolute_url(), beside)
    return about if about and not form.about.statement else consultation.get_url(request)


def what_happens(contribution: Contribution, author: Participant) -> str:
    """Thanks; while a comment waits and stands nowhere, the way to change it is said here."""
    if contribution.publication_status == PublicationStatus.PUBLISHED:
        return _("Thank you. Everybody can read it now.")
    words = _("Thank you. Somebody reads it before it is shown, and we write to you.")
    if is_known_by_code(contribution.consultation, author):
        words = _(
            "Thank you. Somebody reads it before it is shown. What became of it is told in this "
            "browser, on the page of your code."
        )
    change = _("Change or withdraw")
    return format_html('{} <a href="{}">{}</a>', words, contribution.edit_url, change)


def say_language(request: HttpRequest, contribution: Contribution) -> None:
    """Tell the author in which language we took it to be, when it is not the page's."""
    if contribution.language_code != active():
        language = language_name(contribution.language_code)
        words = _("We took it to be written in %(language)s. You can correct that here:")
        link = format_html(
            '{} <a href="{}">{}</a>',
            words % {"language": language},
            reverse("my_participation"),
            _("My participation"),
        )
        messages.info(request, link)


def _thread(consultation: ConsultationPage, number: str) -> Contribution | None:
    """The published comment that is replied to, None for anything else."""
    key = key_in(number)
    if key is None:
        return None
    threads = consultation.contributions.published().threads().with_authors()
    return threads.with_translation_into(active()).filter(pk=key).first()


# What they share ---------------------------------------------------------------------------


def speaker_of(request: HttpRequest) -> Resident | None:
    """The account that is signed in: what it says about an organisation is offered."""
    return request.user if isinstance(request.user, Resident) else None


def come_in(consultation: ConsultationPage, address: str) -> HttpResponse:
    """Ask for what is needed here, an account or a code, and come back to the address."""
    if not consultation.asks_for_codes:
        return redirect_to_login(address)
    query = QueryDict(mutable=True)
    query["next"] = address
    return redirect(f"{consultation.code_url}?{query.urlencode(safe='/')}")


def come_in_first(
    request: HttpRequest, consultation: ConsultationPage, address: str
) -> HttpResponse:
    """The session ran out while the form was open: nothing of what was typed is lost."""
    keep_typed(request, address)
    return come_in(consultation, address)


def ask_who(
    request: HttpRequest, consultation: ConsultationPage, form: Any, address: str
) -> HttpResponse | None:
    """What follows when nobody acts here: an account, a code from the city, or from a mail.

    None when what was sent, or told about oneself, must be corrected first.
    """
    if not isinstance(form, GuestForm):
        return come_in_first(request, consultation, address)
    if "email" not in request.POST:  # the session ran out while the form was open
        keep_typed(request, address)
        return redirect(address)
    return hold_and_ask(request, consultation, form) if form.is_valid() else None


def sign_in_first(request: HttpRequest, address: str) -> HttpResponse:
    """The same for what needs an account in every consultation."""
    keep_typed(request, address)
    return redirect_to_login(address)


def show(
    request: HttpRequest,
    consultation: ConsultationPage,
    act: str,
    context: dict[str, Any],
    template: str = "",
) -> HttpResponse:
    """Show the form of an act, or why there is none now; 422 for a form that was refused.

    It is in the ``template`` that is called like the act, unless another one is named.
    """
    request.slug_owner = consultation  # for language_links()
    request.form_is_about = dict(parse_qsl(urlsplit(context["next"]).query))
    form = context["form"]
    refusal = ""
    try:
        refuse_unless_allowed(consultation, act)
    except NotPossibleNow as error:
        refusal = str(error)
    page = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "refusal": refusal,
        "gate": gate(request, consultation),
        "is_guest": isinstance(form, GuestForm),
        **context,
    }
    status = 422 if form.is_bound else 200
    return render(request, f"consultations/{template or act}.html", page, status=status)
