"""The questions of one event, read once for form and service."""

from events.models import EventPage
from events.registrations.models import SignUpQuestion


def questions_of(event: EventPage) -> list[SignUpQuestion]:
    """Return what the event asks, with the options; kept on the event, as its venues are."""
    kept = event.__dict__.get("sign_up_question_list")
    if kept is None:
        asked = SignUpQuestion.objects.filter(event_id=event.pk) if event.pk else None
        kept = list(asked.prefetch_related("options")) if asked is not None else []
        event.__dict__["sign_up_question_list"] = kept
    return kept
