"""The Atom feed: what was published, in each language, under ids that stay."""

from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import make_event
from tests.factories.home import make_story, make_text
from tests.factories.pages import make_site

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, code: str = "en") -> ET.Element:
    with translation.override(code):
        address = reverse("feed")
    response = client.get(address)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314 - our own


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path.replace("atom:", ATOM))]


def test_events_consultations_and_stories_are_news_and_texts_are_not(client):
    make_event(title="A feast")
    make_consultation(title="A question")
    make_story("A story")
    make_text("A text")

    found = texts(feed(client), "atom:entry/atom:title")

    assert sorted(found) == ["A feast", "A question", "A story"]


def test_each_language_has_its_own_feed_that_names_the_other(client):
    city_pair()
    story = make_story(title_en="The ramp", title_es="La rampa")
    english, spanish = feed(client, "en"), feed(client, "es")

    assert texts(spanish, "atom:entry/atom:title") == ["La rampa"]
    assert spanish.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    twins = {
        link.get("hreflang"): link.get("href")
        for link in english.findall(f"{ATOM}entry/{ATOM}link[@hreflang]")
    }
    for code in ("en", "es"):
        assert twins[code].endswith(story.url_in(code))


def test_an_entry_keeps_its_id_when_its_address_changes(client):
    story = make_story("The ramp")
    [before] = texts(feed(client), "atom:entry/atom:id")

    story.slug = "the-long-ramp"
    story.save()

    assert texts(feed(client), "atom:entry/atom:id") == [before]
    assert before.startswith("urn:uuid:")
    assert texts(feed(client, "es"), "atom:entry/atom:id") != [before]


def test_a_feed_without_news_is_a_feed(client):
    make_site()

    assert texts(feed(client), "atom:entry/atom:title") == []


def test_the_feed_costs_the_same_for_one_and_three_of_everything(
    client, django_assert_max_num_queries
):
    for _time in range(3):
        make_event()
        make_consultation()
        make_story()
    feed(client)

    with django_assert_max_num_queries(8):
        root = feed(client)

    assert len(root.findall(f"{ATOM}entry")) == 9
