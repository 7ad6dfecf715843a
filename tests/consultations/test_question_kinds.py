"""Kinds of questions: other words, rankings, numbers, days, places; how they are counted."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from consultations.asking.measures import mean, mean_places, median, points
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Question, QuestionOption, Response
from consultations.presenting.question_figures import question_cards
from consultations.question_results import (
    QuestionResult,
    Rank,
    RankedOption,
    question_results,
)
from consultations.refusals import (
    DayNotUnderstood,
    NumberNotUnderstood,
    OtherMissing,
    OtherNotChosen,
    PlaceGivenTwice,
    PointNotUnderstood,
    TextTooLong,
    WrongChoice,
)
from consultations.services import ANSWER, answer
from partnership.cities.models import City
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ResidentOfFactory,
    make_consultation,
    make_participant,
    make_question,
)

pytestmark = pytest.mark.django_db

ONE, SEVERAL, PLACE = (
    QuestionType.SINGLE_CHOICE,
    QuestionType.MULTIPLE_CHOICE,
    QuestionType.LOCATION,
)


def send(consultation: ConsultationPage, answers: dict[str, Any], **changed: Any) -> Response:
    values = {
        "participant": changed.pop("participant", None) or make_participant(),
        "answers": answers,
        "language_code": "en",
        "form_token": None,
    }
    return answer(consultation, **{**values, **changed})


def asked(kind: str, **fields: Any) -> ConsultationPage:
    consultation = make_consultation()
    make_question(consultation, kind, **fields)
    return consultation


def stored() -> tuple[Any, ...]:
    return Answer.objects.values_list("value", "words", "latitude", "longitude").get()


# What is an answer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        (ONE, {"q1": "other", "q1_other": " By boat "}, ("other", "By boat")),
        (ONE, {"q1": "", "q1_other": "By boat"}, ("other", "By boat")),
        (ONE, {"q1": "o2", "q1_other": ""}, ("o2", "")),
        (SEVERAL, {"q1": ["other", "o1"], "q1_other": "By boat"}, (["o1", "other"], "By boat")),
        (SEVERAL, {"q1": ["o1"], "q1_other": "By boat"}, (["o1", "other"], "By boat")),
        (PLACE, {"q1": "other", "q1_other": "The old mill"}, ("other", "The old mill")),
    ],
)
def test_something_else_is_kept_with_its_words(kind, sent, kept):
    send(asked(kind, allows_other=True), sent)

    assert stored()[:2] == kept


@pytest.mark.parametrize(
    ("kind", "sent", "refusal", "field"),
    [
        (ONE, {"q1": "other", "q1_other": " "}, OtherMissing, "q1_other"),
        (SEVERAL, {"q1": ["o1", "other"]}, OtherMissing, "q1_other"),
        (ONE, {"q1": "o1", "q1_other": "By boat"}, OtherNotChosen, "q1_other"),
        (ONE, {"q1": "other", "q1_other": "x" * 201}, TextTooLong, "q1_other"),
        (QuestionType.RANKING, {"q1": ["o1", "other"]}, WrongChoice, "q1"),
        (QuestionType.RANKING, {"q1": ["o1", "o1"]}, PlaceGivenTwice, "q1"),
        (QuestionType.RANKING, {"q1": "o1"}, WrongChoice, "q1"),
        (QuestionType.DATE, {"q1": "31/05/2027"}, DayNotUnderstood, "q1"),
        (QuestionType.DATE, {"q1": "2027-02-30"}, DayNotUnderstood, "q1"),
        (QuestionType.DATE, {"q1": "0001-01-01"}, DayNotUnderstood, "q1"),
        (QuestionType.SHORT_TEXT, {"q1": "x" * 201}, TextTooLong, "q1"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(kind, sent, refusal, field):
    with pytest.raises(refusal) as caught:
        send(asked(kind, allows_other=True), sent)

    assert caught.value.field == field
    assert not Response.objects.exists()


def test_where_nothing_else_is_asked_for_other_is_no_choice():
    with pytest.raises(WrongChoice):
        send(asked(ONE), {"q1": "other", "q1_other": "By boat"})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 1 234 ", 1234),
        ("12,5", 12.5),
        ("12.50", 12.5),
        ("-3", -3),
        ("\u22123", -3),
        ("12.00", 12),
    ],
)
def test_a_number_is_read_with_a_point_or_a_comma(typed, number):
    send(asked(QuestionType.NUMBER), {"q1": typed})

    assert stored()[0] == number
    assert type(stored()[0]) is type(number)


@pytest.mark.parametrize("typed", ["many", "1.234", "1,234", "1e9", "٣", "12 min", "--1", "9" * 10])
def test_what_could_be_another_number_is_refused(typed):
    with pytest.raises(NumberNotUnderstood):
        send(asked(QuestionType.NUMBER), {"q1": typed})


@pytest.mark.parametrize(
    ("bounds", "typed", "message"),
    [
        ({"number_min": 0, "number_max": 120}, "121", "from 0 to 120,"),
        ({"number_min": 0, "number_max": 120}, "-1", "from 0 to 120,"),
        ({"number_min": Decimal("0.5")}, "0.4", "at least 0.5,"),
        ({"number_max": 1500}, "1500.01", "at most 1500,"),
    ],
)
def test_a_number_out_of_its_bounds_is_told_the_bounds(bounds, typed, message):
    with pytest.raises(NumberNotUnderstood, match=message):
        send(asked(QuestionType.NUMBER, **bounds), {"q1": typed})


@pytest.mark.parametrize(
    "typed", ["41.6523, -3.2871", "41.6523,-3.2871", "41,6523; -3,2871", "41.6523 \u22123.2871"]
)
def test_a_point_is_read_as_maps_and_people_write_it(typed):
    consultation = asked(PLACE, asks_point=True)

    send(consultation, {"q1": "o2", "q1_point": typed})

    assert stored() == ("o2", "", Decimal("41.65230"), Decimal("-3.28710"))


def test_a_point_alone_is_an_answer():
    send(asked(PLACE, asks_point=True), {"q1": "", "q1_point": "41.6523, -3.2871"})

    assert stored()[0] == "point"


@pytest.mark.parametrize("typed", ["41,6523", "95, 3", "41.6, 181", "here", "41.6523", "1,2,3,4"])
def test_what_is_no_point_is_refused_at_its_field(typed):
    with pytest.raises(PointNotUnderstood) as caught:
        send(asked(PLACE, asks_point=True), {"q1": "o1", "q1_point": typed})

    assert caught.value.field == "q1_point"


def test_no_option_can_be_called_like_what_stands_for_none():
    from django.db import IntegrityError, transaction

    question = make_question(make_consultation())

    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionOption.objects.create(question=question, identifier="other")


# The form ----------------------------------------------------------------------------------


def test_everything_wrong_is_said_at_once_and_everything_typed_is_kept():
    consultation = make_consultation()
    make_question(consultation, QuestionType.NUMBER, number_min=0, number_max=120)
    make_question(consultation, QuestionType.RANKING)
    make_question(consultation, PLACE, allows_other=True, asks_point=True)
    make_question(consultation, ONE, required=True)
    client, _participant = signed_in()
    typed = {"q1": "a lot", "q2_o1": "2", "q2_o2": "2", "q3": "o1", "q3_point": "by the river"}

    response = client.post(consultation.answer_url, {**typed, "form_token": issue(ANSWER)})

    page = response.content.decode()
    assert response.status_code == 422
    for anchor in ("#id_q1", "#id_q2_0", "#id_q3_point", "#id_q4_0"):
        assert f'href="{anchor}"' in page
    assert 'value="a lot"' in page
    assert 'value="by the river"' in page
    assert len(re.findall(r'<option value="2" selected>', page)) == 2


def test_what_was_answered_is_shown_in_the_form_again():
    consultation = make_consultation()
    make_question(consultation, QuestionType.RANKING)
    make_question(consultation, ONE, allows_other=True)
    make_question(consultation, PLACE, asks_point=True)
    client, participant = signed_in()
    answers = {
        "q1": ["o3", "o1"],
        "q2": "other",
        "q2_other": "By boat",
        "q3_point": "41.6523, -3.2871",
    }
    send(consultation, answers, participant=participant)

    page = client.get(consultation.answer_url).content.decode()

    places = [
        re.search(rf'name="q1_{name}".*?</select>', page, re.DOTALL)[0] for name in ("o1", "o3")
    ]
    assert re.search(r'value="2" selected', places[0])
    assert re.search(r'value="1" selected', places[1])
    assert 'value="By boat"' in page
    assert 'value="41.65230, -3.28710"' in page


def test_what_was_typed_into_a_ranking_survives_signing_in(client):
    consultation = asked(QuestionType.RANKING)
    participant = make_participant()
    client.post(consultation.answer_url, {"q1_o1": "3", "q1_o2": "1", "q1_o3": ""})
    client.force_login(participant.resident)

    page = client.get(consultation.answer_url).content.decode()

    assert len(re.findall(r'<option value="[31]" selected>', page)) == 2


def test_a_unit_stands_beside_its_number_and_is_announced():
    consultation = asked(QuestionType.NUMBER, number_unit_en="minutes", number_unit_es="minutos")
    client, _participant = signed_in()

    page = client.get(consultation.answer_url).content.decode()

    assert '<span id="id_q1_unit">minutes</span>' in page
    assert 'aria-describedby="id_q1_unit"' in page


# The figures -------------------------------------------------------------------------------


def test_the_middle_of_an_even_number_lies_between_two():
    assert median({10: 2, 20: 1, 40: 1}) == 15
    assert median({10: 1, 20: 3, 90: 1}) == 20
    assert median({}) is None
    assert mean({10: 2, 20: 1, 40: 1}) == 20


def test_what_a_ranking_leaves_out_shares_the_places_left():
    rankings = {("a", "b"): 1, ("b", "a", "c"): 1}

    assert mean_places(rankings, ["a", "b", "c"]) == {"a": 1.5, "b": 1.5, "c": 3}
    assert mean_places({("a", "b"): 1}, ["a", "b", "c", "d", "e"])["e"] == 4
    assert [points(1, 5), points(3, 5), points(5, 5)] == [100, 50, 0]


def answered_by(consultation: ConsultationPage, values: list[Any], city: Any) -> None:
    for value in values:
        resident = ResidentOfFactory(city=city)
        send(consultation, {"q1": value}, participant=Participant.objects.of(resident))


def results_of(consultation: ConsultationPage) -> Any:
    questions = list(Question.objects.filter(consultation=consultation))
    return question_results(consultation, questions, list(city_pair()))[0]


def test_numbers_are_told_by_city_and_a_small_city_is_not():
    alder, puerto = city_pair()
    consultation = asked(QuestionType.NUMBER)
    answered_by(consultation, [10, 12, "14.5", 20, 60], alder)
    answered_by(consultation, [5, 5, 6, 7, 8, 9], puerto)
    answered_by(consultation, [1000], None)

    middles = results_of(consultation).middles

    assert [(each.median, each.mean) for each in middles] == [
        (14.5, 23.3),
        (6.5, pytest.approx(6.67, abs=0.01)),
        (None, None),
    ]


def test_of_days_the_one_in_the_middle_is_told():
    consultation = asked(QuestionType.DATE)
    days = ["2027-05-01", "2027-05-02", "2027-05-31", "2027-06-30", "2027-12-31"]
    answered_by(consultation, days, city_pair()[0])

    assert results_of(consultation).middles[0].day == date(2027, 5, 31)


def test_a_ranking_is_ordered_by_what_each_option_has_at_least_in_every_city():
    alder, puerto = city_pair()
    consultation = asked(QuestionType.RANKING)
    answered_by(consultation, [["o1", "o2", "o3"]] * 5, alder)
    answered_by(consultation, [["o2", "o3", "o1"]] * 5, puerto)

    ranking = results_of(consultation).ranking

    assert [option.label for option in ranking] == ["Option 2", "Option 1", "Option 3"]
    assert [rank.place for rank in ranking[0].ranks] == [2, 1, None]
    assert [rank.points for rank in ranking[0].ranks] == [50, 100, None]


def test_only_the_cities_a_consultation_waits_for_order_its_rankings():
    """What the third city says is shown beside theirs; of equals the first offered is first."""
    one, two, third = (City(pk=key, code=f"c{key}") for key in (1, 2, 3))
    question = Question(type=QuestionType.RANKING)
    question.options = [QuestionOption(identifier=name) for name in ("o1", "o2", "o3")]

    def option(name, *points):
        ranks = (Rank(city, 1, each) for city, each in zip((one, two, third), points, strict=True))
        return RankedOption(name, tuple(ranks), name)

    found = (option("o3", 40, 60, 50), option("o2", 60, 80, 20), option("o1", 60, 60, 0))
    result = QuestionResult(question, ((one, 5), (two, 5), (third, 5)), ranking=found)

    def order(**kwargs):
        (card,) = question_cards([result], {}, **kwargs)
        shown = [each["label"] for each in card["ranking"]]
        assert [row["head"] for row in card["table"]["rows"]][:3] == shown
        return shown

    assert order() == ["o3", "o2", "o1"]
    assert order(decide={1, 2}) == ["o1", "o2", "o3"]


def test_other_words_and_bare_points_are_counted_beside_the_options():
    consultation = asked(PLACE, allows_other=True, asks_point=True)
    for number in range(5):
        sent = [
            {"q1": "o1"},
            {"q1": "other", "q1_other": "The old mill"},
            {"q1_point": f"41.65{number}, 3"},
        ][number % 3]
        send(consultation, sent, participant=make_participant(city_pair()[0]))

    counts = {option.label: option.shares[0].count for option in results_of(consultation).options}

    assert counts["Option 1"] == 2
    assert counts["Another place"] == 2
    assert counts["Only a point on the map"] == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_shows_every_kind_as_bars_and_as_a_table_with_nothing_anybody_wrote(language):
    consultation = make_consultation()
    answers: dict[str, Any] = {}
    for kind, value in (
        (QuestionType.NUMBER, "1200"),
        (QuestionType.DATE, "2027-05-31"),
        (QuestionType.RANKING, ["o2"]),
        (PLACE, "other"),
    ):
        question = make_question(consultation, kind, allows_other=True, number_unit_en="minutes")
        answers[question.identifier] = value
    answers["q4_other"] = "Behind my house"
    for _number in range(5):
        participant = make_participant(city_pair()[0])
        send(consultation, answers, participant=participant)
    client, _participant = signed_in(participant)

    with translation.override(language):
        response = client.get(consultation.get_url())

    page, text = response.content.decode(), text_of(response)
    assert page.count('<details class="data') == 4
    assert "Behind my house" not in page
    if language == "en":
        assert "in the middle: 1200 minutes, on average: 1200 minutes" in text
        assert "in the middle: 31 May 2027" in text
        assert "mean place 1.0" in text
