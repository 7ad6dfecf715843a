"""Boards of a charrette: described in every language, and statements that lead both ways."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.groups import ensure_groups as ensure_moderators
from consultations.models import Contribution
from consultations.refusals import BoardNotThere
from consultations.services import comment, publish_contribution
from events.boards.groups import ensure_groups
from events.boards.models import Board
from events.models import FestivalPage, PlanningSessionPage
from partnership.pages.groups import ensure_groups as ensure_editors
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.events import in_every_language, make_event
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    ensure_editors()
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[1])
    client.force_login(editor)
    return editor


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def typed(board_or_event, **fields):
    return {
        "event": getattr(board_or_event, "event_id", board_or_event.pk),
        "number": "",
        "title_en": "Shade street",
        "title_es": "Calle de la sombra",
        "explanation_en": "Trees take the place of cars.",
        "explanation_es": "Los árboles ocupan el sitio de los coches.",
        "is_published": "on",
        **fields,
    }


def add_statement(board, **fields):
    consultation = fields.pop("consultation", None) or make_consultation()
    words = in_every_language("text", "Trees instead of parked cars.")
    return StatementFactory(consultation=consultation, board=board, **{**words, **fields})


# What readers see ------------------------------------------------------------------------------


def test_the_event_shows_its_boards_and_each_has_a_page_in_every_language(client):
    event = make_event(title="Quay day")
    photo = make_photo("Trees", description_es="Árboles al sur")
    make_board(event, title_es="Calle de la sombra", drawing=photo)

    page = client.get(event.url_in("es")).content.decode()
    board = client.get("/es/eventos/quay-day/laminas/1/")

    assert 'href="/es/eventos/quay-day/laminas/1/">1. Calle de la sombra' in page
    assert 'alt="Árboles al sur"' in page
    assert 'loading="lazy"' not in page  # paper would have an empty frame
    assert "Calle de la sombra" in text_of(board)
    assert 'alt="Árboles al sur"' in board.content.decode()
    assert 'href="/en/events/quay-day/boards/1/"' in board.content.decode()


def test_board_and_statement_lead_to_each_other(client):
    board = make_board()
    statement = add_statement(board)

    shown = client.get(board.get_absolute_url()).content.decode()
    back = client.get(statement.get_absolute_url()).content.decode()

    assert f'href="{statement.get_absolute_url()}"' in shown
    assert "Trees instead of parked cars." in shown
    assert f'href="{board.get_absolute_url()}">1. Shade street' in back
    assert 'alt="Trees on the south side"' in back
    among_others = client.get(statement.consultation.url_in("en")).content.decode()
    assert f'<a href="{board.get_absolute_url()}" class="chip chip-line">' in among_others


def test_what_readers_may_not_see_is_on_neither_side(client):
    hidden = make_board(is_published=False)
    about_hidden = add_statement(hidden)
    board = make_board(hidden.event, "Bench street")
    add_statement(board, publication_status="hidden", **in_every_language("text", "Secret"))
    add_statement(
        board,
        consultation=make_consultation(live=False),
        **in_every_language("text", "Not public yet"),
    )

    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Shade street" not in text_of(client.get(hidden.event.url_in("en")))
    assert "Shade street" not in text_of(client.get(about_hidden.get_absolute_url()))
    assert "Shade street" not in text_of(client.get(about_hidden.consultation.url_in("en")))
    page = text_of(client.get(board.get_absolute_url()))
    assert ("Secret" in page, "Not public yet" in page) == (False, False)
    assert "There is nothing to vote on about this board yet." in page


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999"])
def test_a_board_that_is_not_there_is_not_found(client, unwritten, number):
    make_board(make_event(title="Quay day"))

    assert client.get(f"/en/events/quay-day/boards/{number}/").status_code == 404


def test_another_languages_address_leads_to_ones_own(client):
    event = make_event(title_en="Quay day", title_es="Día del muelle")
    make_board(event)

    response = client.get("/en/events/dia-del-muelle/boards/1/")

    assert (response.status_code, response["Location"]) == (302, "/en/events/quay-day/boards/1/")


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    event = make_event(title="Quay day")
    boards = [make_board(event, f"Street {number}") for number in range(many + 1)]
    consultation = make_consultation()
    statements = [add_statement(boards[0], consultation=consultation) for _n in range(many)]
    addresses = (
        (event.url_in("en"), 11),
        (boards[0].get_absolute_url(), 10),
        (statements[0].get_absolute_url(), 11),
    )
    for address, _cost in addresses:
        client.get(f"{address}?other")  # the pictures are made

    for address, cost in addresses:
        with django_assert_num_queries(cost):
            assert client.get(address).status_code == 200


def test_other_events_have_no_boards(client):
    festival = make_event(FestivalPage)
    make_board(festival)

    assert "The boards" not in text_of(client.get(festival.url_in("en")))
    session = make_event(PlanningSessionPage)
    make_board(session)
    assert "The boards" in text_of(client.get(session.url_in("en")))


# What people say about a board -----------------------------------------------------------------


def a_board_to_talk_about(**fields):
    event = make_event(title=f"Quay {Board.objects.count()}", consultation=make_consultation())
    return make_board(event, **fields)


def test_comments_on_a_board_stand_under_it_and_in_the_conversation_of_its_consultation(client):
    board = a_board_to_talk_about()
    consultation = board.event.consultation
    said = ContributionFactory(consultation=consultation, board=board, alignment=1)
    ContributionFactory(consultation=consultation, text="About something else.")

    page = client.get(board.get_absolute_url()).content.decode()
    everything = client.get(consultation.url_in("en")).content.decode()

    assert (said.text in page, "About something else." in page) == (True, False)
    assert "For it" in page
    assert f'<input type="hidden" name="board" value="{board.pk}">' in page
    assert f'href="{board.get_absolute_url()}">Board 1</a>' in everything


def test_a_resident_comments_on_a_board_and_replies_stay_with_it(client):
    board = a_board_to_talk_about()
    address = board.event.consultation.comment_url
    client.force_login(ResidentFactory())

    form = client.get(f"{address}?board={board.pk}")
    assert "Board 1: Shade street" in text_of(form)
    fields = {field.name: field.value() or "" for field in form.context["form"]}
    sent = {"board": board.pk, "text": "Where do the buses turn?", "alignment": "-1"}
    done = client.post(address, {**fields, **sent})

    assert done["Location"] == board.get_absolute_url()
    said = Contribution.objects.get()
    assert (said.board, said.alignment, said.stance) == (board, -1, "Against it")
    reply = comment(
        said.consultation,
        participant=make_participant(),
        text="At the mill.",
        parent=publish_contribution(said, by=ResidentFactory(is_staff=True)),
        form_token=None,
    )
    assert reply.board == board


@pytest.mark.parametrize("asked", ["0", "x", "²", "9" * 40, "-1"])
def test_a_board_that_is_none_is_a_comment_on_the_whole(client, unwritten, asked):
    board = a_board_to_talk_about()
    client.force_login(ResidentFactory())

    page = client.get(board.event.consultation.comment_url, {"board": asked})

    assert (page.status_code, page.context["board"]) == (200, None)


def test_only_boards_that_readers_see_in_this_consultation_can_be_commented_on():
    hidden, elsewhere = a_board_to_talk_about(is_published=False), a_board_to_talk_about()
    consultation = make_consultation()
    said = {"participant": make_participant(), "text": "Trees.", "form_token": None}

    for board, where in ((hidden, hidden.event.consultation), (elsewhere, consultation)):
        with pytest.raises(BoardNotThere):
            comment(where, board=board, **said)


@pytest.mark.parametrize("many", [1, 3])
def test_the_talk_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, many):
    board = a_board_to_talk_about()
    for _number in range(many):
        ContributionFactory(consultation=board.event.consultation, board=board)
    client.get(f"{board.get_absolute_url()}?other")

    with django_assert_num_queries(14):
        page = client.get(board.get_absolute_url()).content.decode()

    assert page.count('<article class="comment"') == many


# What editors do -------------------------------------------------------------------------------


@pytest.mark.both
def test_an_event_has_each_number_once():
    board = make_board()
    assert make_board(board.event, "Bench street").number == 2

    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.filter(number=2).update(number=1)


def test_a_board_is_published_when_every_language_is_there(client, editor):
    event, photo = make_event(), make_photo(description_es="")
    add = reverse("boards:add")

    without_words = client.post(add, typed(event, drawing=photo.pk, title_es=""))
    without_alt = client.post(add, typed(event, drawing=photo.pk))
    assert "title_es" in without_words.context["form"].errors
    assert "Describe this photo in Spanish first" in without_alt.content.decode()
    assert not Board.objects.exists()

    client.post(add, typed(event, drawing=photo.pk, is_published="", title_es=""))
    assert not Board.objects.get().is_published
    photo.description_es = "Árboles"
    photo.save()
    client.post(add, typed(event, drawing=photo.pk))
    assert Board.objects.get(number=2).is_published


def test_only_events_of_ones_own_cities_at_which_people_draw_are_offered(client, editor):
    alder, puerto = city_pair()
    own, joint = make_event(cities=[puerto]), make_event()
    make_event(FestivalPage)
    make_event(cities=[alder])

    offered = client.get(reverse("boards:add")).context["form"].fields["event"].queryset

    assert {event.pk for event in offered} == {own.pk, joint.pk}


def test_the_board_of_another_city_does_not_exist(client, unwritten, editor):
    board = make_board(make_event(cities=[city_pair()[0]]))

    assert not client.get(reverse("boards:index")).context["object_list"]
    for view in ("edit", "delete"):
        address = reverse(f"boards:{view}", args=(board.pk,))
        assert client.get(address).status_code == 404
        assert client.post(address, typed(board)).status_code == 404
    client.post(reverse("boards:add"), typed(board, drawing=board.drawing_id))
    assert Board.objects.get() == board


def test_a_resident_finds_no_door(client):
    board = make_board()
    client.force_login(ResidentFactory())

    for address in (reverse("boards:index"), reverse("boards:edit", args=(board.pk,))):
        assert client.get(address).status_code in {302, 403}


def test_a_statement_can_be_about_a_board_of_ones_own_cities(client, unwritten, editor):
    ensure_moderators()
    alder, puerto = city_pair()
    own = make_board(make_event(cities=[puerto]))
    others = make_board(make_event(cities=[alder]))
    make_consultation()

    page = client.get(reverse("statements:add"))

    offered = set(page.context["form"].fields["board"].queryset)
    assert (own in offered, others in offered) == (True, False)


def test_a_board_that_is_deleted_leaves_the_statement_and_its_votes():
    board = make_board()
    statement = add_statement(board)

    board.delete()

    statement.refresh_from_db()
    assert statement.board is None
