"""Readers read a draft paragraph by paragraph, in their language or in two side by side."""

import pytest
from django.test import Client

from consultations.enums import PublicationStatus
from consultations.models import Contribution
from consultations.services import hide_contribution
from partnership.pages import finding
from partnership.pages.languages import CODES, localized
from tests.factories.consultations import make_consultation, make_participant
from tests.factories.drafts import (
    comment_on,
    make_draft,
    next_version,
    paragraph,
    text_of,
    write_draft,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def spanish(draft, text):
    draft.paragraphs.filter(number=1).update(**{localized("text", "es"): text})


@pytest.mark.both
def test_each_paragraph_stands_with_what_is_said_of_it(client, site_tree):
    draft = make_draft("Dogs on a lead.", "Music until ten.")
    said = [comment_on(paragraph(draft, 1)) for _number in range(5)]
    comment_on(paragraph(draft, 1), publication_status=PublicationStatus.PENDING, text="Unread.")

    page = client.get(draft.get_absolute_url())
    content, words = page.content.decode(), text_of(page)

    assert 'id="paragraph-2"' in content
    assert "All 5 comments on § 1" in words
    assert [each.text in words for each in said] == [False, False, True, True, True]
    assert "Unread." not in words
    assert f'href="{paragraph(draft, 1).get_absolute_url()}"' in content
    address = f"{draft.consultation.comment_url}?paragraph={paragraph(draft, 2).pk}"
    assert f'href="{address}"' in content


def test_it_is_read_in_every_language_and_in_two_beside_each_other(client, site_tree):
    draft = make_draft("Dogs on a lead.")
    spanish(draft, "Perros con correa.")
    address = draft.get_absolute_url()

    alone, both = client.get(address), client.get(f"{address}?beside=es")
    other = address.replace("/en/consultations/", "/es/consultas/").replace("/draft/", "/borrador/")

    assert "Perros con correa." not in text_of(alone)
    assert '<div class="prose" lang="es"><p>Perros con correa.</p></div>' in both.content.decode()
    assert "Dogs on a lead." in text_of(both)
    assert f'href="{other}"' in alone.content.decode()
    assert "Read it in Spanish, too" in text_of(alone)
    assert "Perros con correa." in text_of(client.get(other))
    for none in ("en", "xx", ""):
        assert "Perros" not in text_of(client.get(f"{address}?beside={none}"))


def test_a_paragraph_has_a_page_with_everything_that_is_said_of_it(client, site_tree):
    draft = make_draft("Dogs on a lead.", "Music until ten.")
    said = [comment_on(paragraph(draft, 1)) for _number in range(5)]
    other = comment_on(paragraph(draft, 2))

    words = text_of(client.get(paragraph(draft, 1).get_absolute_url()))

    assert all(each.text in words for each in said)
    assert other.text not in words


def test_the_next_version_says_what_changed_and_what_became_of_the_comments(client, site_tree):
    draft = make_draft("Dogs on a lead.", "Music until ten.", "No cars.")
    said = comment_on(paragraph(draft, 2))
    second = next_version(
        draft,
        {"place": 2, "text": "Music until eleven.", "became": "You asked for an hour more."},
        {"place": 3, "is_dropped": True, "became": "A law says so already."},
    )

    new = client.get(second.get_absolute_url())
    old = client.get(draft.get_absolute_url())
    content = new.content.decode()

    assert "<del>" in content
    assert content.count("<ins>") == 1
    assert "You asked for an hour more." in text_of(new)
    assert "1 comment on § 2 in version 1" in text_of(new)
    assert "No longer in the text § 3, in version 1 A law says so already." in text_of(new)
    assert 'id="answer-2"' in content
    assert "Comment on this paragraph" not in text_of(old)
    assert "There is a later version" in text_of(old)
    answered = f'href="{second.get_absolute_url()}#answer-2"'
    assert said.text in text_of(old)
    for address in (
        draft.get_absolute_url(),
        paragraph(draft, 2).get_absolute_url(),
        draft.consultation.url_in("en"),
    ):
        assert answered in client.get(address).content.decode(), address


@pytest.mark.both
def test_a_comment_that_no_version_answers_says_nothing_of_an_answer(client, site_tree):
    draft = make_draft("One.", "Two.")
    comment_on(paragraph(draft, 1))
    comment_on(paragraph(draft, 2), publication_status=PublicationStatus.PENDING)
    next_version(draft, {"place": 1, "became": "It stays."})
    Contribution.objects.update(publication_status=PublicationStatus.PUBLISHED)

    one, two = (text_of(client.get(paragraph(draft, n).get_absolute_url())) for n in (1, 2))

    assert ("Answered in version 2" in one, "Answered in version 2" in two) == (True, False)


def test_the_consultation_leads_to_the_last_version_of_each_text_and_says_no_word_without(
    client, site_tree
):
    consultation = make_consultation()
    assert "Read the draft" not in text_of(client.get(consultation.url_in("en")))
    write_draft(consultation=consultation)
    assert "Read the draft" not in text_of(client.get(f"{consultation.url_in('en')}?a"))

    draft = make_draft(consultation=consultation)
    second = next_version(draft)
    page = client.get(f"{consultation.url_in('en')}?b").content.decode()

    assert f'href="{second.get_absolute_url()}"' in page
    assert f'href="{draft.get_absolute_url()}"' not in page
    lead = client.get(second.get_absolute_url().removesuffix("2/"))
    assert lead["Location"] == second.get_absolute_url()


def test_what_readers_do_not_see_does_not_exist(client, unwritten, site_tree):
    draft = make_draft()
    write_draft(consultation=draft.consultation)

    address = draft.get_absolute_url().removesuffix("1/1/")

    for places in ("1/3", "2/1", "1/1/9", "1/1/0", "99999/1", "1/99999", "9" * 30):
        assert client.get(f"{address}{places}/").status_code == 404, places
    assert client.get(f"{address}1/1/").status_code == 200


def test_a_draft_of_a_consultation_that_is_not_public_is_not_public(client, site_tree):
    draft = make_draft("Dogs on a lead.")
    address = draft.get_absolute_url()
    draft.consultation.unpublish()

    assert client.get(address).status_code == 404
    assert finding.find("lead", language="en") == []


def test_a_moderator_hides_a_comment_everywhere_at_once(site_tree):
    draft = make_draft("One.")
    said = comment_on(paragraph(draft), text="Rude words.")
    visitor = Client()
    assert "Rude words." in text_of(visitor.get(draft.get_absolute_url()))

    hide_contribution(said, by=ResidentFactory(is_staff=True), reason="Rude.")

    words = text_of(visitor.get(draft.get_absolute_url()))
    assert "Rude words." not in words
    assert "comment on § 1" not in words


@pytest.mark.parametrize("many", [1, 4])
@pytest.mark.parametrize(("reads", "cost"), [("visitor", 12), ("resident", 15)])
def test_a_version_costs_the_same_however_long_it_is(
    client, site_tree, django_assert_num_queries, many, reads, cost
):
    draft = make_draft(*(f"Paragraph {number}." for number in range(many)))
    said = {"participant": make_participant()}
    for number in range(1, many + 1):
        comment_on(paragraph(draft, number), **said)
    became = [{"place": n, "became": "So.", "text": f"New {n}."} for n in range(1, many + 1)]
    second = next_version(draft, *became)
    for number in range(1, many + 1):
        for _time in range(4):
            comment_on(paragraph(second, number), **said)
    if reads == "resident":
        client.force_login(ResidentFactory())
    client.get(f"{second.get_absolute_url()}?other")

    with django_assert_num_queries(cost):
        page = client.get(second.get_absolute_url()).content.decode()

    assert page.count('<article class="comment"') == many * 3


@pytest.mark.both
def test_the_search_finds_paragraphs_of_the_last_version_alone(site_tree):
    draft = make_draft("Music until ten.")
    second = next_version(draft, {"place": 1, "text": "Music until eleven."})
    write_draft("Music for ever.", consultation=draft.consultation)

    (found,) = (each for each in finding.find("music", language="en"))
    (told,) = found.told

    assert told.url == f"{second.get_absolute_url()}#paragraph-1"
    assert (told.text, told.within) == ("Music until eleven.", "Charter, version 2")


def test_the_sitemap_names_the_last_version_in_every_language(client, site_tree):
    draft = next_version(make_draft())

    sitemap = client.get("/sitemap.xml").content.decode()

    assert sitemap.count(f"{draft.get_absolute_url()}</loc>") == 1
    assert sitemap.count("/borrador/1/2/</loc>") == len(CODES) - 1
    assert "/draft/1/1/" not in sitemap


def test_a_changed_paragraph_is_read_once_with_the_change_marked_in_its_place(client, site_tree):
    draft = make_draft("Music until ten.\n\nNo <b> & no drums.", "No cars.")
    second = next_version(draft, {"place": 1, "text": "Music until eleven.\n\nNo <b> & no drums."})

    page = client.get(second.get_absolute_url())
    content = page.content.decode()

    marked = content[content.index('<section class="section" id="paragraph-1"') :]
    marked = marked[: marked.index("</section>")]
    said, fold = marked.split("<details")
    assert said.count("no drums") == 1
    assert "eleven.<br><br></ins>" in said
    assert "No &lt;b&gt; &amp; no drums." in said
    assert "removed: </span>ten.<br><br></del>" in said
    assert "As it read in version 1 : § 1" in text_of(page)
    assert "<p>Music until ten.</p>" in fold
    assert content.count('<details class="origin"') == 1


def test_a_heading_that_changed_says_what_it_was(client, site_tree):
    draft = make_draft("Music until ten.")
    second = next_version(draft, {"place": 1, "heading": "Quiet hours"})

    words = text_of(client.get(second.get_absolute_url()))

    assert "Heading before: –" in words
    assert "As it read" not in words


def test_a_version_has_one_quiet_button_for_each_paragraph(client, site_tree):
    content = client.get(make_draft("One.", "Two.").get_absolute_url()).content.decode()

    assert content.count('class="btn btn-quiet btn-small"') == 2
    assert 'class="btn btn-small"' not in content
