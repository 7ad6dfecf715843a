"""A screen with many rows asks for what each of them offers once."""

import pytest
from django.db import connection
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.cities.models import City
from partnership.pages.choices_once import kept
from partnership.pages.models import Photo
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.committees import add_decision, add_meeting, make_committee
from tests.factories.consultations import make_consultation, make_question
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_protocol, make_version
from tests.factories.reports import add_picture, make_report
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db


def debrief_with(lessons):
    make_version(make_protocol())
    debrief = make_debrief()
    for number in range(lessons):
        add_lesson(debrief, f"Lesson {number}")
    return reverse("debriefs:edit", args=(debrief.pk,))


def meeting_with(decisions):
    roadmap, meeting = make_roadmap(), add_meeting(make_committee())
    for _number in range(decisions):
        add_decision(meeting, commitment=make_commitment(roadmap))
    return reverse("meetings:edit", args=(meeting.pk,))


def report_with(pictures):
    report = make_report()
    for _number in range(pictures):
        add_picture(report)
    for photo in Photo.objects.all():
        photo.get_rendition("max-165x165")
    return reverse("closing_reports:edit", args=(report.pk,))


def asked_by(client, address):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("screen", "at_most"), [(debrief_with, 16), (meeting_with, 17), (report_with, 21)]
)
def test_a_row_costs_no_query(client, screen, at_most):
    rows = 12
    assert asked_by(client, screen(rows)) <= at_most


def test_a_question_costs_the_query_for_its_options(client):
    questions = 4
    consultation = make_consultation()
    for _number in range(questions):
        make_question(consultation)

    asked = asked_by(client, reverse("wagtailadmin_pages:edit", args=(consultation.pk,)))

    assert asked <= 44 + questions


def labels():
    return [label for _value, label in ModelChoiceField(City.objects.all()).choices]


def test_choices_are_read_once_within_a_request(django_assert_num_queries):
    city_pair()

    with kept(), django_assert_num_queries(1):
        assert labels() == labels()


def test_they_are_read_anew_after_something_was_saved():
    alder, _puerto = city_pair()

    with kept():
        before = labels()
        alder.name_en = "Alder Cove"
        alder.save()

        assert "Alder Cove" in labels()
    assert "Alder Cove" not in before


def test_nothing_is_kept_from_one_request_to_the_next():
    city_pair()
    with kept():
        labels()
    City.objects.update(name_en="Renamed")

    assert "Renamed" in labels()
    with kept():
        assert "Renamed" in labels()
