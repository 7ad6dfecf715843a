"""The search answers in the reader's language, whatever was typed."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from home.search_results import on_one_line
from tests.factories.events import make_event
from tests.factories.home import in_every_language, make_story, make_text
from tests.factories.pages import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def search(client, words: str, code: str = "en", **query: str):
    with translation.override(code):
        address = reverse("search")
    return client.get(address, {"q": words, **query})


def said(text: str) -> dict[str, str]:
    return in_every_language("lead", text)


def test_what_is_found_is_shown_with_its_kind_and_two_sentences(client):
    make_story("The harbour ramp", intro_en="A bench stayed.", intro_es="Un banco se quedó.")
    make_text("About us")

    text = search(client, "harbour").content.decode()

    assert "1 page found" in text
    assert "The <mark>harbour</mark> ramp</a>" in text
    assert "A bench stayed." in text
    assert '<span class="chip">Story</span>' in text
    assert "About us</a></h2>" not in text


@pytest.mark.both
def test_each_language_finds_its_own_words(client):
    make_text("Water", title_es="Agua", title_en="Water")

    assert "Agua" in search(client, "agua", "es").content.decode()
    assert "Nothing was found" in search(client, "agua", "en").content.decode()


def test_without_words_there_is_only_the_box(client):
    make_site()

    text = search(client, "  ").content.decode()

    assert 'type="search"' in text
    assert "Nothing was found" not in text


HOSTILE = [
    '"', 'a"b', "'", "\\", "%", "_", "*", "a*", "a AND", "OR", "NOT", "NEAR(", "a:b", "-a", "(",
    "\x00", "a\x00b", "\u202e", "\u200b", "<script>alert(1)</script>", "{{ 7*7 }}",
    "'; DROP TABLE pages_basepage; --", "x" * 10_000, "é" * 300, "日本", "&&", "||", "!", ":*",
]  # fmt: skip


def test_nothing_that_is_typed_breaks_the_search(client):
    make_text("About us")

    answers = {words: search(client, words) for words in HOSTILE}

    assert [words for words, answer in answers.items() if answer.status_code != 200] == []
    assert [one for one in answers.values() if b"<script>alert" in one.content] == []


def test_bytes_that_are_no_text_do_not_break_it_either(client):
    make_site()

    for raw in ("%ED%A0%80", "%FF%FE", "%", "%00", "%C3"):
        assert client.get(f"/en/search/?q={raw}").status_code == 200, raw


def test_a_page_that_does_not_exist_is_one_that_does(client):
    make_text("About us")

    for page in ("0", "-1", "99", "x", "9" * 30):
        assert "About us" in search(client, "about", page=page).content.decode(), page


def test_many_results_come_in_pages_that_keep_the_words(client):
    for number in range(12):
        make_text(f"Harbour {number}")

    first = search(client, "harbour").content.decode()
    second = search(client, "harbour", page="2").content.decode()

    assert first.count('class="h-s"') == 10
    assert "q=harbour&amp;page=2" in first
    assert second.count('class="h-s"') == 2
    assert '<ol class="stack mt-4" start="11">' in second


def test_drafts_are_not_found(client):
    make_event(title="Secret feast").unpublish()

    assert "Nothing was found" in search(client, "secret").content.decode()


def test_search_engines_are_asked_to_leave_results_alone(client):
    make_site()

    assert b'name="robots" content="noindex"' in search(client, "a").content


def test_words_are_marked_in_the_title_whatever_their_accents_and_nothing_in_it_is_markup(client):
    make_text("Bänke & <b>stones</b>", **said("A place to sit."))

    text = search(client, "BANKE stones").content.decode()

    assert "<mark>Bänke</mark> &amp; &lt;b&gt;<mark>stones</mark>&lt;/b&gt;" in text
    assert "<b>stones" not in text


@pytest.mark.both
def test_a_page_found_by_its_text_shows_the_words_around(client):
    long = f"{'Before it. ' * 60}The <i>crane</i> stands on the quay. {'After it. ' * 60}"
    body = [("text", RichText(f"<p>{long}</p>"))]
    make_text("About us", **said("Who we are."), body_en=body, body_es=body)

    text = search(client, "about crane").content.decode()

    assert "The <mark>crane</mark> stands on the quay." in text
    assert "Who we are." not in text
    assert text.count("Before it.") < 30


def test_a_heading_is_set_apart_from_the_text_below_it(client):
    body = [("heading", "Who lifts"), ("text", RichText("<p>The crane does.</p>"))]
    make_text("About us", **said("Who we are."), body_en=body, body_es=body)

    text = search(client, "crane").content.decode()

    assert "Who lifts · The <mark>crane</mark> does." in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Who lifts\r\n\nThe  crane.", "Who lifts · The crane."),
        ("It is late.\nWho pays?\nNobody", "It is late. Who pays? Nobody"),
        (" \n", ""),
    ],
)
def test_lines_are_read_on_as_one(text, shown):
    assert on_one_line(text) == shown


def test_what_brings_its_own_mark_keeps_it():
    missing = mark_safe('<span lang="es">Sin</span>\n')

    assert on_one_line(missing) is missing


def test_where_the_summary_says_why_it_is_shown_as_it_is(client):
    make_text("About us", **said("Who we are, and the crane."))

    assert "Who we are, and the <mark>crane</mark>." in search(client, "crane").content.decode()
