"""Two people who change one thing at a time, and one who sends a form twice."""

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.groups import ensure_groups as ensure_moderators
from consultations.models import Statement
from events.boards.groups import ensure_groups as ensure_boards
from events.boards.models import Board
from events.drills.groups import ensure_groups as ensure_drills
from events.drills.models import AfterActionReview, Checklist, DrillItem
from home.archive.groups import ensure_groups as ensure_debriefs
from partnership.cities.models import City
from partnership.pages.groups import ensure_groups as ensure_editors
from partnership.pages.languages import localized
from partnership.people import tokens
from partnership.people.models import SpentToken
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.boards import make_board
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.drills import make_checklist, make_drill
from tests.factories.events import in_every_language, make_event, make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HIDDEN = ("as_opened", "form_token")


class Editor:
    """Somebody of one city at one screen: opens it, types, sends."""

    def __init__(self, city: City) -> None:
        self.client = Client()
        person = ResidentFactory(is_staff=True)
        person.groups.add(*Group.objects.filter(name__in=("Editors", "Moderators")))
        person.edits_for.add(city)
        self.client.force_login(person)

    def open(self, address):
        self.address = address
        self.keep_hidden(self.client.get(address))
        return self

    def keep_hidden(self, response):
        page = response.content.decode()
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        self.hidden = {name: html.unescape(text) for name, text in found if name in HIDDEN}

    def send(self, values, **fields):
        sent = nested_form_data({**values, **fields, **self.hidden})
        return self.client.post(self.address, sent)


@pytest.fixture
def editors():
    """One of Alder Bay, one of Puerto Almendro."""
    for ensure in (
        ensure_editors,
        ensure_moderators,
        ensure_boards,
        ensure_drills,
        ensure_debriefs,
    ):
        ensure()
    return [Editor(city) for city in city_pair()]


def edit(name, thing):
    return reverse(f"{name}:edit", args=(thing.pk,))


def text_of(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def board_form(board, **fields):
    words = ("title", "explanation")
    return {
        "event": board.event_id,
        "number": board.number,
        **{f"{name}_{code}": f"{name} {code}" for name in words for code in ("en", "es")},
        "drawing": board.drawing_id,
        "is_published": "on",
        "is_small_change": "on",
        **fields,
    }


def debrief_form(debrief, *lessons, **fields):
    words = ("went_well", "to_change")
    return {
        "held_on": str(debrief.held_on),
        **{localized(name, code): getattr(debrief, localized(name, code))
           for name in words for code in ("en", "es")},
        "is_published": "on",
        "is_small_change": "on",
        "lessons": inline_formset([lesson_row(lesson) for lesson in lessons], initial=len(lessons)),
        **fields,
    }  # fmt: skip


def lesson_row(lesson, **fields):
    return {
        "id": lesson.pk,
        "text_en": lesson.text_en,
        "text_es": lesson.text_es,
        "state": lesson.state,
        "taken_up_on": "",
        "taken_up_in_en": "",
        "taken_up_in_es": "",
        "taken_up_url": "",
        "ORDER": "1",
        **fields,
    }


# Two people ------------------------------------------------------------------------------------


def test_what_another_city_changed_meanwhile_is_not_undone_unseen(editors):
    board = make_board()
    Board.objects.filter(pk=board.pk).update(**in_every_language("title", "Shade street"))
    alder, puerto = (editor.open(edit("boards", board)) for editor in editors)
    as_opened = board_form(board, **in_every_language("title", "Shade street"))
    alder.send(as_opened, title_en="Tree street", explanation_en="Of Alder")

    refused = puerto.send(as_opened, explanation_en="Of Puerto")

    board.refresh_from_db()
    assert (board.title_en, board.explanation_en) == ("Tree street", "Of Alder")
    told = text_of(refused)
    assert "Somebody changed this since you opened it: " in told
    assert "Title (English), Explanation (English)" in told
    assert "Now it says: “Of Alder”" in told
    form = refused.context["form"]
    assert form["title_en"].value() == "Tree street"  # what Puerto left alone
    assert form["explanation_en"].value() == "Of Puerto"  # what Puerto wrote


def test_the_next_save_goes_through_because_both_were_seen(editors):
    board = make_board()
    alder, puerto = (editor.open(edit("boards", board)) for editor in editors)
    alder.send(board_form(board, title_en="Tree street"))
    puerto.keep_hidden(puerto.send(board_form(board, title_en="Bench street")))

    again = puerto.send(board_form(board, title_en="Bench street"))

    board.refresh_from_db()
    assert (again.status_code, board.title_en) == (302, "Bench street")


def test_the_same_change_by_both_and_changes_of_ones_own_ask_nobody(editors):
    board = make_board()
    alder, puerto = (editor.open(edit("boards", board)) for editor in editors)

    sent = [editor.send(board_form(board)).status_code for editor in (alder, puerto)]
    later = puerto.open(edit("boards", board)).send(board_form(board, title_en="Bench street"))

    assert [*sent, later.status_code] == [302, 302, 302]


def test_a_row_that_somebody_deleted_and_nobody_touched_is_named_and_goes(editors):
    debrief = make_debrief()
    gone, kept = add_lesson(debrief, "Print it larger."), add_lesson(debrief, "Call first.")
    puerto = editors[1].open(edit("debriefs", debrief))
    values = debrief_form(debrief, gone, kept, to_change_en="Start at nine.")
    gone.delete()

    refused = puerto.send(values)
    puerto.keep_hidden(refused)
    assert "Lesson “Print it larger.” (deleted)" in text_of(refused)
    assert 'name="lessons-0-DELETE" value="1"' in refused.content.decode()
    values["lessons"] = inline_formset(
        [lesson_row(gone, id="", DELETE="1"), lesson_row(kept)], initial=2
    )
    again = puerto.send(values)

    assert again.status_code == 302
    assert [lesson.text_en for lesson in debrief.lessons.all()] == ["Call first."]


def test_a_row_that_somebody_deleted_can_be_put_back_as_it_was_rewritten(editors):
    debrief = make_debrief()
    gone = add_lesson(debrief, "Print it larger.")
    puerto = editors[1].open(edit("debriefs", debrief))
    key = gone.pk
    gone.delete()
    gone.pk = key
    rewritten = {"text_en": "Print it twice as large."}
    values = debrief_form(debrief)
    values["lessons"] = inline_formset([lesson_row(gone, **rewritten)], initial=1)

    refused = puerto.send(values)
    puerto.keep_hidden(refused)
    assert "Save again to put it back" in text_of(refused)
    assert 'name="lessons-0-id"' in refused.content.decode()
    values["lessons"] = inline_formset([lesson_row(gone, id="", **rewritten)], initial=1)
    again = puerto.send(values)

    assert again.status_code == 302
    assert debrief.lessons.get().text_en == "Print it twice as large."


def test_a_row_that_somebody_rewrote_is_shown_beside_what_one_wrote(editors):
    debrief = make_debrief()
    lesson = add_lesson(debrief, "Print it larger.")
    added = {**lesson_row(lesson), "id": "", "text_en": "New", "text_es": "Nueva"}
    alder, puerto = (editor.open(edit("debriefs", debrief)) for editor in editors)
    theirs = inline_formset([lesson_row(lesson, text_en="Print it in colour."), added], initial=1)
    alder.send(debrief_form(debrief, lessons=theirs))

    mine = inline_formset([lesson_row(lesson, text_en="Print it twice.")], initial=1)
    refused = puerto.send(debrief_form(debrief, lessons=mine))
    puerto.keep_hidden(refused)
    again = puerto.send(debrief_form(debrief, lessons=mine))

    assert "Now it says: “Print it in colour.”" in text_of(refused)
    assert again.status_code == 302
    assert {each.text_en for each in debrief.lessons.all()} == {"New", "Print it twice."}


def test_statements_and_checklists_are_compared_too(editors):
    statement = StatementFactory(consultation=make_consultation())
    checklist = make_checklist("Call")
    item = checklist.items.get()
    alder = editors[0]
    for name, thing in (("statements", statement), ("checklists", checklist)):
        alder.open(edit(name, thing))
        type(thing).objects.filter(pk=thing.pk).update(
            **in_every_language("text" if thing is statement else "title", "Of somebody else")
        )
        row = {"id": item.pk, **in_every_language("text", "Call"), "role_en": "", "role_es": ""}
        refused = alder.send(
            {
                **in_every_language("text", "Mine"),
                **in_every_language("title", "Mine"),
                "language_code": "en",
                "publication_status": "published",
                "items": inline_formset([{**row, "ORDER": "1"}], initial=1),
            }
        )
        assert "Now it says: “Of somebody else”" in text_of(refused)
    stored = (Statement.objects.get().text_en, Checklist.objects.get().title_en)
    assert stored == ("Of somebody else", "Of somebody else")


def test_what_comes_from_no_form_of_ours_is_compared_with_nothing(editors):
    board = make_board()
    puerto = editors[1].open(edit("boards", board))
    puerto.hidden = {"as_opened": "[[[[["}

    answer = puerto.send(board_form(board))

    assert answer.status_code == 302


# Sent twice ------------------------------------------------------------------------------------


def new_board(**fields):
    event, photo = make_event(), make_photo()
    return board_form(Board(event=event, drawing=photo), number="", **fields)


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


@pytest.mark.django_db(transaction=True)
def test_boards_that_are_made_at_once_have_a_number_each(editors, run_in_threads):
    values = new_board()
    hands = [Editor(city_pair()[0]).open(reverse("boards:add")) for _hand in range(4)]

    answers = run_in_threads(lambda number: hands[number].send(values).status_code, times=4)

    assert answers == [302] * 4
    assert sorted(Board.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


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
