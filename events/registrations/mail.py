"""What the mails about places say: every function returns the arguments of ``post``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.calendars import calendar_file
from events.clocks import in_short
from events.presenting import where_to_be
from events.registrations.door import qr
from events.registrations.enums import RegistrationStatus
from events.registrations.guardians.words import waits_for
from events.registrations.models import GroupMessage, Registration
from events.registrations.turns import clocks_for, why_in_line

CALENDAR_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
#: How long after an event we keep a guest's address and what people wrote when signing up.
CONTACT_KEPT = timedelta(days=60)


@dataclass
class Words:
    """The words of one mail, in its reader's language."""

    subject: str
    lead: str
    reason: str
    more: list[str] = field(default_factory=list)
    #: What the button says, and where it leads; the place's own page when empty.
    button: str = ""
    url: str = ""
    with_details: bool = False
    with_calendar: bool = False
    #: Whether the code for the door comes along as a picture.
    with_code: bool = False


def confirmation(registration: Registration) -> dict[str, Any]:
    """The place is theirs, with the event for the calendar."""
    occasion = f"{registration.created_at:%Y%m%d%H%M%S%f}"
    return letter("registration_confirmed", registration, _confirmation, occasion)


def _confirmation(registration: Registration) -> Words:
    title, people = registration.event.title, registration.party_size
    lead = ngettext(
        "You have a place at “%(title)s”.", "You have %(people)d places at “%(title)s”.", people
    )
    return Words(
        subject=_("You have a place: %(title)s") % {"title": title},
        lead=lead % {"title": title, "people": people},
        reason=_("You get this mail because you took a place."),
        more=[
            _("The attached file puts the event into your calendar."),
            _("Show your code at the door, or the attached picture of it."),
        ],
        button=_("See, change or give back my place"),
        with_details=True,
        with_calendar=True,
        with_code=True,
    )


def waiting(registration: Registration) -> dict[str, Any]:
    """They are in the waiting list, and what that means."""
    occasion = f"{registration.created_at:%Y%m%d%H%M%S%f}"
    return letter("registration_waiting", registration, _waiting, occasion)


def _waiting(registration: Registration) -> Words:
    title = registration.event.title
    lead, *released = why_in_line(registration)
    return Words(
        subject=_("You are on the waiting list: %(title)s") % {"title": title},
        lead=lead,
        reason=_("You get this mail because you joined a waiting list."),
        more=[
            _(
                "Places are offered in the order in which people signed up, and nobody overtakes. "
                "When it is your turn we write to you, and the place is kept for 48 hours, or less "
                "when sign-up is about to close."
            ),
            *released,
            *waits_for(registration),
        ],
        button=_("See my turn, or leave the list"),
    )


def offer(registration: Registration) -> dict[str, Any]:
    """A place is kept for them for a while."""
    occasion = f"{registration.offer_expires_at:%Y%m%d%H%M%S%f}"
    return letter("registration_offered", registration, _offer, occasion)


def _offer(registration: Registration) -> Words:
    title, people = registration.event.title, registration.party_size
    lead = ngettext(
        "A place at “%(title)s” is free, and it is kept for you.",
        "%(people)d places at “%(title)s” are free, and they are kept for you.",
        people,
    )
    return Words(
        subject=_("A place is free for you: %(title)s") % {"title": title},
        lead=lead % {"title": title, "people": people},
        reason=_("You get this mail because you are on a waiting list."),
        more=[_time_to_answer(registration)],
        button=_("Take it or pass it on"),
        with_details=True,
    )


def expired(registration: Registration) -> dict[str, Any]:
    """The offer was not answered in time."""
    occasion = f"{registration.cancelled_at:%Y%m%d%H%M%S%f}"
    return letter("registration_expired", registration, _expired, occasion)


def _expired(registration: Registration) -> Words:
    title = registration.event.title
    return Words(
        subject=_("The offer has ended: %(title)s") % {"title": title},
        lead=_("We heard nothing from you, so the place at “%(title)s” went to the next in line.")
        % {"title": title},
        reason=_("You get this mail because you were on a waiting list."),
        more=[_("If you still want to come, you can join the waiting list again.")],
        button=_("About the event"),
        url=_event_url(registration),
    )


def closed(registration: Registration) -> dict[str, Any]:
    """Sign-up has closed, and nothing became free."""
    occasion = f"{registration.created_at:%Y%m%d%H%M%S%f}"
    return letter("registration_closed", registration, _closed, occasion)


def _closed(registration: Registration) -> Words:
    title = registration.event.title
    return Words(
        subject=_("No place became free: %(title)s") % {"title": title},
        lead=_(
            "Sign-up for “%(title)s” has closed, and no place became free for you. We are sorry."
        )
        % {"title": title},
        reason=_("You get this mail because you were on a waiting list."),
        button=_("About the event"),
        url=_event_url(registration),
    )


def changed(registration: Registration) -> dict[str, Any]:
    """What they changed themselves; each change is an occasion of its own."""
    occasion = f"{timezone.now():%Y%m%d%H%M%S%f}"
    return letter("registration_changed", registration, _changed, occasion)


def _changed(registration: Registration) -> Words:
    title, people = registration.event.title, registration.party_size
    lead = ngettext(
        "What you changed about your place at “%(title)s” is saved.",
        "What you changed about your %(people)d places at “%(title)s” is saved.",
        people,
    )
    return Words(
        subject=_("Your change is saved: %(title)s") % {"title": title},
        lead=lead % {"title": title, "people": people},
        reason=_("You get this mail because you changed something."),
        more=waits_for(registration),
        button=_("See, change or give back my place"),
        with_details=True,
    )


def cancellation(
    registration: Registration, *, was: RegistrationStatus, because: Any = ""
) -> dict[str, Any]:
    """The place, the offer or the wait has been given up; ``because`` is told first."""
    occasion = f"{registration.cancelled_at:%Y%m%d%H%M%S%f}"
    told = _given_back if was == RegistrationStatus.REGISTERED else _left_the_list

    def write(registration: Registration) -> Words:
        words = told(registration)
        words.more = [*([str(because)] if because else ()), *words.more]
        return words

    return letter("registration_cancelled", registration, write, occasion)


def _given_back(registration: Registration) -> Words:
    title, people = registration.event.title, registration.party_size
    by_staff = bool(registration.cancelled_because)
    lead = ngettext(
        "Your place at “%(title)s” is free for somebody else now.",
        "Your %(people)d places at “%(title)s” are free for others now.",
        people,
    )
    return Words(
        subject=_("Place given back: %(title)s") % {"title": title},
        lead=lead % {"title": title, "people": people},
        reason=_("You get this mail because a place of yours was given back."),
        more=[
            *([_("The people who run the event did it for you.")] if by_staff else ()),
            _("If you change your mind, you can take a place again while there are any."),
        ],
        button=_("About the event"),
        url=_event_url(registration),
    )


def _left_the_list(registration: Registration) -> Words:
    title = registration.event.title
    return Words(
        subject=_("You have left the waiting list: %(title)s") % {"title": title},
        lead=_("You do not wait for a place at “%(title)s” any more.") % {"title": title},
        reason=_("You get this mail because you were on a waiting list."),
        button=_("About the event"),
        url=_event_url(registration),
    )


def event_changed(registration: Registration, *, is_cancelled: bool) -> dict[str, Any]:
    """Something is new about the event itself: it is off, or at another time or place.

    What is so again is news again, so the state itself is no occasion.
    """
    occasion = f"{timezone.now():%Y%m%d%H%M%S%f}"
    if is_cancelled:
        return letter("event_cancelled", registration, _event_cancelled, occasion)
    return letter("event_changed", registration, _event_changed, occasion)


def _event_changed(registration: Registration) -> Words:
    event = registration.event
    told = [event.status_label, event.status_reason, _time_to_answer(registration)]
    see, answer = _("See, change or give back my place"), _("Take it or pass it on")
    return Words(
        subject=_("Something has changed: %(title)s") % {"title": event.title},
        lead=_("Something is new about “%(title)s”. This is how it stands now:")
        % {"title": event.title},
        reason=_("You get this mail because you have a place, or wait for one."),
        more=[text for text in (*told, *waits_for(registration)) if text],
        button=answer if registration.is_offered else see,
        with_details=True,
        with_calendar=registration.is_registered,
    )


def _time_to_answer(registration: Registration) -> str:
    """Until when an offer stands, in a sentence; empty for all else."""
    if registration.offer_expires_at is None:
        return ""
    if registration.event.is_postponed:
        return _(
            "It is kept for you while the event is postponed. When there is a new date we write "
            "to you, and you have time to answer."
        )
    ends = in_short(registration.offer_expires_at, clocks_for(registration), with_weekday=True)
    return _("Answer before %(when)s. After that it goes to the next in line.") % {"when": ends}


def _event_cancelled(registration: Registration) -> Words:
    event = registration.event
    when = in_short(event.starts_at, event.partner_cities, with_weekday=True)
    return Words(
        subject=_("Cancelled: %(title)s") % {"title": event.title},
        lead=_("“%(title)s” does not take place. We are sorry.") % {"title": event.title},
        reason=_("You get this mail because you had a place, or waited for one."),
        more=[
            _("It was to begin: %(when)s.") % {"when": when},
            *([event.status_reason] if event.status_reason else ()),
        ],
        button=_("About the event"),
        url=_event_url(registration),
        with_calendar=registration.is_registered,
    )


def reminder(registration: Registration) -> dict[str, Any]:
    """It is tomorrow."""
    occasion = f"{registration.event.starts_at:%Y%m%d%H%M}"
    return letter("registration_reminder", registration, _reminder, occasion)


def _reminder(registration: Registration) -> Words:
    title = registration.event.title
    return Words(
        subject=_("Soon: %(title)s") % {"title": title},
        lead=_("“%(title)s” is about to begin, and you have a place.") % {"title": title},
        reason=_("You get this mail because you took a place."),
        more=[
            _("Show your code at the door, or the attached picture of it."),
            _("You cannot come? Give your place back, and somebody else can."),
        ],
        button=_("See, change or give back my place"),
        with_details=True,
        with_calendar=True,
        with_code=True,
    )


def thanks(registration: Registration) -> dict[str, Any]:
    """It is over."""
    occasion = f"{registration.event.ends_at:%Y%m%d%H%M}"
    return letter("registration_thanks", registration, _thanks, occasion)


def _thanks(registration: Registration) -> Words:
    title = registration.event.title
    return Words(
        subject=_("Thank you: %(title)s") % {"title": title},
        lead=_("Thank you for having been at “%(title)s”.") % {"title": title},
        reason=_("You get this mail because you had a place."),
        more=[_("What came of it appears on the event's page.")],
        button=_("About the event"),
        url=_event_url(registration),
    )


def message(registration: Registration, written: GroupMessage) -> dict[str, Any]:
    """Staff wrote to everybody of an event, in every language."""
    words = written.words.get(registration.mail_language) or next(iter(written.words.values()))

    def write(registration: Registration) -> Words:
        from_whom = _("The people who run “%(title)s” write to you:")
        return Words(
            subject=words["subject"],
            lead=f"{from_whom % {'title': registration.event.title}}\n\n{words['text']}",
            reason=_("You get this mail because you have a place, or wait for one."),
            button=_("See, change or give back my place"),
        )

    return letter("registration_message", registration, write, str(written.pk))


def _event_url(registration: Registration) -> str:
    return registration.event.full_url_in(translation.get_language() or "") or settings.BASE_URL


def letter(
    kind: str,
    registration: Registration,
    write: Callable[[Registration], Words],
    occasion: str,
    *,
    to: str | None = None,
    language: str = "",
) -> dict[str, Any]:
    """Put the words, the facts and the file together, in the reader's language.

    To its holder, unless it goes ``to`` somebody else, who reads ``language``.
    """
    event = registration.event
    language = language or registration.mail_language or settings.LANGUAGE_CODE
    with translation.override(language):
        words = write(registration)
        place_url = settings.BASE_URL + registration.place_url
        event_url = _event_url(registration)
    return {
        "kind": kind,
        "template": "place",
        "to": registration.participant.email if to is None else to,
        "language_code": language,
        "context": {
            "words": words,
            "registration": registration,
            "event": event,
            **(where_to_be(event, registration.joins_in_id) if words.with_details else {}),
            "cities": clocks_for(registration),
            "button_url": words.url or place_url,
            "event_url": event_url,
        },
        "about": registration,
        "dedup_key": f"{kind}:{event.pk}:{registration.participant_id}:{occasion}",
        "attachments": _attachments(registration, words, language),
    }


def _attachments(registration: Registration, words: Words, language: str) -> tuple[Any, ...]:
    """The event for the calendar, the code for the door."""
    event, attached = registration.event, []
    if words.with_calendar:
        calendar = calendar_file(event, language)
        attached.append((f"{event.slug_in(language)}.ics", calendar, CALENDAR_TYPE))
    if words.with_code:
        picture = qr.as_png(registration.code)
        attached.append((f"{registration.code_in_groups}.png", picture, "image/png"))
    return tuple(attached)
