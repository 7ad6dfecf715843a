"""What promises delivered, in sentences for a mail in the active language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.following.enums import DeliveryKind
from consultations.following.models import DeliveryStep, Notice
from consultations.models import ConsultationPage
from consultations.reviews.models import CommitmentReview
from consultations.roadmap.delivery.models import Milestone, Reading
from consultations.roadmap.models import Commitment
from partnership.interface.templatetags.figures import number


def news_of_deliveries(notices: Sequence[Notice]) -> Iterator[dict[str, Any]]:
    """Yield each promise once, with the sentences about it; what is gone by now is left out."""
    steps: dict[int, list[Notice]] = {}
    for notice in notices:
        if notice.delivery:
            steps.setdefault(notice.delivery.commitment_id, []).append(notice)
    for of_promise in steps.values():
        told = sentences_of([each.delivery for each in of_promise if each.delivery])
        promise = of_promise[0].delivery.commitment  # type: ignore[union-attr] # asked above
        if told:
            yield entry_of(promise, of_promise[0].consultation, told)


def entry_of(
    promise: Commitment, consultation: ConsultationPage, sentences: list[str]
) -> dict[str, Any]:
    """What the mail says of one promise."""
    return {
        "title": promise.title,
        "url": f"{settings.BASE_URL}{promise.get_absolute_url()}",
        "year": promise.roadmap.year,
        "consultation": consultation,
        "sentences": sentences,
    }


def sentences_of(steps: Iterable[DeliveryStep]) -> list[str]:
    """One sentence for each step, of what is still there."""
    return [sentence for step in steps if (sentence := SENTENCES[DeliveryKind(step.kind)](step))]


def _of_milestone(step: DeliveryStep) -> str:
    found = Milestone.objects.filter(pk=step.subject.split(":")[1])
    milestone = found.select_related("city").first()
    if milestone is None:
        return ""
    told = {"what": milestone.what, "city": milestone.city.name}
    return milestone_sentence(told, step.says, step.said or {})


def milestone_sentence(told: dict[str, Any], says: dict[str, str], said: dict[str, str]) -> str:
    """Say that it was reached, or that it comes later than planned."""
    told |= {"day": _day(says["reached_on"] or says["planned_on"])}
    if says["reached_on"]:
        return _("Milestone reached: %(what)s, %(city)s, on %(day)s.") % told
    told["before"] = _day(said["planned_on"])
    return (
        _("Milestone later than planned: %(what)s, %(city)s, now %(day)s, before %(before)s.")
        % told
    )


def _of_reading(step: DeliveryStep) -> str:
    _kind, indicator, day, city = step.subject.split(":")
    found = Reading.objects.filter(indicator=int(indicator), read_on=day, city=int(city))
    reading = found.select_related("indicator", "city").first()
    if reading is None:
        return ""
    told = {
        "what": reading.indicator.what,
        "value": _figure(reading.value),
        "unit": reading.indicator.unit,
        "city": reading.city.name,
        "day": _day(day),
    }
    return _("New reading: %(what)s, %(value)s %(unit)s, %(city)s, on %(day)s.") % told


def _of_verdict(step: DeliveryStep) -> str:
    found = CommitmentReview.objects.filter(
        review=int(step.subject.split(":")[1]), commitment=step.commitment_id
    )
    row = found.to_read().select_related("review__roadmap").first()
    if row is None:
        return ""
    told = {"year": row.review.roadmap.year, "verdict": row.get_verdict_display(), "why": row.why}
    said = _("Signed review of %(year)s: %(verdict)s. %(why)s") % told
    if not row.goes_on:
        return said
    goal = row.carried_into
    goes_on = _("It goes on in %(year)s, item %(number)s: %(promise)s.")
    later = {"year": goal.roadmap.year, "number": goal.number, "promise": goal.title}
    return f"{said} {goes_on % later}"


def _day(day: str) -> str:
    return date_format(date.fromisoformat(day))


def _figure(value: Decimal) -> str:
    exponent: Any = value.normalize().as_tuple().exponent
    return str(number(value, max(0, -exponent)))


SENTENCES = {
    DeliveryKind.MILESTONE: _of_milestone,
    DeliveryKind.READING: _of_reading,
    DeliveryKind.VERDICT: _of_verdict,
}
