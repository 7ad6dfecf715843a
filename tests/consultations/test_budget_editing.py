"""An editor writes a sum to divide: what is refused, and what stays once people have divided it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from consultations.budget_editing import note_the_other_money
from consultations.enums import QuestionType
from consultations.identities import keep_identities
from consultations.models import ConsultationPage, Question
from partnership.cities.models import City, Neighbourhood
from tests.consultations.test_editing import ONE_PHASE, admin, send
from tests.consultations.test_question_editing import (
    SMALL,
    STAYS,
    option_rows,
    question_rows,
    refused,
    row_of,
)
from tests.consultations.test_question_kinds import send as answer
from tests.factories.cities import city_pair
from tests.factories.consultations import make_budget, make_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_moneys() -> None:
    city_pair()
    City.objects.filter(code="puerto").update(currency="USD")


def costs(question: Question, **changed: Any) -> Any:
    """The rows of the options as they are, with what they cost."""
    for option in question.options.all():
        changed[option.identifier] = {"cost": option.cost, **changed.get(option.identifier, {})}
    return option_rows(question, **changed)


def edit(question: Question, page: dict[str, Any] | None = None, **changed: Any) -> tuple[int, str]:
    values = {"budget": 50_000, "currency": "EUR", "options": costs(question), **changed}
    rows = question_rows(question, **values)
    return send(question.consultation, phases=[ONE_PHASE], questions=rows, **(page or {}))


def beside_fields(page: str) -> str:
    """Without the list at the top, which says the first faults again."""
    return re.sub(r'<ul class="faults">.*?</ul>', "", page, flags=re.DOTALL)


def test_a_whole_sum_is_stored_with_the_money_its_rate_leads_to(unwritten):
    question = make_budget(make_consultation())

    status, _page = edit(question, exchange_rate="1.0875", rate_on="2026-03-01", fewest_projects=2)

    question.refresh_from_db()
    assert status == 302
    assert (question.rate_currency, question.in_other_money(1_000)) == ("USD", 1_088)
    assert (question.budget, question.fewest_projects) == (50_000, 2)


def test_everything_that_is_missing_is_said_beside_its_field_and_once():
    question = make_budget(make_consultation())
    wrong = {"budget": "", "currency": "", "exchange_rate": "1.1"}

    status, page = edit(question, **wrong, options=costs(question, o1={"cost": ""}))

    assert status == 200
    for message in (
        "Say what sum is divided.",
        "Say in which money the sum is.",
        "A rate needs its day, and a day its rate.",
        "Say what the project costs.",
    ):
        assert message in page
    assert "Say what sum is divided, and in which money." not in page


def test_strange_money_a_day_to_come_and_a_project_dearer_than_the_sum_are_refused():
    alder, puerto = city_pair()
    north = Neighbourhood.objects.create(city=alder, code="north", name_en="North", name_es="Norte")
    question = make_budget(make_consultation())
    placed = {"city": puerto.pk, "neighbourhood": north.pk}
    wrong = {"currency": "GBP", "exchange_rate": "1.1", "rate_on": "2090-01-01"}
    options = costs(question, o1={"cost": 50_001}, o2=placed)

    status, page = edit(question, **wrong, options=options)

    assert status == 200
    for message in (
        "This is not the money of any of the cities.",
        "This day has not come yet.",
        "The project costs more than the sum there is.",
        "This neighbourhood is in Alder Bay: choose that city, too.",
    ):
        assert message in page


def test_an_amount_of_twenty_digits_is_refused_with_how_much_is_possible():
    question = make_budget(make_consultation())
    far_too_much = "9" * 20

    status, page = edit(
        question, budget=far_too_much, options=costs(question, o1={"cost": far_too_much})
    )

    assert status == 200
    assert beside_fields(page).count("At most 1,000,000,000,000, in whole units.") == 2
    for others in (
        "9223372036854775807.",
        "Say what sum is divided.",
        "Say what the project costs.",
    ):
        assert others not in page


WRONG = (
    ({"currency": "E1"}, "Write the currency as three capital letters."),
    ({"exchange_rate": "1.1"}, "A rate needs its day, and a day its rate."),
    ({"rate_on": "2026-03-01"}, "A rate needs its day, and a day its rate."),
    ({"exchange_rate": "0", "rate_on": "2026-03-01"}, "A rate is more than nothing."),
    ({"exchange_rate": "1.1", "rate_on": "0206-03-01"}, "Nobody can mean this day"),
    ({"budget": 100_000, "fewest_projects": 4}, "So many projects cannot be had for this sum."),
)


def test_one_thing_that_is_wrong_is_said_once_and_nothing_else():
    consultation = make_consultation()
    questions = [make_budget(consultation) for _wrong in WRONG]
    rows = [
        row_of(
            question, **{"budget": 50_000, "currency": "EUR", "options": costs(question), **sent}
        )
        for question, (sent, _words) in zip(questions, WRONG, strict=True)
    ]

    page, shown = refused(consultation, rows)

    said, page = [words for _sent, words in WRONG], beside_fields(page)
    for row, (sent, words) in zip(shown, WRONG, strict=True):
        (errors,) = row.errors.values()
        assert len(errors) == 1, sent
        assert words in str(errors), sent
        assert page.count(words) == said.count(words), sent
    assert "Say in which money the sum is." not in page


def test_a_rate_leads_to_another_money():
    City.objects.update(currency="EUR")

    rate = {"exchange_rate": "1.1", "rate_on": "2026-03-01"}
    status, page = edit(make_budget(make_consultation()), **rate)

    assert status == 200
    assert "Every city has the same money: leave the rate out." in page


def test_a_project_may_take_the_whole_sum_and_the_fewest_may_be_the_cheapest(unwritten):
    question = make_budget(make_consultation())
    options = costs(question, o1={"cost": 30_000})

    status, _page = edit(question, budget=30_000, fewest_projects=2, options=options)

    assert status == 302


def test_the_other_money_stays_what_it_was_and_goes_with_the_sum():
    rate = {"currency": "EUR", "exchange_rate": Decimal("1.1")}
    known = Question(type=QuestionType.BUDGET, rate_currency="GBP", **rate)
    own = Question(type=QuestionType.BUDGET, rate_currency="EUR", **rate)
    none = Question(type=QuestionType.BUDGET, currency="EUR", rate_currency="USD")
    other = Question(type=QuestionType.SCALE, rate_currency="USD", **rate)

    for question in (known, own, none, other):
        note_the_other_money(question)

    found = [question.rate_currency for question in (known, own, none, other)]
    assert found == ["GBP", "USD", "", ""]


def test_a_sum_without_projects_or_for_fewer_than_asked_for_is_refused():
    question = make_budget(make_consultation())

    few, too_few_fit = edit(question, fewest_projects=3)
    none, nothing = edit(question, options=inline_formset([]))

    assert (few, none) == (200, 200)
    assert "So many projects cannot be had for this sum." in too_few_fit
    assert "Add the options people can choose from." in nothing


# What people have divided --------------------------------------------------------------------


def divided() -> Question:
    question = make_budget(make_consultation())
    answer(question.consultation, {"q1": ["o1"]})
    return question


def test_once_divided_sum_costs_and_places_stay():
    question, alder = divided(), city_pair()[0]
    changed = {"budget": 60_000, "currency": "USD", "fewest_projects": 1}
    options = costs(question, o1={"cost": 29_000}, o2={"city": alder.pk})

    status, page = edit(question, SMALL, **changed, options=options)

    assert status == 200
    assert beside_fields(page).count(STAYS) == 5


def test_once_divided_no_project_joins():
    question = divided()
    rows = inline_formset(
        [
            {
                **{f"label_{code}": option.label for code in ("en", "es")},
                "identifier": option.identifier,
                "cost": option.cost,
                "id": option.pk,
            }
            for option in question.options.all()
        ]
        + [{"label_en": "A bridge", "label_es": "Un puente", "cost": 5_000, "id": ""}],
        initial=3,
    )

    status, page = edit(question, options=rows)

    assert status == 200
    assert "People have divided the sum already: no project can join." in page


def test_an_older_version_brings_back_words_and_never_another_sum_or_cost():
    question = divided()
    older = ConsultationPage.objects.get(pk=question.consultation_id)
    row = older.questions.get()
    row.budget, row.currency = 10, "USD"
    option = row.options.all()[0]
    option.cost, option.label = 5, "Old words"
    row.options = [option, *row.options.all()[1:]]
    older.questions = [row]

    keep_identities(older)

    kept = older.questions.get()
    assert (kept.budget, kept.currency) == (50_000, "EUR")
    first = kept.options.all()[0]
    assert (first.cost, first.label) == (30_000, "Old words")


# Both languages, copies ----------------------------------------------------------------------


def test_a_description_in_one_language_only_is_not_published():
    question = make_budget(make_consultation())

    status, text = edit(question, options=costs(question, o1={"description_en": "Six lamps."}))

    assert status == 200
    assert "Write this in Spanish before publishing." in text


def test_a_copy_of_a_consultation_divides_the_same_sum():
    alder, _puerto = city_pair()
    day = timezone.now().date()
    question = make_budget(
        make_consultation(),
        exchange_rate="1.1",
        rate_currency="USD",
        rate_on=day,
        fewest_projects=1,
    )
    question.options.update(city=alder)

    copy = question.consultation.copy(update_attrs={"slug": "again"}, keep_live=False)

    again = copy.questions.get()
    told = (again.budget, again.currency, again.fewest_projects, again.rate_currency, again.rate_on)
    assert told == (50_000, "EUR", 1, "USD", day)
    assert [(each.cost, each.city) for each in again.options.all()] == [
        (30_000, alder),
        (20_000, alder),
        (10_000, alder),
    ]


def test_the_screen_offers_the_moneys_and_the_places():
    alder, _puerto = city_pair()
    Neighbourhood.objects.create(city=alder, code="north", name_en="North", name_es="Norte")
    question = make_budget(make_consultation())
    client = admin()

    page = client.get(f"/admin/pages/{question.consultation_id}/edit/").content.decode()

    assert '<option value="EUR" selected>EUR</option>' in page
    assert '<option value="USD">USD</option>' in page
    assert "North (Alder Bay)" in page
