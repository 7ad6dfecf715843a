"""A consultation about some neighbourhoods says so, and the list can be narrowed to one."""

from datetime import timedelta

import pytest
from django.utils import translation
from wagtail.models import PageViewRestriction

from consultations.models import ConsultationPage
from consultations.presenting import places
from partnership.cities.models import City
from tests.consultations.test_editing import admin, form, phase
from tests.consultations.test_pages import text_of
from tests.factories.cities import NeighbourhoodFactory, city_pair
from tests.factories.consultations import make_consultation

pytestmark = pytest.mark.django_db

LIST = 15


@pytest.fixture
def parts():
    """Two neighbourhoods of the first city and one of the second."""
    alder, puerto = city_pair()
    return [
        NeighbourhoodFactory(city=puerto, code="el-faro", name="El Faro"),
        NeighbourhoodFactory(city=alder, code="old-mill", name="Old Mill"),
        NeighbourhoodFactory(city=alder, code="abbey", name="Ábbey"),
    ]


def list_url(consultation):
    return consultation.get_parent().get_url()


def links(response):
    return [(one["label"], one["url"], one["current"]) for one in response.context["choices"]]


def test_its_page_names_them_and_each_leads_to_what_else_is_about_it(client, parts):
    consultation = make_consultation(neighbourhoods=parts)

    chips = client.get(consultation.get_url()).context["chips"][2:]

    assert [chip["text"] for chip in chips] == [
        "Ábbey, Alder Bay",
        "Old Mill, Alder Bay",
        "El Faro, Puerto Almendro",
    ]
    assert chips[2]["url"] == f"{list_url(consultation)}?neighbourhood=el-faro"


def test_the_list_offers_those_that_something_is_about_and_shows_it_alone(client, parts):
    about_it = make_consultation(title="About the lighthouse", neighbourhoods=parts[:1])
    make_consultation(title="About everything")
    make_consultation(title="About the mill", neighbourhoods=parts[1:2])
    address = list_url(about_it)

    everything = client.get(address)
    narrowed = client.get(f"{address}?neighbourhood=el-faro")

    assert links(everything) == [
        ("All consultations", address, True),
        ("Old Mill, Alder Bay", f"{address}?neighbourhood=old-mill", False),
        ("El Faro, Puerto Almendro", f"{address}?neighbourhood=el-faro", False),
    ]
    assert [current for _label, _url, current in links(narrowed)] == [False, False, True]
    assert [card["consultation"].title for card in narrowed.context["running"]] == [about_it.title]
    assert len(everything.context["running"]) == 3
    assert "El Faro, Puerto Almendro" in text_of(narrowed)


def test_where_nothing_is_about_a_neighbourhood_none_is_offered(client, parts):
    consultation = make_consultation()

    assert links(client.get(list_url(consultation))) == []


@pytest.mark.parametrize("odd", ["", "abbey", "nowhere", "\x00", "el-faro\n", "’ OR 1=1"])
def test_what_is_no_neighbourhood_of_the_list_shows_everything(client, parts, odd):
    consultation = make_consultation(neighbourhoods=parts[:1])
    make_consultation(title="About everything")

    response = client.get(list_url(consultation), {"neighbourhood": odd})

    assert response.status_code == 200
    assert len(response.context["running"]) == 2


def test_what_is_not_for_everybody_offers_no_neighbourhood(client, parts):
    closed = make_consultation(neighbourhoods=parts[:1])
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    draft = make_consultation(title="Not yet", neighbourhoods=parts[1:2])
    ConsultationPage.objects.filter(pk=draft.pk).update(live=False)

    assert links(client.get(list_url(closed))) == []


def test_every_page_of_a_long_list_is_narrowed(client, parts, monkeypatch):
    monkeypatch.setattr("consultations.presenting.listing.PER_PAGE", 1)
    past = {"opens_in": timedelta(days=-20), "closes_in": timedelta(days=-10)}
    first = make_consultation(title="First", neighbourhoods=parts[:1], **past)
    make_consultation(title="Second", neighbourhoods=parts[:1], **past)
    make_consultation(title="Elsewhere", **past)

    response = client.get(f"{list_url(first)}?neighbourhood=el-faro&page=2")

    assert response.context["past_page"].paginator.num_pages == 2
    assert "?neighbourhood=el-faro&amp;page=1" in response.content.decode()


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_costs_the_same_for_any_number(
    client, parts, number, django_assert_max_num_queries
):
    for place in range(number):
        made = make_consultation(title=f"About {place}", neighbourhoods=parts)
        past = {"opens_in": timedelta(days=-20), "closes_in": timedelta(days=-10)}
        make_consultation(title=f"Past {place}", neighbourhoods=parts, **past)
    client.get(list_url(made))

    with django_assert_max_num_queries(LIST):
        client.get(list_url(made))


def test_they_are_parts_of_the_cities_whose_page_it_is(parts):
    consultation, (alder, _puerto) = make_consultation(), city_pair()
    address = f"/admin/pages/{consultation.pk}/edit/"
    chosen = [part.pk for part in parts[:2]]

    whole = form(consultation, phases=[phase("2027-05-01 09:00", "2027-05-30 23:59")])
    refused = admin().post(address, {**whole, "neighbourhoods": chosen, "cities": [alder.pk]})
    joint = admin().post(address, {**whole, "neighbourhoods": chosen})

    message = ["Not in a city whose page this is: El Faro"]
    assert refused.context["form"].errors == {"neighbourhoods": message}
    assert joint.status_code == 302
    assert set(ConsultationPage.objects.get().neighbourhoods.all()) == set(parts[:2])


def test_an_editor_reads_of_which_city_each_is(parts):
    consultation = make_consultation()

    asked = admin().get(f"/admin/pages/{consultation.pk}/edit/").context["form"]

    labels = [label for _value, label in asked.fields["neighbourhoods"].choices]
    assert labels == ["Ábbey (Alder Bay)", "Old Mill (Alder Bay)", "El Faro (Puerto Almendro)"]


def test_without_any_there_is_nothing_to_choose():
    consultation = make_consultation()

    asked = admin().get(f"/admin/pages/{consultation.pk}/edit/").context["form"]

    assert "neighbourhoods" not in asked.fields


def test_names_stand_in_the_readers_language_and_alphabet():
    alder, _puerto = city_pair()
    names = (("Zoo", "Ñandú"), ("Nook", "Zona"))
    known = [
        NeighbourhoodFactory(city=alder, name_en=english, name_es=spanish)
        for english, spanish in names
    ]

    with translation.override("es"):
        told = [text for _one, text in places.named(known, City.objects.all())]

    assert told == ["Ñandú, Alder Bay", "Zona, Alder Bay"]
