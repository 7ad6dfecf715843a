"""Ideas are read on the maps, narrowed like the list, and forgotten with their authors."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from consultations.conversation.services import take_off_the_map, withdraw_comment
from consultations.enums import ContributionKind, QuestionType
from consultations.exports.comments import comments_table
from consultations.exports.enums import Profile
from consultations.exports.scope import Scope
from consultations.models import Answer, Contribution
from consultations.refusals import CommentNotThere
from partnership.people.erasure import ERASE, erase
from partnership.people.tokens import issue
from tests.consultations.test_pages import close, signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    IdeaFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.maps import make_map
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def at(city_map: Any, across: float, down: float) -> dict[str, Decimal]:
    """The columns of an idea at a spot of the map."""
    degrees = city_map.georeference.place_at(across, down)
    exact = (Decimal(str(each)).quantize(Decimal("0.0001")) for each in degrees)
    return dict(zip(("latitude", "longitude"), exact, strict=True))


def marks(response: Any) -> list[tuple[str, str]]:
    links = page(response).select("svg.map-pins a")
    return [(link.select_one("text").text, link["aria-label"]) for link in links]


@pytest.fixture
def on_map() -> list[Contribution]:
    """Three ideas on the map, two of them beside each other, and one that is nowhere."""
    city_map, consultation = make_map(), make_consultation(takes_ideas=True)
    spots = [(0.11, 0.11), (0.12, 0.12), (0.8, 0.6)]
    ideas = [IdeaFactory(consultation=consultation, **at(city_map, *spot)) for spot in spots]
    IdeaFactory(consultation=consultation, title="Nowhere")
    return ideas


def test_a_pin_leads_to_its_idea_and_one_for_several_to_exactly_these(client, on_map):
    first, second, third = on_map
    shown = client.get(third.consultation.ideas_url)
    several, one = page(shown).select("svg.map-pins a")

    narrowed = client.get(several["href"])

    assert marks(shown) == [("×2", "2 ideas here"), ("1", f"1: {third.title}")]
    assert one["href"] == third.replies_url
    titles = [entry["title"] for entry in narrowed.context["entries"]]
    assert titles == [second.title, first.title]
    assert page(narrowed).select_one("input[name=place]")["value"] in several["href"]


def test_the_map_has_a_list_beside_it_in_the_same_order(client, on_map):
    shown = page(client.get(on_map[0].consultation.ideas_url))

    listed = [link["href"] for link in shown.select("figure.map details ol a")]

    assert listed == [idea.replies_url for idea in reversed(on_map)]
    assert "© Surveyors" in shown.select_one("figure.map figcaption").text


def test_every_map_says_which_one_it_is_at_its_pins_and_at_its_list(client):
    """Two maps on a page had two lists of one name, and pins in a group without any."""
    consultation = make_consultation(takes_ideas=True)
    maps = [make_map(city, title_en=f"Map of {city.name}") for city in city_pair()]
    IdeaFactory(consultation=consultation, **at(maps[0], 0.4, 0.4))

    shown = page(client.get(consultation.ideas_url))

    assert [pins["role"] for pins in shown.select("svg.map-pins")] == ["group", "group"]
    names = [pins["aria-label"] for pins in shown.select("svg.map-pins")]
    assert names == [each.title for each in maps]
    lists = [one.get_text(" ", strip=True) for one in shown.select("figure.map summary")]
    assert [said.endswith(name) for said, name in zip(lists, names, strict=True)] == [True, True]


def test_what_narrows_the_list_narrows_the_map(client, on_map):
    address = on_map[0].consultation.ideas_url

    assert marks(client.get(f"{address}?q={on_map[2].title.replace(' ', '+')}")) == [
        ("1", f"1: {on_map[2].title}")
    ]
    assert marks(client.get(f"{address}?city=puerto")) == []
    assert marks(client.get(f"{address}?place=9-9-9")) == marks(client.get(address))


@pytest.mark.both
def test_every_point_is_in_the_square_whose_link_counts_it(client):
    city_map, consultation = make_map(), make_consultation(takes_ideas=True)
    for number in range(24):  # on and beside the edges of squares
        spot = at(city_map, (number + 0.001) / 24, number / 24)
        IdeaFactory(consultation=consultation, **spot)

    shown = page(client.get(consultation.ideas_url))

    links = shown.select("svg.map-pins a.map-several")
    counted = [int(link.select_one("text").text[1:]) for link in links]
    listed = [client.get(link["href"]).context["page"].paginator.count for link in links]
    assert (counted, len(counted) > 5) == (listed, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_map_costs_two_queries_however_many_ideas_are_on_it(
    client, number, django_assert_num_queries
):
    city_map, consultation = make_map(), make_consultation(takes_ideas=True)
    for place in range(number):
        IdeaFactory(consultation=consultation, **at(city_map, 0.1 + place / 4, 0.5))
    assert len(marks(client.get(consultation.ideas_url))) == number

    with django_assert_num_queries(14):
        client.get(f"{consultation.ideas_url}?fresh=1")


def test_the_page_of_an_idea_shows_where_it_is(client, on_map):
    idea = on_map[2]

    shown = page(client.get(idea.replies_url))

    assert float(shown.select_one("svg.map-pin")["x"]) == pytest.approx(0.8 * 320, abs=0.5)
    assert idea.point in shown.select_one("figure.map figcaption").text


def test_in_spanish_the_pin_is_numbered_and_named_as_well(client, on_map):
    with translation.override("es"):
        address = on_map[2].consultation.ideas_url

    assert ("1", f"1: {on_map[2].title}") in marks(client.get(address))


@pytest.mark.both
def test_half_a_point_and_the_point_of_a_comment_are_in_no_table():
    idea, comment = IdeaFactory(), ContributionFactory()

    for row, point in ((idea, {"latitude": 41}), (comment, {"latitude": 41, "longitude": -3})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.filter(pk=row.pk).update(**point)
    assert comment.kind == ContributionKind.COMMENT


# Taking it back -----------------------------------------------------------------------------


def test_its_author_takes_the_pin_off_the_map_at_any_time(on_map):
    idea = on_map[2]
    client, stranger = signed_in(idea.participant)[0], make_participant()
    Contribution.objects.update(created_at=idea.created_at - timedelta(days=9))
    told = text_of(client.get(idea.edit_url))

    client.post(idea.edit_url, {"off_the_map": "1"})

    idea.refresh_from_db()
    assert "Readers see a pin at" in told
    assert (idea.point, idea.title != "") == ("", True)
    with pytest.raises(CommentNotThere):
        take_off_the_map(on_map[0], participant=stranger)


def test_a_withdrawn_idea_and_one_whose_author_is_erased_are_nowhere(on_map):
    withdrawn, erased, kept = on_map

    withdraw_comment(withdrawn, participant=withdrawn.participant)
    person = erased.participant.resident
    erase(person, keep_words=True, email=person.email, form_token=issue(ERASE))

    for idea in on_map:
        idea.refresh_from_db()
    assert [idea.point for idea in (withdrawn, erased)] == ["", ""]
    assert (erased.title != "", kept.point != "") == (True, True)


# Files --------------------------------------------------------------------------------------


def test_open_data_has_the_places_as_points_longitude_first(client, on_map):
    consultation, idea = on_map[0].consultation, on_map[0]
    Contribution.objects.filter(pk=on_map[1].pk).update(publication_status="hidden")
    close(consultation)
    address = reverse("consultation_open_data_file", args=(consultation.slug, "geojson"))

    linked = client.get(consultation.open_data_url)
    answer = client.get(address)

    collection = json.loads(b"".join(answer.streaming_content))
    assert f'href="{address}"' in linked.content.decode()
    assert answer["Content-Type"] == "application/geo+json"
    titles = [each["properties"]["title"] for each in collection["features"]]
    assert titles == [idea.title, on_map[2].title]
    assert collection["features"][0]["geometry"] == {
        "type": "Point",
        "coordinates": [float(idea.longitude), float(idea.latitude)],
    }


def test_where_no_idea_has_a_place_there_is_no_such_file_and_no_link(client):
    make_map()
    consultation = IdeaFactory().consultation
    close(consultation)
    address = reverse("consultation_open_data_file", args=(consultation.slug, "geojson"))

    assert client.get(address).status_code == 404
    assert "GeoJSON" not in text_of(client.get(consultation.open_data_url))


def test_the_table_of_comments_tells_the_place_to_everybody(on_map):
    table = comments_table(Scope(on_map[0].consultation, Profile.PUBLIC, None))

    rows = [dict(zip(table.keys, row, strict=True)) for row in table.rows()]
    placed = {row["title"]: (row["lat"], row["lon"]) for row in rows}
    idea = on_map[0]
    assert placed[idea.title] == (float(idea.latitude), float(idea.longitude))
    assert placed["Nowhere"] == (None, None)


# Answers ------------------------------------------------------------------------------------


def answered(**fields: Any) -> Any:
    city_map, consultation = make_map(), make_consultation(**fields)
    question = make_question(consultation, QuestionType.LOCATION, asks_point=True)
    for share in (0.5, 0.51, 9):
        response = consultation.responses.create(
            participant=make_participant(), city=city_pair()[0], language_code="en"
        )
        point = at(city_map, share, 0.5)
        Answer.objects.create(response=response, question=question, value="point", **point)
    return consultation


def test_staff_are_told_how_many_answers_there_are_and_how_many_of_them_are_drawn(
    client, monkeypatch
):
    monkeypatch.setattr("consultations.maps.staff.MOST", 2)
    address = reverse("answer_points", args=(answered().pk,))
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    words = text_of(client.get(address))

    assert "3 answers have a point. 2 of them are drawn here; the export has them all." in words


def test_staff_see_on_the_map_where_the_answers_to_a_question_lie(client):
    consultation = answered()
    address = reverse("answer_points", args=(consultation.pk,))
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    shown = client.get(address)

    assert [mark.text for mark in page(shown).select("figure svg text")] == ["2"]
    assert "3 answers have a point. 1 of them is on none of the maps." in text_of(shown)
    assert (
        address
        in client.get(reverse("wagtailadmin_pages:edit", args=(consultation.pk,))).content.decode()
    )


def test_who_may_not_export_names_sees_no_points_and_nobody_does_of_anonymous_answers_yet(client):
    consultation = make_consultation(is_anonymous=True)
    make_question(consultation, QuestionType.LOCATION, asks_point=True)
    address = reverse("answer_points", args=(consultation.pk,))
    client.force_login(ResidentFactory(is_staff=True))
    refused = client.get(address)
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    early = client.get(address)

    assert refused.status_code in (302, 403)
    assert early.context["questions"] == ()
