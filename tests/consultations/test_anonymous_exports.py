"""Files of anonymous answers: whole after the close, the same again, and nothing before it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultations.asking.mixing import mix_everything
from consultations.asking.services import enter_paper
from consultations.exports.services import export
from consultations.models import ConsultationPage
from consultations.services import answer
from tests.consultations.test_packages import files_of
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_participant, make_question
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

#: In the morning, so that noon of the last day comes after it.
CLOSE = datetime(2025, 5, 20, 10, tzinfo=UTC)
PROFILES = ("public", "staff")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock."""

    def set_clock(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return set_clock


@pytest.fixture
def consultation(at: Any) -> ConsultationPage:
    """Six answered two days before the last one, and two on it."""
    at(CLOSE - timedelta(days=5))
    page = make_consultation(is_anonymous=True, opens_at=timezone.now(), closes_at=CLOSE)
    make_question(page)
    alder, _puerto = city_pair()
    for days, people in ((2, 6), (0, 2)):
        at(CLOSE - timedelta(days=days, hours=1))
        for _person in range(people):
            say(page, alder)
    return page


def say(page: ConsultationPage, city: Any) -> None:
    person = make_participant(city)
    answer(page, participant=person, answers={"q1": "o1"}, language_code="en", form_token=None)


def package(page: ConsultationPage, as_of: datetime, profile: str = "public") -> bytes:
    page = ConsultationPage.objects.get(pk=page.pk)
    made = export(page, file_format="package", profile=profile, as_of=as_of)
    return b"".join(made.pieces)


def rows(data: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files_of(data)[f"{name}.csv"].decode(), newline="")))


@pytest.mark.both
@pytest.mark.parametrize("profile", PROFILES)
def test_an_instant_after_the_close_has_every_answer_though_the_day_is_young(
    profile: str, at: Any, consultation: ConsultationPage
) -> None:
    at(CLOSE + timedelta(hours=1))

    data = package(consultation, CLOSE, profile)

    (whole,) = (
        row["value"]
        for row in rows(data, "results")
        if (row["split"], row["city"], row["option"]) == ("", "alder", "o1")
    )
    assert whole == "8"
    assert len(rows(data, "answers")) == 8


@pytest.mark.both
@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_instant_makes_the_same_bytes_before_and_after_they_are_mixed(
    profile: str, at: Any, consultation: ConsultationPage
) -> None:
    at(CLOSE + timedelta(hours=4))
    first = package(consultation, CLOSE + timedelta(hours=3), profile)

    at(CLOSE + timedelta(days=2))
    mix_everything()

    assert package(consultation, CLOSE + timedelta(hours=3), profile) == first
    assert {row["written_on"] for row in rows(first, "answers")} == {"2025-05-18"}


@pytest.mark.both
def test_the_clock_joins_the_last_day_as_soon_as_it_is_closed(
    at: Any, consultation: ConsultationPage
) -> None:
    at(CLOSE - timedelta(minutes=1))
    mix_everything()
    open_days = set(consultation.responses.values_list("created_at__day", flat=True))

    at(CLOSE)
    mix_everything()

    assert open_days == {18, 20}
    assert set(consultation.responses.values_list("created_at__day", flat=True)) == {18}


@pytest.mark.parametrize("profile", PROFILES)
def test_for_an_instant_before_the_close_nothing_is_told(
    profile: str, at: Any, consultation: ConsultationPage
) -> None:
    at(CLOSE + timedelta(hours=4))

    data = package(consultation, CLOSE - timedelta(days=1), profile)

    assert rows(data, "answers") == []
    assert {row["figures"] for row in rows(data, "results")} == {"after_the_close"}


def type_in(page: ConsultationPage, sheet: str = "1") -> None:
    response = enter_paper(
        page,
        by=ResidentFactory(is_staff=True),
        sheet=sheet,
        city=city_pair()[0],
        language_code="en",
        answers={"q1": "o2"},
        form_token=None,
    )
    response.created_at = response.changed_at = timezone.now()
    response.save()


@pytest.mark.both
def test_a_sheet_that_comes_later_is_no_part_of_it(at: Any, consultation: ConsultationPage) -> None:
    at(CLOSE + timedelta(hours=4))
    first = package(consultation, CLOSE + timedelta(hours=3))

    type_in(consultation)

    assert package(consultation, CLOSE + timedelta(hours=3)) == first


@pytest.mark.both
@pytest.mark.parametrize("profile", PROFILES)
def test_a_sheet_of_paper_does_not_stand_alone_on_its_day(
    profile: str, at: Any, consultation: ConsultationPage
) -> None:
    at(CLOSE + timedelta(days=4))
    type_in(consultation)
    at(CLOSE + timedelta(days=9))

    told = rows(package(consultation, timezone.now(), profile), "answers")

    assert [row["written_on"] for row in told] == ["2025-05-18"] * 9
    (sheet,) = consultation.responses.filter(channel="paper")
    assert sheet.created_at == CLOSE + timedelta(days=4)


@pytest.mark.both
def test_five_sheets_have_a_day_of_their_own_and_the_public_is_told_no_language(
    at: Any, consultation: ConsultationPage
) -> None:
    for number in range(5):
        at(CLOSE + timedelta(days=4 + number % 2))
        type_in(consultation, str(number))
    at(CLOSE + timedelta(days=9))

    public, staff = (
        rows(package(consultation, timezone.now(), who), "answers") for who in PROFILES
    )

    days = [row["written_on"] for row in public]
    assert (days.count("2025-05-18"), days.count("2025-05-24")) == (8, 5)
    assert {row["language"] for row in public} == {""}
    assert sorted(row["language"] for row in staff) == [""] * 8 + ["en"] * 5
