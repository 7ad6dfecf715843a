"""What is kept back can be computed from nothing the board shows, and from no sum beside it."""

from datetime import UTC
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from home.parity.board import Shown, boards_of, together
from home.parity.counting import ELSEWHERE, Counted, Figure, _count_words
from home.parity.masking import kept_back, kept_back_apart
from home.parity.measures import IN_WORDS, OF_PEOPLE, VOICES, WAYS
from home.parity.years import Years
from partnership.masking import SMALLEST_GROUP

CITIES = ("alder", "puerto", "north")
PLACES = (*CITIES, ELSEWHERE)
YEARS = Years(2024, 2026, UTC)
#: The kinds of what is said, and how and for whom: four groups of people of each.
GROUPS = tuple(product(IN_WORDS, ("web", "paper"), ("", "school")))
LINES = tuple(each.key for each in OF_PEOPLE if each.key not in IN_WORDS)

people = st.one_of(st.integers(0, 6), st.integers(0, 60))
acts = st.tuples(people, st.integers(1, 3))


@st.composite
def counted(draw):
    """Figures of three years and two or three cities; everybody does something once or more."""
    places = (*CITIES[: draw(st.integers(2, 3))], ELSEWHERE)
    found = Counted(YEARS, places)
    rows = []
    for year, place in product(YEARS.newest_first, places):
        for line in LINES:
            size, times = draw(acts)
            found.figures[line, year, place] = Figure(size * times, size)
        for kind, way, voice in GROUPS:
            size, times = draw(acts)
            rows.append((kind, year, place, way, voice, size * times, size, 0))
    _count_words(rows, found.figures, {place: place for place in places})
    return found


def equations(counted, lines, year):
    """Every sum that holds and may be known: a line's, and the parts' of a place's whole."""
    cities = [place for place in counted.places if place != ELSEWHERE]
    for each in OF_PEOPLE:
        yield {(each.key, place): 1 for place in (counted.places if each.whole_is_told else cities)}
    for parts, place in product((WAYS, VOICES), counted.places):
        whole = {(key, place): -1 for key in IN_WORDS}
        yield whole | {(part.key, place): 1 for part in parts if part.key in lines}


def computed(unknown, sums):
    """Return those of the unknown cells that the sums leave one value only."""
    order = sorted(unknown)
    rows = [[Fraction(each.get(cell, 0)) for cell in order] for each in sums]
    pivots = []
    for column in range(len(order)):
        height = len(pivots)
        found = next((row for row in rows[height:] if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        found = [value / found[column] for value in found]
        rows = [
            [value - row[column] * known for value, known in zip(row, found, strict=True)]
            for row in rows
        ]
        rows.insert(height, found)
        pivots.append(column)
    single = [row for row in rows if sum(map(bool, row)) == 1]
    return {order[row.index(1)] for row in single}


@settings(max_examples=25, deadline=None)
@given(counted())
def test_no_cell_kept_back_can_be_computed_from_those_shown_and_the_sums(counted):
    boards = boards_of(counted)

    for year in YEARS.newest_first:
        lines = boards[year]
        hidden = {
            (key, place)
            for key, line in lines.items()
            for place, shown in line.items()
            if shown.number is None and key != "answer_days"
        }
        sums = list(equations(counted, lines, year))
        given_away = {
            (key, place)
            for key, place in computed(hidden, sums)
            if counted.figures[key, year, place].people
        }
        assert given_away == set()


@settings(max_examples=25, deadline=None)
@given(counted())
def test_no_group_under_five_is_shown(counted):
    boards = boards_of(counted)

    small = [
        (key, year, place)
        for year in YEARS.newest_first
        for each in (*OF_PEOPLE, *WAYS, *VOICES)
        for key, line in boards[year].items()
        if key == each.key
        for place, shown in line.items()
        if shown.number is not None
        and 0 < counted.figures[key, year, place].people < SMALLEST_GROUP
    ]

    assert small == []


@settings(max_examples=25, deadline=None)
@given(counted())
def test_all_years_are_what_the_single_years_show_and_nothing_else(counted):
    boards = boards_of(counted)

    for key, line in boards[None].items():
        for place, shown in line.items():
            if key == "answer_days":
                continue
            years = [boards[year][key][place] for year in YEARS.newest_first if key in boards[year]]
            known = sum(each.number or 0 for each in years)
            assert (shown.number or 0) == known
            assert (
                shown.is_at_least
                or shown.number is None
                or None not in [each.number for each in years]
            )


def test_the_smallest_other_group_is_kept_back_with_a_small_one():
    assert kept_back({"alder": 3, "puerto": 40, "elsewhere": 9}) == {"alder", "elsewhere"}


def test_two_small_groups_protect_each_other_only_when_they_are_five_together():
    assert kept_back({"alder": 4, "puerto": 40, "elsewhere": 4}) == {"alder", "elsewhere"}
    assert kept_back({"alder": 1, "puerto": 40, "elsewhere": 1}) == {"alder", "puerto", "elsewhere"}


def test_nobody_is_shown_unless_that_leaves_a_small_group_alone():
    assert kept_back({"alder": 0, "puerto": 40}) == set()
    assert kept_back({"alder": 0, "puerto": 3}) == {"alder", "puerto"}


def test_a_few_people_elsewhere_hide_no_city_where_nobody_tells_all_of_them_together():
    sizes = {"alder": 30, "puerto": 40, "elsewhere": 3}

    assert kept_back_apart(sizes, ("elsewhere",)) == {"elsewhere"}
    assert kept_back_apart(sizes, ()) == {"alder", "elsewhere"}


def test_of_years_that_show_nothing_all_years_show_nothing_either():
    years = [{"forms": {"alder": Shown(number)}} for number in (None, 0)]

    assert together(years) == {"forms": {"alder": Shown(None)}}
