"""Forms of the admin that are sent twice, one after the other or at once."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from consultations.models import Statement
from events.boards.models import Board
from events.drills.models import AfterActionReview, DrillItem
from partnership.people import tokens
from partnership.people.models import SpentToken
from tests.factories.archive import make_debrief
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.drills import make_drill
from tests.factories.events import in_every_language, make_past_event
from tests.pages.hands import Editor, board_form, debrief_form, edit, new_board, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_a_form_that_is_sent_twice_makes_one_and_says_so(editors):
    values = new_board()
    alder = editors[0].open(reverse("boards:add"))

    first, second = alder.send(values), alder.send(values)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Board.objects.count() == 1
    assert "We already have this. It was counted once." in text_of(
        alder.client.get(second["Location"])
    )


def test_after_going_back_other_words_are_kept_and_asked_about(editors):
    values = new_board()
    alder = editors[0].open(reverse("boards:add"))
    alder.send(values)

    asked = alder.send(values, title_en="Another street")
    assert "You sent this page before, with something else." in text_of(asked)
    assert asked.context["form"]["title_en"].value() == "Another street"
    assert Board.objects.count() == 1

    alder.keep_hidden(asked)
    alder.send(values, title_en="Another street")
    assert list(Board.objects.values_list("number", flat=True)) == [1, 2]


def test_a_form_that_was_refused_can_be_corrected_and_one_that_was_open_for_long_sent_again(
    editors,
):
    values = new_board()
    alder = editors[0].open(reverse("boards:add"))

    refused = alder.send(values, title_es="")
    assert (refused.status_code, SpentToken.objects.count()) == (200, 0)
    assert alder.send(values).status_code == 302
    alder.hidden["form_token"] = "of-yesterday"
    assert "This form was open for a long time." in text_of(alder.send(values))
    assert Board.objects.count() == 1


def test_a_row_that_is_sent_twice_is_added_once(editors):
    debrief = make_debrief()
    lesson = {"id": "", "text_en": "New", "text_es": "Nueva", "state": "proposed", "ORDER": "1"}
    row = {**lesson, "taken_up_on": "", "taken_up_in_en": "", "taken_up_in_es": ""}
    values = debrief_form(debrief, lessons=inline_formset([{**row, "taken_up_url": ""}]))
    puerto = editors[1].open(edit("debriefs", debrief))

    sent = [puerto.send(values).status_code for _time in range(2)]

    assert (sent, debrief.lessons.count()) == ([302, 302], 1)


def test_one_item_with_a_number_and_one_review_of_a_drill(editors):
    drill = make_drill(starts_at=make_past_event().starts_at)
    item = {"drill": drill.pk, "number": "1", "role_en": "", "role_es": ""}
    item |= in_every_language("text", "Call")
    review = {"drill": drill.pk, "held_on": str(drill.starts_at.date()), "is_published": ""}
    review |= {**in_every_language("summary", "Fine"), "observations": inline_formset([])}

    answers = [
        editor.open(reverse(f"{name}:add")).send(values).status_code
        for name, values in (("drill_items", item), ("after_action_reviews", review))
        for editor in editors
    ]

    assert answers == [302, 200, 302, 200]
    assert (DrillItem.objects.count(), AfterActionReview.objects.count()) == (1, 1)


def test_what_is_saved_while_the_same_is_being_read_leads_on_too(editors, monkeypatch):
    past = make_past_event().starts_at
    review = {"drill": make_drill(starts_at=past).pk, "held_on": str(past.date())}
    review |= {**in_every_language("summary", "Fine"), "observations": inline_formset([])}
    alder = editors[0].open(reverse("after_action_reviews:add"))
    answers = []
    was_sent = tokens.was_sent

    def is_sent_again_meanwhile(**sent):
        is_known = was_sent(**sent)
        if not answers:
            answers.append(0)
            answers.append(alder.send(review).status_code)
        return is_known

    monkeypatch.setattr(tokens, "was_sent", is_sent_again_meanwhile)
    answers.append(alder.send(review).status_code)

    assert (answers, AfterActionReview.objects.count()) == ([0, 302, 302], 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["boards", "drill_items", "after_action_reviews", "statements"])
def test_six_who_press_at_once_make_one_and_nobody_meets_an_error(editors, run_in_threads, name):
    past = make_past_event().starts_at
    drill = make_drill(starts_at=past)
    values = {
        "boards": new_board,
        "drill_items": lambda: {"drill": drill.pk, "number": "1", "role_en": "", "role_es": "",
                                **in_every_language("text", "Call")},
        "after_action_reviews": lambda: {"drill": drill.pk, "held_on": str(past.date()),
                                         **in_every_language("summary", "Fine"),
                                         "observations": inline_formset([])},
        "statements": lambda: {"consultation": make_consultation().pk, "language_code": "en",
                               "publication_status": "published",
                               **in_every_language("text", "More trees")},
    }[name]()  # fmt: skip
    alder = editors[0].open(reverse(f"{name}:add"))
    model = {
        "boards": Board,
        "drill_items": DrillItem,
        "after_action_reviews": AfterActionReview,
        "statements": Statement,
    }[name]

    answers = run_in_threads(lambda _number: alder.send(values).status_code, times=6)

    assert answers == [302] * 6
    assert model.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_boards_that_are_made_at_once_have_a_number_each(editors, run_in_threads):
    values = new_board()
    hands = [Editor(city_pair()[0]).open(reverse("boards:add")) for _hand in range(4)]

    answers = run_in_threads(lambda number: hands[number].send(values).status_code, times=4)

    assert answers == [302] * 4
    assert sorted(Board.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_the_second_is_shown_what_the_first_wrote(editors, run_in_threads):
    board = make_board()
    hands = [editor.open(edit("boards", board)) for editor in editors]
    titles = ("Tree street", "Bench street")

    answers = run_in_threads(
        lambda number: hands[number].send(board_form(board, title_en=titles[number])).status_code,
        times=2,
    )

    assert sorted(answers) == [200, 302]
    board.refresh_from_db()
    assert board.title_en == titles[answers.index(302)]
