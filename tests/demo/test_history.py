"""The demo's past: what its pages, its promises and its open ledger tell must agree."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet, AnswerWish, PublishedAnswer
from consultations.reviews.models import AnnualReview
from consultations.roadmap.models import Commitment, RoadmapIndexPage, RoadmapPage
from consultations.roadmap.promises.models import PromiseChange
from events.models import EventPage
from home.committees.models import Decision
from home.continuity.models import StatusChange
from home.models import HomePage
from home.protocols.models import ProtocolVersion
from partnership.cities.models import City
from partnership.demo import texts
from partnership.demo.calendar import DemoCalendar
from partnership.demo.models import DemoSeed
from partnership.demo.people import DemoPeople
from partnership.demo.roadmaps import change_promises, make_roadmaps
from partnership.ledger.chain import first_broken
from partnership.ledger.models import ApprovalRequest, LedgerEntry
from partnership.people.models import Resident
from tests.demo.test_seed import cited_consultations, cited_events
from tests.factories.pages import add_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

#: The days on which a year begins and ends, and some of every quarter.
ANY_DAY = [
    date(2032, 1, 1),
    date(2036, 2, 29),
    date(2033, 4, 1),
    date(2034, 6, 30),
    date(2035, 9, 17),
    date(2037, 11, 28),
    date(2040, 12, 31),
]
#: Where each kind of thing that cities sign says since when it holds.
HOLDS_SINCE = {
    ProtocolVersion: "signed_at",
    AnnualReview: "signed_at",
    StatusChange: "settled_at",
    PromiseChange: "settled_at",
    AnswerSheet: "published_at",
}
#: Of last year, and told as two months late.
LATE_RAMP = (1, 1)


def signed_at(entry: LedgerEntry) -> list[datetime]:
    return [datetime.fromisoformat(each["signed_at"]) for each in entry.signatures]


def quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


# What was signed ------------------------------------------------------------------------------


def test_the_ledger_is_whole_and_no_entry_is_older_than_the_one_before_it():
    last = [max(signed_at(entry)) for entry in LedgerEntry.objects.order_by("number")]

    assert first_broken() is None
    assert len(last) == ApprovalRequest.objects.signed().count() == 9
    assert last == sorted(last)
    assert len({moment.date() for moment in last}) == 9


def test_everything_was_signed_on_the_day_since_when_it_holds():
    for request in ApprovalRequest.objects.signed():
        subject: Any = request.subject
        given = [approval.given_at for approval in request.approvals.all()]

        assert max(given) == request.conclusion.concluded_at
        assert max(given) == getattr(subject, HOLDS_SINCE[type(subject)])
        assert request.requested_at <= min(given)
    for version in ProtocolVersion.objects.signed():
        assert version.signed_at.date() <= version.in_force_from


def test_what_still_waits_for_a_city_was_asked_for_on_a_day_before_today():
    waiting = ApprovalRequest.objects.open()

    assert waiting.count() == 2
    seeded = DemoSeed.objects.get().today
    assert max(request.requested_at for request in waiting).date() < seeded
    assert {each.given_at.date() for one in waiting for each in one.approvals.all()} == {
        seeded - timedelta(days=3),
        seeded - timedelta(days=4),
    }


def test_the_register_shows_readers_those_days(client, its_day):
    page = client.get("/en/ledger/").content.decode()
    days = [max(signed_at(entry)).date() for entry in LedgerEntry.objects.all()]

    assert all(f"{day.day} {day:%B} {day.year}" in page for day in days)
    above_the_foot = re.sub(r"<footer.*", "", page, flags=re.S)
    assert f"{its_day.day} {its_day:%B} {its_day.year}" not in above_the_foot


def test_answers_are_older_than_the_promises_they_led_to_and_younger_than_the_close():
    published = PublishedAnswer.objects.prefetch_related("commitments")
    assert published.count() == 10

    for answer in published:
        closed = answer.answer.sheet.consultation.closes_at
        assert closed < answer.published_at < closed + timedelta(days=60)
        for promise in answer.commitments.exclude(finished_on=None):
            assert answer.published_at.date() <= promise.finished_on
    told = AnswerWish.objects.exclude(told_at=None)
    assert {wish.told_at for wish in told} == {published[0].published_at}


def test_no_promise_was_finished_before_the_decision_that_made_it():
    decisions = Decision.objects.exclude(commitment__finished_on=None)
    assert decisions.count() >= 3

    for decision in decisions.select_related("meeting", "commitment"):
        assert decision.meeting.held_on <= decision.commitment.finished_on
        if decision.commitment.status == "completed":
            assert decision.meeting.held_on <= decision.commitment.due_on


def test_the_ramp_was_drawn_then_decided_then_answered_then_built(its_day):
    ramp = Commitment.objects.get(roadmap__year=its_day.year - 1, number=1)
    drawn = EventPage.objects.get(title_en="Harbour Steps for everyone").ends_at.date()
    decided = Decision.objects.get(commitment=ramp).meeting.held_on
    answered = PublishedAnswer.objects.filter(commitments=ramp).first().published_at.date()

    assert drawn < decided < answered < ramp.due_on < ramp.finished_on


def test_readers_had_the_pages_before_what_happened_on_them():
    for page in ConsultationPage.objects.live():
        assert page.first_published_at <= page.opens_at
    for event in EventPage.objects.live():
        assert event.first_published_at < event.starts_at
    first, second = RoadmapPage.objects.order_by("year")
    assert first.first_published_at < second.first_published_at


# Any day of the year --------------------------------------------------------------------------


class Roadmaps(NamedTuple):
    """Those of a demo that is counted from another day, by how many years ago they are of."""

    today: date
    people: DemoPeople
    made: dict[int, RoadmapPage]


@pytest.fixture(scope="module", params=ANY_DAY, ids=str)
def as_of(request: pytest.FixtureRequest, demo: None, django_db_blocker: Any) -> Iterator[Roadmaps]:
    """Made once for each day; taken back after the last test that reads them."""
    today: date = request.param
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        accounts = {person.email: person for person in Resident.objects.filter(is_staff=True)}
        people = DemoPeople({city.code: city for city in City.objects.all()}, accounts=accounts)
        index = add_page(HomePage.objects.get(), RoadmapIndexPage, title=f"As of {today}")
        calendar = DemoCalendar(today)
        made = make_roadmaps(index, people, calendar, cited_consultations(), cited_events())
        yield Roadmaps(today, people, made)
        transaction.set_rollback(True)


def test_no_promise_is_kept_in_the_future_whatever_the_day(as_of: Roadmaps):
    today, made = as_of.today, as_of.made

    assert [made[years_ago].year for years_ago in (0, 1)] == [today.year, today.year - 1]
    promises = Commitment.objects.filter(roadmap__in=made.values())
    assert not promises.filter(finished_on__gt=today).exists()
    assert not promises.filter(status="completed", finished_on=None).exists()
    changed = [change.happened_on for page in made.values() for change in page.changes.all()]
    assert max(changed) <= today
    assert all(page.reviewed_on <= today for page in made.values())


def test_what_is_over_was_over_in_the_quarter_it_stands_under(as_of: Roadmaps):
    elsewhere = [
        (years_ago, promise.number)
        for years_ago, page in as_of.made.items()
        for promise in page.commitments.exclude(finished_on=None)
        if quarter(promise.finished_on) != quarter(promise.due_on)
    ]

    assert set(elsewhere) <= {LATE_RAMP}


def test_the_day_a_promise_was_moved_to_lies_ahead(as_of: Roadmaps):
    today, roadmap = as_of.today, RoadmapPage.objects.get(pk=as_of.made[0].pk)

    moved, waiting = change_promises(roadmap, as_of.people, DemoCalendar(today))

    promise = roadmap.commitments.get(number=4)
    before, after = promise.original_due_on, promise.due_on
    assert before < today < after < date.fromisoformat(waiting.after["due_on"])
    assert moved.settled_at.date() < before


def test_the_moved_drill_is_promised_for_the_day_of_its_event_and_something_else_is_late(
    its_day,
):
    promise = Commitment.objects.get(roadmap__year=its_day.year, number=4)
    drill = EventPage.objects.get(title_en="High water at both harbours")

    assert promise.due_on == drill.starts_at.date()
    late = Commitment.objects.filter(roadmap__year=its_day.year).late(its_day)
    assert [(one.number, one.was_moved) for one in late] == [(13, False)]


# Words ----------------------------------------------------------------------------------------


def words() -> list[str]:
    """Every text of the demo but telephone numbers in fields of their own."""
    files = sorted(texts.CONTENT_DIR.glob("*.toml"))
    return [text for path in files for text in texts_below(texts.read(path.stem))]


def texts_below(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, list):
        thing = dict(enumerate(thing))
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from texts_below(value) if key != "phone" else ()


def test_no_line_breaks_inside_a_number_or_before_its_unit():
    assert [text for text in words() if re.search(r"\d [\d€£%]|\d euros\b", text)] == []
    assert any("77\u00a0000\u00a0€" in text for text in words())


def test_the_street_at_the_school_has_one_name_in_spanish():
    other = re.compile(r"calles? (del?|de los) colegios?", re.IGNORECASE)

    assert [text for text in words() if other.search(text)] == []


@pytest.mark.parametrize("code", ["en", "es"])
def test_the_source_of_a_rate_is_named_for_readers_of_both_languages(client, its_day, code: str):
    with translation.override(code):
        address = reverse("roadmap_delivery", args=(its_day.year,))

    told = client.get(address).content.decode()

    assert "European Central Bank" not in told
    assert "ECB / BCE" in told


@pytest.mark.parametrize(
    ("code", "addresses"),
    [
        ("en", ["/en/events/", "/en/consultations/", "/en/roadmap/"]),
        ("es", ["/es/eventos/", "/es/consultas/", "/es/hoja-de-ruta/"]),
    ],
)
def test_what_one_can_do_here_leads_there(client, code: str, addresses: list[str]):
    path = {"en": "/en/about/", "es": "/es/quienes-somos/"}[code]

    page = client.get(path).content.decode()
    body = re.search(r"<main.*</main>", page, re.DOTALL).group()

    for address in addresses:
        assert f'<a href="{address}"' in body
        assert client.get(address).status_code == 200
