"""The demo's draft text: two versions, and what people said about each paragraph."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from consultations.drafts.models import DraftText, Paragraph
from consultations.drafts.services import begin_next_version, publish
from consultations.tallies import recount
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation, say
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read


def make_drafts(
    consultations: dict[str, DemoConsultation], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Put the first version before residents, then the second that their comments made."""
    for entry in read("drafts")["drafts"]:
        demo = consultations[entry["consultation"]]
        draft = _first_version(demo, entry)
        draft = _publish(draft, entry["version_days"][0], calendar)
        _make_comments(demo, draft, entry["comments"], people)
        second = _second_version(draft, entry)
        second = _publish(second, entry["version_days"][1], calendar)
        _make_comments(demo, second, entry["later_comments"], people)
        recount(demo.page)


def _first_version(demo: DemoConsultation, entry: dict[str, Any]) -> DraftText:
    draft = DraftText.objects.create(
        consultation=demo.page,
        **columns(title=entry["title"], introduction=entry["introduction"]),
    )
    for place, row in enumerate(entry["paragraphs"], 1):
        Paragraph.objects.create(
            draft=draft,
            sort_order=place,
            key=uuid5(NAMESPACE_URL, f"{entry['key']}.{place}"),
            **columns(heading=row["heading"], text=row["text"]),
        )
    return draft


def _second_version(draft: DraftText, entry: dict[str, Any]) -> DraftText:
    """Reword what people asked for, and say of every commented paragraph what became of it."""
    begun = begin_next_version(draft)
    rows = list(begun.paragraphs.order_by("sort_order"))
    for row in entry["changes"]:
        paragraph = rows[row["paragraph"] - 1]
        words = {name: row[name] for name in ("text", "became") if name in row}
        for column, text in columns(**words).items():
            setattr(paragraph, column, text)
        paragraph.save()
    return DraftText.objects.get(pk=begun.pk)


def _publish(draft: DraftText, day: int, calendar: DemoCalendar) -> DraftText:
    """Publish it, as if it had been on that day at noon."""
    published = publish(DraftText.objects.get(pk=draft.pk))
    zone = published.consultation.lead_city.time_zone
    at = calendar.instant({"day": day, "time": "12:00"}, zone)
    DraftText.objects.filter(pk=published.pk).update(published_at=at)
    published.published_at = at
    return published


def _make_comments(
    demo: DemoConsultation, draft: DraftText, rows: list[dict[str, Any]], people: DemoPeople
) -> None:
    """What people said in the days after; nobody twice about the same version."""
    chance = Random(f"{demo.entry['key']} {draft.version}")  # noqa: S311 - the same every time
    paragraphs = {each.number: each for each in draft.paragraphs.all()}
    begun: Any = draft.published_at
    for number, row in enumerate(rows, 1):
        paragraph = paragraphs[row["paragraph"]]
        written_at = begun + timedelta(hours=5 * number)
        said = say(demo, row, people, chance, written_at, paragraph=paragraph)
        if "reply" in row:
            later = written_at + timedelta(hours=2)
            say(demo, row["reply"], people, chance, later, parent=said, paragraph=paragraph)
