"""Pages of text and stories."""

from datetime import date

import pytest

from consultations.roadmap.models import RoadmapPage
from tests.factories.home import make_story, make_text
from tests.factories.pages import add_page
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

BODY = [
    ("heading", "What we keep"),
    ("text", "<p>Your <b>name</b>.</p>"),
    ("quote", {"words": "It works.", "speaker": "Ana"}),
    ("facts", {"heading": "For how long", "facts": [{"name": "Votes", "value": "Five years"}]}),
]


def test_a_text_shows_every_block_in_the_readers_language(client):
    page = make_text("Privacy", body_en=BODY, body_es=[("heading", "Qué guardamos")])

    english = client.get(page.url_in("en")).content.decode()
    spanish = client.get(page.url_in("es")).content.decode()

    for words in ("What we keep", "Your <b>name</b>", "It works.", "Five years"):
        assert words in english
    assert "Qué guardamos" in spanish
    assert "What we keep" not in spanish


def test_a_text_lists_the_published_pages_below_it(client):
    page = make_text("About us")
    add_page(page, type(page), title_en="Committee", title_es="Comité")
    page.add_child(instance=type(page)(title_en="Not yet", title_es="Aún no", live=False))

    text = client.get(page.get_url()).content.decode()

    assert "Committee" in text
    assert "Not yet" not in text


@pytest.mark.parametrize("times", [1, 3])
def test_the_stories_are_listed_latest_first_at_the_same_cost(
    client, times, django_assert_num_queries
):
    for number in range(times):
        make_story(f"Story {number}", told_on=date(2026, 1, 1 + number))
    address = make_story("Newest", told_on=date(2026, 12, 1)).get_parent().get_url()
    client.get(address)

    with django_assert_num_queries(9):
        text = client.get(address).content.decode()

    assert text.count("card-title") == times + 1
    assert text.find("Newest") < text.find("Story 0")


def test_a_story_leads_to_its_promise_while_the_roadmap_is_public(client):
    commitment = make_commitment(title="A ramp at the steps")
    story = make_story(commitment=commitment)
    text = client.get(story.get_url()).content.decode()
    assert f'{commitment.roadmap.get_url()}#item-{commitment.number}"' in text

    RoadmapPage.objects.get().unpublish()

    assert "The promise behind this story" not in client.get(story.get_url()).content.decode()


def test_an_unpublished_story_is_not_found(client):
    story = make_story()
    story.unpublish()

    assert client.get(story.get_url()).status_code == 404
