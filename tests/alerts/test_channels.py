"""Channels are tested, what nobody tested is a concern, and readers see what is public."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.alerts.concerns import CHANNELS, untested_channels
from home.alerts.models import Channel, ChannelTest, EmergencyNumbers
from partnership import continuity
from tests.factories.alerts import alerter_of, make_channel, was_tested
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=90)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    editor = alerter_of(city_pair()[1])
    client.force_login(editor)
    return editor


def typed(*offices, **fields):
    rows = [
        {"city": city.pk, "office_en": words, "office_es": words, "ORDER": "1"}
        for city, words in offices
    ]
    return nested_form_data({
        "purpose_en": "When telephones fail",
        "purpose_es": "Cuando fallan los teléfonos",
        "primary_way_en": "Channel 12",
        "primary_way_es": "Canal 12",
        "fallback_way_en": "",
        "fallback_way_es": "",
        "notes": "The key hangs in the office.",
        "offices": inline_formset(rows),
        **fields,
    })  # fmt: skip


def test_a_channel_is_kept_with_the_offices_that_answer_for_it(client, editor):
    alder, puerto = city_pair()
    sent = typed((alder, "Duty officer"), (puerto, "Guardia"), primary_is_public="on")

    response = client.post("/admin/channels/new/", sent)

    assert response.status_code == 302
    channel = Channel.objects.get()
    assert [str(office) for office in channel.offices.all()] == ["Duty officer", "Guardia"]
    assert (channel.primary_is_public, channel.fallback_is_public) == (True, False)


def test_a_channel_needs_an_office_in_a_city_of_the_editor_and_every_language(
    client, unwritten, editor
):
    alder, puerto = city_pair()
    url = "/admin/channels/new/"
    foreign = client.post(url, typed((alder, "Duty officer")))
    nameless = client.post(url, typed((puerto, "")))
    half = client.post(url, typed((puerto, "Guardia"), fallback_way_en="Telephone"))
    nothing = client.post(url, typed((puerto, "Guardia"), fallback_is_public="on"))

    told = "Name an office that answers for it in a city you work for."
    assert foreign.context["form"].errors == {"__all__": [told]}
    assert nameless.status_code == 200
    assert half.context["form"].errors == {"fallback_way_es": ["Write it in Spanish too."]}
    assert list(nothing.context["form"].errors) == ["fallback_is_public"]
    assert not Channel.objects.exists()


def test_a_channel_of_another_city_does_not_exist_for_this_editor(client, editor):
    alder, puerto = city_pair()
    channel = make_channel(alder)
    edit = reverse("channels:edit", args=(channel.pk,))
    button = reverse("channel_tested", args=(channel.pk,))

    answers = [client.get(edit), client.post(button, {"city": alder.pk})]
    answers.append(client.post(button, {"city": puerto.pk}))

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert "When telephones fail" not in client.get("/admin/channels/").content.decode()
    assert not ChannelTest.objects.exists()


# Tests of channels -----------------------------------------------------------------------------


@pytest.mark.both
def test_tested_today_is_one_press_for_ones_own_city_and_counts_once_a_day(client, editor):
    alder, puerto = city_pair()
    its_clock = ZoneInfo(puerto.time_zone)
    channel = make_channel()
    was_tested(channel, puerto, LONG_AGO)
    began = timezone.localdate(timezone=its_clock)
    button = reverse("channel_tested", args=(channel.pk,))
    screen = client.get("/admin/channels/").content.decode()
    assert screen.count(f'action="{button}"') == 1

    own = [client.post(button, {"city": puerto.pk}).status_code for _time in range(2)]
    foreign = [client.post(button, {"city": city}).status_code for city in (alder.pk, "x", "")]

    assert (own, foreign) == ([302, 302], [302, 302, 302])
    kept = list(ChannelTest.objects.values_list("city", "tested_on"))
    assert kept == [(puerto.pk, began), (puerto.pk, LONG_AGO)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_are_one_test(client, editor, run_in_threads):
    from home.alerts.services import note_test

    channel, puerto = make_channel(), city_pair()[1]

    answers = run_in_threads(lambda _number: note_test(channel, city=puerto), times=10)

    assert sorted(answers) == [False] * 9 + [True]


def test_a_channel_with_tests_is_not_deleted():
    channel = make_channel()
    was_tested(channel, city_pair()[0], YESTERDAY)

    with pytest.raises(ProtectedError):
        channel.delete()


def test_a_channel_that_is_given_up_keeps_its_tests_and_is_asked_for_no_more(client, editor):
    _alder, puerto = city_pair()
    channel = make_channel(added_on=LONG_AGO)
    was_tested(channel, puerto, LONG_AGO)
    offices = [{"id": each.pk, "city": each.city_id, "office_en": "Mast", "office_es": "Mástil"}
               for each in channel.offices.all()]  # fmt: skip
    rows = inline_formset([{**each, "ORDER": "1"} for each in offices], initial=len(offices))

    sent = typed(offices=rows, primary_is_public="on", is_retired="on")
    client.post(reverse("channels:edit", args=(channel.pk,)), sent)

    channel.refresh_from_db()
    assert (channel.is_retired, channel.tests.count()) == (True, 1)
    assert list(untested_channels(TODAY)) == []
    assert "When telephones fail" not in text_of(Client(), reverse("emergency"))
    assert "Tested today<span" not in client.get(reverse("channels:index")).content.decode()


def test_what_is_pressed_in_a_list_names_its_row(client, editor):
    make_channel(purpose="Old radio")

    page = client.get(reverse("channels:index")).content.decode()

    assert 'Tested today<span class="w-sr-only">: Old radio</span>' in page


@pytest.mark.both
@pytest.mark.parametrize("how_many", [1, 3])
def test_what_nobody_tested_for_90_days_is_a_concern(how_many, django_assert_num_queries):
    alder, puerto = city_pair()
    for _number in range(how_many):
        was_tested(make_channel(purpose="Radio"), alder, LONG_AGO)
        was_tested(make_channel(purpose="Never late"), puerto, LONG_AGO + timedelta(days=1))
    fresh = make_channel(purpose="Both")
    was_tested(fresh, alder, LONG_AGO)
    was_tested(fresh, puerto, YESTERDAY)

    with django_assert_num_queries(3):
        found = list(untested_channels(TODAY))

    assert len(found) == how_many
    concern = found[0]
    assert concern.words.startswith("The channel “Radio” was last tested on ")
    assert concern.due == TODAY
    assert concern.cities == (alder, puerto)
    assert concern.edit_url.startswith("/admin/channels/edit/")
    assert CHANNELS in continuity.checks()


def test_a_new_channel_has_90_days_for_its_first_test():
    make_channel(purpose="New")
    make_channel(purpose="Forgotten", added_on=LONG_AGO)

    found = list(untested_channels(TODAY))

    assert [each.words for each in found] == ["The channel “Forgotten” has never been tested."]


# What readers find -----------------------------------------------------------------------------


def text_of(client, url):
    main = client.get(url).content.decode().partition("<main")[2].partition("</main")[0]
    main = re.sub(r"</?a\b[^>]*>", "", main)  # a link stands in its line
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_lists_the_public_ways_by_city_with_the_last_test(
    client, how_many, django_assert_max_num_queries
):
    alder, puerto = city_pair()
    for _number in range(how_many):
        channel = make_channel(notes="The key", **in_every_language("fallback_way", "Secret 7"))
        was_tested(channel, puerto, YESTERDAY)
    make_channel(purpose="Police only", primary_is_public=False)
    EmergencyNumbers.objects.create(city=alder, **in_every_language("text", "999: fire"))

    with django_assert_max_num_queries(11):
        page = text_of(client, reverse("emergency"))

    assert page.count("When telephones fail") == 2 * how_many
    assert page.count("(Puerto Almendro)") == 2 * how_many
    assert page.count("999: fire") == 1
    assert [word in page for word in ("Police only", "Secret 7", "The key")] == [False] * 3


def test_the_page_is_there_in_every_language_and_empty_when_nothing_is_public(client):
    city_pair()

    assert client.get("/es/emergencias/").status_code == 200
    assert "not written down anything" in text_of(client, "/en/emergency/")


def test_whom_to_call_is_written_by_editors_of_that_city_once(client, unwritten, editor):
    alder, puerto = city_pair()
    url = "/admin/emergency_numbers/new/"
    words = {"text_en": "112", "text_es": "112"}

    foreign = client.post(url, {"city": alder.pk, **words})
    own = client.post(url, {"city": puerto.pk, **words})
    again = client.post(url, {"city": puerto.pk, **words})

    assert list(foreign.context["form"].errors) == ["city"]
    assert own.status_code == 302
    told = ["The numbers of this city are there already: change those."]
    assert again.context["form"].errors["city"] == told
    assert EmergencyNumbers.objects.count() == 1


def test_whom_to_call_is_one_touch_away_on_a_phone(client):
    alder, _puerto = city_pair()
    EmergencyNumbers.objects.create(city=alder, **in_every_language("text", "999: fire"))
    make_channel(alder, **in_every_language("primary_way", "Telephone +44 1632 960 110"))

    page = client.get("/en/emergency/").content.decode()

    assert '<a href="tel:999">999</a>: fire' in page
    assert '<a href="tel:+441632960110">+44 1632 960 110</a>' in page


def test_ones_own_city_is_the_first_to_call(client):
    alder, puerto = city_pair()
    for city in (alder, puerto):
        EmergencyNumbers.objects.create(city=city, **in_every_language("text", "112"))

    everybody = client.get("/en/emergency/").context["sections"]
    client.force_login(ResidentFactory(city=puerto))
    own = client.get("/en/emergency/").context["sections"]

    assert [each["city"] for each in everybody] == [alder, puerto]
    assert [each["city"] for each in own] == [puerto, alder]
