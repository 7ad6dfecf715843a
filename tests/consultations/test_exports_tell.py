"""What a file tells: until which instant, of which day, whose name, and which bytes left."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from consultations.enums import Channel, PublicationStatus
from consultations.exports.enums import Profile
from consultations.exports.models import ExportLog
from consultations.exports.scope import Scope
from consultations.exports.services import export
from consultations.models import Contribution, Response
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP
from tests.consultations.test_exports import column, made, table
from tests.factories.cities import city_pair
from tests.factories.consultations import make_budget, make_consultation
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_people,
    make_question,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def consultation():
    return make_consultation_to_export()


def written(comment, at):
    Contribution.objects.filter(pk=comment.pk).update(created_at=at)


@pytest.mark.parametrize("name", ["comments", "words"])
def test_a_file_of_an_instant_holds_the_comments_until_then(consultation, name):
    at = timezone.now() - timedelta(days=3)
    people = make_people(3, city_pair()[0])
    for person, text, when in zip(
        people, ("Before", "Then", "Later"), (at - INSTANT, at, at + INSTANT), strict=True
    ):
        written(make_comment(consultation, person, text), when)

    told = table(consultation, name, as_of=at, profile=Profile.STAFF)

    assert sorted(column(told, "text")) == ["Before", "Then"]


def test_the_public_is_told_no_reply_to_what_it_cannot_read(consultation):
    first, second = make_people(2, city_pair()[0])
    hidden = make_comment(
        consultation, first, "An insult", publication_status=PublicationStatus.HIDDEN
    )
    make_comment(consultation, second, "You as well", parent=hidden)
    make_comment(consultation, second, "Please do.")

    assert column(table(consultation, "comments"), "text") == ["Please do."]
    staff = column(table(consultation, "comments", profile=Profile.STAFF), "text")
    assert sorted(staff) == ["An insult", "Please do.", "You as well"]


def test_staff_are_not_told_a_name_that_is_kept_back(consultation):
    shy, open_one = make_people(2, city_pair()[0])
    make_comment(consultation, shy, "Shy", is_name_hidden=True)
    make_comment(consultation, open_one, "Open")

    rows = {row["text"]: row for row in table(consultation, "comments", profile=Profile.STAFF)}

    assert [rows["Shy"][key] for key in ("participant", "name", "email")] == ["", "", ""]
    assert rows["Open"]["name"] == open_one.resident.name
    assert rows["Open"]["participant"]


def test_a_day_is_that_of_the_city_that_leads(consultation):
    City.objects.filter(pk=consultation.lead_city_id).update(time_zone="Pacific/Auckland")
    [person] = make_people(1, city_pair()[0])
    written(make_comment(consultation, person), datetime(2026, 5, 3, 20, tzinfo=UTC))
    consultation = type(consultation).objects.get()

    [public] = table(consultation, "comments")
    [staff] = table(consultation, "comments", profile=Profile.STAFF)

    assert public["written_on"] == "2026-05-04"
    assert staff["written_at"].startswith("2026-05-03T20:00:00")


def test_where_all_answered_in_one_way_nothing_is_kept_back_of_it(consultation):
    question = make_question(consultation)
    people = make_people(SMALLEST_GROUP, city_pair()[0])
    make_answers(question, people, "A ramp")
    scope = Scope(consultation, Profile.PUBLIC)
    alike = scope.questions_with_masked_ways

    sheet = {"channel": Channel.PAPER, "participant": None, "sheet": "1"}
    Response.objects.filter(participant=people[0]).update(**sheet)

    assert alike == set()
    assert Scope(consultation, Profile.PUBLIC).questions_with_masked_ways == {question.pk}


def test_of_very_few_answers_in_one_way_the_way_is_told(consultation):
    question = make_question(consultation)
    make_answers(question, make_people(1, city_pair()[0]), "A ramp")

    assert Scope(consultation, Profile.PUBLIC).questions_with_masked_ways == set()


def test_the_figures_of_staff_hold_small_groups_too(consultation):
    question = make_question(consultation, "single_choice", options=2)
    alder, puerto = city_pair()
    make_answers(question, make_people(SMALLEST_GROUP + 1, alder), "o1")
    make_answers(question, make_people(1, puerto), "o2")

    public = made(consultation, tables=["results"])
    staff = made(consultation, tables=["results"], profile=Profile.STAFF)

    assert public != staff
    assert Scope(consultation, Profile.STAFF).smallest_group == 1
    assert Scope(consultation, Profile.PUBLIC).smallest_group == SMALLEST_GROUP


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
def test_the_log_knows_which_bytes_left(consultation, file_format):
    make_comment(consultation, make_people(1, city_pair()[0])[0])

    begun = export(
        consultation,
        file_format=file_format,
        tables=["comments"],
        exported_by=ResidentFactory(),
    )
    before = ExportLog.objects.get().sha256
    data = b"".join(begun.pieces)

    log = ExportLog.objects.get()
    assert before == ""
    assert (log.sha256, log.rows) == (sha256(data).hexdigest(), 1)


def test_what_a_sum_pays_for_is_told_to_the_public_after_the_close_only():
    consultation = make_consultation(closes_in=timedelta(days=1))
    question = make_budget(consultation)
    for city in city_pair():
        make_answers(question, make_people(20, city), ["o1"])
    paid_for = "paid_for"

    before = column(table(consultation, "results"), "measure")
    type(consultation).objects.update(closes_at=timezone.now())
    after = column(table(type(consultation).objects.get(), "results"), "measure")

    assert (paid_for in before, paid_for in after) == (False, True)
