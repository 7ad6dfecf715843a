"""Pressing a map sets a pin, loses nothing that was typed, and takes whatever is sent."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.enums import Participation, QuestionType
from consultations.ideas.services import IDEA
from consultations.maps.mercator import northing
from consultations.maps.models import CityMap
from consultations.models import Answer, Contribution
from consultations.services import ANSWER
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_question
from tests.factories.maps import ACROSS, NORTH, WEST, make_map

pytestmark = pytest.mark.django_db

TYPED = {"title": "A tap at the old mill", "text": "Children drink more water."}
#: What is in the middle of the map, and a quarter from its left.
MIDDLE_EAST, QUARTER_EAST = WEST + ACROSS / 2, WEST + ACROSS / 4


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def taking_ideas(**fields: Any) -> Any:
    return make_consultation(takes_ideas=True, **fields)


def press(client: Client, consultation: Any, x: Any = 120, y: Any = 120, **more: Any) -> Any:
    """Press the largest size of the only map, 480 by 240."""
    width = more.pop("width", 480)
    name = f"point-pin-{CityMap.objects.values_list('pk', flat=True).first()}-{width}"
    sent = {**TYPED, f"{name}.x": x, f"{name}.y": y, **more}
    return client.post(consultation.write_idea_url, sent)


def point(response: Any) -> tuple[float, ...]:
    written = page(response).select_one("#id_point")["value"]
    return tuple(float(part) for part in written.split(", "))


@pytest.fixture
def asked() -> tuple[Client, Any]:
    """Somebody signed in, and a consultation that takes ideas in a city with a map."""
    make_map()
    return signed_in()[0], taking_ideas()


def test_a_press_sets_the_point_keeps_what_was_typed_and_publishes_nothing(asked):
    client, consultation = asked

    shown = press(client, consultation)

    latitude, longitude = point(shown)
    assert (shown.status_code, Contribution.objects.count()) == (200, 0)
    assert longitude == pytest.approx(QUARTER_EAST, abs=0.00006)
    half_way_down = (northing(NORTH) - northing(latitude)) / (ACROSS * 3.14159265 / 180 / 2)
    assert half_way_down == pytest.approx(1 / 2, abs=0.003)
    assert page(shown).select_one("#id_title")["value"] == TYPED["title"]
    assert TYPED["text"] in text_of(shown)
    assert f"In the west of the map ({latitude:.4f}, {longitude:.4f})" in text_of(shown)


def test_the_same_spot_is_the_same_place_in_whatever_size_the_map_was_shown(asked):
    client, consultation = asked

    places = [
        point(press(client, consultation, width // 4, width // 4, width=width))
        for width in (240, 300, 480, 1200)
    ]

    assert places == [places[0]] * 4


def test_after_a_press_the_map_is_looked_at_closely_where_the_pin_is(asked):
    client, consultation = asked
    before = page(client.get(consultation.write_idea_url))

    after = page(press(client, consultation))

    buttons = before.select("input[type=image]")
    assert [button["width"] for button in buttons] == ["240", "300", "480"]
    assert {button["formaction"] for button in buttons} == {
        f"{consultation.write_idea_url}#point-pin"
    }
    assert [button["width"] for button in after.select("input[type=image]")] == ["1200"]
    opens_to, pin = after.select_one("#point-pin"), after.select_one("svg.map-pin")
    half = float(opens_to["width"]) / 2
    assert float(opens_to["x"]) + half == pytest.approx(float(pin["x"]), abs=0.1)
    assert float(pin["x"]) == pytest.approx(320 / 4, abs=0.2)


def test_sending_the_form_then_keeps_the_place_ten_metres_exact(asked):
    client, consultation = asked
    typed = page(press(client, consultation)).select_one("#id_point")["value"]

    form = {**TYPED, "point": f"{typed}4", "form_token": issue(IDEA)}
    client.post(consultation.write_idea_url, form)

    idea = Contribution.objects.get()
    assert f"{idea.latitude}, {idea.longitude}" == typed
    assert (idea.publication_status, idea.point) == ("pending", typed)


def test_enter_in_a_line_of_text_sends_the_form_and_presses_no_map(asked):
    client, consultation = asked

    form = page(client.get(consultation.write_idea_url)).select_one("main form[method=post]")

    submits = form.select("button, input[type=image], input[type=submit]")
    assert (submits[0].name, submits[0].get("name")) == ("button", None)


def test_by_keyboard_the_pin_starts_in_the_middle_and_buttons_move_it(asked):
    client, consultation = asked
    first = press(client, consultation, 0, 0)
    typed = page(first).select_one("#id_point")["value"]
    east = page(first).select_one("button[value$=':east']")

    moved = client.post(
        consultation.write_idea_url, {**TYPED, "point": typed, east["name"]: east["value"]}
    )
    again = press(client, consultation, 0, 0, point="41.6500, -3.2900")

    assert point(first)[1] == pytest.approx(MIDDLE_EAST, abs=0.0001)
    assert point(moved) == (point(first)[0], pytest.approx(MIDDLE_EAST + ACROSS / 24, abs=0.0001))
    assert point(again) == (41.65, -3.29)


@pytest.mark.parametrize(("x", "y"), [(120, 120), (0, 0), ("x", "y")])
def test_whatever_was_pressed_the_page_opens_where_the_map_is(asked, x, y):
    client, consultation = asked

    shown = page(press(client, consultation, x, y))

    where = shown.select_one("input[type=image]")["formaction"].partition("#")[2]
    assert len(shown.select(f"#{where}")) == 1
    assert shown.select_one(f"fieldset #{where}")


def test_no_button_moves_the_pin_off_the_map(asked):
    client, consultation = asked
    key = CityMap.objects.get().pk

    moved = client.post(
        consultation.write_idea_url,
        {**TYPED, "point": f"{NORTH}, {WEST}", "point-move": f"{key}:north"},
    )

    assert point(moved) == (NORTH, WEST)


def test_the_pin_can_be_removed(asked):
    client, consultation = asked
    form = {**TYPED, "point": "41.6500, -3.2900", "point-unpin": CityMap.objects.get().pk}

    shown = page(client.post(consultation.write_idea_url, form))

    assert shown.select_one("#id_point").get("value", "") == ""
    assert shown.select_one("svg.map-pin") is None
    assert shown.select_one("#id_title")["value"] == TYPED["title"]


def test_ones_own_citys_map_is_shown_first_and_the_other_one_after_a_press(asked):
    client, consultation = asked
    _own, other = city_pair()
    second = make_map(other)

    first = page(client.get(consultation.write_idea_url))
    button = first.select_one("button[name=point-whole]")
    shown = page(
        client.post(consultation.write_idea_url, {**TYPED, button["name"]: button["value"]})
    )

    assert button.text == "Show Puerto Almendro"
    assert f"point-pin-{second.pk}-" in shown.select_one("input[type=image]")["name"]
    assert shown.select_one("#id_title")["value"] == TYPED["title"]


def test_what_no_browser_sends_sets_no_pin_and_loses_nothing(asked):
    client, consultation = asked
    numbers = ("-5", "481", "99999999999999999999", "here", ["7", "eight"], "\u0661\u0662")
    sent: list[Any] = [{"x": number} for number in numbers]

    answers = [press(client, consultation, **each) for each in (*sent, {"width": "9"})]

    for shown in answers:
        assert shown.status_code == 200
        assert "That was not on the map. Press it once more." in text_of(shown)
        assert page(shown).select_one("#id_point").get("value", "") == ""
        assert page(shown).select_one("#id_title")["value"] == TYPED["title"]


def test_a_press_on_half_of_a_button_or_on_a_map_that_is_gone_loses_nothing(asked):
    client, consultation = asked
    key = CityMap.objects.get().pk
    names = (f"point-pin-{key}-480.x", "point-pin-99999999999999999999999-480.x", "point-move")

    answers = [client.post(consultation.write_idea_url, {**TYPED, name: "7"}) for name in names]
    CityMap.objects.all().delete()
    answers.append(client.post(consultation.write_idea_url, {**TYPED, names[0]: "7"}))

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    for answer in answers:
        assert page(answer).select_one("#id_title")["value"] == TYPED["title"]


def test_names_that_only_look_like_a_press_are_none(asked):
    client, consultation = asked
    sent = {**TYPED, "form_token": issue(IDEA), "title-pin-1-480.x": "7"}

    client.post(consultation.write_idea_url, sent)

    assert Contribution.objects.get().point == ""


def test_a_place_that_is_on_no_map_is_refused_beside_its_field(asked):
    client, consultation = asked

    refused = client.post(consultation.write_idea_url, {**TYPED, "point": "10, 10"})

    assert refused.status_code == 422
    assert refused.context["form"].errors["point"] == [
        "This point is on none of the maps. Choose one within a city."
    ]
    assert page(refused).select_one("details.more-fields[open] #id_point")["value"] == "10, 10"


def test_without_maps_the_form_asks_for_no_place_and_costs_no_query_more():
    client, _participant = signed_in()
    consultation = taking_ideas()
    address = consultation.write_idea_url
    client.get(address)
    with CaptureQueriesContext(connection) as without:
        shown = client.get(address)
    make_map()
    client.get(address)  # makes the picture small, once and for all

    with CaptureQueriesContext(connection) as with_map:
        client.get(address)

    assert "pin" not in text_of(shown).split()
    assert len(with_map) - len(without) == 1


def test_a_guest_presses_before_the_address_is_confirmed_and_the_idea_keeps_its_place(client):
    make_map()
    consultation = taking_ideas(participation=Participation.OPEN)
    who = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}

    shown = press(client, consultation, **who)
    fields = {
        field["name"]: field.get("value", "")
        for field in page(shown).select("main form[method=post] input")
        if field.get("type") not in ("image", "radio", "checkbox")
    }
    form = {**TYPED, **who, **{name: fields[name] for name in ("point", "form_token")}}
    client.post(consultation.write_idea_url, form)
    client.post(consultation.guest_url, {"code": code_sent()})

    assert (fields["name"], fields["email"]) == ("Ana Olmo", "ana@example.org")
    assert Contribution.objects.get().point == fields["point"]


def test_whoever_was_signed_out_meanwhile_comes_back_to_the_pin(client):
    make_map()
    consultation = taking_ideas()

    led = press(client, consultation)
    client.force_login(signed_in()[1].resident)
    back = page(client.get(consultation.write_idea_url))

    assert "sign-in" in led.url
    assert back.select_one("#id_title")["value"] == TYPED["title"]
    assert back.select_one("#id_point")["value"] != ""


# Questions ----------------------------------------------------------------------------------


def asking(**fields: Any) -> Any:
    make_map()
    consultation = make_consultation(**fields)
    make_question(consultation, QuestionType.LOCATION, asks_point=True, allows_other=True)
    return consultation


def press_question(client: Client, consultation: Any, **more: Any) -> Any:
    name = f"q1_point-pin-{CityMap.objects.get().pk}-300"
    return client.post(
        consultation.answer_url, {"q1": "o2", f"{name}.x": "75", f"{name}.y": "50", **more}
    )


def test_a_question_for_a_place_is_answered_by_a_press_and_staff_alone_are_told():
    consultation, (client, _participant) = asking(), signed_in()

    shown = page(press_question(client, consultation))
    typed = shown.select_one("#id_q1_point")["value"]
    counted = Answer.objects.count()
    client.post(
        consultation.answer_url, {"q1": "o2", "q1_point": typed, "form_token": issue(ANSWER)}
    )

    answer = Answer.objects.get()
    assert (counted, f"{answer.latitude}, {answer.longitude}") == (0, typed)
    assert float(answer.longitude) == pytest.approx(QUARTER_EAST, abs=0.00001)
    assert shown.select_one("input[name=q1][value=o2]").has_attr("checked")
    assert "Only city staff see the exact point." in shown.select_one("#q1_point-map").text


def test_a_press_comes_before_what_was_kept_and_before_ones_earlier_answer():
    consultation, (client, _participant) = asking(), signed_in()
    client.post(consultation.answer_url, {"q1": "o1", "q1_point": "41.65, -3.29", "later": "1"})

    kept = page(client.get(consultation.answer_url))
    shown = page(press_question(client, consultation, q1_point="41.65, -3.29"))

    assert kept.select_one("#id_q1_point")["value"] == "41.65, -3.29"
    assert kept.select_one("svg.map-pin") is not None
    assert shown.select_one("input[name=q1][value=o2]").has_attr("checked")
    assert shown.select_one("#id_q1_point")["value"] != "41.65, -3.29"


def test_an_anonymous_form_is_given_back_with_its_pin_and_nothing_of_it_is_kept():
    consultation = asking(is_anonymous=True, participation=Participation.REGISTERED)
    client, _participant = signed_in()

    shown = page(press_question(client, consultation))

    assert shown.select_one("#id_q1_point")["value"] != ""
    assert shown.select_one("input[name=q1][value=o2]").has_attr("checked")
    assert not Answer.objects.exists()
    assert "o2" not in str(dict(client.session))
