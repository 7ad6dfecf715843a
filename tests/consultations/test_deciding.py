"""Which cities a verdict waits for: with three, those of a consultation and no other."""

import pytest

from consultations.results import Verdict, statement_results
from partnership.cities.models import City
from tests.factories.cities import CityFactory, city_pair
from tests.factories.exports import (
    make_consultation_to_export,
    make_people,
    make_statement,
    make_votes,
)

pytestmark = pytest.mark.django_db

PAIR = "Common ground: at least 95% agree in each of Alder Bay and Puerto Almendro."
ALL = "Too early to say: fewer than 20 people have voted in Third."


def told(consultation, client):
    page = client.get(consultation.url).content.decode()
    return page.partition('id="statements"')[2].partition("</section>")[0]


@pytest.mark.both
def test_a_consultation_of_two_of_three_cities_waits_for_no_third(client):
    consultation = make_consultation_to_export()
    third = CityFactory(code="third", name="Third", name_en="Third")
    people = [each for city in city_pair() for each in make_people(60, city, city.code)]
    statement = make_statement(consultation)
    make_votes(statement, people, "agree")
    make_votes(statement, make_people(7, third, "third"), "disagree")
    cities = list(City.objects.all())

    together = statement_results(consultation, cities)[0]
    page_of_all = told(consultation, client)
    consultation.cities.set(city_pair())
    consultation.save()
    of_two = statement_results(consultation, cities)[0]
    page_of_two = told(consultation, client)

    assert (together.verdict, together.too_few) == (Verdict.EARLY, [third])
    assert (of_two.verdict, of_two.too_few, of_two.differences) == (Verdict.COMMON, [], [])
    assert [votes.city for votes in of_two.cities] == cities  # the third is shown beside them
    assert ALL in page_of_all
    assert PAIR in page_of_two
    assert ALL not in page_of_two


def test_a_consultation_of_one_city_compares_all_there_are():
    consultation = make_consultation_to_export()
    CityFactory(code="third")
    make_statement(consultation)
    consultation.cities.set(city_pair()[:1])
    cities = list(City.objects.all())

    (result,) = statement_results(consultation, cities)

    assert result.too_few == cities


def test_a_city_that_nobody_waits_for_stands_in_the_meter_once_somebody_came(client):
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    third = CityFactory(code="third", name="Third", name_en="Third")
    consultation.cities.set([alder, third])
    consultation.save()

    def meter():
        page = client.get(consultation.url)
        balance = page.content.decode().partition('<div class="balance">')[2]
        return balance.partition("</div>")[0], page.context["meter"]["rows"]

    of_two, rows = meter()
    visitor = make_people(1, city_pair()[1], "visitor")
    make_votes(make_statement(consultation), visitor, "agree")
    with_a_visitor = meter()[1]

    assert [row["city"] for row in rows] == [alder, third]
    assert 'class="bar-a"' in of_two
    assert 'class="bar-c"' in of_two  # each in its own ink
    assert 'class="bar-b"' not in of_two
    assert len(with_a_visitor) == 3
