"""Staff are told once of what is late, each in their language, and nobody else is."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from consultations.enums import PhaseKind, PublicationStatus
from consultations.groups import ensure_groups as ensure_moderators
from consultations.models import ConsultationPage, Contribution, Phase, Statement
from consultations.reminders.late import with_broken_promise
from consultations.reminders.overdue import CHECK
from consultations.reminders.services import remind
from partnership import continuity
from partnership.cities.models import City
from partnership.outbox.models import OutgoingMail
from partnership.pages.groups import MODERATORS
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, StatementFactory, make_consultation
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    sign_and_publish,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editors(site_tree):
    alder, puerto = city_pair()
    Resident.objects.create_superuser("admin@example.org", name="Admin")
    return (
        editor_of(alder, email="alder@example.org", language_code="en"),
        editor_of(puerto, email="puerto@example.org", language_code="es"),
    )


def moderator_of(*cities, **fields):
    ensure_moderators()
    moderator = ResidentFactory(is_staff=True, **fields)
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    moderator.edits_for.set(cities)
    return moderator


def told(kind):
    found = OutgoingMail.objects.filter(kind=f"staff_{kind}").order_by("to")
    return list(found.values_list("to", "language_code"))


def promised(days, **fields):
    day = timezone.now().date() + timedelta(days=days)
    return make_closed_consultation(hear_back_on=day, **fields)


def held(consultation, days):
    waiting = ContributionFactory(
        consultation=consultation, publication_status=PublicationStatus.PENDING
    )
    written_at = timezone.now() - timedelta(days=days)
    Contribution.objects.filter(pk=waiting.pk).update(created_at=written_at)
    return waiting


@pytest.mark.both
def test_a_broken_promise_is_told_to_the_editors_of_its_cities_once(editors):
    promised(-2)

    written = [remind(), remind()]

    assert written == [2, 0]
    assert told("answer_overdue") == [("alder@example.org", "en"), ("puerto@example.org", "es")]
    mail = OutgoingMail.objects.get(to="puerto@example.org", kind="staff_answer_overdue")
    assert "/admin/answers/" in mail.text


def test_of_one_citys_consultation_only_that_city_is_told(editors):
    promised(-2, cities=[city_pair()[1]])

    remind()

    assert told("answer_overdue") == [("puerto@example.org", "es")]


def test_a_new_day_that_is_broken_again_is_told_again(editors):
    page = promised(-5)
    remind()
    ConsultationPage.objects.filter(pk=page.pk).update(
        hear_back_on=timezone.now().date() - timedelta(days=2)
    )

    assert remind() == 2


def test_the_promised_day_itself_is_not_late(editors):
    promised(0)

    assert remind() == 0


def test_an_answered_consultation_is_not_late(editors):
    promised(-2, stored_state="answered")
    page = promised(-2)
    answer = make_answer(page, statement=StatementFactory(consultation=page))
    sign_and_publish(answer.sheet)

    remind()

    assert told("answer_overdue") == []


def test_a_promised_answer_is_overdue_until_it_is_given_and_comes_next_before(editors):
    alder, _puerto = city_pair()
    today = continuity.today()
    late, soon = promised(-2, cities=[alder]), promised(9, title="Soon")
    promised(-2, stored_state="answered")
    make_consultation(title="Open", closes_in=timedelta(days=99), hear_back_on=today)

    (concern,) = CHECK.find(today)

    assert CHECK in continuity.checks()
    assert concern.words == "The cities have not answered “Safe routes to school”."
    assert (concern.due, concern.cities) == (late.hear_back_on, (alder,))
    assert concern.edit_url == f"/admin/answers/{late.pk}/"
    assert list(CHECK.find(late.hear_back_on)) == []
    coming = continuity.coming(today, within=timedelta(days=30), known={CHECK: [concern]})
    assert [(one.words, one.due) for one in coming[CHECK]] == [
        ("The cities promised an answer to “Soon”.", soon.hear_back_on)
    ]


def test_the_phase_of_reporting_calls_for_answers_once_it_has_begun(editors):
    now = timezone.now()
    for starts in (timedelta(hours=-1), timedelta(hours=1)):
        Phase.objects.create(
            consultation=make_closed_consultation(),
            kind=PhaseKind.ANSWER,
            starts_at=now + starts,
            ends_at=now + timedelta(days=9),
        )

    written = [remind(), remind()]

    assert written == [2, 0]
    assert told("answers_due") == [("alder@example.org", "en"), ("puerto@example.org", "es")]


def test_without_a_phase_of_reporting_the_close_calls_for_answers(editors):
    page = promised(9)
    make_closed_consultation()
    make_consultation(opens_in=timedelta(days=-90), closes_in=timedelta(days=-61))
    make_consultation(closes_in=timedelta(days=1))

    written = [remind(), remind()]

    assert written == [4, 0]
    assert told("answers_asked")[0] == ("alder@example.org", "en")
    said = OutgoingMail.objects.filter(to="alder@example.org").order_by("pk")
    (first,) = [mail.text for mail in said if f"/admin/answers/{page.pk}/" in mail.text]
    assert "has closed, and no answer is published yet. Residents were promised one by" in first


@pytest.mark.both
def test_held_comments_are_told_to_moderators_in_one_mail_when_they_are_late(site_tree):
    moderator = moderator_of(city_pair()[0], email="mod@example.org", language_code="es")
    consultation = make_consultation()
    held(consultation, days=2)
    before = remind()
    held(consultation, days=4)
    held(consultation, days=5)

    written = [remind(), remind()]

    assert (before, written) == (0, [1, 0])
    assert told("comments_held") == [(moderator.email, "es")]
    assert "2 comentarios" in OutgoingMail.objects.get(kind="staff_comments_held").text


def test_statements_that_wait_are_told_like_comments(site_tree):
    moderator = moderator_of(city_pair()[0], email="mod@example.org", language_code="es")
    proposed = StatementFactory(publication_status=PublicationStatus.PENDING)
    Statement.objects.filter(pk=proposed.pk).update(created_at=timezone.now() - timedelta(days=4))

    written = [remind(), remind()]

    assert written == [1, 0]
    assert told("statements_held") == [(moderator.email, "es")]
    assert "1 frase" in OutgoingMail.objects.get(kind="staff_statements_held").text


def test_one_more_late_comment_is_told_again(site_tree):
    moderator_of(city_pair()[0])
    consultation = make_consultation()
    held(consultation, days=4)
    remind()
    held(consultation, days=4)

    assert remind() == 1


def test_what_is_shown_or_taken_down_is_told_to_nobody(editors):
    moderator_of(city_pair()[0])
    shown = held(make_consultation(), days=4)
    Contribution.objects.filter(pk=shown.pk).update(publication_status=PublicationStatus.PUBLISHED)
    held(make_consultation(live=False), days=4)
    promised(-2, live=False)

    assert remind() == 0


def test_the_promised_day_is_over_when_it_is_in_the_city_that_leads(editors):
    page = promised(-1)
    City.objects.filter(pk=page.lead_city_id).update(time_zone="Pacific/Honolulu")
    hours = []

    for hour in (9, 11):  # ten hours behind: 23:00 of the promised day, then 01:00
        now = datetime.combine(timezone.now().date(), time(hour), tzinfo=UTC)
        hours.append([found.pk for found in with_broken_promise(now)])

    assert hours == [[], [page.pk]]


def test_who_has_left_or_is_no_staff_is_told_nothing(site_tree):
    alder, _puerto = city_pair()
    moderator_of(alder, is_active=False)
    resident = moderator_of(alder)
    Resident.objects.filter(pk=resident.pk).update(is_staff=False)
    held(make_consultation(), days=4)

    assert remind() == 0


def test_residents_and_administrators_without_a_city_are_told_nothing(site_tree):
    Resident.objects.create_superuser("admin@example.org", name="Admin")
    ResidentFactory()
    promised(-2)
    held(make_consultation(), days=4)

    assert remind() == 0
