"""After the close the page says by which ways people took part; no few can be worked out."""

from datetime import timedelta
from html import unescape
from itertools import product
from random import Random
from re import sub

import pytest
from django.utils import timezone

from consultations.enums import Channel
from consultations.models import ConsultationPage, PersonTakingPart, Response
from consultations.ways_in import _known_and_hidden, counted, told, ways_in
from partnership.people.enums import OrganisationKind
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_people,
    make_question,
)

pytestmark = pytest.mark.django_db

WEB, PAPER = Channel.WEB.value, Channel.PAPER.value
SCHOOL = OrganisationKind.SCHOOL.value


def filled(*, paper=(6, 7), web=(10, 8)):
    """A consultation that is over, with so many forms of each city by each way."""
    consultation = make_consultation_to_export()
    question = make_question(consultation)
    for city, number, sheets in zip(city_pair(), web, paper, strict=True):
        make_answers(question, make_people(number, city), "More light.")
        Response.objects.bulk_create(
            Response(
                consultation=consultation,
                city=city,
                channel=PAPER,
                sheet=f"{city.code}-{place}",
                language_code="en",
                code=f"{city.code[:3]}{place:05}"[:8],
            )
            for place in range(sheets)
        )
    return consultation


def found_in(consultation, until=None):
    rows = counted(consultation, until=until)
    return ways_in(PersonTakingPart.objects.numbers(consultation, rows)[2])


def shares(found):
    return {each.group: each.number for each in found}


def text_of(client, address):
    page = client.get(address).content.decode()
    return sub(r"\s+", " ", unescape(sub(r"<[^>]+>", " ", page)))


# What readers see ---------------------------------------------------------------------------------


@pytest.mark.both
def test_readers_are_told_by_which_ways_and_for_whom_once_it_is_over(client):
    consultation = filled()
    alder, _puerto = city_pair()
    schools = consultation.responses.filter(city=alder, channel=WEB).values("pk")[:5]
    names = {"organisation_kind": SCHOOL, "organisation_name": "School"}
    Response.objects.filter(pk__in=[each["pk"] for each in schools]).update(**names)
    for person in make_people(6, alder, "writer"):
        make_comment(consultation, person)

    text = text_of(client, consultation.url_in("en"))

    assert "Filled forms: 31" in text
    assert "On paper: 13 (42%)" in text
    assert "On this site: 18 (58%)" in text
    assert "School: 5 (16%)" in text
    assert "Comments and ideas: 6" in text
    # A list of one group at 100% would say nothing.
    assert "All came in the same way: on this site." in text
    assert "Who was speaking in all of them: for themselves." in text
    assert "(100%)" not in text


def test_before_the_close_and_of_fewer_than_five_nothing_is_said(client):
    consultation = filled()
    later = timezone.now() + timedelta(days=1)
    ConsultationPage.objects.filter(pk=consultation.pk).update(closes_at=later)
    few = make_consultation_to_export("few")
    make_answers(make_question(few), make_people(4, city_pair()[0], "few"), "Light.")

    assert "How people took part" not in text_of(client, consultation.url_in("en"))
    assert "How people took part" not in text_of(client, few.url_in("en"))


def test_what_came_after_the_final_results_is_not_told():
    consultation = filled()
    day = timezone.now() - timedelta(hours=1)
    late = consultation.responses.filter(channel=PAPER).values("pk")[:2]
    consultation.responses.update(changed_at=day)
    Response.objects.filter(pk__in=[each["pk"] for each in late]).update(changed_at=timezone.now())

    whole = [each.whole for each in found_in(consultation, until=day)]

    assert (whole, found_in(consultation)[0].whole) == ([29], 31)


@pytest.mark.both
def test_it_is_one_query(django_assert_num_queries):
    consultation = filled()
    make_comment(consultation, make_people(1, None, "guest")[0])

    with django_assert_num_queries(1):
        assert len(found_in(consultation)) == 1


# What is kept back --------------------------------------------------------------------------------


def test_a_few_sheets_of_one_city_are_not_found_by_taking_the_other_away():
    """Thirteen sheets less the ten that a city's own figures tell would be the other's three."""
    [found] = found_in(filled(paper=(10, 3), web=(20, 20)))

    assert shares(found.channels) == {PAPER: None, WEB: None}
    assert shares(found_in(filled_elsewhere())[0].channels) == {WEB: 42}


def filled_elsewhere():
    consultation = make_consultation_to_export("elsewhere")
    question = make_question(consultation)
    for city, number in zip((*city_pair(), None), (20, 20, 2), strict=True):
        make_answers(question, make_people(number, city, "far"), "More light.")
    return consultation


def possible(cells, shown):
    """Every value a reader cannot rule out, for each hidden cell: all whole numbers are tried."""
    lines, hidden = _known_and_hidden(cells)
    unknown = sorted(hidden)
    lines = [*lines, *({cell for cell in unknown if cell[1] == group} for group in shown)]
    sums = [(line, sum(cells[cell] for cell in line)) for line in lines if line]
    found = {cell: set() for cell in unknown}
    for values in product(*(range(cells[cell] + 3) for cell in unknown)):
        guess = dict(zip(unknown, values, strict=True))
        if all(sum(guess[cell] for cell in line) == number for line, number in sums):
            for cell, value in guess.items():
                found[cell].add(value)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_cell_follows_from_what_is_told(seed):
    chance = Random(seed)
    cells = {
        (city, group): chance.choice((0, 1, 2, 3, 4, 5, 6, 7))
        for city in (1, 2, 0)
        for group in (WEB, PAPER)
    }
    if sum(cells.values()) < 5:
        return

    found = possible(cells, told(cells))

    assert all(len(values) > 1 for values in found.values())


def test_telling_every_sum_would_give_cells_away():
    cells = {(1, WEB): 20, (1, PAPER): 10, (2, WEB): 5, (2, PAPER): 3}

    found = possible(cells, {WEB, PAPER})

    assert found[2, PAPER] == {3}
    assert told(cells) == frozenset()


def test_no_more_is_kept_back_than_has_to_be():
    cells = {(1, ""): 40, (1, SCHOOL): 10, (1, "business"): 12}
    cells |= {(2, ""): 40, (2, SCHOOL): 3, (2, "business"): 12}

    assert told(cells) == frozenset({""})
