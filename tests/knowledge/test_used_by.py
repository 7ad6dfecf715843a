"""A practice names the cities and the partners that work like this, and leads to them."""

import pytest
from django.urls import reverse

from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.knowledge import make_case, make_list, make_practice
from tests.factories.partners import make_partner
from tests.factories.people import ResidentFactory
from tests.knowledge.test_practices import form

pytestmark = pytest.mark.django_db

LIST = "/en/learned/"


@pytest.fixture(autouse=True)
def _site(site_tree):
    make_list()


def body(client, url):
    return " ".join(client.get(url).content.decode().split())


def test_readers_are_led_to_the_cities_and_the_partners_and_read_the_words_besides(client):
    alder, puerto = city_pair()
    shown, hidden = make_partner("Bridge House"), make_partner("Secret", is_published=False)
    words = in_every_language("used_by", "Since last spring.")
    practice = make_practice(
        make_case(), used_in=[puerto, alder], partners=[shown, hidden], **words
    )

    page = body(client, practice.url_in("en"))

    first, second = (f'href="{LIST}?used_in={city.code}"' for city in (alder, puerto))
    assert 0 < page.index(first) < page.index(second) < page.index("Since last spring.")
    assert f'href="{shown.get_absolute_url()}">Bridge House</a>' in page
    assert "Secret" not in page


def test_where_nobody_is_named_nothing_is_said(client):
    page = body(client, make_practice(make_case()).url_in("en"))

    assert "Who works like this" not in page
    assert "used_in" not in body(client, LIST)


def test_the_list_shows_the_practices_of_one_city(client):
    alder, puerto = city_pair()
    case = make_case("The night bus")
    make_practice(case, title="Two offers", used_in=[alder])
    make_practice(case, title="Three offers", slug="three", used_in=[alder, puerto])
    make_practice(case, title="No offers", slug="none")

    every, of_puerto = body(client, LIST), body(client, f"{LIST}?used_in={puerto.code}")

    titles = ("Two offers", "Three offers", "No offers", "The night bus")
    assert [title in every for title in titles] == [True] * 4
    assert [title in of_puerto for title in titles] == [False, True, False, False]
    assert f'href="?used_in={puerto.code}" aria-current="true">' in of_puerto
    assert "No offers" in body(client, f"{LIST}?used_in=nowhere")
    assert "Two offers" not in body(client, f"{LIST}?used_in={puerto.code}&outcome=worked")


@pytest.mark.parametrize("number", [1, 3])
def test_a_practice_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, number):
    partners = [make_partner(f"House {each}") for each in range(number)]
    cases = [make_case(f"Case {each}") for each in range(number)]
    practice = make_practice(*cases, used_in=city_pair()[:number], partners=partners)
    client.get(LIST)

    with django_assert_num_queries(13):
        page = body(client, practice.url_in("en"))

    assert page.count("House ") == number


def test_editors_choose_among_partners_that_readers_find_and_those_chosen(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    alder, _puerto = city_pair()
    shown, kept = make_partner(), make_partner("Kept", is_published=False)
    hidden = make_partner("Hidden", is_published=False)
    practice = make_practice(make_case(), partners=[kept])
    address = reverse("wagtailadmin_pages:edit", args=(practice.pk,))

    offered = client.get(address).context["form"].fields["partners"].queryset
    cases = [case.pk for case in practice.cases.all()]
    sent = form(practice, cases=cases, used_in=[alder.pk], partners=[shown.pk])
    answer = client.post(address, sent)

    assert set(offered) == {shown, kept}
    assert hidden not in offered
    assert answer.status_code == 302
    practice.refresh_from_db()
    stored = type(practice).objects.get(pk=practice.pk)
    assert list(stored.used_in.all()) == [alder]
    assert list(stored.partners.all()) == [shown]
