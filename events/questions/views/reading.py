"""The questions of an event, the wall, and the way from a short address to them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.questions.codes import tidy
from events.questions.forms import AskForm, CodeForm
from events.questions.models import QuestionTime
from events.questions.presence import MISSES, is_here
from events.questions.presenting import page_context, wall_context
from events.questions.refusals import WrongHallCode
from events.views import find_event
from partnership.limits import TooOften
from partnership.pages.languages import active, known_or_default
from partnership.pages.views import preferred_language

#: Seconds after which the wall asks again, where somebody switched that on.
AGAIN = 20


def find_time(request: HttpRequest, slug: str) -> QuestionTime:
    """Return the time for questions of the public event with this slug."""
    event = find_event(slug)
    time = QuestionTime.objects.filter(event=event).first()
    if time is None:
        raise Http404
    request.slug_owner = event  # for language_links()
    time.event = event
    return time


def is_elsewhere(slug: str, time: QuestionTime) -> bool:
    """Whether the event has another address in this language."""
    return slug != time.event.slug_in(active())


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the questions: what is being answered, what waits, what was answered."""
    time = find_time(request, slug)
    if is_elsewhere(slug, time):
        return redirect(time.address())
    form = AskForm() if time.is_open and is_here(request, time) else None
    return render(request, "live_questions/questions.html", page_context(request, time, form))


@require_safe
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show them large, in every language; renewed by itself only for whoever asked for that."""
    time = find_time(request, slug)
    if is_elsewhere(slug, time):
        return redirect(time.address("event_questions_wall"))
    context = wall_context(request, time)
    context["renews"] = "renew" in request.GET
    context["seconds"] = AGAIN
    response = render(request, "live_questions/wall.html", context)
    if context["renews"]:
        response["Refresh"] = str(AGAIN)
    return response


@never_cache
@require_safe
def find_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the wall, and lead to the event it belongs to."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    status = 200
    if form.is_valid():
        try:
            return redirect(_way_in(request, tidy(form.cleaned_data["code"])))
        except WrongHallCode as refusal:
            form.add_error("code", str(refusal))
            status = 404
        except TooOften as refusal:
            form.add_error(None, str(refusal))
            status = 429
    return render(request, "live_questions/find.html", {"form": form}, status=status)


def _way_in(request: HttpRequest, code: str) -> str:
    """Where the code leads; raises WrongHallCode, and TooOften to whoever guesses on."""
    MISSES.count(request)
    time = QuestionTime.objects.running().filter(code=code).select_related("event").first()
    if time is None:
        raise WrongHallCode
    MISSES.take_back(request)
    return f"{time.address('event_questions_come_in')}?code={code}"


@never_cache
@require_safe
def short(request: HttpRequest, code: str = "") -> HttpResponse:
    """Lead from the address on the wall, which is in no language, to the reader's."""
    known = request.user.language_code if request.user.is_authenticated else None
    language = known or preferred_language(request.headers.get("Accept-Language", ""))
    with translation.override(known_or_default(language)):
        address = reverse("live_questions_find")
    return redirect(f"{address}?code={tidy(code)}" if code else address)
