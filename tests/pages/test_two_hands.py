"""Two people who change one thing at a time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from wagtail.test.utils.form_data import inline_formset

from consultations.models import Statement
from events.boards.models import Board
from events.drills.models import Checklist
from partnership.pages.two_hands import seen
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.boards import make_board
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.drills import make_checklist
from tests.factories.events import in_every_language
from tests.pages.hands import board_form, debrief_form, edit, lesson_row, text_of

pytestmark = pytest.mark.django_db


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


@pytest.mark.both
def test_an_hour_that_was_typed_is_the_hour_that_is_stored():
    typed = datetime(2027, 5, 15, 11, tzinfo=ZoneInfo("Europe/Madrid"))

    assert seen.digest(typed) == seen.digest(datetime(2027, 5, 15, 9, tzinfo=UTC))
    assert seen.digest(typed) != seen.digest(datetime(2027, 5, 15, 11, tzinfo=UTC))
