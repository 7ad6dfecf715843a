"""Instruments are kept by editors of their city, written in every language."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from home.continuity.models import Instrument
from partnership.pages.languages import field_names
from tests.factories.cities import city_pair
from tests.factories.continuity import make_instrument
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 12)
ADD = "instruments:add"


def edit(instrument):
    return reverse("instruments:edit", args=(instrument.pk,))


def typed(city, **fields):
    words = {name: "Words" for text in ("title", "summary", "binds") for name in field_names(text)}
    days = {"adopted_on": "2020-03-01", "valid_from": "2020-04-01"}
    rest = dict.fromkeys(("valid_until", "ended_on", "document", "url", "reference"), "")
    return {"city": city.pk, "kind": "ordinance", **words, **days, **rest, **fields}


def test_an_editor_writes_down_what_binds_their_city(client, people, cities):
    client.force_login(people.alder)

    form = client.get(reverse(ADD)).content.decode()
    client.post(reverse(ADD), typed(cities[0]))

    assert "Alder Bay" in form
    assert "Puerto Almendro" not in form.partition('id="panel-child')[2]
    assert Instrument.objects.get().city == cities[0]


def test_the_form_begins_with_the_city_that_was_asked_for(client, people, cities):
    client.force_login(people.admin)

    form = client.get(f"{reverse(ADD)}?city={cities[1].pk}").content.decode()

    assert f'<option value="{cities[1].pk}" selected>' in form


def test_nobody_writes_for_another_city(client, people, cities):
    theirs = make_instrument(city=cities[1])
    client.force_login(people.alder)

    client.post(reverse(ADD), typed(cities[1]))
    answers = [
        client.post(edit(theirs), typed(cities[0])),
        client.post(reverse("instruments:delete", args=(theirs.pk,))),
    ]

    assert [answer.status_code in (302, 404) for answer in answers] == [True, True]
    assert [each.city for each in Instrument.objects.all()] == [cities[1]]


@pytest.mark.parametrize("group", ["Moderators", "Analysts"])
def test_who_is_no_editor_sees_nothing_of_it(client, people, cities, group):
    other = ResidentFactory(is_staff=True)
    other.groups.add(Group.objects.get(name=group))
    other.edits_for.add(cities[0])
    client.force_login(other)

    assert client.get(reverse("instruments:index"))["Location"] == reverse("wagtailadmin_home")


def test_every_language_is_asked_for(client, people, cities):
    client.force_login(people.alder)

    answer = client.post(reverse(ADD), typed(cities[0], **{field_names("binds")[1]: ""}))

    assert "This field is required." in answer.content.decode()
    assert not Instrument.objects.exists()


@pytest.mark.both
@pytest.mark.parametrize(
    "wrong", [{"valid_until": date(2020, 3, 31)}, {"ended_on": date(2020, 2, 29)}]
)
def test_the_table_refuses_days_in_another_order(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_instrument(**wrong)


@pytest.mark.both
def test_which_are_in_force_and_which_are_to_renew(db):
    soon = TODAY + timedelta(days=180)
    for title, fields in {
        "endless": {},
        "last day": {"valid_until": TODAY},
        "expired": {"valid_until": TODAY - timedelta(days=1)},
        "soon": {"valid_until": soon},
        "later": {"valid_until": soon + timedelta(days=1)},
        "to come": {"valid_from": TODAY + timedelta(days=1)},
        "set aside": {"valid_until": TODAY, "ended_on": TODAY},
        "set aside later": {"valid_until": TODAY, "ended_on": TODAY + timedelta(days=1)},
    }.items():
        make_instrument(title, **fields)

    in_force = {str(each) for each in Instrument.objects.in_force(TODAY)}
    to_renew = {str(each) for each in Instrument.objects.to_renew(TODAY)}

    assert in_force == {"endless", "last day", "soon", "later", "set aside later"}
    assert to_renew == {"last day", "expired", "soon", "set aside later"}


def test_the_list_asks_the_same_for_any_number(
    client, people, cities, django_assert_max_num_queries
):
    number = 3
    for place in range(number):
        make_instrument(f"Ordinance {place}", valid_until=timezone.localdate())
    client.force_login(people.alder)
    client.get(reverse("instruments:index"))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("instruments:index")).content.decode()

    assert all(f"Ordinance {place}" in page for place in range(number))
    assert city_pair()[0].name in page


def test_the_list_says_on_which_day_to_come_an_instrument_expires(client, people, cities):
    make_instrument(valid_until=date(2031, 5, 4))
    client.force_login(people.alder)

    listed = client.get(reverse("instruments:index")).content.decode()

    assert ("4 May 2031" in listed, "Just now" in listed) == (True, False)


@pytest.mark.parametrize("name", ["adopted_on", "valid_from", "valid_until", "ended_on"])
def test_a_day_in_a_year_nobody_can_mean_is_refused_beside_it(client, people, cities, name):
    client.force_login(people.alder)
    days = {"valid_from": "1900-01-01", "adopted_on": "1900-01-01"}

    refused = client.post(reverse(ADD), typed(cities[0], **{**days, name: "9206-05-01"}))

    told = ["Nobody can mean this day: check the year."]
    assert refused.context["form"].errors[name] == told
    assert not Instrument.objects.exists()


def test_the_menu_has_one_entry_for_the_bond(rf, people):
    request = rf.get("/admin/")
    request.user = people.alder

    (entry,) = [
        each
        for each in admin_menu.menu_items_for_request(request)
        if each.label == "The partnership"
    ]

    below = [str(each.label) for each in entry.menu.menu_items_for_request(request)]
    assert below == ["Status", "Law and agreements"]


@pytest.mark.parametrize("screen", ["edit", "delete", "history", "usage"])
def test_no_screen_shows_an_editor_what_binds_another_city(client, people, screen):
    client.force_login(people.puerto)
    address = reverse(f"instruments:{screen}", args=(make_instrument().pk,))

    assert client.get(address).status_code == 404
