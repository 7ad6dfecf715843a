"""Acts of people of both cities, so many that they are shown."""

import re

import pytest

from consultations.enums import VoteChoice
from consultations.models import Response, Vote
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_participant


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def consultation(cities):
    return make_consultation()


@pytest.fixture
def answered(consultation):
    """Return a function by which so many people of a city, or of elsewhere, send a form."""

    def send(number, city, **fields):
        for _each in range(number):
            person = make_participant(city)
            values = {"consultation": consultation, "language_code": "en", "city": city, **fields}
            Response.objects.create(**{"participant": person, **values})

    return send


@pytest.fixture
def voted(consultation):
    """Return a function by which so many people of a city vote on a statement."""
    statement = StatementFactory(consultation=consultation)

    def vote(number, city):
        for _each in range(number):
            Vote.objects.create(
                statement=statement,
                participant=make_participant(city),
                city=city,
                choice=VoteChoice.AGREE,
            )

    return vote


@pytest.fixture
def row_of():
    """Return a function that gives the words of the cells of a line of the page."""

    def read(response, head):
        page = response.content.decode()
        row = next(each for each in page.split("<tr") if f'role="rowheader">{head}</th>' in each)
        cells = re.findall(r'<td role="cell" class="num"[^>]*>(.*?)</td>', row, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]

    return read
