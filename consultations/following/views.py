"""The page behind the link of the mails: it shows on GET and acts on POST."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.following.enums import MailKind
from consultations.following.links import Subject, kind_of, subject_of
from consultations.following.models import Stop
from consultations.following.services import resume, stop

HERE, AGAIN = "here", "again"
#: Before what is turned on again, where that is not everything.
AGAIN_OF = "again_"


@csrf_exempt  # mail programs post without having been here; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what to stop; on POST stop it, or turn it on again.

    The button of a mail program says nothing but "One-Click" and stops all of these mails, of
    every kind: who presses it expects no other one. What only looks, as scanners of mails do,
    stops nothing.
    """
    subject = subject_of(key)
    if subject is None:
        raise Http404
    if request.method == "POST":
        _act(subject, request.POST.get("what", ""))
    context = {"is_done": request.method == "POST", **_standing(subject)}
    return render(request, "following/stop.html", context)


def _act(subject: Subject, what: str) -> None:
    """Stop or turn on again what a button names: a kind, what the mail is about, or all."""
    named = what.removeprefix(AGAIN_OF)
    here = subject.consultation if named == HERE else None
    act = resume if what == AGAIN or named != what else stop
    act(subject.participant, consultation=here, kind=kind_of(named))


def _standing(subject: Subject) -> dict[str, Any]:
    """What is stopped, and the kinds to choose: that of the mail, or each; and what is stopped."""
    stops = Stop.objects.filter(participant=subject.participant)
    keys = set(stops.values_list("consultation", "kind"))
    stopped = {kind for consultation, kind in keys if consultation is None}
    consultation = subject.consultation
    of_link = [subject.kind] if subject.kind or consultation else list(MailKind)
    return {
        "consultation": consultation,
        "all_stopped": "" in stopped,
        "here_stopped": consultation is not None and (consultation.pk, "") in keys,
        "has_kind_stopped": bool(stopped),
        "gets_some": bool({*MailKind.values} - stopped),
        "kinds": [
            {"kind": kind, "is_stopped": kind in stopped}
            for kind in MailKind
            if kind in stopped or kind in of_link
        ],
    }
