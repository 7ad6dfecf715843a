"""What a reader sees of the roadmaps."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.enums import PublicationStatus
from consultations.models import Answer, AnsweredMark, Response
from consultations.roadmap import voices
from consultations.roadmap.models import Commitment, RoadmapChange, RoadmapPage
from consultations.roadmap.voices import people_behind
from tests.factories.cities import city_pair
from tests.factories.events import make_event
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.roadmap import cite, in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

YEAR = timezone.now().year
ROADMAP = f"/en/roadmap/{YEAR}/"
QUERIES_OF_A_ROADMAP = 14


def words(client: Client, address: str = ROADMAP) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown_numbers(client: Client, query: str) -> list[int]:
    response = client.get(f"{ROADMAP}?{query}")
    quarters = response.context["quarters"]
    return [entry["commitment"].number for quarter in quarters for entry in quarter["entries"]]


def with_evidence(roadmap: RoadmapPage, number: int) -> None:
    """Commitments that each cite a statement, a comment, a question, an event, a consultation."""
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    (person,) = make_people(1, alder)
    for _each in range(number):
        commitment = make_commitment(roadmap, planned=100, spent=10, led_by=[alder, puerto])
        cite(commitment, statement=make_statement(consultation))
        cite(commitment, contribution=make_comment(consultation, person))
        cite(commitment, question=make_question(consultation))
        cite(commitment, consultation=consultation)
    cite(commitment, event=make_event().eventpage_ptr)
    RoadmapChange.objects.create(
        roadmap=roadmap, happened_on=date(YEAR, 1, 14), **in_every_language(title="Adopted")
    )


@pytest.mark.parametrize("number", [1, 14, 50])
def test_a_roadmap_costs_the_same_however_long_it_is(
    number: int,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voices, "KEPT_FOR", 0)  # seconds: how many people is asked, too
    with_evidence(make_roadmap(), number)
    client.get(f"/es/hoja-de-ruta/{YEAR}/")  # what a process asks once

    with django_assert_num_queries(QUERIES_OF_A_ROADMAP):
        response = client.get(ROADMAP)

    assert response.content.decode().count('class="item"') == number


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_answers_in_every_language(language: str, client: Client) -> None:
    with_evidence(make_roadmap(), 1)
    addresses = {"en": ROADMAP, "es": f"/es/hoja-de-ruta/{YEAR}/"}

    text = words(client, addresses[language])

    assert f'<html lang="{language}"' in text
    assert {"en": f"Roadmap {YEAR}", "es": f"Hoja de ruta {YEAR}"}[language] in text


def test_chips_lead_to_the_very_words(client: Client) -> None:
    roadmap = make_roadmap()
    with_evidence(roadmap, 1)
    evidence = roadmap.commitments.get().evidence
    comment = evidence.get(contribution__isnull=False).contribution

    text = words(client)

    assert 'href="/en/consultations/safe-routes/#statement-1"' in text
    assert 'href="/en/consultations/safe-routes/#question-q1"' in text
    assert f"#comment-{comment.pk}" in text
    assert 'href="/en/events/' in text


@pytest.mark.parametrize("status", [PublicationStatus.HIDDEN, PublicationStatus.WITHDRAWN])
def test_what_readers_cannot_find_is_no_evidence(status: str, client: Client) -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    comment = make_comment(consultation, person, publication_status=status)
    cite(make_commitment(), contribution=comment)

    assert "Because of" not in words(client)


def test_people_are_counted_once_however_often_they_spoke(client: Client) -> None:
    alder, puerto = city_pair()
    consultation = make_consultation_to_export()
    statement, question = make_statement(consultation), make_question(consultation)
    voters, others = make_people(7, alder), make_people(2, puerto)
    make_votes(statement, voters, "agree")
    make_answers(question, [*voters[:3], *others], "A tree.")
    commitment = make_commitment()
    cite(commitment, statement=statement)
    cite(commitment, question=question)
    cite(commitment, contribution=make_comment(consultation, voters[0]))
    cite(make_commitment(), statement=statement)

    (people, *_rest) = client.get(ROADMAP).context["facts"]

    assert people == {"figure": "9", "label": "people whose words are linked below"}


def test_people_are_counted_once_an_hour_and_for_other_links_at_once(client: Client) -> None:
    """Every vote behind the links is read to count them."""
    people, consultation = make_people(4, city_pair()[0]), make_consultation_to_export()
    statement, commitment = make_statement(consultation), make_commitment()
    cite(commitment, statement=statement)

    def told() -> str:
        return client.get(ROADMAP).context["facts"][0]["figure"]

    make_votes(statement, people[:1], "agree")
    assert told() == "1"
    make_votes(statement, people[1:2], "agree")
    assert told() == "1"
    cite(commitment, contribution=make_comment(consultation, people[2]))
    assert told() == "3"
    make_votes(statement, people[3:], "agree")
    cache.clear()
    assert told() == "4"


def test_everybody_on_paper_and_everybody_anonymous_is_somebody() -> None:
    alder, _puerto = city_pair()
    on_paper, anonymous = make_consultation_to_export(), make_consultation_to_export()
    written, hidden = make_question(on_paper), make_question(anonymous)
    sheets = [
        Response(consultation=on_paper, channel="paper", sheet=f"{number}", language_code="en")
        for number in range(3)
    ]
    for sheet in Response.objects.bulk_create(sheets):
        Answer.objects.create(response=sheet, question=written, value="A tree.")
    statement, people = make_statement(anonymous), make_people(4, alder)
    make_votes(statement, people[:2], "agree")
    AnsweredMark.objects.bulk_create(
        AnsweredMark(consultation=anonymous, participant=person) for person in people
    )
    commitment = make_commitment()
    for evidence in ({"question": written}, {"question": hidden}, {"statement": statement}):
        cite(commitment, **evidence)

    assert people_behind(commitment.roadmap) == 3 + 4

    cite(commitment, consultation=on_paper)
    assert people_behind(commitment.roadmap) == 3 + 4


def test_money_is_added_up_and_shared_between_the_cities_that_lead(client: Client) -> None:
    alder, puerto = city_pair()
    make_commitment(planned=Decimal(1000), spent=Decimal(250), led_by=[alder])
    make_commitment(planned=Decimal(1000), led_by=[alder, puerto])

    facts = client.get(ROADMAP).context["facts"]

    assert facts == [
        {"figure": "€250", "label": "spent of €2,000 planned"},
        {"figure": "75%", "label": "of the planned money is in items led by Alder Bay"},
        {"figure": "25%", "label": "of the planned money is in items led by Puerto Almendro"},
    ]


def test_two_currencies_are_never_added_up(client: Client) -> None:
    make_commitment(planned=Decimal(1000), spent=Decimal(1), currency="EUR")
    make_commitment(planned=Decimal(2000), spent=Decimal(2), currency="GBP")
    make_commitment(spent=Decimal(3), currency="USD")

    facts = client.get(ROADMAP).context["facts"]

    assert [fact["figure"] for fact in facts] == ["€1", "£2", "US$3"]
    assert facts[2]["label"] == "spent, with no sum planned"


def test_a_late_commitment_says_so_without_anybody_typing_it(client: Client) -> None:
    make_commitment(due_on=timezone.now().date() - timedelta(days=3), status="in_progress")

    text = words(client)

    assert "Late" in text
    assert "Item 1, Late" in text
    assert Commitment.objects.get().status == "in_progress"


def test_filters_narrow_the_list_but_never_the_bridge(client: Client) -> None:
    alder, puerto = city_pair()
    make_commitment(led_by=[alder])
    make_commitment(led_by=[alder, puerto], status="in_progress")
    make_commitment(led_by=[puerto], **in_every_language(theme="Culture"))

    assert shown_numbers(client, "led_by=alder") == [1, 2]
    assert shown_numbers(client, "led_by=together") == [2]
    assert shown_numbers(client, "theme=Culture") == [3]
    assert shown_numbers(client, "state=going&led_by=puerto") == [2]
    assert shown_numbers(client, "state=late") == []
    assert len(client.get(f"{ROADMAP}?state=late").context["spans"]) == 3


def test_a_theme_is_found_in_the_words_of_the_other_language(client: Client) -> None:
    make_commitment(theme_en="Culture", theme_es="Cultura")
    make_commitment(theme_en="Water", theme_es="Agua")
    shown = client.get(f"/es/hoja-de-ruta/{YEAR}/?theme=Culture").context

    [theme] = [field for field in shown["filter_fields"] if field["name"] == "theme"]

    assert shown["shown_count"] == 1
    assert theme["chosen"] == "Cultura"


def test_the_key_counts_one_as_one_in_spanish(client: Client) -> None:
    for status in ("suspended", "in_progress", "agreed", "agreed"):
        make_commitment(status=status)

    key = client.get(f"/es/hoja-de-ruta/{YEAR}/").context["key"]

    assert [(row["count"], row["label"]) for row in key] == [
        (1, "en marcha"),
        (2, "previstos"),
        (1, "detenido"),
    ]


def test_arches_of_a_filtered_page_lead_to_the_whole_one(client: Client) -> None:
    make_commitment()

    assert 'href="#item-1"' in words(client)
    assert f'href="{ROADMAP}#item-1"' in words(client, f"{ROADMAP}?state=late")


@pytest.mark.parametrize(
    "value", ["nowhere", "<script>alert(1)</script>", "%00", "%F0%9F", "x" * 5000]
)
def test_filters_nobody_offered_find_nothing_and_break_nothing(value: str, client: Client) -> None:
    make_commitment()

    text = words(client, f"{ROADMAP}?theme={value}&state={value}&led_by={value}")

    assert "0 commitments match." in text
    assert "<script>alert" not in text


def test_commitments_stand_under_the_quarter_they_are_due_in(client: Client) -> None:
    make_commitment(due_on=date(YEAR, 5, 1))
    make_commitment(due_on=date(YEAR, 3, 31))
    make_commitment(due_on=date(YEAR + 1, 2, 1))

    response = client.get(ROADMAP)

    headings = [(row["first_month"], row["year"]) for row in response.context["quarters"]]
    assert headings == [("January", None), ("April", None), ("January", YEAR + 1)]
    assert f"January to March {YEAR + 1}" in " ".join(response.content.decode().split())


def day_of(client: Client) -> tuple[str, Any]:
    entry = client.get(ROADMAP).context["quarters"][0]["entries"][0]
    return entry["date_label"], entry["date"]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, "Due"),
        ({"original_due_on": date(YEAR, 1, 1)}, "New date"),
        ({"status": "completed", "finished_on": date(YEAR, 12, 31)}, "Finished"),
        ({"status": "cancelled", "finished_on": date(YEAR, 12, 31)}, "Stopped"),
    ],
)
def test_the_day_that_matters_is_named(fields: dict[str, Any], label: str, client: Client) -> None:
    make_commitment(**fields)

    assert day_of(client) == (label, date(YEAR, 12, 31))


def test_an_empty_roadmap_says_so(client: Client) -> None:
    make_roadmap()

    assert "No commitments yet" in words(client)


def test_the_list_shows_the_current_roadmap_first_and_the_others_by_year(client: Client) -> None:
    make_roadmap(YEAR - 2)
    make_roadmap(YEAR - 1)
    make_commitment(make_roadmap(YEAR))

    response = client.get("/en/roadmap/")

    assert response.context["current"].year == YEAR
    assert [roadmap.year for roadmap in response.context["others"]] == [YEAR - 1, YEAR - 2]
    assert f'href="{ROADMAP}#item-1"' in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_few_years_and_many(
    number: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for back in range(number):
        make_commitment(make_roadmap(YEAR - back))
    client.get("/es/hoja-de-ruta/")

    with django_assert_num_queries(9):
        client.get("/en/roadmap/")
