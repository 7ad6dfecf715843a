"""The map of a city: where its corners are, what fits them, and who keeps it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.maps.marks import SQUARE, WIDTH, Square, marks_on, pin_on
from consultations.maps.mercator import Georeference, latitude_of, northing
from consultations.maps.models import CityMap
from home.groups import ensure_groups
from partnership.pages.languages import CODES, localized
from tests.cities.test_neighbourhoods import editor_of
from tests.factories.cities import city_pair
from tests.factories.maps import CORNERS, make_map, make_picture

pytestmark = pytest.mark.django_db

ADD = "city_maps:add"


def form(city: Any, **fields: Any) -> dict[str, Any]:
    titles = {localized("title", code): "Map of it" for code in CODES}
    picture = fields.pop("picture", None) or make_picture()
    about = {"city": city.pk, "picture": picture.pk, "attribution": "© Surveyors"}
    return {**titles, **about, **CORNERS, **fields}


@pytest.fixture
def alder(client: Any) -> Any:
    """The city whose editor asks."""
    city, _other = city_pair()
    client.force_login(editor_of(city))
    ensure_groups()
    return city


# The formula --------------------------------------------------------------------------------


def test_known_places_are_where_web_mercator_has_them():
    edge, london, sydney = (85.0511287798066, 51.5074, -33.8688)

    known = [northing(latitude) for latitude in (0, edge, london, sydney)]

    # in metres of EPSG:3857, for its R = 6378137
    metres = [round(y * 6378137 / 1000) for y in known]
    assert metres == [0, 20038, 6712, -4011]
    assert [latitude_of(y) for y in known] == pytest.approx([0, edge, london, sydney])


def test_tile_12_2047_1362_of_the_web_holds_what_its_corners_say():
    # corners as the wiki of OpenStreetMap computes them: lon = x/2^z*360-180, lat = atan(sinh(...))
    tile = Georeference(north=51.5087425, west=-0.0878906, south=51.4540069, east=0.0)

    assert tile.shape == pytest.approx(1, abs=1e-5)
    assert tile.spot_of(51.5087425, -0.0878906) == (0, 0)
    assert tile.place_at(1, 1) == pytest.approx((51.4540069, 0.0))
    across, down = tile.spot_of(51.4779, -0.0015)
    assert tile.place_at(across, down) == pytest.approx((51.4779, -0.0015))
    assert tile.spot_of(51.6, -0.05) is None


# Keeping it ---------------------------------------------------------------------------------


def test_an_editor_adds_the_map_of_their_city_and_readers_are_told_there_is_one(client, alder):
    response = client.post(reverse(ADD), form(alder))

    made = CityMap.objects.get()
    assert response.status_code == 302
    assert (made.city, made.title, made.attribution) == (alder, "Map of it", "© Surveyors")


def test_what_cannot_be_the_map_of_a_city_is_refused(client, alder):
    wrong: dict[str, dict[str, str]] = {
        "The top edge lies north of the bottom edge": {"south": "42"},
        "the right edge east of the left one": {"east": "-3.4"},
        "85.0511": {"north": "89"},
        "-180": {"west": "-181"},
        "These corners are no city’s": {"south": "30"},
        "another shape than the area between the corners": {"south": "41.62"},
        "required": {"attribution": ""},
        localized("title", CODES[1]): {localized("title", CODES[1]): ""},
    }
    given = form(alder)

    refused = {said: client.post(reverse(ADD), {**given, **wrong[said]}) for said in wrong}

    for said, answer in refused.items():
        assert said in str(answer.context["form"].errors)
    assert not CityMap.objects.exists()


def test_the_picture_is_large_enough_has_the_shape_of_a_map_and_is_described(client, alder):
    pictures = (
        make_picture((240, 120)),
        make_picture((1600, 200)),
        make_picture(description=""),
    )

    refused = [client.post(reverse(ADD), form(alder, picture=each)) for each in pictures]

    told = [list(answer.context["form"].errors) for answer in refused]
    assert told == [["picture"]] * 3


@pytest.mark.both
def test_the_table_itself_refuses_corners_in_the_wrong_order():
    city_map = make_map()

    with pytest.raises(IntegrityError), transaction.atomic():
        CityMap.objects.filter(pk=city_map.pk).update(south=city_map.north)


def test_another_citys_map_does_not_exist_for_an_editor(client, alder):
    _own, other = city_pair()
    city_map = make_map(other)

    asked = [reverse(f"city_maps:{act}", args=(city_map.pk,)) for act in ("edit", "delete")]
    added = client.post(reverse(ADD), form(other))

    assert [client.get(address).status_code for address in asked] == [404, 404]
    assert "city" in added.context["form"].errors


# Pins that would cover each other -----------------------------------------------------------


def test_what_lies_in_one_square_is_one_mark_that_stays_within_it():
    city_map = make_map()
    near = [city_map.georeference.place_at(0.01, 0.02), city_map.georeference.place_at(0.03, 0.2)]
    far = city_map.georeference.place_at(0.99, 0.9)
    beyond = (0.0, 0.0)

    marks = marks_on(city_map, [(point, point) for point in (*near, far, beyond)])

    assert [(mark.count, mark.only) for mark in marks] == [(2, None), (1, far)]
    assert (marks[0].x, marks[1].x) == (14, WIDTH - 14)
    assert pin_on(city_map, beyond) is None


def test_a_square_has_the_edges_of_its_neighbours_and_holds_what_is_in_it():
    city_map = make_map()
    point = city_map.georeference.place_at(0.3, 0.6)
    square = marks_on(city_map, [(point, "it")])[0].square

    north, west, south, east = square.edges_on(city_map)

    assert square == (city_map.pk, int(0.3 * WIDTH // SQUARE), int(0.6 * WIDTH / 2 // SQUARE))
    assert (south < point[0] <= north, west <= point[1] < east) == (True, True)
    assert Square(city_map.pk, square.column + 1, square.row).edges_on(city_map)[1] == east
    assert Square.read(str(square)) == square
    assert [
        Square.read(text) for text in ("", "1-2", "1-2-x", "1-2-3-4", "1--2", f"1-2-{'9' * 30}")
    ] == [None] * 6
