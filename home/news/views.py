"""The form that asks for news, the code of a guest, and the pages behind the links of the mails."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.news.forms import GuestWishForm, WishForm
from home.news.links import CHOICES, STOP
from home.news.models import NewsWish
from home.news.services import stop, wish
from home.personal_links import PersonalLink
from partnership.pages.languages import active
from partnership.people import another_code, guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.guests import GuestDetails
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.models import Participant

PURPOSE = "home.news"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest) -> HttpResponse:
    """Ask what somebody wants to hear of; of a guest, the address too, and send a code there."""
    if request.user.is_authenticated:
        return _of_account(request)
    form = GuestWishForm(request.POST or None)
    if form.is_valid():
        try:
            _send_code(request, form)
        except TooManyCodes as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[PURPOSE] = _without_more(request.POST, form)
            return redirect("news_code")
    return _show(request, form)


def _without_more(typed: QueryDict, form: GuestWishForm) -> str:
    """What was typed into the fields of the form, once each: a session keeps nothing else."""
    kept = QueryDict(mutable=True)
    for name in set(form.fields) & set(typed):
        kept.setlist(name, list(dict.fromkeys(typed.getlist(name))))
    return kept.urlencode()


def _of_account(request: HttpRequest) -> HttpResponse:
    participant = Participant.objects.for_request(request).first()
    if "stop" in request.POST and participant:
        stop(participant)
        messages.success(request, _("You get no more news by mail."))
        return redirect("news")
    known = _wish_of(participant)
    initial = None if known else NewsWish(language_code=request.user.language_code)
    form = WishForm(request.POST or None, wish=known or initial)
    if form.is_valid():
        _keep(request, participant or Participant.objects.of(request.user), form)
        return redirect("news")
    return _show(request, form, known)


def _send_code(request: HttpRequest, form: GuestWishForm) -> None:
    """Send it in the language that was chosen; raises TooManyCodes."""
    email, code = form.cleaned_data["email"], form.cleaned_data["language_code"]
    count_code(request, email)
    details = GuestDetails(email=email, name="", city=None, language_code=code)
    with translation.override(code):
        about = _("News by mail")
    guests.ask(request.session, details, purpose=PURPOSE, about=about)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_code(request: HttpRequest) -> HttpResponse:
    """Ask a guest for the code; with it the address is confirmed and the news are asked for."""
    typed = GuestWishForm(_typed(request))
    email = guests.asked(request.session, purpose=PURPOSE)
    if not email or not typed.is_valid():
        another_code.say_nothing_waits(request)
        return redirect("news")
    if another_code.is_asked_for(request):
        try:
            _send_code(request, typed)
        except TooManyCodes as refusal:
            messages.warning(request, str(refusal))
        else:
            another_code.say_it_was_sent(request)
        return redirect("news_code")
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _confirm(request, form, typed)):
        return done
    context = {"form": form, "verify_form": form, "email": email, "can_resend": True}
    return render(request, "news/code.html", context, status=422 if form.is_bound else 200)


def _typed(request: HttpRequest) -> Any:
    return QueryDict(request.session.get(PURPOSE, ""))


def _confirm(
    request: HttpRequest, form: GuestCodeForm, typed: GuestWishForm
) -> HttpResponse | None:
    """Where the code leads; None, with the reason on the form, for a wrong one."""
    try:
        participant = guests.confirm(
            request.session, purpose=PURPOSE, code=form.cleaned_data["code"]
        )
    except (guests.WrongCode, guests.CodeExpired) as refusal:
        form.add_error("code", str(refusal))
        return None
    guests.forget(request.session, purpose=PURPOSE)
    request.session.pop(PURPOSE, None)
    if participant.resident is not None and participant.resident.needs_two_keys:
        messages.info(
            request, _("This address has an account that signs in with two keys. Sign in first.")
        )
        return redirect_to_login(reverse("news"))
    _keep(request, participant, typed)
    return redirect("news")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_choices(request: HttpRequest, key: str) -> HttpResponse:
    """Change what one hears of, by the link of a mail."""
    participant = _reader(CHOICES, key)
    known = _wish_of(participant)
    if known is None:  # it was stopped: who wants it again confirms the address
        return redirect("news")
    form = WishForm(request.POST or None, wish=known)
    if form.is_valid():
        _keep(request, participant, form)
        return redirect("news_choices", key)
    return _show(request, form, known, STOP.to(participant, active()))


@csrf_exempt  # mail programs post without having been here; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether to stop the news; on POST stop them, as the button of a mail program does."""
    participant = _reader(STOP, key)
    if request.method == "POST":
        stop(participant)
    context = {
        "is_stopped": _wish_of(participant) is None,
        "is_done": request.method == "POST",
    }
    return render(request, "news/stop.html", context)


def _reader(link: PersonalLink, key: str) -> Participant:
    participant = link.person_of(key)
    if participant is None:
        raise Http404
    return participant


def _wish_of(participant: Participant | None) -> NewsWish | None:
    wishes = NewsWish.objects.filter(participant=participant).select_related("city")
    return wishes.first() if participant else None


def _keep(request: HttpRequest, participant: Participant, form: WishForm) -> None:
    wish(participant, **form.choices())
    messages.success(request, _("That is noted: you get news by mail when there are any."))


def _show(
    request: HttpRequest, form: WishForm, known: NewsWish | None = None, stop_url: str = ""
) -> HttpResponse:
    context = {"form": form, "is_reader": known is not None, "stop_url": stop_url}
    return render(request, "news/news.html", context, status=422 if form.is_bound else 200)
