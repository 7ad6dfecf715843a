"""What a divided sum pays for: the rule that needs both cities, on pages and in every file."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.budget_results import outcome_of
from consultations.models import Answer, ConsultationPage, Question, QuestionOption
from consultations.open_data.published import pieces_of
from consultations.presenting.question_figures import question_cards
from consultations.question_results import QuestionResult, question_results
from consultations.results import lower_bound
from consultations.snapshots.reading import question_figures
from consultations.snapshots.services import freeze, verify
from consultations.split_results import split_results
from consultations.tallies import recount
from partnership.cities.models import City
from partnership.people.enums import OrganisationKind
from tests.consultations.test_exports import made, table
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import make_budget
from tests.factories.exports import make_answers, make_consultation_to_export, make_people

pytestmark = pytest.mark.django_db

COSTS = {"o1": 30_000, "o2": 20_000, "o3": 10_000}


def paid_for(total: int, chosen: dict[str, tuple[int, int]], people: tuple[int, int]) -> Any:
    outcome = outcome_of(total, COSTS, chosen, people)
    return [(each.key, each.is_paid_for, each.together) for each in outcome]


# The rule ----------------------------------------------------------------------------------


def test_the_project_whose_smaller_share_is_largest_comes_first_and_the_rest_while_it_suffices():
    chosen = {"o1": (40, 24), "o2": (20, 30), "o3": (30, 24)}

    outcome = outcome_of(50_000, COSTS, chosen, (40, 40))

    assert [(each.key, each.is_paid_for, each.together) for each in outcome] == [
        ("o1", True, 30_000),
        ("o3", True, 40_000),
        ("o2", False, 60_000),
    ]
    assert [each.score for each in outcome] == [
        lower_bound(24, 40),
        lower_bound(24, 40),
        lower_bound(20, 40),
    ]


def test_what_does_not_fit_is_passed_over_and_the_next_one_is_tried():
    chosen = {"o1": (30, 30), "o2": (25, 25), "o3": (20, 20)}

    assert paid_for(40_000, chosen, (40, 40)) == [
        ("o1", True, 30_000),
        ("o2", False, 50_000),
        ("o3", True, 40_000),
    ]


def test_equals_in_both_cities_stand_in_the_order_of_their_identifiers():
    chosen = {"o3": (30, 20), "o1": (20, 30), "o2": (20, 20)}

    outcome = outcome_of(60_000, dict(reversed(COSTS.items())), chosen, (40, 40))

    assert [each.key for each in outcome] == ["o1", "o3", "o2"]
    assert [each.is_paid_for for each in outcome] == [True, True, True]


def test_a_large_city_alone_gets_nothing_paid():
    chosen = {"o1": (900, 0), "o2": (10, 10), "o3": (0, 20)}

    assert paid_for(60_000, chosen, (1_000, 40)) == [
        ("o2", True, 20_000),
        ("o1", False, 50_000),
        ("o3", False, 30_000),
    ]


def test_it_is_too_early_until_every_city_has_twenty():
    for people in ((1_000, 19), (19, 19), ()):
        assert outcome_of(50_000, COSTS, dict.fromkeys(COSTS, people), people) == ()


# Counted and shown -----------------------------------------------------------------------------


def counted(alder: int = 24, puerto: int = 20, **fields: Any) -> ConsultationPage:
    """Everybody wants o3; in Alder Bay half want o1 with it, in Puerto Almendro a quarter."""
    consultation = make_consultation_to_export()
    question = make_budget(consultation, budget=39_000, **fields)
    for city, number, eager in zip(city_pair(), (alder, puerto), (2, 4), strict=True):
        people = make_people(number, city, city.code)
        make_answers(question, people[: number // eager], ["o1", "o3"])
        make_answers(question, people[number // eager :], ["o3"])
    recount(consultation)
    return consultation


def figures_of(consultation: ConsultationPage, **kwargs: Any) -> QuestionResult:
    questions = list(consultation.questions.prefetch_related("options"))
    return question_results(consultation, questions, list(city_pair()), **kwargs)[0]


@pytest.mark.both
def test_each_city_is_counted_by_itself_and_who_lives_elsewhere_decides_nothing():
    consultation = counted()
    before = figures_of(consultation).outcome
    make_answers(Question.objects.get(), make_people(50, None, "away"), ["o1", "o2"])

    result = figures_of(consultation)

    shares = [[(share.count, share.percent) for share in each.shares] for each in result.options]
    assert shares == [
        [(12, 50), (5, 25), (50, 100)],
        [(0, 0), (0, 0), (50, 100)],
        [(24, 100), (20, 100), (0, 0)],
    ]
    assert result.outcome == before
    assert [(each.key, each.is_paid_for) for each in before] == [
        ("o3", True),
        ("o1", False),
        ("o2", False),
    ]


def test_a_small_city_is_masked_with_the_other_and_nothing_is_said_of_the_sum():
    result = figures_of(counted(puerto=4))

    assert [size for _city, size in result.groups] == [None, None, None]
    assert {share.count for each in result.options for share in each.shares} == {None}
    assert result.outcome == ()


def test_only_the_cities_of_the_consultation_decide():
    consultation = counted(puerto=0)
    before = figures_of(consultation).outcome
    consultation.cities = [city_pair()[0]]
    consultation.save()

    shown = figures_of(consultation)
    (told,) = split_results(consultation, [shown.question], list(city_pair()))

    assert before == ()
    assert [(each.key, each.score) for each in shown.outcome[:2]] == [
        ("o3", lower_bound(24, 24)),
        ("o1", lower_bound(12, 24)),
    ]
    assert told.all.outcome == shown.outcome


def test_a_city_that_had_left_decides_nothing():
    consultation = counted(puerto=0)
    City.objects.filter(code="puerto").update(left_on=consultation.opens_at.date())

    assert [each.key for each in figures_of(consultation).outcome[:2]] == ["o3", "o1"]


def test_of_one_kind_of_speaker_there_are_figures_and_no_outcome():
    consultation = counted(alder=40, puerto=40)
    schools = consultation.responses.filter(pk__in=consultation.responses.values("pk")[:10])
    schools.update(organisation_kind=OrganisationKind.SCHOOL, organisation_name="A school")

    result = figures_of(consultation, speaking="")

    assert result.is_part
    assert (bool(result.options), result.outcome) == (True, ())
    assert "Too early" not in str(question_cards([result], {})[0]["budget"])


def test_the_page_shows_what_is_in_the_sum_in_order_with_the_running_total_and_where(
    client: Client, django_assert_max_num_queries: Any
):
    consultation = counted()
    QuestionOption.objects.filter(identifier="o2").update(city=city_pair()[0])
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(15):
        page = client.get(consultation.url)

    text = text_of(page)
    assert "Project 2 Alder Bay · €20,000 beyond the sum" in text
    assert "The sum to divide: €39,000." in text
    assert "Project 3 In every city · €10,000 in the sum together so far: €10,000" in text
    assert text.index("Project 3 In every city") < text.index("Project 1 In every city")
    assert "Project 1 In every city · €30,000 beyond the sum Alder Bay 50% (12)" in text
    assert "Project 1 12 5 0 €30,000 €40,000 beyond the sum" in text.replace(
        "too few to show –", "0"
    )
    assert "20 people" not in text


def test_too_early_is_said_with_what_it_needs(client: Client):
    text = text_of(client.get(counted(puerto=19).url))

    assert "every city needs the answers of 20 people." in text
    assert "in the sum" not in text.split("How we count")[0]


def test_how_we_count_tells_the_rule_and_its_source(client: Client):
    text = text_of(client.get(reverse("how_we_count")))

    assert "From the first project to the last, each is paid for" in text
    assert "Knapsack voting for participatory budgeting" in text


# Final results -------------------------------------------------------------------------------


@pytest.mark.both
def test_what_was_frozen_tells_sum_costs_and_outcome_and_is_read_again_and_compared():
    consultation = counted()
    snapshot = freeze(consultation)
    questions = list(consultation.questions.prefetch_related("options"))

    frozen = question_figures(snapshot, consultation, questions, list(city_pair()))[0]

    told = snapshot.content["questions"][0]["budget"]
    assert (told["total"], told["currency"], told["costs"]) == (39_000, "EUR", COSTS)
    assert told["outcome"][0] == {
        "option": "o3",
        "score": f"{lower_bound(20, 20):.4f}",
        "is_paid_for": True,
        "together": 10_000,
    }
    live = question_results(consultation, questions, list(city_pair()))[0]
    assert [each.key for each in frozen.outcome] == [each.key for each in live.outcome]
    assert question_cards([frozen], {})[0]["table"] == question_cards([live], {})[0]["table"]
    assert verify(snapshot).is_intact
    assert not verify(snapshot).drift


def test_the_published_outcome_stays_when_answers_change_and_the_drift_is_found(client: Client):
    consultation = counted()
    snapshot = freeze(consultation)
    Answer.objects.update(value=["o2"])

    text = text_of(client.get(f"{consultation.url}results/"))

    assert "Project 3 In every city · €10,000 in the sum" in text
    assert [each.key for each in verify(snapshot).drift]


# Files ---------------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize("profile", ["public", "staff"])
def test_files_tell_the_answers_the_figures_and_the_outcome(profile: str):
    consultation = counted()

    answers = table(consultation, "answers", profile=profile)
    rows = [row for row in table(consultation, "results", profile=profile) if not row["split"]]

    assert {row["value"] for row in answers} == {"o1|o3", "o3"}
    assert "Project 1|Project 3" in {row["label_en"] for row in answers}
    shares = [(row["option"], row["city"], row["value"]) for row in rows[:3]]
    assert shares == [
        ("o1", "alder", "12"),
        ("o1", "puerto", "5"),
        ("o1", "elsewhere", *shares[2][2:]),
    ]
    outcome = [row for row in rows if row["city"] == "every_city"]
    assert [(row["option"], row["measure"], row["value"]) for row in outcome[:3]] == [
        ("o3", "score", str(round(lower_bound(20, 20), 4))),
        ("o3", "paid_for", "1"),
        ("o3", "together", "10000"),
    ]
    assert [row["value"] for row in outcome if row["measure"] == "paid_for"] == ["1", "0", "0"]


def test_the_file_of_questions_tells_the_sum_and_what_each_project_costs_and_where():
    consultation = counted(currency="USD")
    option = QuestionOption.objects.first()
    option.city, option.description_es = city_pair()[1], "Seis farolas."
    option.save()

    question, first, *_others = table(consultation, "questions")

    assert (question["type"], question["amount"], question["currency"]) == (
        "budget",
        "39000",
        "USD",
    )
    assert (first["amount"], first["currency"], first["place"]) == ("30000", "USD", "puerto")
    assert first["description_es"] == "Seis farolas."


def test_before_the_close_no_file_for_the_public_tells_an_outcome():
    consultation = counted()
    ConsultationPage.objects.update(closes_at="2099-01-01T00:00Z")

    rows = table(ConsultationPage.objects.get(pk=consultation.pk), "results")

    assert "every_city" not in {row["city"] for row in rows}


def test_excel_json_and_the_codebook_know_a_sum_to_divide_and_open_data_tell_what_was_frozen():
    consultation = counted()
    freeze(consultation)
    Answer.objects.update(value=["o2"])

    exported = json.loads(made(consultation, "json", tables=["results"]))
    with zipfile.ZipFile(io.BytesIO(made(consultation, "package", tables=["results"]))) as package:
        papers = " ".join(package.read(name).decode() for name in package.namelist())
    opened = json.loads(b"".join(pieces_of(consultation, "json")))

    assert made(consultation, "xlsx", tables=["results"])[:2] == b"PK"
    assert "1 if the sum pays for the project, 0 if not" in papers
    assert {row["type"] for row in exported["tables"]["results"]["rows"]} == {"budget"}
    told = [row for row in opened["tables"]["results"]["rows"] if row["measure"] == "paid_for"]
    assert [(row["option"], row["value"]) for row in told] == [("o3", 1), ("o1", 0), ("o2", 0)]
