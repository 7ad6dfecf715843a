"""Two versions of a page beside each other, each language under its own name."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Phase
from events.models import CharrettePage, EventVenue
from events.registrations.models import SignUpOption, SignUpQuestion
from home.models import StandardPage
from partnership.pages.comparing import differences, language_columns
from partnership.pages.languages import CODES, localized, own_name
from partnership.pages.values_compared import in_words
from tests.factories.events import make_event
from tests.factories.pages import add_page

pytestmark = pytest.mark.django_db


def stream(text):
    block = {"type": "text", "value": f"<p>{text}</p>", "id": "00000000-0000-4000-8000-01"}
    return json.dumps([block])


@pytest.fixture
def compare(rf, editor, cities):
    """Return a function that compares two versions; rows by label, cells by language."""
    request = rf.get("/admin/")
    request.user = editor("alder", "puerto")

    def rows(before, after):
        return {
            (row.label, row.event): {cell.language_code: cell for cell in row.cells}
            for row in differences(before, after, request)
        }

    return rows


def test_the_columns_are_called_as_the_languages_call_themselves():
    assert language_columns() == [{"code": code, "name": own_name(code)} for code in CODES]


@pytest.mark.parametrize("changed", CODES)
def test_a_text_is_shown_in_every_language_when_one_of_them_changed(compare, site_tree, changed):
    page = add_page(site_tree, StandardPage, title="Harbour")
    draft = StandardPage.objects.get(pk=page.pk)
    setattr(draft, localized("title", changed), "Old harbour")

    rows = compare(page, draft)

    assert set(rows) == {("Title", "")}
    cells = rows["Title", ""]
    assert list(cells) == list(CODES)
    assert [code for code in CODES if cells[code].has_changed] == [changed]
    assert '<span class="addition">' in cells[changed].html
    others = [code for code in CODES if code != changed]
    assert {cells[code].html for code in others} == {"Harbour"}


@pytest.mark.both
@pytest.mark.parametrize("changed", CODES)
def test_texts_made_of_blocks_are_compared_block_by_block(compare, changed):
    event = make_event(**{localized("body", code): stream("A pier") for code in CODES})
    draft = CharrettePage.objects.get(pk=event.pk)
    setattr(draft, localized("body", changed), stream("A long pier"))

    cells = compare(event, draft)["Text", ""]

    assert [code for code in CODES if cells[code].has_changed] == [changed]
    assert '<span class="addition">long pier</span>' in cells[changed].html


@pytest.mark.parametrize("changed", CODES)
def test_a_changed_inline_item_has_a_column_for_each_language(compare, cities, changed):
    event = make_event()
    names = {localized("name", code): "Town hall" for code in CODES}
    EventVenue.objects.create(event_id=event.pk, city=cities[0], **names)
    before = CharrettePage.objects.get(pk=event.pk)
    draft = before.save_revision().as_object()
    venue = draft.venues.first()
    setattr(venue, localized("name", changed), "Old town hall")
    draft.venues = [venue]

    rows = compare(before, draft)

    assert ("Venue 1", "Changed") in rows
    cells = rows["Name", ""]
    assert list(cells) == list(CODES)
    assert [code for code in CODES if cells[code].has_changed] == [changed]


def test_a_new_and_a_removed_inline_item_are_shown_in_full(compare, cities):
    event = make_event()
    names = {localized("name", code): f"Town hall ({code})" for code in CODES}
    draft = event.save_revision().as_object()
    draft.venues = [EventVenue(city=cities[0], **names)]
    before = CharrettePage.objects.get(pk=event.pk)

    added, removed = compare(before, draft), compare(draft, before)

    assert ("Venue 1", "Added") in added
    assert ("Venue 1", "Removed") in removed
    assert {code: cell.html for code, cell in added["Name", ""].items()} == {
        code: f"Town hall ({code})" for code in CODES
    }


@pytest.fixture
def asking(cities):
    """An event that asks for one of two boats, and its newest draft."""
    event = make_event()
    question = SignUpQuestion(
        type="single_choice", **{localized("text", code): "Which boat?" for code in CODES}
    )
    question.options = [
        SignUpOption(**{localized("label", code): f"{boat} ({code})" for code in CODES})
        for boat in ("Heron", "Otter")
    ]
    draft = event.save_revision().as_object()
    draft.sign_up_questions = [question]
    return CharrettePage.objects.get(pk=event.pk), draft


def test_a_new_and_a_removed_question_are_shown_with_their_options(compare, asking):
    before, draft = asking

    added, removed = compare(before, draft), compare(draft, before)

    for rows, event in ((added, "Added"), (removed, "Removed")):
        assert any(what == event for _name, what in rows)
        assert {("Option 1", ""), ("Option 2", "")} <= set(rows)
        assert rows["Option", ""][CODES[0]].html == f"Otter ({CODES[0]})"
        assert "Explanation" not in {name for name, _event in rows}  # nothing to read in it


@pytest.mark.both
def test_an_option_that_was_reworded_is_shown_alone(compare, asking):
    event = asking[1]
    draft = event.save_revision().as_object()
    question = draft.sign_up_questions.all()[0]
    heron, otter = question.options.all()
    setattr(otter, localized("label", CODES[0]), "Seal")
    question.options = [heron, otter]
    draft.sign_up_questions = [question]

    rows = compare(event, draft)

    assert ("Option 2", "Changed") in rows
    assert not {name for name, _event in rows} & {"Option 1", "Kind of answer"}
    assert "Seal" in rows["Option", ""][CODES[0]].html


def test_a_fact_has_one_cell_for_all_languages(compare):
    event = make_event()
    draft = CharrettePage.objects.get(pk=event.pk)
    draft.capacity = 40

    cells = compare(event, draft)["Places", ""]

    assert list(cells) == [""]
    assert "40" in cells[""].html


@pytest.mark.both
def test_a_moment_is_told_on_the_clock_it_was_written_on(compare):
    event = make_event(time_zone="Europe/Madrid")
    draft = CharrettePage.objects.get(pk=event.pk)
    draft.starts_at = datetime(2027, 1, 10, 9, tzinfo=UTC)

    told = compare(event, draft)["Starts at", ""][""].html

    assert "10 January 2027, 10:00 (Europe/Madrid)</span>" in told
    assert "UTC" not in told
    assert "+00:00" not in told


def test_a_new_page_says_what_it_says_and_not_what_it_would_have_begun_with(compare):
    draft = make_event(capacity=40, takes_minors=True, max_party_size=3)

    rows = compare(type(draft)(), draft)

    assert rows["Places", ""][""].html == '<span class="addition">40</span>'
    assert rows["People under 18 may come on their own", ""][""].html == "Yes"
    assert rows["Largest group", ""][""].html == "3"


def test_what_residents_may_is_told_in_words():
    field = Phase._meta.get_field("allows")

    assert in_words(field, ["vote", "comment"]) == "vote on statements, write comments"
    assert in_words(field, []) == in_words(field, None) == ""


def test_a_language_that_was_never_written_is_no_obstacle(compare, site_tree):
    page = add_page(site_tree, StandardPage, title="Harbour")
    column = localized("lead", CODES[-1])
    StandardPage.objects.filter(pk=page.pk).update(**{column: None})
    before = StandardPage.objects.get(pk=page.pk)
    draft = StandardPage.objects.get(pk=page.pk)
    setattr(draft, column, "Aquí")

    assert (
        compare(before, draft)["Lead", ""][CODES[-1]].html == '<span class="addition">Aquí</span>'
    )


@pytest.mark.both
def test_hostile_words_are_words(compare, site_tree):
    page = add_page(site_tree, StandardPage, title="Harbour")
    draft = StandardPage.objects.get(pk=page.pk)
    for code in CODES:
        setattr(draft, localized("lead", code), "<script>alert(1)</script>")

    cells = compare(page, draft)["Lead", ""]

    assert all("<script" not in cell.html for cell in cells.values())
    assert all("script" in cell.html for cell in cells.values())


def test_the_compare_screen_shows_the_columns(client, editor, pages):
    client.force_login(editor("alder"))
    first = pages.joint.save_revision()
    pages.joint.refresh_from_db()
    for code in CODES:
        setattr(pages.joint, localized("title", code), f"Renamed {timezone.now():%Y} {code}")
    second = pages.joint.save_revision()

    html = client.get(
        reverse("wagtailadmin_pages:revisions_compare", args=(pages.joint.pk, first.pk, second.pk))
    ).content.decode()

    for code in CODES:
        assert f'<th scope="col" lang="{code}">{own_name(code)}</th>' in html
        assert f'<td class="comparison w-align-top" lang="{code}">' in html
    assert "[es]" not in html


def test_the_compare_screen_is_closed_to_another_citys_editor(client, editor, pages):
    client.force_login(editor("alder"))
    revision = pages.puerto.save_revision()
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=(pages.puerto.pk, "live", revision.pk)
    )

    assert client.get(address).status_code == 302


@pytest.mark.both
def test_an_item_of_before_a_language_joined_has_not_changed(compare, cities):
    event = make_event()
    EventVenue.objects.create(event_id=event.pk, city=cities[0], name="Town hall")
    column = localized("access_note", CODES[-1])
    EventVenue.objects.update(**{column: ""})
    draft = CharrettePage.objects.get(pk=event.pk).save_revision().as_object()
    EventVenue.objects.update(**{column: None})
    before = CharrettePage.objects.get(pk=event.pk)

    assert not any("Where" in name for name, _event in compare(before, draft))
