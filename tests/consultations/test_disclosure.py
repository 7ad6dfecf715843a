"""Which figures are shown to whom, and which statement comes next."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from consultations.disclosure import (
    shows_figures_to,
    shows_question_figures,
    shows_statement_figures,
)
from consultations.enums import QuestionType
from consultations.models import StatementTally
from consultations.presenting.figures import ground_rows, statement_table
from consultations.presenting.verdict_words import in_words
from consultations.question_results import question_results
from consultations.results import statement_results
from consultations.services import answer, vote
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("statements", "needed"), [(2, 2), (5, 5), (9, 5)])
def test_figures_are_shown_after_five_votes_or_all(statements, needed):
    consultation, participant = make_consultation(), make_participant()
    shown = []

    for _number in range(statements):
        shown.append(shows_figures_to(consultation, participant))
        statement = StatementFactory(consultation=consultation)
        vote(statement, participant=participant, choice="pass")

    # Each round added one statement and one vote: the reader had voted on all there were.
    assert shown[0] is False
    assert shows_figures_to(consultation, participant) is True
    assert needed <= statements


def test_figures_are_shown_to_nobody_before_the_opening_and_to_everybody_after_the_close():
    coming = make_consultation(
        title="Coming", opens_in=timedelta(days=1), closes_in=timedelta(days=2)
    )
    over = make_consultation(title="Over", closes_in=timedelta(days=-1))

    assert (shows_figures_to(coming, None), shows_figures_to(over, None)) == (False, True)
    assert not shows_statement_figures(coming, resident=None, votes=5, statements=5)


def test_figures_come_early_for_analysts_only_and_of_anonymous_answers_for_nobody():
    named, anonymous = make_consultation(), make_consultation(is_anonymous=True)
    moderator, analyst = (ResidentFactory(is_staff=True) for _person in range(2))
    analyst.user_permissions.add(Permission.objects.get(codename="export_consultation"))

    early = [
        (
            shows_statement_figures(named, resident=person, votes=0, statements=5),
            shows_question_figures(named, resident=person, response=None),
            shows_question_figures(anonymous, resident=person, response=None),
        )
        for person in (None, moderator, analyst)
    ]

    assert early == [(False, False, False), (False, False, False), (True, True, False)]


def test_figures_come_early_for_analysts_of_its_cities_only(client):
    alder, puerto = city_pair()
    theirs = make_consultation(cities=[puerto])
    statement, question = StatementFactory(consultation=theirs), make_question(theirs)
    told = {}
    for city in (alder, puerto):
        analyst = ResidentFactory(is_staff=True)
        analyst.edits_for.add(city)
        analyst.user_permissions.add(Permission.objects.get(codename="export_consultation"))
        client.force_login(analyst)
        page, own = client.get(theirs.url), client.get(statement.get_absolute_url())
        names = ("shows_statement_figures", "shows_question_figures")
        shown = [page.context[name] for name in names]
        told[city] = [*shown, own.context["row"] is not None]
        by_hand = shows_question_figures(theirs, resident=analyst, response=None)
        assert by_hand == page.context["shows_question_figures"]

    assert question.consultation == theirs
    assert told == {alder: [False] * 3, puerto: [True] * 3}


def test_the_figures_equal_the_totals_city_by_city_and_elsewhere_is_never_scored():
    alder, puerto = city_pair()
    consultation = make_consultation()
    statement = StatementFactory(consultation=consultation)
    for city, agree in ((alder, 60), (puerto, 45), (None, 7)):
        rest = {60: 20, 45: 15, 7: 0}[agree]
        StatementTally.objects.create(statement=statement, city=city, agree=agree, disagree=rest)

    (result,) = statement_results(consultation, [alder, puerto])

    assert result.groups == [(60, 80), (45, 60)]
    assert (round(result.score, 3), result.verdict) == (0.649, "common")
    assert (result.elsewhere.seen, result.elsewhere.agree) == (7, 100)


def cells(table):
    """What a statement's lines say, city by city."""
    return [row["cells"] for row in table["statements"][0]["rows"]]


def test_the_table_masks_a_group_under_five_and_the_one_that_would_give_it_away():
    alder, puerto = city_pair()
    statement = StatementFactory()
    StatementTally.objects.create(statement=statement, city=alder, agree=4)
    StatementTally.objects.create(statement=statement, city=puerto, agree=3, disagree=2)

    table = statement_table(statement_results(statement.consultation, [alder, puerto]))

    assert cells(table) == [[None] * 4] * 2


def test_the_table_shows_a_city_beside_one_where_nobody_has_voted():
    alder, puerto = city_pair()
    statement = StatementFactory()
    StatementTally.objects.create(statement=statement, city=puerto, agree=3, disagree=2)

    table = statement_table(statement_results(statement.consultation, [alder, puerto]))

    assert cells(table) == [[None] * 4, ["60%", "40%", "0%", 5]]


def test_the_table_has_a_line_for_each_city_so_that_it_fits_a_phone_and_paper(client):
    alder, puerto = city_pair()
    statement = StatementFactory(consultation=make_consultation(closes_in=timedelta(days=-1)))
    for city, agree in ((alder, 20), (puerto, 10)):
        StatementTally.objects.create(statement=statement, city=city, agree=agree, disagree=5)

    page = BeautifulSoup(client.get(statement.consultation.url).content, "html.parser")

    lines = [
        [cell.get_text(strip=True) for cell in line.select("th[scope=row], td")]
        for line in page.select("table:has(#statement-table) tbody tr:not(:first-child)")
    ]
    assert lines == [
        ["Alder Bay", "80%", "20%", "0%", "25"],
        ["Puerto Almendro", "67%", "33%", "0%", "15"],
    ]
    assert page.select_one("th[scope=rowgroup]").p.get_text()


def test_the_figures_are_told_in_words_with_the_city_that_wants_it_more():
    alder, puerto = city_pair()
    consultation = make_consultation()
    for agree in ((60, 45), (70, 15), (40, 30)):
        statement = StatementFactory(consultation=consultation)
        for city, number, seen in ((alder, agree[0], 80), (puerto, agree[1], 60)):
            StatementTally.objects.create(
                statement=statement, city=city, agree=number, disagree=seen - number
            )
    early = StatementFactory(consultation=consultation)
    StatementTally.objects.create(statement=early, city=alder, agree=25)

    words = [in_words(result) for result in statement_results(consultation, [alder, puerto])]

    assert words == [
        ["Common ground: at least 64% agree in every city."],
        [
            "No common ground so far: we can only be sure that 17% agree in every city.",
            f"{alder.name} wants this more than {puerto.name}, by 47 to 74 percentage points.",
        ],
        ["No common ground so far: we can only be sure that 39% agree in every city."],
        [f"Too early to say: fewer than 20 people have voted in {puerto.name}."],
    ]


def test_what_it_is_too_early_for_is_in_no_order_that_tells_something():
    alder, puerto = city_pair()
    consultation = make_consultation()
    for agree in (0, 19, 7):
        statement = StatementFactory(consultation=consultation)
        for city in (alder, puerto):
            StatementTally.objects.create(
                statement=statement, city=city, agree=agree, disagree=19 - agree
            )

    rows = ground_rows(statement_results(consultation, [alder, puerto]), {})

    assert [row["statement"].number for row in rows] == [1, 2, 3]


@pytest.mark.parametrize(
    ("everybody", "counts", "groups"),
    [
        (True, [[5, 5, None], [2, 3, None], [0, 0, None]], (5, 5)),
        (False, [[None] * 3] * 3, (None, None)),
    ],
)
def test_answers_are_counted_by_option_and_city_and_small_groups_are_masked(
    everybody, counts, groups
):
    alder, puerto = city_pair()
    consultation = make_consultation()
    kinds = (QuestionType.MULTIPLE_CHOICE, QuestionType.SCALE, QuestionType.LONG_TEXT)
    questions = [make_question(consultation, kind) for kind in kinds]
    for number in range(10 if everybody else 6):
        city = alder if number < 5 else puerto
        values = {"q1": ["o1", "o2"] if number % 2 else ["o1"], "q2": "3", "q3": f"Text {number}"}
        answer(
            consultation,
            participant=make_participant(city),
            answers=values,
            language_code="en",
            form_token=None,
        )

    several, scale, text = question_results(consultation, questions, [alder, puerto])

    shares = [[share.count for share in option.shares] for option in several.options]
    assert shares == counts
    percents = [option.shares[0].percent for option in scale.options]
    assert percents == ([0, 0, 100, 0, 0] if everybody else [None] * 5)
    assert text.options == ()
    assert text.groups == ((alder, groups[0]), (puerto, groups[1]), (None, None))


@pytest.mark.parametrize(("statements", "told"), [(2, "answered 2,"), (7, "answered 5,")])
def test_under_the_buttons_stands_the_number_the_figures_wait_for(client, statements, told):
    consultation = make_consultation()
    StatementFactory.create_batch(statements, consultation=consultation)

    page = text_of(client.get(consultation.url))

    assert f"Figures appear once you have {told} so that they do not sway you." in page
