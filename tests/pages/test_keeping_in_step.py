"""What an editor does to a page, and how its languages stand afterwards."""

import itertools
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from home.models import StandardPage
from partnership.pages.enums import TextState
from partnership.pages.models import BasePage, LanguageStanding
from partnership.pages.wording import slots
from partnership.pages.wording.memory import state_of
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site

pytestmark = pytest.mark.django_db

MISSING, STALE, CURRENT = TextState.MISSING, TextState.STALE, TextState.CURRENT
#: The languages in which the title is changed, and which are stale then.
CHANGES = (("en", {"es"}), ("es", {"en"}))
#: No language is the first one, as the first test shows; the others change them in turn.
IN_TURN = itertools.cycle(CHANGES)


def one_of_them():
    return pytest.mark.parametrize(("code", "stale"), [next(IN_TURN)])


@pytest.fixture(scope="module")
def about_us(shared_db):
    words = {"title_en": "About us", "title_es": "Quiénes somos"}
    made = add_page(make_site(), StandardPage, **words, cities=city_pair()[:1])
    made.save_revision().publish()
    return made


@pytest.fixture
def page(about_us, client, editor):
    client.force_login(editor("alder"))
    return StandardPage.objects.get(pk=about_us.pk)


def form(page, **fields):
    values = {
        "title_en": "About us",
        "title_es": "Quiénes somos",
        "slug": page.slug,
        "local_slug_es": page.local_slug_es,
        "body_en": streamfield([("heading", "Words")]),
        "body_es": streamfield([("heading", "Words")]),
        "comments": inline_formset([]),
    }
    cities = {"cities": [city.pk for city in page.cities.all()]}
    return {**cities, **nested_form_data({**values, **fields})}


def edit(client, page, pressed=None, **fields):
    data = {**form(page, **fields), **(pressed or {})}
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)


def save_by_itself(client, page, **fields):
    """What the editing screen sends a moment after every change; returns the answer."""
    latest = page.get_latest_revision()
    sitting = getattr(page, "_sitting", None)
    loaded = {
        "loaded_revision_id": latest.pk,
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }
    data = {**form(page, **fields), **({"overwrite_revision_id": sitting} if sitting else loaded)}
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        data,
        headers={"accept": "application/json"},
    )
    page._sitting = json.loads(answer.content)["revision_id"]
    return data


def newest(page):
    return StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def stale_titles(page) -> set[str]:
    return {code for code, state in titles(page).items() if state == STALE}


def titles(page) -> dict[str, TextState]:
    title = next(slots.of_object(page))
    return {code: state_of(title, code, page.wording) for code in title.values}


# Editing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "stale"), CHANGES)
def test_changing_one_language_leaves_the_other_behind(client, page, code, stale):
    edit(client, page, **{f"title_{code}": "Another"})

    assert stale_titles(newest(page)) == stale
    assert stale_titles(StandardPage.objects.get(pk=page.pk)) == set()


@one_of_them()
def test_the_editor_sees_what_changed(client, page, code, stale):
    edit(client, page, **{f"title_{code}": "About us and Quiénes"})

    screen = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()

    name = {"en": "English", "es": "Español"}[code]
    assert f"What changed in {name}" in screen
    assert "<ins>" in screen
    assert 'name="still_right"' in screen
    assert f'href="#words-title_{stale.copy().pop()}"' in screen


@one_of_them()
def test_one_button_says_that_it_is_still_right(client, page, code, stale):
    edit(client, page, **{f"title_{code}": "Another"})
    other = stale.copy().pop()
    key = next(slots.of_object(newest(page))).keys()[other]

    edit(client, page, {"still_right": f"|{key}"}, **{f"title_{code}": "Another"})

    assert titles(newest(page)) == {"en": CURRENT, "es": CURRENT}


@one_of_them()
def test_a_small_change_is_one_tick(client, page, code, stale):
    edit(client, page, is_small_change="on", **{f"title_{code}": "Another"})

    assert stale_titles(newest(page)) == set()


def test_changing_both_confirms_both(client, page):
    edit(client, page, title_en="Another", title_es="Otro")

    assert titles(newest(page)) == {"en": CURRENT, "es": CURRENT}


@one_of_them()
def test_a_language_that_follows_later_catches_up(client, page, code, stale):
    other = stale.copy().pop()
    edit(client, page, **{f"title_{code}": "Another"})

    edit(client, page, **{f"title_{code}": "Another", f"title_{other}": "Follows"})

    assert titles(newest(page)) == {"en": CURRENT, "es": CURRENT}


def test_typing_in_one_language_and_then_in_the_other_is_one_change(client, page):
    save_by_itself(client, page, title_en="Anoth")
    save_by_itself(client, page, title_en="Another")
    save_by_itself(client, page, title_en="Another", title_es="Ot")
    data = save_by_itself(client, page, title_en="Another", title_es="Otro")

    assert titles(newest(page)) == {"en": CURRENT, "es": CURRENT}
    assert page.revisions.count() == 2
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.post(address, {**data, "title_es": "Otro más", "action-publish": "1"})
    assert BasePage.objects.get(pk=page.pk).title_es == "Otro más"


def test_typing_in_one_language_only_leaves_the_other_behind(client, page):
    save_by_itself(client, page, title_en="Anoth")
    save_by_itself(client, page, title_en="Another")

    record = newest(page).wording[""][next(slots.of_object(newest(page))).keys()["es"]]
    assert stale_titles(newest(page)) == {"es"}
    assert record["was"] == {"en": "About us"}


def test_what_was_said_to_be_right_stays_so_while_the_screen_saves_by_itself(client, page):
    save_by_itself(client, page, title_en="Another")
    key = next(slots.of_object(newest(page))).keys()["es"]
    pressed = {"still_right": f"|{key}", "overwrite_revision_id": page._sitting}
    edit(client, page, pressed, title_en="Another")

    save_by_itself(client, page, title_en="Another", search_description_en="Who we are.")

    assert stale_titles(newest(page)) == set()


def test_the_structure_of_a_text_is_copied_without_its_words(client, page):
    source, target = "es", "en"
    texts = {
        f"body_{source}": streamfield([("heading", "Words"), ("text", rich_text("<p>Long</p>"))]),
        f"body_{target}": streamfield([("heading", "Kept")]),
    }
    edit(client, page, {"copy_structure": f"body_{target}<body_{source}"}, **texts)

    copied = getattr(newest(page), f"body_{target}").raw_data
    assert [(block["type"], block["value"]) for block in copied] == [
        ("heading", "Kept"),
        ("text", ""),
    ]


# Older versions, copies, aliases, moves, schedules --------------------------------------------


@one_of_them()
def test_an_older_version_stands_as_it_stood(client, page, code, stale):
    edit(client, page, **{f"title_{code}": "Another"})
    old = StandardPage.objects.get(pk=page.pk).get_latest_revision()
    edit(client, page, title_en="Third", title_es="Tercero")
    assert stale_titles(newest(page)) == set()

    address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, old.pk))
    client.post(address, form(page, **{f"title_{code}": "Another"}))

    assert stale_titles(newest(page)) == stale


@one_of_them()
def test_a_copy_stands_as_its_original(client, page, code, stale):
    edit(client, page, **{f"title_{code}": "Another"})

    copy = StandardPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy"})

    assert stale_titles(copy.get_latest_revision_as_object()) == stale
    assert not copy.live


@one_of_them()
def test_an_alias_follows_its_original(client, page, site_tree, code, stale):
    index = add_page(site_tree, StandardPage, title="Elsewhere")
    alias = page.create_alias(parent=index)
    changed = StandardPage.objects.get(pk=page.pk)
    setattr(changed, f"title_{code}", "Another")
    changed.confirm_wording(is_small_change=True)

    changed.save_revision().publish()

    alias = StandardPage.objects.get(pk=alias.pk)
    assert getattr(alias, f"title_{code}") == "Another"
    assert titles(alias) == {"en": CURRENT, "es": CURRENT}


@one_of_them()
def test_a_move_changes_nothing(client, page, site_tree, code, stale):
    edit(client, page, **{f"title_{code}": "Another"})
    index = add_page(site_tree, StandardPage, title="Elsewhere")

    StandardPage.objects.get(pk=page.pk).move(BasePage.objects.get(pk=index.pk), "last-child")

    assert stale_titles(newest(page)) == stale


@one_of_them()
def test_what_is_scheduled_stands_as_it_was_confirmed(client, page, code, stale):
    later = timezone.now() + timedelta(days=2)
    fields = {f"title_{code}": "Another", "is_small_change": "on"}
    fields["go_live_at"] = later.strftime("%Y-%m-%d %H:%M")

    edit(client, page, {"action-publish": "1"}, **fields)

    revision = page.revisions.exclude(approved_go_live_at=None).get()
    assert titles(revision.as_object()) == {"en": CURRENT, "es": CURRENT}


# What is kept for lists -----------------------------------------------------------------------


@pytest.mark.both
@one_of_them()
def test_the_standing_of_each_language_is_kept(client, page, code, stale):
    other = stale.copy().pop()

    edit(client, page, **{f"title_{code}": "Another"})

    standing = {each.language_code: each for each in LanguageStanding.objects.filter(page=page)}
    counts = (standing[other].current, standing[other].stale, standing[other].missing)
    assert counts == (1, 1, 0)
    assert (standing[other].percentage, standing[code].percentage) == (50, 100)
    assert standing[other].behind_since is not None
    assert standing[code].behind_since is None


# What editors type ----------------------------------------------------------------------------


ODD = (
    *("a" * 100_000, "\u202eabc\u202c", "e\u0301\u0301", "👩‍👩‍👧‍👦"),
    *("<script>alert(1)</script>", "{{ x }}"),
)


def test_odd_and_long_words_break_no_editing_screen(client, page):
    text = streamfield([("text", rich_text(f"<p>{escape(words)}</p>")) for words in ODD])

    edit(client, page, body_en=text)
    screen = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))

    assert screen.status_code == 200
    assert b"<script>alert(1)</script>" not in screen.content
    assert LanguageStanding.objects.get(page=page, language_code="es").stale == 1


def test_empty_markup_does_not_fool_the_gate(client, unwritten, page):
    for blank in ("<p></p>", "<p> &nbsp; </p>", "<p>\u200b\u2060</p>", "<p><br/></p>"):
        empty = streamfield([("text", rich_text(blank))])

        answer = edit(client, page, {"action-publish": "1"}, body_es=empty)

        assert answer.status_code == 200, blank
        assert page.revisions.count() == 1, blank
