"""The reminder that asks the editors of an event for its report: once, late or twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.enums import EventStatus
from events.models import DrillPage
from events.registrations.enums import RegistrationStatus
from events.reports.asking import ask_for_reports
from events.reports.models import ClosingReport
from events.reports.services import open_report
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import make_event, make_past_event
from tests.factories.people import ParticipantFactory, ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.reports import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def asked():
    return sorted(OutgoingMail.objects.filter(kind="report_asked").values_list("to", flat=True))


def test_the_editors_of_its_city_are_asked_once_each_in_their_language(make_editor):
    alder, puerto = city_pair()
    joan = make_editor(alder, email="joan@example.org", language_code="en")
    make_editor(alder, puerto, email="marta@example.org", language_code="es")
    make_editor(puerto, email="other@example.org")
    ResidentFactory(city=alder)
    event = make_past_event(title="Quay day", cities=[alder])

    assert (ask_for_reports(), ask_for_reports()) == (1, 0)

    assert asked() == ["joan@example.org", "marta@example.org"]
    subjects = dict(OutgoingMail.objects.values_list("to", "subject"))
    assert subjects["joan@example.org"] == "How did it go? The report of Quay day"
    assert subjects["marta@example.org"] == "¿Cómo fue? El informe de Quay day"
    letter = OutgoingMail.objects.get(to=joan.email)
    report = ClosingReport.objects.get(event=event)
    assert f"/admin/closing_reports/edit/{report.pk}/" in letter.text


def test_every_editor_is_asked_about_a_joint_event(make_editor):
    alder, puerto = city_pair()
    make_editor(alder, email="a@example.org")
    make_editor(puerto, email="b@example.org")
    make_past_event()

    ask_for_reports()

    assert asked() == ["a@example.org", "b@example.org"]


def test_nobody_is_asked_too_early_too_late_or_for_nothing(make_editor):
    make_editor(city_pair()[0])
    make_event()
    hours = timedelta(hours=5)
    make_event(starts_at=timezone.now() - hours)  # ended an hour ago: people are checked in
    make_event(starts_at=timezone.now() - timedelta(days=90))
    make_past_event(event_status=EventStatus.CANCELLED)
    make_past_event(live=False)
    make_past_event(DrillPage)
    make_report()

    assert ask_for_reports() == 0

    assert asked() == []


def test_the_clock_that_was_down_for_a_month_still_asks(make_editor):
    make_editor(city_pair()[0])
    make_event(starts_at=timezone.now() - timedelta(days=35))

    assert ask_for_reports() == 1


def test_a_new_report_knows_who_was_checked_in():
    alder, puerto = city_pair()
    event = make_past_event()
    came = {"event": event, "status": RegistrationStatus.ATTENDED}
    RegistrationFactory(**came, city=alder, party_size=5, arrived=3)
    RegistrationFactory(**came, city=alder)
    RegistrationFactory(**came, city=puerto, party_size=2)
    RegistrationFactory(**came, participant=ParticipantFactory())
    RegistrationFactory(event=event, city=alder, status=RegistrationStatus.NO_SHOW)

    report = open_report(event)

    assert report.attendance == {"alder": 4, "puerto": 2, "elsewhere": 1}


@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_ask_once(run_in_threads, make_editor):
    make_editor(city_pair()[0], email="a@example.org")
    make_past_event()

    answers = run_in_threads(lambda _number: ask_for_reports(), times=10)

    assert sorted(answers) == [0] * 9 + [1]
    assert (asked(), ClosingReport.objects.count()) == (["a@example.org"], 1)


def test_an_event_has_one_report_and_a_published_one_its_time():
    report = make_report()

    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingReport.objects.create(event=report.event)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingReport.objects.filter(pk=report.pk).update(published_at=None)
