"""Both names stand everywhere; the reader's own city comes first where a page is only theirs."""

import re

import pytest

from partnership.cities.ordering import own_first
from partnership.outbox.services import post
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

#: Two of the page's are the session and the account, which pages about the reader ask for anyway.
QUERIES, QUERIES_OF_A_MAIL = 7, 4
IN_ORDER = ["Alder Bay", "Puerto Almendro"]


def names_in(page):
    """The names as they stand in the head and in the foot, with the letters of the head's inks."""
    head = re.search(r'<span class="brand-name">(.*?)<span class="vh">', page, re.DOTALL)[1]
    foot = page[page.index("<footer") :]
    heads = re.findall(r'class="([ab])" lang="\w+">([^<]+)<', head)
    return heads, re.findall(r'<h2 lang="\w+">([^<]+)</h2>', foot)


def signed_in_page(client, city):
    client.force_login(ResidentFactory(city=city))
    return client.get("/en/partners/").content.decode()


def test_the_home_city_of_who_is_signed_in_comes_first_and_keeps_its_ink(
    client, django_assert_num_queries
):
    alder, puerto = city_pair()
    own = names_in(signed_in_page(client, puerto))
    with django_assert_num_queries(QUERIES):
        client.get("/en/partners/")
    first = names_in(signed_in_page(client, alder))
    elsewhere = names_in(signed_in_page(client, None))

    assert own == ([("b", IN_ORDER[1]), ("a", IN_ORDER[0])], IN_ORDER[::-1])
    assert first == elsewhere == ([("a", IN_ORDER[0]), ("b", IN_ORDER[1])], IN_ORDER)


def test_whoever_has_no_session_reads_the_same_page_as_everybody(client):
    city_pair()

    first, second = (client.get("/en/partners/") for _one in range(2))

    assert first.content == second.content
    assert names_in(first.content.decode())[1] == IN_ORDER


def test_a_mail_names_the_readers_city_first_in_the_query_it_asks_anyway(
    django_assert_num_queries,
):
    _alder, puerto = city_pair()
    ResidentFactory(email="one@puerto.example", city=puerto)

    def foot(to):
        with django_assert_num_queries(QUERIES_OF_A_MAIL):
            mail = post("account/already_joined", to=to, language_code="en", context={})
        return re.search(r"-- \n(.+)\n", mail.text)[1]

    assert foot("One@puerto.example") == "Puerto Almendro & Alder Bay"
    assert foot("nobody@example.org") == "Alder Bay & Puerto Almendro"


def test_nobodys_city_leaves_the_order_as_it_is():
    cities = list(city_pair())

    assert own_first(cities, None) == cities
    assert own_first(cities, cities[1].pk) == cities[::-1]
