"""Who else carries the partnership: the page, the events it hosts, and who may change it."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from events.calendars import calendar_file
from events.models import EventPage
from home.partners.groups import ensure_groups
from home.partners.models import Partner
from partnership.pages import finding
from partnership.pages.groups import EDITORS
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.calendars import read_strictly
from tests.factories.cities import city_pair
from tests.factories.committees import days_ago
from tests.factories.events import make_event
from tests.factories.home import in_every_language
from tests.factories.knowledge import make_case, make_list, make_practice
from tests.factories.partners import make_convener, make_partner
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# What readers see ------------------------------------------------------------------------------


def test_partners_stand_by_what_they_are_in_both_languages(client):
    alder, _puerto = city_pair()
    make_partner("North University", kind="university", city=alder, starts_on="2019-03-01")
    make_convener(name_es="Casa del Puente")

    english, spanish = (
        text_of(client.get(f"/{each}/")) for each in ("en/partners", "es/entidades-colaboradoras")
    )

    university = "Universities North University It brings people to one table. Alder Bay"
    assert f"{university} Partner since 1 March 2019" in english
    assert "Neutral conveners Bridge House It brings people to one table." in english
    assert "Why it takes no side: Neither city pays us." in english
    assert "Casa del Puente" in spanish


def test_who_is_no_partner_any_more_stands_among_the_former_ones(client):
    make_partner("Old Bakery", kind="business", ends_on=days_ago(2))

    shown = text_of(client.get("/en/partners/"))

    assert "Former partners Old Bakery" in shown
    assert "Business" in shown.split("Former partners")[1]
    assert "Businesses" not in shown


@pytest.mark.parametrize("is_published", [True, False])
def test_the_foot_leads_there_where_there_is_a_partner_for_readers(client, is_published):
    city_pair()
    make_partner(is_published=is_published)

    shown = client.get("/en/").content.decode()

    assert ('href="/en/partners/"' in shown) is is_published


def test_an_entry_leads_to_the_practices_that_name_it_as_these_lead_to_it(client):
    make_list()
    house, other = make_partner("Bridge House"), make_partner("Mill House")
    case = make_case()
    shared = make_practice(case, title="Two offers", slug="two", partners=[house, other])
    make_practice(case, title="An offer", slug="one", partners=[house])
    make_practice(case, title="A draft", slug="draft", partners=[house], live=False)

    entries = BeautifulSoup(client.get("/en/partners/").content, "html.parser")

    told = [
        [link.text for link in entries.select(f'#{each.anchor} a[href^="/en/learned/"]')]
        for each in (house, other)
    ]
    assert told == [["An offer", "Two offers"], ["Two offers"]]
    assert f'href="{shared.get_url()}"' in str(entries)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, django_assert_num_queries, many):
    logo = make_photo("A bridge")
    for number in range(many):
        make_event(hosting=[make_convener(f"House {number}", logo=logo)], title=f"Talk {number}")
    client.get("/es/entidades-colaboradoras/")  # makes the small logo

    with django_assert_num_queries(7):
        shown = client.get("/en/partners/").content.decode()

    assert shown.count("Host of:") == many
    assert shown.count('alt="A bridge"') == many


@pytest.mark.both
def test_the_search_finds_partners_where_they_stand():
    partner = make_convener(name_es="Casa del Puente")
    make_partner("Bridge of nobody", is_published=False)

    [found] = finding.find("bridge", language="en")

    assert found.told[0].url == f"/en/partners/#partner-{partner.pk}"
    assert [told.title for told in found.told] == ["Bridge House"]
    assert [each.source.name for each in finding.find("puente", language="es")] == ["partners"]


# What they host --------------------------------------------------------------------------------


def test_an_event_says_who_hosts_it_and_what_that_is(client):
    partner = make_convener(website="https://bridge.example/")
    event = make_event(hosting=[partner, make_partner("Unseen", is_published=False)])

    shown = client.get(event.get_url()).content.decode()

    link = f'Hosted by <a href="/en/partners/#partner-{partner.pk}"><bdi>Bridge House</bdi></a>'
    assert f"{link} (neutral convener)" in shown
    assert "Unseen" not in shown
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
    assert json.loads(data)["organizer"] == {
        "@type": "Organization",
        "name": "Bridge House",
        "url": "https://bridge.example/",
    }


def test_an_event_that_nobody_hosts_costs_nothing_more(client, django_assert_num_queries):
    plain, hosted = make_event(), make_event(hosting=[make_convener()])
    client.get(plain.get_url())

    with django_assert_num_queries(10):
        client.get(f"{plain.get_url()}?again")
    with django_assert_num_queries(11):
        client.get(f"{hosted.get_url()}?again")


def test_the_calendar_tells_the_host_and_numbers_the_change(client):
    partner = make_convener()
    event = make_event()
    before = event.calendar_sequence

    event.hosting = [partner]
    event.save()

    event = EventPage.objects.get(pk=event.pk)
    [entry] = read_strictly(calendar_file(event, "en")).walk("VEVENT")
    assert "Hosted by Bridge House (neutral convener)" in str(entry["DESCRIPTION"])
    assert event.calendar_sequence == before + 1
    assert b"Hosted by Bridge" in client.get("/en/events/calendar.ics").content


@pytest.mark.both
def test_a_calendar_of_many_asks_for_their_hosts_at_once(client, django_assert_num_queries):
    for _number in range(3):
        make_event(hosting=[make_convener()])
    client.get("/en/events/calendar.ics?other")

    with django_assert_num_queries(5):
        told = client.get("/en/events/calendar.ics").content

    assert told.count(b"Hosted by Bridge") == 3


# Who may change it -----------------------------------------------------------------------------


@pytest.fixture
def editor(client):
    """An editor of Alder Bay, signed in."""
    ensure_editors()
    ensure_groups()
    found = ResidentFactory(is_staff=True)
    found.groups.add(Group.objects.get(name=EDITORS))
    found.edits_for.add(city_pair()[0])
    client.force_login(found)
    return found


def form(**fields):
    return {
        **in_every_language("name", "Bridge House"),
        **in_every_language("summary", "It brings people to one table."),
        **in_every_language("neutrality", ""),
        "kind": "school",
        "city": "",
        "website": "",
        "logo": "",
        "starts_on": "",
        "ends_on": "",
        "is_published": "on",
        **fields,
    }


def test_an_editor_adds_a_partner_and_changes_it(client, editor):
    client.post(reverse("partner_entries:add"), form())

    partner = Partner.objects.get()
    address = reverse("partner_entries:edit", args=(partner.pk,))
    client.post(address, form(kind="university", website="https://north.example/"))

    partner.refresh_from_db()
    assert (partner.kind, partner.website) == ("university", "https://north.example/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "convener"}, "Write why this convener takes no side."),
        ({"summary_es": ""}, "Español"),
        ({"starts_on": "2026-02-02", "ends_on": "2026-02-01"}, "cannot be before the first"),
    ],
    ids=["convener", "language", "days"],
)
def test_half_a_partner_is_not_published(client, editor, fields, words):
    refused = client.post(reverse("partner_entries:add"), form(**fields))

    assert words in refused.content.decode()
    assert not Partner.objects.exists()


def test_a_partner_of_another_city_is_not_theirs_to_change(client, editor):
    _alder, puerto = city_pair()
    partner = make_partner(city=puerto)

    for screen in ("edit", "delete"):
        address = reverse(f"partner_entries:{screen}", args=(partner.pk,))
        assert client.post(address, form()).status_code in {302, 404}

    assert Partner.objects.get().kind == "other"


def test_the_list_says_of_which_city_a_partner_is(client, editor):
    make_partner("Anybody's")

    assert "All cities" in text_of(client.get(reverse("partner_entries:index"))).split("Anybody")[1]


def test_what_belongs_to_all_cities_is_not_taken_for_one(client, editor):
    partner = make_partner()
    address = reverse("partner_entries:edit", args=(partner.pk,))

    refused = client.post(address, form(city=city_pair()[0].pk))

    assert "leave it to all of them" in refused.content.decode()
    assert Partner.objects.get().city is None


def test_who_hosts_something_is_not_deleted_and_others_are(client, editor):
    host, other = make_convener(), make_partner("Other")
    make_event(title="A long table", hosting=[host])
    address = reverse("partner_entries:delete", args=(host.pk,))

    refused = client.post(address, follow=True).content.decode()
    client.post(reverse("partner_entries:delete", args=(other.pk,)))

    assert "It stays while it hosts this: A long table" in refused
    assert list(Partner.objects.all()) == [host]
