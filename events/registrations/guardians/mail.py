"""The mails about a guardian's consent: to the guardian, and to whoever waits for it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.registrations.guardians.words import held_until, waits_for
from events.registrations.mail import Words, confirmation, letter, waiting
from events.registrations.models import Registration

#: To the guardian; they go with the address.
ASKED, REMINDED = "guardian_asked", "guardian_reminded"


def welcome(registration: Registration) -> dict[str, Any]:
    """They signed up just now: with a place, or with a turn in the waiting list."""
    write = waiting if registration.is_waiting else given
    return {**write(registration), "is_new": True}


def given(registration: Registration) -> dict[str, Any]:
    """The place is theirs, or is held until a guardian confirms it."""
    if not registration.awaits_guardian:
        return confirmation(registration)
    occasion = f"{registration.guardian_until:%Y%m%d%H%M%S%f}"
    return letter("registration_held", registration, _held, occasion)


def _held(registration: Registration) -> Words:
    title, people = registration.event.title, registration.party_size
    lead = ngettext(
        "A place at “%(title)s” is held for you.",
        "%(people)d places at “%(title)s” are held for you.",
        people,
    )
    return Words(
        subject=_("A place is held for you: %(title)s") % {"title": title},
        lead=lead % {"title": title, "people": people},
        reason=_("You get this mail because you took a place."),
        more=[
            *waits_for(registration),
            _(
                "Once they have confirmed we send you everything. If they get nothing, correct "
                "the address."
            ),
        ],
        button=_("See, change or give back my place"),
        with_details=True,
    )


def asking(registration: Registration) -> dict[str, Any]:
    """Ask the guardian."""
    return _to_guardian(ASKED, registration)


def reminding(registration: Registration) -> dict[str, Any]:
    """Ask the guardian again, once half of the time has passed."""
    return _to_guardian(REMINDED, registration)


def _to_guardian(kind: str, registration: Registration) -> dict[str, Any]:
    """In the language chosen for them; nothing of the site's own is held about their address."""

    def write(registration: Registration) -> Words:
        return _asked(registration, is_again=kind == REMINDED)

    written = letter(
        kind,
        registration,
        write,
        f"{registration.guardian_asked_at:%Y%m%d%H%M%S%f}",
        to=registration.guardian_email,
        language=registration.guardian_language,
    )
    return {**written, "context": {**written["context"], "own_url": "", "online_url": ""}}


def _asked(registration: Registration, *, is_again: bool) -> Words:
    title = registration.event.title
    told = {"title": title, "name": registration.participant.name}
    subject = (
        _("Still waiting for your answer: %(title)s") if is_again else _("Do you agree? %(title)s")
    )
    until = held_until(registration, with_weekday=True)
    held = _(
        "Nothing is decided yet. The place is held until %(when)s; without your answer it then "
        "goes to somebody else."
    )
    return Words(
        subject=subject % told,
        lead=_(
            "%(name)s is under 18, wants to take part in “%(title)s”, and named you as parent or "
            "guardian."
        )
        % told,
        reason=_(
            "You get this mail because %(name)s gave your address. If you do not know each other, "
            "refuse, and it is deleted."
        )
        % told,
        more=[
            *([held % {"when": until}] if until else ()),
            _(
                "The link leads to what you agree to. It is for this question only, works once, "
                "and needs no account."
            ),
            _(
                "We keep your name and your answer until two months after the event. Your address "
                "is deleted as soon as you have answered."
            ),
        ],
        button=_("Read it and answer"),
        url=settings.BASE_URL + registration.guardian_url,
        with_details=True,
    )
