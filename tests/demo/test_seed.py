"""The demo partnership: complete, the same for the same day, never over somebody's site."""

import re
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from consultations.enums import ConsultationState
from consultations.models import ConsultationIndexPage, ConsultationPage, Contribution, Vote
from consultations.reviews import overdue
from consultations.reviews.models import AnnualReview
from consultations.risks.models import ContingencyPlan, Risk
from consultations.risks.overdue import CHECKS
from consultations.roadmap.models import Commitment, RoadmapPage
from consultations.roadmap.promises.models import PromiseChange
from events.enums import EventKind
from events.models import EventPage
from events.registrations.models import Registration
from home.disputes.models import Dispute
from home.disputes.overdue import steps_overdue
from home.models import HomePage
from partnership.cities.models import City
from partnership.demo import texts
from partnership.demo.consultations import FILES, DemoConsultation, days_since_it_was_over
from partnership.demo.models import DemoSeed
from partnership.demo.people import PASSWORD
from partnership.ledger.models import ApprovalRequest
from partnership.people.models import Participant, Resident
from tests.factories.days import todays_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

#: What readers can see, and by which of its columns two runs are compared.
PUBLIC = {
    "pages.BasePage": ("title_en", "title_es", "slug", "local_path_es", "url_path", "live"),
    "events.EventPage": ("slug", "summary_en", "summary_es", "body_es", "starts_at", "capacity"),
    "registrations.Registration": ("code", "event__slug", "party_size", "status", "created_at"),
    "consultations.ConsultationPage": ("slug", "lead_es", "opens_at", "closes_at", "outcome_en"),
    "consultations.Statement": ("consultation__slug", "number", "text_en", "text_es"),
    "consultations.Vote": (
        "statement__consultation__slug",
        "statement__number",
        "participant__resident__email",
        "choice",
        "created_at",
    ),
    "consultations.Answer": (
        "question__identifier",
        "response__participant__resident__email",
        "value",
    ),
    "consultations.Contribution": ("text", "participant__resident__email", "created_at"),
    "translations.Translation": (
        "contribution__text",
        "text",
        "origin",
        "status",
        "author__resident__email",
        "created_at",
    ),
    "roadmap.Commitment": ("roadmap__year", "number", "title_es", "status", "due_on", "spent"),
    "disputes.Dispute": ("key", "title_es", "raised_on", "confidentiality", "settled_at"),
    "disputes.DisputeStep": ("dispute__key", "stage", "entered_on", "deadline", "agreed_en"),
    "risks.Risk": ("event_en", "cause_es", "review_by", "state", "residual_impact"),
    "risks.RiskRating": ("risk__event_en", "rated_on", "reason_es", "residual_likelihood"),
    "delivery.BudgetLine": ("commitment__number", "what_es", "city__code", "planned", "rate_on"),
    "delivery.Indicator": ("commitment__number", "what_en", "unit_es", "baseline", "target"),
    "delivery.Reading": ("indicator__what_en", "read_on", "value", "city__code", "source_es"),
    "delivery.Milestone": ("commitment__number", "what_es", "planned_on", "reached_on"),
    "reviews.AnnualReview": ("roadmap__year", "foreword_en", "went_well_es", "to_change_en"),
    "reviews.CommitmentReview": ("commitment__number", "verdict", "why_en", "why_es"),
    "promises.PromiseChange": ("commitment__number", "before", "after", "reason_es", "state"),
    "ledger.Approval": ("request__content_type__model", "city__code", "given_at"),
    "official.PublishedAnswer": ("text_en", "state", "published_at"),
    "roadmap.EvidenceLink": (
        "commitment__number",
        "disposition",
        "statement__number",
        "contribution__text",
        "question__identifier",
    ),
    "people.Resident": ("email", "name", "city__code", "language_code", "is_staff"),
}
FIXED_ADDRESSES = (
    "/en/events/redrawing-the-school-street/",
    "/en/consultations/safe-routes-to-school/",
    "/en/roadmap/{year}/",
    "/es/eventos/redisenar-la-calle-de-la-escuela/",
    "/es/consultas/caminos-seguros-al-colegio/",
    "/es/hoja-de-ruta/{year}/",
)
ACCOUNTS = (
    "admin",
    "analyst",
    "analyst.puerto",
    "editor.alder",
    "editor.puerto",
    "moderator",
    "moderator.alder",
    "resident.alder",
    "resident.puerto",
)


def seed(**options: Any) -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said, **options)
    return said.getvalue()


def digest() -> str:
    """Return one figure for everything public, so that two runs can be compared."""
    found = sha256()
    for name, columns in PUBLIC.items():
        values = apps.get_model(name).objects.values_list(*columns)
        rows = sorted(repr([plain(value) for value in row]) for row in values)
        found.update("\n".join([name, *rows]).encode())
    return found.hexdigest()


def plain(value: object) -> object:
    """Return the data of a text made of blocks, which would only give its place in memory."""
    return list(value.raw_data) if hasattr(value, "raw_data") else value


# What it holds --------------------------------------------------------------------------------


def test_events_of_every_kind_past_and_future():
    events = EventPage.objects.live()
    past = events.filter(ends_at__lt=timezone.now())

    assert events.count() == 13
    assert set(events.values_list("kind", flat=True)) == set(EventKind.values)
    assert 0 < past.count() < 12


def test_seven_consultations_in_three_states_with_voices_of_both_cities_and_languages():
    consultations = ConsultationPage.objects.live()
    comments = Contribution.objects.published()

    assert sorted(consultation.state for consultation in consultations) == sorted(
        [ConsultationState.OPEN] * 5 + [ConsultationState.CLOSED, ConsultationState.ANSWERED]
    )
    assert Vote.objects.count() > 300
    assert comments.count() >= 24
    for city in City.objects.all():
        assert Vote.objects.filter(city=city).count() > 100
        assert comments.filter(city=city).exists()
    assert set(comments.values_list("language_code", flat=True)) == {"en", "es"}


def test_roadmaps_of_two_years_with_fourteen_commitments_this_year(its_day: date):
    years = RoadmapPage.objects.live().values_list("year", flat=True)

    assert sorted(years) == [its_day.year - 1, its_day.year]
    assert Commitment.objects.filter(roadmap__year=its_day.year).count() == 14
    assert not Commitment.objects.filter(evidence=None).exists()


def test_a_day_was_moved_by_both_cities_and_another_change_waits_for_one():
    moved, waiting = PromiseChange.objects.order_by("pk")
    request = ApprovalRequest.objects.open().about(waiting).get()
    promise = moved.commitment

    assert (moved.state, waiting.state) == ("made", "waiting")
    assert str(promise.original_due_on) == moved.before["due_on"]
    assert str(promise.due_on) == moved.after["due_on"] == waiting.before["due_on"]
    assert [city.code for city in request.missing] == ["puerto-almendro"]
    assert not Commitment.objects.exclude(pk=promise.pk).exclude(original_due_on=None).exists()


def test_last_year_was_looked_back_on_by_both_cities_and_this_one_is_not_over(its_day: date):
    review = AnnualReview.objects.get()
    told = Counter(review.judgements.values_list("verdict", flat=True))

    assert (review.roadmap.year, review.is_signed) == (its_day.year - 1, True)
    assert told == {"kept": 3, "partly_kept": 1, "not_kept": 1, "carried_over": 1}
    assert review.figures["money"] == [
        {
            "currency": "EUR",
            "planned": "332000.00",
            "committed": "0.00",
            "spent": "209450.00",
            "left_out": 0,
        }
    ]
    assert review.signed_at < timezone.now()
    assert list(overdue.CHECK.find(its_day)) == []


def test_one_disagreement_is_settled_and_told_and_one_is_under_way_and_kept_between_the_cities(
    its_day: date,
):
    rows = Dispute.objects.order_by("pk").values_list("confidentiality", "outcome_kind")

    assert list(rows) == [("open", "settled"), ("existence", "")]
    assert list(steps_overdue(its_day)) == []


def test_six_risks_of_which_the_grave_ones_have_exercised_plans_and_one_is_late(its_day: date):
    risks = Risk.objects.all()
    found = [[one.words for one in check.find(its_day)] for check in CHECKS]

    assert (risks.count(), risks.public().count(), risks.open().count()) == (6, 5, 5)
    assert [plan.drill is not None for plan in ContingencyPlan.objects.all()] == [True, True]
    assert risks.open().grave().count() == 2
    assert [len(each) for each in found] == [1, 0, 0]
    assert set(risks.filter(observations=None).values_list("kind", flat=True)) == {
        *("governance", "money", "nature", "security"),
    }


def test_both_languages_are_there_everywhere():
    lacking = [
        (page.slug, name)
        for page in (page.specific for page in HomePage.objects.get().get_descendants())
        for name in ("title_en", "title_es", "summary_en", "summary_es", "lead_en", "lead_es")
        if hasattr(page, name) and not getattr(page, name)
    ]

    assert lacking == []


def test_nothing_was_said_or_done_after_today_began():
    later = timezone.now()

    assert not Vote.objects.filter(created_at__gt=later).exists()
    assert not Contribution.objects.filter(created_at__gt=later).exists()
    assert not Registration.objects.filter(created_at__gt=later).exists()
    assert not Registration.objects.filter(created_at__gt=F("event__ends_at")).exists()
    assert not Resident.objects.filter(joined_at__gt=later).exists()


@pytest.mark.parametrize("address", FIXED_ADDRESSES)
def test_the_fixed_addresses_answer(client, address: str, its_day: date):
    page = client.get(address.format(year=its_day.year))

    assert page.status_code == 200
    assert f'<html lang="{address[1:3]}"' in page.content.decode()


def test_every_account_signs_in_with_the_printed_password(client):
    """To try it takes the computer long; what is kept of it is the same for all, so one does."""
    emails = [f"{name}@demo.example" for name in ACCOUNTS]
    accounts = Resident.objects.filter(email__in=emails, is_active=True)

    assert {one.email for one in accounts} == set(emails)
    assert len({one.password for one in accounts}) == 1
    assert client.login(email=emails[0], password=PASSWORD)


def test_run_demo_prints_every_account():
    said = StringIO()

    call_command("demo_accounts", stdout=said)

    assert sorted(re.findall(r"(\S+)@demo\.example", said.getvalue())) == sorted(ACCOUNTS)
    assert PASSWORD in said.getvalue()


def cited_consultations() -> dict[str, DemoConsultation]:
    """What the roadmap's file may cite, found again in the database."""
    made = {}
    for name in FILES:
        entry = texts.read(name)
        page = ConsultationPage.objects.get(title_en=entry["title"]["en"])
        comments = page.contributions.published().filter(parent=None).order_by("created_at")
        made[entry["key"]] = DemoConsultation(
            page,
            entry,
            statements={statement.number: statement for statement in page.statements.all()},
            questions={question.identifier: question for question in page.questions.all()},
            comments=list(comments),
        )
    return made


def cited_events() -> dict[str, EventPage]:
    by_title = {event.title_en: event.specific for event in EventPage.objects.all()}
    return {row["key"]: by_title[row["title"]["en"]] for row in texts.read("events")["events"]}


# Made again -----------------------------------------------------------------------------------


def test_a_site_with_content_is_left_alone():
    with pytest.raises(CommandError, match="--force"):
        seed()

    assert DemoSeed.objects.count() == 1


def test_if_empty_says_and_does_nothing_on_such_a_site():
    before = digest()

    assert seed(if_empty=True) == ""

    assert digest() == before


def test_forced_for_the_same_day_everything_is_the_same_again(its_day: date):
    before = digest()

    said = seed(today=its_day, force=True)

    assert str(its_day) in said
    assert digest() == before
    assert DemoSeed.objects.get().today == its_day


@pytest.mark.parametrize("wrong", [{"scale": "0"}, {"scale": "many"}, {"today": "soon"}])
def test_nonsense_is_refused_before_anything_is_touched(wrong: dict[str, str]):
    arguments = [f"--{name}={value}" for name, value in wrong.items()]

    with pytest.raises(CommandError):
        call_command("seed_demo", *arguments)

    assert DemoSeed.objects.count() == 1


@pytest.fixture
def last() -> date:
    """The last day from which what is told as over is over."""
    return todays_date() + timedelta(days=days_since_it_was_over())


def test_a_day_from_which_the_past_would_not_be_over_is_refused_and_the_last_one_named(last: date):
    before = digest()

    with pytest.raises(CommandError, match=f"from {last} at the latest"):
        seed(today=last + timedelta(days=1), force=True)

    assert digest() == before


@pytest.mark.bench
def test_twice_the_scale_is_twice_the_residents_and_another_day_is_other_dates(last: date):
    residents, comments = Participant.objects.count(), Contribution.objects.count()
    before, days = digest(), set(EventPage.objects.values_list("starts_at", flat=True))

    said = seed(today=last, scale=2, force=True)

    made = DemoSeed.objects.get()
    assert str(last) in said
    assert (made.today, made.scale) == (last, 2)
    assert Participant.objects.exclude(resident__email__endswith="@demo.example").count() >= (
        2 * (residents - len(ACCOUNTS))
    )
    assert Contribution.objects.count() > 1.5 * comments
    assert set(EventPage.objects.values_list("starts_at", flat=True)) != days
    assert digest() != before


def test_a_pair_without_texts_is_refused_and_the_way_out_is_named(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(texts, "CODES", ("de", "pl"))

    with pytest.raises(CommandError, match="start_partnership"):
        seed(force=True)

    assert ConsultationIndexPage.objects.exists()


@pytest.mark.bench
@pytest.mark.both
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has to look")
def test_the_database_knows_how_much_was_said_before_the_rest_is_made():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'consultations_vote'")

        assert cursor.fetchone()[0] > 0
