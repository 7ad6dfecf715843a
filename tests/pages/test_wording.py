"""What each text remembers of the others: missing, out of date, current, said to be still right."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.models import HomePage, StandardPage, TraceStep
from partnership.pages.enums import TextState
from partnership.pages.wording.gate import Problem, new_problems
from partnership.pages.wording.memory import Memory, overlaid, remembered, said_by_hand, state_of
from partnership.pages.wording.slots import Slot

MISSING, STALE, CURRENT = TextState.MISSING, TextState.STALE, TextState.CURRENT


def title(**values: str) -> Slot:
    """A title in these languages."""
    return Slot("", "title", StandardPage, values)


def states(slot: Slot, memory: Memory) -> dict[str, TextState]:
    return {code: state_of(slot, code, memory) for code in slot.values}


def history(*versions: Slot, **options) -> Memory:
    """Return what is remembered after these versions were saved one after the other."""
    memory: Memory = {}
    for version in versions:
        memory = remembered([version], memory, **options)
    return memory


def test_what_was_written_together_agrees():
    slot = title(en="Hello", es="Hola")

    assert states(slot, history(slot)) == {"en": CURRENT, "es": CURRENT}


def test_a_text_in_one_language_is_missing_in_the_other():
    slot = title(en="Hello", es="")

    assert states(slot, history(slot)) == {"en": CURRENT, "es": MISSING}


def test_a_change_makes_the_other_language_stale_and_not_itself():
    changed = title(en="Good day", es="Hola")

    memory = history(title(en="Hello", es="Hola"), changed)

    assert states(changed, memory) == {"en": CURRENT, "es": STALE}


def test_bringing_it_up_to_date_makes_nothing_stale():
    caught_up = title(en="Good day", es="Buenos días")

    memory = history(title(en="Hello", es="Hola"), title(en="Good day", es="Hola"), caught_up)

    assert states(caught_up, memory) == {"en": CURRENT, "es": CURRENT}


def test_changing_both_confirms_both():
    changed = title(en="Good day", es="Buenos días")

    memory = history(title(en="Hello", es="Hola"), changed)

    assert states(changed, memory) == {"en": CURRENT, "es": CURRENT}


def test_a_first_translation_makes_nothing_stale():
    translated = title(en="Hello", es="Hola")

    memory = history(title(en="Hello", es=""), translated)

    assert states(translated, memory) == {"en": CURRENT, "es": CURRENT}


def test_a_text_taken_away_and_written_again_is_a_first_translation():
    again = title(en="Hello", es="Buenas")

    memory = history(title(en="Hello", es="Hola"), title(en="Hello", es=""), again)

    assert states(again, memory) == {"en": CURRENT, "es": CURRENT}


def test_a_change_that_is_taken_back_leaves_nothing_stale():
    first = title(en="Hello", es="Hola")

    memory = history(first, title(en="Good day", es="Hola"), first)

    assert states(first, memory) == {"en": CURRENT, "es": CURRENT}


def test_a_current_translation_that_changes_makes_the_other_stale():
    changed = title(en="Hello", es="Buenas")

    memory = history(title(en="Hello", es="Hola"), changed)

    assert states(changed, memory) == {"en": STALE, "es": CURRENT}


def test_of_three_languages_only_the_unchanged_ones_are_stale():
    changed = title(en="Good day", es="Buenos días", fr="Salut")

    memory = history(title(en="Hello", es="Hola", fr="Salut"), changed)

    assert states(changed, memory) == {"en": CURRENT, "es": CURRENT, "fr": STALE}


def test_a_small_change_confirms_all():
    changed = title(en="Hello!", es="Hola")

    memory = remembered([changed], history(title(en="Hello", es="Hola")), is_small_change=True)

    assert states(changed, memory) == {"en": CURRENT, "es": CURRENT}


def test_what_is_said_to_be_still_right_is_current_until_the_next_change():
    changed = title(en="Good day", es="Hola")
    memory = history(title(en="Hello", es="Hola"), changed)

    memory = remembered([changed], memory, confirmed=[("", changed.keys()["es"])])

    again = title(en="Good evening", es="Hola")
    assert states(changed, memory) == {"en": CURRENT, "es": CURRENT}
    assert states(again, remembered([again], memory)) == {"en": CURRENT, "es": STALE}


def test_the_words_from_before_are_kept_once_for_the_editor_to_compare():
    before = title(en="Hello", es="Hola")
    texts = {before.keys()["en"]: "Hello"}
    memory = history(before)

    for words in ("Good day", "Good evening"):
        changed = title(en=words, es="Hola")
        memory = remembered([changed], memory, earlier_texts=lambda: texts)

    assert memory[""][before.keys()["es"]]["was"] == {"en": "Hello"}


def test_rows_with_the_same_words_do_not_disturb_each_other():
    def step(**values):
        return Slot("trace_steps", "link_label", TraceStep, values)

    rows = [step(en="More", es="Más"), step(en="More", es=""), step(en="More", es="Más datos")]

    memory = remembered(rows, {})

    assert [states(row, memory) for row in rows] == [
        {"en": CURRENT, "es": CURRENT},
        {"en": CURRENT, "es": MISSING},
        {"en": CURRENT, "es": CURRENT},
    ]


def test_rows_may_change_places():
    def step(**values):
        return Slot("trace_steps", "text", TraceStep, values)

    rows = [step(en="One", es="Uno"), step(en="Two", es="Dos")]

    memory = remembered(rows[::-1], remembered(rows, {}))

    assert [states(row, memory) for row in rows] == [{"en": CURRENT, "es": CURRENT}] * 2


def test_only_what_was_confirmed_by_hand_outlives_a_sitting():
    changed = title(en="Good day", es="Hola")
    start = history(title(en="Hello", es="Hola"))
    sitting = remembered([changed], start, confirmed=[("", changed.keys()["es"])])

    kept = overlaid(start, said_by_hand(sitting))

    assert states(changed, remembered([changed], kept)) == {"en": CURRENT, "es": CURRENT}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=8))
def test_after_any_history_a_text_is_stale_only_in_a_language_that_was_left_alone(versions):
    memory: Memory = {}
    before: tuple[str, str] | None = None

    for en, es in versions:
        slot = title(en=en, es=es)
        memory = remembered([slot], memory)
        now = states(slot, memory)
        if before and before[0] != en and before[1] != es:
            assert now == {"en": CURRENT, "es": CURRENT}
        assert list(now.values()).count(STALE) <= 1
        before = (en, es)


@pytest.mark.parametrize(
    "blank",
    [
        "",
        "  ",
        "\u200b",
        "\u2060\ufeff",
        "<p></p>",
        "<p> &nbsp; </p>",
        "<p>\u200b<br/></p>",
        "\u3164",
    ],
)
def test_markup_that_only_looks_filled_is_missing(blank):
    body = StandardPage._meta.get_field("body_en")
    value = body.to_python([{"type": "text", "value": blank}, {"type": "text", "value": blank}])

    slot = Slot("", "body", StandardPage, {"en": value})

    assert states(slot, remembered([slot], {})) == {"en": MISSING}


@pytest.mark.parametrize(
    "words",
    ["a" * 100_000, "\u202emirrored", "e\u0301", "👩‍👩‍👧", "<b", "2 < 3", "مرحبا", "ñ"],
)
def test_odd_words_are_words(words):
    slot = Slot("", "hero_heading", HomePage, {"en": words, "es": words})

    assert states(slot, remembered([slot], {})) == {"en": CURRENT, "es": CURRENT}


def test_what_browsers_and_editors_do_to_a_text_changes_nothing():
    body = StandardPage._meta.get_field("body_en")
    typed = body.to_python([{"type": "text", "value": "<p>One</p>", "id": "1"}])
    saved = body.to_python([{"type": "text", "value": '<p data-block-key="x9">One</p>', "id": "2"}])

    one, other = (Slot("", "body", StandardPage, {"en": value}) for value in (typed, saved))

    assert one.keys() == other.keys()
    assert title(en="a\r\nb ").keys() == title(en="a\nb").keys()


def test_each_time_a_text_goes_out_of_date_the_day_and_the_words_are_new(monkeypatch):
    days = iter([timezone.now() + timedelta(days=number) for number in range(4)])
    monkeypatch.setattr("partnership.pages.wording.memory.timezone.now", lambda: next(days))
    versions = ["Hello", "Good day", "Hello", "Good evening"]
    memory, notes = {}, []
    for english in versions:
        slot = title(en=english, es="Hola")
        before = {slot.keys()["en"]: english, title(en="Hello").keys()["en"]: "Hello"}
        memory = remembered([slot], memory, earlier_texts=lambda before=before: before)
        record = memory[""][slot.keys()["es"]]
        notes.append((record.get("stale_at", "")[:10], record.get("was")))

    assert [bool(stale_at) for stale_at, _was in notes] == [False, True, False, True]
    assert notes[1][0] < notes[3][0]
    assert notes[1][1] == notes[3][1] == {"en": "Hello"}


def test_what_was_only_written_was_confirmed_by_nobody():
    assert said_by_hand(history(title(en="Hello", es="Hola"))) == {}


def test_a_small_change_of_one_text_confirms_no_other():
    stale = title(en="Late news", es="Noticias")
    first = [title(en="Hello", es="Hola"), title(en="News", es="Noticias")]
    memory = remembered(first, {})
    memory = remembered([title(en="Hello", es="Hola"), stale], memory)

    changed = title(en="Hello!", es="Hola")
    memory = remembered([changed, stale], memory, is_small_change=True)

    assert states(changed, memory)["es"] == CURRENT
    assert states(stale, memory)["es"] == STALE


def test_a_text_that_is_late_against_other_words_than_readers_know_is_late_anew():
    def late(english):
        return Problem(title(en=english, es="Hola"), "es", STALE)

    known, same, anew = late("Hello"), late("Hello"), late("Good day")

    assert new_problems([same, anew], [known]) == [anew]
