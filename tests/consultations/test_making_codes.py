"""Making codes in the admin, and withdrawing those that were lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from consultations.codes.groups import ensure_groups
from consultations.codes.models import CodeSheet, EntryCode
from consultations.codes.services import MAKE
from partnership.pages.groups import DOOR, EDITORS, MODERATORS, grant
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.consultations.test_codes import made, verified
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import ResidentOfFactory

pytestmark = pytest.mark.django_db


def staff_of(*cities: Any) -> tuple[Client, Resident]:
    ensure_groups()
    person = ResidentOfFactory(is_staff=True)
    person.edits_for.set(cities)
    person.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(person)
    return client, person


@pytest.mark.both
def test_staff_make_codes_for_their_city_and_see_them_once():
    consultation = verified()
    client, _person = staff_of(city_pair()[0])
    address = f"/admin/consultations/{consultation.pk}/codes/"
    sent = {"city": city_pair()[0].pk, "number": 3, "note": "Library", "form_token": issue(MAKE)}

    printed = client.post(address, sent)
    again = client.post(address, sent, follow=True)
    page = text_of(client.get(address))

    assert (printed.status_code, "no-store" in printed["Cache-Control"]) == (200, True)
    assert printed.content.decode().count('class="slip"') == 3
    assert printed.content.decode().count(f"/en/c/{consultation.pk}/") == 3
    assert "shown once" in text_of(again)
    assert "Sheet 1, Alder Bay" in page
    assert ", Library" in page
    assert CodeSheet.objects.get().codes.count() == 3


def test_codes_come_as_a_file_too():
    consultation = verified()
    client, _person = staff_of(city_pair()[0])
    sent = {"city": city_pair()[0].pk, "number": 2, "form_token": issue(MAKE), "csv": "1"}

    lines = client.post(f"/admin/consultations/{consultation.pk}/codes/", sent).content.decode()

    assert len(lines.splitlines()) == 3
    assert lines.splitlines()[1].startswith("1-1,")


def test_no_cell_of_the_file_is_a_formula():
    consultation = verified(title="=1+1")
    client, _person = staff_of(city_pair()[0])
    sent = {"city": city_pair()[0].pk, "number": 1, "form_token": issue(MAKE), "csv": "1"}

    answer = client.post(f"/admin/consultations/{consultation.pk}/codes/", sent)

    assert ",'=1+1," in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_nobody_makes_or_withdraws_codes_of_another_city():
    consultation = verified()
    alder, puerto = city_pair()
    sheet = made(consultation).sheet
    client, _person = staff_of(alder)
    address = f"/admin/consultations/{consultation.pk}/codes/"

    refused = client.post(address, {"city": puerto.pk, "number": 2, "form_token": issue(MAKE)})
    withdrawn = client.post(f"{address}{sheet.pk}/withdraw/")

    assert (refused.status_code, withdrawn.status_code) == (422, 404)
    assert CodeSheet.objects.count() == 1
    assert EntryCode.objects.unused().count() == 2


def test_without_the_permission_there_are_no_codes():
    consultation = verified()
    client, person = staff_of(city_pair()[0])
    person.groups.set([grant(MODERATORS, DOOR)])  # who comes into the admin, and no further

    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/consultations/{consultation.pk}/codes/").status_code in (302, 403)


def test_another_citys_consultation_has_no_codes_for_an_editor():
    consultation = verified()
    alder, puerto = city_pair()
    consultation.cities.set([puerto])
    consultation.save()

    answers = [
        staff_of(city)[0].get(f"/admin/consultations/{consultation.pk}/codes/").status_code
        for city in (alder, puerto)
    ]

    assert answers == [404, 200]


def test_a_withdrawal_that_is_not_understood_says_so_beside_its_sheet():
    consultation = verified()
    client, _person = staff_of(city_pair()[1])
    sheet = made(consultation).sheet
    address = f"/admin/consultations/{consultation.pk}/codes/{sheet.pk}/withdraw/"

    page = client.post(address, {f"{sheet.pk}-numbers": "the green ones"})
    done = client.post(address, {f"{sheet.pk}-numbers": "1"}, follow=True)

    assert page.status_code == 422
    assert "Write the numbers of the slips" in text_of(page)
    assert "1 code of sheet 1 is withdrawn." in text_of(done)


@pytest.mark.parametrize("sheets", [1, 3])
def test_the_screen_costs_the_same_for_any_number_of_sheets(sheets, django_assert_num_queries):
    consultation = verified()
    client, _person = staff_of(city_pair()[0])
    for _sheet in range(sheets):
        made(consultation, 1)
    client.get(f"/admin/consultations/{consultation.pk}/codes/")

    with django_assert_num_queries(14):
        page = text_of(client.get(f"/admin/consultations/{consultation.pk}/codes/"))

    assert page.count("used, 0 withdrawn") == sheets
