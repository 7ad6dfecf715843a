"""The list of places of one event as a file: for the office, and without people for others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.models import EventPage
from events.registrations.answers import told
from events.registrations.enums import Format
from events.registrations.models import PlacesExport, Registration, SignUpQuestion
from events.registrations.questions import questions_of
from events.registrations.refusals import ExportWithoutReason
from partnership.people.models import Resident
from partnership.tables.columns import AT_A_TIME, Column, Row, Table
from partnership.tables.writing import as_csv, as_xlsx

CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """A file that is being made: its name, its type, and its bytes as they come."""

    filename: str
    content_type: str
    pieces: Iterator[bytes]


def export_places(
    event: EventPage,
    *,
    file_format: str,
    with_people: bool,
    exported_by: Resident,
    reason: str = "",
) -> PlacesFile:
    """Begin the file and write it into the log; raises ExportWithoutReason for people's data.

    Without people it holds no name, address, need or answer: figures per row only.
    """
    if with_people and not reason.strip():
        raise ExportWithoutReason
    chosen = Format(file_format)
    PlacesExport.objects.create(
        event=event,
        exported_by=exported_by,
        format=chosen,
        with_people=with_people,
        reason=reason.strip(),
    )
    table = places_table(event, with_people=with_people)
    pieces = as_csv(table) if chosen == Format.CSV else as_xlsx([table])
    profile = "people" if with_people else "figures"
    return PlacesFile(
        filename=f"{event.slug}-places-{profile}.{chosen.value}",
        content_type=CONTENT_TYPES[chosen],
        pieces=pieces,
    )


def places_table(event: EventPage, *, with_people: bool) -> Table:
    """One row for each registration, in the order in which people signed up."""
    columns: tuple[Column, ...] = (
        Column("status", _("status")),
        Column("people", _("people in the group")),
        Column("came", _("people who came")),
        Column("city", _("home city")),
        Column("joins_in", _("joins in")),
        Column("language", _("language at the table")),
        Column("under_18", _("under 18")),
        Column("signed_up", _("signed up on (day in UTC)")),
    )
    if with_people:
        columns += _columns_about_people(questions_of(event))
    return Table("places", columns, lambda: _rows(event, with_people=with_people))


def _columns_about_people(questions: list[SignUpQuestion]) -> tuple[Column, ...]:
    asked = (
        Column(f"answer_{question.identifier}", format_lazy("{}", str(question)))
        for question in questions
    )
    return (
        Column("code", _("code")),
        Column("name", _("name")),
        Column("email", _("e-mail address")),
        Column("needs", _("needs")),
        Column("guardian", _("parent or guardian")),
        Column("guardian_agreed", _("parent or guardian agreed on (day in UTC)")),
        *asked,
    )


def _rows(event: EventPage, *, with_people: bool) -> Iterator[Row]:
    found = Registration.objects.filter(event=event).with_people().order_by("created_at", "pk")
    questions = questions_of(event) if with_people else []
    for registration in found.iterator(AT_A_TIME):
        yield (*_figures(registration), *_person(registration, questions, with_people))


def _figures(registration: Registration) -> Row:
    when = registration.created_at.astimezone(UTC)  # the same day for every city
    return (
        registration.status,
        registration.party_size,
        registration.arrived,
        registration.city.code if registration.city else "elsewhere",
        registration.joins_in.code if registration.joins_in else "",
        registration.language_code or "any",
        int(registration.is_minor),
        when.date().isoformat(),
    )


def _person(registration: Registration, questions: list[SignUpQuestion], with_people: bool) -> Row:
    if not with_people:
        return ()
    person = registration.participant
    answers = (told(each, registration.answers.get(each.identifier)) for each in questions)
    return (
        registration.code,
        person.name,
        person.email,
        registration.needs,
        registration.guardian_name,
        _agreed_on(registration),
        *answers,
    )


def _agreed_on(registration: Registration) -> str:
    """The day; empty while nobody has agreed, and for whoever is of age."""
    at = registration.guardian_agreed_at
    return at.astimezone(UTC).date().isoformat() if at else ""
