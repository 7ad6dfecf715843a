"""What moderators of the demo did: reasons, hidden words, an appeal, reports, and the log of it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Report
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.models import Appeal, Decision, ReasonTemplate
from consultations.moderation.reasons import GivenReason
from consultations.moderation.records import only_city_of
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.people.models import Participant


def make_moderation(
    consultations: dict[str, DemoConsultation],
    people: DemoPeople,
    calendar: DemoCalendar,
    scale: int,
) -> None:
    """Make what the queue, the appeals and the public log have to show."""
    content = read("moderation")
    templates = [
        ReasonTemplate.objects.create(
            reason=row["reason"], **columns(title=row["title"], text=row["text"])
        )
        for row in content["templates"]
    ]
    by_file = {demo.entry["key"].replace("-", "_"): demo for demo in consultations.values()}
    for row in content["hidden"]:
        given = _given(row, templates)
        for number, author in enumerate(_authors(row, people, scale)):
            _hide(by_file[row["consultation"]], row, author, number, given, people, calendar)
    for row in content["reported"]:
        _report(by_file[row["consultation"]], row, people)
    _record_what_was_published(people)


def _given(row: dict[str, Any], templates: list[ReasonTemplate]) -> GivenReason:
    if "template" not in row:
        return GivenReason.chosen(row["reason"])
    template = templates[row["template"]]
    return GivenReason(kind=HidingReason(template.reason), template=template)


def _hide(
    demo: DemoConsultation,
    row: dict[str, Any],
    author: Participant,
    number: int,
    given: GivenReason,
    people: DemoPeople,
    calendar: DemoCalendar,
) -> None:
    moderator = people.accounts[row["by"]]
    decided_at = calendar.now - timedelta(days=row["days_ago"])
    contribution = Contribution.objects.create(
        consultation=demo.page,
        participant=author,
        city=author.city,
        language_code=row["language"],
        text=row["text"],
        publication_status=PublicationStatus.HIDDEN,
        moderation_reason=given.in_language(author.language_code),
        moderated_by=moderator,
        moderated_at=decided_at,
        created_at=decided_at - timedelta(hours=3 + number),
    )
    decision = Decision.objects.create(
        consultation=demo.page,
        contribution=contribution,
        outcome=Outcome.HIDDEN,
        reason=given.kind,
        city=author.city,
        decided_by=moderator,
        decided_for=only_city_of(moderator),
        decided_at=decided_at,
    )
    if "appeal" in row:
        _appeal(decision, row, decided_at + timedelta(hours=20))


def _appeal(decision: Decision, row: dict[str, Any], written_at: datetime) -> None:
    Appeal.objects.create(
        decision=decision,
        text=row["appeal"],
        language_code=row["language"],
        created_at=written_at,
    )


def _authors(row: dict[str, Any], people: DemoPeople, scale: int) -> list[Participant]:
    if "account" in row:
        return [Participant.objects.of(people.accounts[row["account"]])]
    chance = Random(row["text"])  # noqa: S311 - the same people every time
    return chance.sample(
        people.participants[row["city"]], row["times"] * scale if "times" in row else 1
    )


def _report(demo: DemoConsultation, row: dict[str, Any], people: DemoPeople) -> None:
    contribution = demo.comments[row["comment"] - 1]
    others = [
        participant
        for participants in people.participants.values()
        for participant in participants
        if participant.pk != contribution.participant_id
    ]
    readers = Random(contribution.text).sample(others, row["times"])  # noqa: S311 - as above
    for place, reader in enumerate(readers):
        note = row["note"].get(reader.language_code, "") if place == 0 else ""
        Report.objects.create(
            contribution=contribution, participant=reader, reason=row["reason"], note=note
        )


def _record_what_was_published(people: DemoPeople) -> None:
    """Every comment that was read before it was shown stands in the log, too."""
    moderator = people.accounts["moderator@demo.example"]
    shown = Contribution.objects.published().exclude(moderated_at=None).exclude(participant=None)
    Decision.objects.bulk_create(
        Decision(
            consultation_id=consultation_id,
            contribution_id=key,
            outcome=Outcome.PUBLISHED,
            city_id=city_id,
            decided_by=moderator,
            decided_at=decided_at,
        )
        for key, consultation_id, city_id, decided_at in shown.values_list(
            "pk", "consultation_id", "city_id", "moderated_at"
        )
    )
