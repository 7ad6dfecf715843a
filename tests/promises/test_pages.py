"""What readers are told of a promise that was changed."""

from datetime import UTC, datetime

import pytest

from consultations.roadmap.promises.models import PromiseChange
from tests.consultations.test_pages import text_of
from tests.factories.promises import YEAR, ask, change
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


def page(client, promise, code="en"):
    return text_of(client.get(promise.roadmap.url_in(code)))


def test_readers_see_from_what_to_what_and_why_in_their_language(client, promise, people, cities):
    made = change(
        promise,
        *cities,
        due_on=f"{YEAR}-09-01",
        planned="750.50",
        currency="EUR",
        led_by=["alder", "puerto"],
        status="suspended",
        finished_on=None,
        title={"en": "Half a ramp", "es": "Media rampa"},
    )
    made.reason_es = "Primero va el muro."
    made.settled_at = datetime(YEAR, 3, 4, 12, tzinfo=UTC)
    made.save()

    english, spanish = page(client, promise), page(client, promise, "es")

    assert f"Changed on 4 March {YEAR}, signed by every city" in english
    assert f"Due on: before: 1 May {YEAR} → now: 1 September {YEAR}" in english
    assert "Money planned: before: €1,000 → now: €750.50" in english
    assert "Led by: before: Alder Bay → now: Alder Bay, Puerto Almendro" in english
    assert "Status: before: Planned → now: Suspended" in english
    assert "Title: before: A ramp → now: Half a ramp" in english
    assert "Currency" not in english
    assert "Finished on" not in english
    assert "The quay wall comes first." in english
    assert "Media rampa" in spanish
    assert "Half a ramp" not in spanish
    assert "Primero va el muro." in spanish
    assert f"1 de septiembre de {YEAR}" in spanish


def test_the_newest_change_stands_first(client, promise, cities):
    change(promise, *cities, due_on=f"{YEAR}-09-01")
    change(promise, *cities, due_on=f"{YEAR}-11-01")

    text = page(client, promise)

    first, second = text.index(f"1 November {YEAR} The"), text.index(f"1 May {YEAR}")
    assert first < second


def test_what_waits_or_was_called_off_is_told_to_nobody(client, promise, people):
    ask(promise, by=people.alder, due_on=f"{YEAR}-09-01", reason="Nobody knows yet.")

    assert "Nobody knows yet." not in page(client, promise)
    assert "Changed on" not in page(client, promise)


def test_the_page_is_new_as_soon_as_the_last_city_has_signed(client, promise, cities):
    before = page(client, promise)
    change(promise, *cities, due_on=f"{YEAR}-09-01", reason="Floods.")

    assert "Floods." not in before
    assert "Floods." in page(client, promise)


@pytest.mark.parametrize("number", [1, 3])
def test_a_roadmap_costs_the_same_for_one_change_and_for_three(
    client, promise, cities, number, django_assert_num_queries
):
    for _number in range(number):
        another = make_commitment(promise.roadmap)
        change(another, *cities, led_by=["alder", "puerto"])
    page(client, promise, "es")  # what is asked once

    with django_assert_num_queries(13):
        text = page(client, promise)

    assert text.count("The quay wall comes first.") == number


def test_open_data_counts_the_changes(client, promise, people, cities):
    change(promise, *cities, due_on=f"{YEAR}-09-01")
    ask(promise, by=people.alder, due_on=f"{YEAR}-11-01")

    answer = client.get(f"/en/roadmap/{YEAR}/commitments.csv")
    head, *_words, row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert head.split(",")[-1] == "changes"
    assert row.split(",")[-1] == "1"
    assert PromiseChange.objects.count() == 2
