"""A guardian reads what they agree to and answers; their link is for that alone."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.registrations.guardians.refusals import ConsentHasChanged, GuardianLinkOver
from events.registrations.guardians.words import consent_of, fingerprint, held_until
from events.registrations.models import Registration, asked_by
from events.registrations.refusals import LinkNotOurs
from events.registrations.services.consent import agree, refuse
from partnership.refusals import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, key: str) -> HttpResponse:
    """Show what is asked; on POST agree or refuse. What only looks, as scanners do, is no answer.

    The link dies with the answer and signs nobody in, so the page after it shows nothing of it.
    """
    try:
        code, asking = asked_by(key)
    except BadSignature:
        return _say(request, str(LinkNotOurs()), status=404)
    found = Registration.objects.with_people().select_related("event")
    registration = found.filter(code=code).first()
    if registration is None or not registration.is_asking(asking):
        return _say(request, str(GuardianLinkOver()), status=410)
    if request.method != "POST":
        return _show(request, registration)
    try:
        if "agree" in request.POST:
            agree(registration, asking=asking, read=request.POST.get("read", ""))
            return _say(request, _("Thank you. The place is confirmed, and your address is gone."))
        if "refuse" in request.POST:
            refuse(registration, asking=asking)
            return _say(request, _("The place is given back, and your address is gone."))
    except ConsentHasChanged as refusal:
        return _show(request, registration, refusal)
    except Refused as refusal:
        return _say(request, str(refusal), status=410)
    return _show(request, registration)


def _show(
    request: HttpRequest, registration: Registration, refusal: Refused | None = None
) -> HttpResponse:
    if not registration.can_be_confirmed:
        return _say(request, str(GuardianLinkOver()), status=410)
    sentences = consent_of(registration)
    context = {
        "registration": registration,
        "event": registration.event,
        "sentences": sentences,
        "read": fingerprint(sentences),
        "held_until": held_until(registration),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "registrations/guardian.html", context, status=status)


def _say(request: HttpRequest, sentence: str, *, status: int = 200) -> HttpResponse:
    context = {"title": _("Consent of a parent or guardian"), "sentence": sentence}
    return render(request, "registrations/sentence.html", context, status=status)
