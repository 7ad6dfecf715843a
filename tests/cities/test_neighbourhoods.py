"""Neighbourhoods are kept by the editors of their city; nothing is about one that is gone."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from consultations.models import ConsultationPage
from partnership.cities.groups import ensure_groups
from partnership.cities.models import City, Neighbourhood
from partnership.pages.groups import EDITORS
from partnership.people.models import Resident
from tests.factories.cities import NeighbourhoodFactory, city_pair
from tests.factories.consultations import make_consultation
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

LIST, ADD = "neighbourhoods:index", "neighbourhoods:add"


def editor_of(*cities: City) -> Resident:
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    editor.edits_for.set(cities)
    return editor


@pytest.fixture
def alder(client: Client) -> City:
    """The city whose editor asks."""
    city, _other = city_pair()
    client.force_login(editor_of(city))
    return city


def form(city: City, **fields: Any) -> dict[str, Any]:
    return {"name_en": "Old Mill", "name_es": "", "city": city.pk, "code": "old-mill", **fields}


def test_an_editor_names_a_part_of_their_city(client, alder):
    response = client.post(reverse(ADD), form(alder))

    made = Neighbourhood.objects.get()
    assert response.status_code == 302
    assert (made.city, made.code, made.name_en) == (alder, "old-mill", "Old Mill")


def test_the_only_city_of_an_editor_is_chosen_already_and_no_other_is_offered(
    client, unwritten, alder
):
    _own, other = city_pair()

    offered = client.get(reverse(ADD)).context["form"]["city"]
    refused = client.post(reverse(ADD), form(other))

    assert (offered.value(), list(offered.field.queryset)) == (alder.pk, [alder])
    assert "city" in refused.context["form"].errors
    assert not Neighbourhood.objects.exists()


def test_it_needs_a_name_in_one_language(client, alder):
    refused = client.post(reverse(ADD), form(alder, name_en=""))

    message = ["Give it a name in one language at least."]
    assert refused.context["form"].errors == {"name_en": message}


def test_one_name_is_read_in_every_language():
    part = NeighbourhoodFactory(name_en="Old Mill", name_es="")

    assert str(part) == "Old Mill"


def test_an_administrator_names_parts_of_every_city(client):
    _first, second = city_pair()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    client.post(reverse(ADD), form(second))

    assert Neighbourhood.objects.get().city == second


def test_another_citys_parts_do_not_exist_for_an_editor(client, alder):
    _own, other = city_pair()
    part = NeighbourhoodFactory(city=other)

    asked = [reverse(f"neighbourhoods:{act}", args=(part.pk,)) for act in ("edit", "delete")]

    assert list(client.get(reverse(LIST)).context["object_list"]) == []
    assert [client.get(address).status_code for address in asked] == [404, 404]
    assert [client.post(address, form(alder)).status_code for address in asked] == [404, 404]
    assert Neighbourhood.objects.get().code == part.code


def test_what_a_consultation_is_about_stays(client, alder):
    part, address = NeighbourhoodFactory(city=alder), "neighbourhoods:delete"
    make_consultation(title="Safe routes", neighbourhoods=[part])

    answers = [method(reverse(address, args=(part.pk,))) for method in (client.get, client.post)]

    told = [str(message) for answer in answers for message in get_messages(answer.wsgi_request)]
    assert set(told) == {"It stays while this is about it: Safe routes"}
    assert Neighbourhood.objects.filter(pk=part.pk).exists()


def test_what_nothing_is_about_may_go(client, alder):
    part = NeighbourhoodFactory(city=alder)

    client.post(reverse("neighbourhoods:delete", args=(part.pk,)))

    assert not Neighbourhood.objects.exists()


def test_what_a_draft_is_about_stays_too(client, alder):
    part = NeighbourhoodFactory(city=alder)
    page = ConsultationPage.objects.get(pk=make_consultation().pk)
    page.neighbourhoods = [part]
    page.save_revision()

    client.post(reverse("neighbourhoods:delete", args=(part.pk,)))

    assert Neighbourhood.objects.filter(pk=part.pk).exists()
