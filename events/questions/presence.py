"""Who asks and supports: an account, a guest with a confirmed address, a browser in a hall."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from events.questions.models import LiveQuestion, QuestionSupport, QuestionTime
from events.questions.querysets import LiveQuestionQuerySet
from events.questions.services.asking import Asker
from partnership.cities.models import City
from partnership.limits import Limit
from partnership.people import guests
from partnership.people.models import Participant
from partnership.session_room import renew_key

QUARTER = 15 * 60
#: A hall of three hundred people shares one address, and every phone in it has one key.
ASKING = Limit("live_questions.ask", per_person=5, per_address=150, seconds=QUARTER)
SUPPORTING = Limit("live_questions.support", per_person=150, per_address=4000, seconds=QUARTER)
ENTERING = Limit("live_questions.enter", per_person=10, per_address=500, seconds=QUARTER)
#: Codes that were wrong: there are 64 million, and each works for some hours.
MISSES = Limit("live_questions.code", per_person=30, per_address=200, seconds=QUARTER)
#: The halls this browser is in, in its session, by the keys of the times for questions.
HALLS = "live_questions.halls"
#: In it, the last questions that were asked there.
ASKED, MOST_ASKED = "asked", 20


def purpose_of(time: QuestionTime) -> str:
    """What an address is confirmed for."""
    return f"live_questions.{time.pk}"


def enter_hall(request: HttpRequest, time: QuestionTime, city: City | None) -> None:
    """Remember in this browser's session that it is in the hall of a city."""
    renew_key(request.session)
    here = {"key": secrets.token_hex(16), "city": city.pk if city else None}
    request.session[HALLS] = {**request.session.get(HALLS, {}), str(time.pk): here}


def leave(request: HttpRequest, time: QuestionTime) -> None:
    """Forget who was here, for whoever has the device next."""
    halls = request.session.get(HALLS, {})
    request.session[HALLS] = {key: hall for key, hall in halls.items() if key != str(time.pk)}
    guests.forget(request.session, purpose=purpose_of(time))


def is_here(request: HttpRequest, time: QuestionTime) -> bool:
    """Whether this reader can ask and support at once; asks the database for nothing."""
    return bool(request.user.is_authenticated or _hall(request, time) or _guest_key(request, time))


def acting(request: HttpRequest, time: QuestionTime) -> Asker | None:
    """Return who asks or supports; None for whoever has to come in first."""
    if request.user.is_authenticated:
        person = Participant.objects.of(request.user)
        return Asker(participant=person, city=request.user.city)
    if hall := _hall(request, time):
        city = City.objects.filter(pk=hall["city"]).first()
        return Asker(hall_key=_digest(hall["key"]), city=city)
    key = _guest_key(request, time)
    people = Participant.objects.known_by_address().select_related("resident", "contact")
    guest = people.filter(pk=key).first() if key else None
    return Asker(participant=guest, city=guest.city) if guest else None


def person_counted(asker: Asker) -> str:
    """What stands for them where it is counted how often they write."""
    return asker.hall_key or f"participant.{asker.participant.pk if asker.participant else ''}"


def supported_by(request: HttpRequest, time: QuestionTime) -> set[int]:
    """Return the keys of the questions this reader supports; a query for whoever is here."""
    who: dict[str, Any]
    if request.user.is_authenticated:
        who = {"participant__resident": request.user}
    elif hall := _hall(request, time):
        who = {"hall_key": _digest(hall["key"])}
    elif key := _guest_key(request, time):
        who = {"participant": key}
    else:
        return set()
    rows = QuestionSupport.objects.filter(question__question_time=time, **who)
    return set(rows.values_list("question_id", flat=True))


def note_asked(request: HttpRequest, time: QuestionTime, question: LiveQuestion) -> None:
    """Let a browser in a hall know its own question again: its session does, no row."""
    if hall := _hall(request, time):
        asked = [*hall.get(ASKED, ()), question.pk][-MOST_ASKED:]
        halls = request.session[HALLS]
        request.session[HALLS] = {**halls, str(time.pk): {**hall, ASKED: asked}}


def asked_by(request: HttpRequest, time: QuestionTime) -> LiveQuestionQuerySet:
    """Return the questions that this reader asked here; none for who is not here."""
    asked: LiveQuestionQuerySet = LiveQuestion.objects.filter(question_time=time)
    if request.user.is_authenticated:
        return asked.filter(participant__resident=request.user)
    if hall := _hall(request, time):
        return asked.filter(participant=None, pk__in=hall.get(ASKED, ()))
    if key := _guest_key(request, time):
        return asked.filter(participant=key)
    return asked.none()


def _hall(request: HttpRequest, time: QuestionTime) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(HALLS, {}).get(str(time.pk))
    return found


def _guest_key(request: HttpRequest, time: QuestionTime) -> int | None:
    return guests.present(request.session, purpose=purpose_of(time))


def _digest(key: str) -> str:
    return salted_hmac("events.questions.hall", key, algorithm="sha256").hexdigest()
