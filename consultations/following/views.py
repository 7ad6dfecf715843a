"""The page behind the link of the mails: it shows on GET and acts on POST."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.following.links import subject_of
from consultations.following.models import Stop
from consultations.following.services import resume, stop

HERE, AGAIN, AGAIN_HERE = "here", "again", "again_here"


@csrf_exempt  # mail programs post without having been here; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what to stop; on POST stop it, or turn it on again.

    The button of a mail program says nothing but "One-Click" and stops all of these mails:
    who presses it expects no other one. What only looks, as scanners of mails do, stops nothing.
    """
    subject = subject_of(key)
    if subject is None:
        raise Http404
    participant, consultation = subject
    what = request.POST.get("what", "")
    if request.method == "POST":
        act = resume if what in {AGAIN, AGAIN_HERE} else stop
        act(participant, consultation=consultation if what in {HERE, AGAIN_HERE} else None)
    stops = Stop.objects.filter(participant=participant)
    keys = set(stops.values_list("consultation", flat=True))
    context = {
        "consultation": consultation,
        "is_done": request.method == "POST",
        "all_stopped": None in keys,
        "here_stopped": consultation is not None and consultation.pk in keys,
    }
    return render(request, "following/stop.html", context)
