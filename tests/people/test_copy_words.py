"""How a copy tells things: whose rows, oldest first, on one's own clock, in words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.models import Contribution
from partnership.cities.models import City
from partnership.outbox.models import OutgoingMail
from partnership.people import copies
from partnership.people.copies import Held, everything_about, of_account, of_participant
from partnership.people.models import Participant, Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, make_consultation
from tests.factories.news import guest
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def section(sections, model):
    [found] = [each for each in sections if each.key == model._meta.label_lower]
    return found


def test_whoever_has_no_account_has_nothing_of_accounts_and_nobody_stored_has_nothing():
    """A condition that says "of nobody" would be fulfilled by all rows that are nobody's."""
    assert of_account("moderated_by")(guest()) is None
    assert of_participant("participant")(Participant()) is None
    assert Held(model=Contribution, of=of_account("moderated_by")).rows(guest()) == []


def test_rows_are_told_from_the_oldest_on_and_traces_after_everything_else():
    consultation = make_consultation()
    first = ContributionFactory(consultation=consultation, text="First")
    ContributionFactory(consultation=consultation, participant=first.participant, text="Second")
    OutgoingMail.objects.create(to=first.participant.email, kind="code", subject="Hello")

    told = everything_about(first.participant)

    texts = [
        cell.value for row in section(told, Contribution).rows for cell in row if cell.key == "text"
    ]
    keys = [each.key for each in told]
    traces = {each.model._meta.label_lower for each in copies._held.values() if each.is_trace}
    assert texts == ["First", "Second"]
    assert traces & set(keys)
    assert [key in traces for key in keys] == sorted(key in traces for key in keys)


def test_hours_are_those_of_the_clock_at_home():
    City.objects.filter(pk=city_pair()[1].pk).update(time_zone="Asia/Tokyo")
    person = ResidentFactory(
        city=City.objects.get(pk=city_pair()[1].pk), joined_at=datetime(2026, 5, 3, 20, tzinfo=UTC)
    )

    told = everything_about(Participant.objects.of(person))

    [row] = section(told, Resident).rows
    [since] = [cell for cell in row if cell.key == "joined_at"]
    assert since.value == datetime(2026, 5, 3, 20, tzinfo=UTC)
    assert "4 May 2026" in since.words
    assert "5 a.m." in since.words or "05:00" in since.words


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("es", "Español")])
def test_a_language_is_told_by_its_name_and_a_choice_in_words(code, name):
    person = ResidentFactory(language_code=code)

    [row] = section(everything_about(Participant.objects.of(person)), Resident).rows

    told = {cell.key: (cell.value, cell.words) for cell in row}
    assert told["language_code"] == (code, name)
    assert told["is_active"] == (True, "yes")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (False, "no"),
        (True, "sí"),
        (["a", True, None], "a, sí, "),
        ({"o1": 2, "o2": False}, "o1: 2; o2: no"),
        (Decimal("1.5"), "1,5"),
    ],
)
def test_values_are_told_in_words_of_the_reader(value, words):
    with override("es"):
        assert copies._in_words(value) == words


def test_an_instant_is_told_on_the_clock_that_counts():
    with timezone.override("Asia/Tokyo"), override("en"):
        assert "4 May 2026" in copies._in_words(datetime(2026, 5, 3, 20, tzinfo=UTC))


def test_a_key_is_told_only_where_others_refer_to_it():
    plain, referred = (Held(model=Contribution, labels=labels) for labels in ({}, {"id": "number"}))

    assert "id" not in [each.name for each in plain.fields]
    assert "id" in [each.name for each in referred.fields]
