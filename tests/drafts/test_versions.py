"""A version is published as a whole, never changes, and says what became of the comments."""

import pytest
from django.db import IntegrityError, transaction

from consultations.drafts.models import DraftText, Paragraph
from consultations.drafts.refusals import DraftIsPublished, DraftNotReady, NextVersionBegun
from consultations.drafts.services import begin_next_version, publish
from consultations.enums import PublicationStatus
from partnership.pages.languages import CODES, localized
from tests.factories.drafts import (
    change,
    comment_on,
    make_draft,
    next_version,
    paragraph,
    write_draft,
)

pytestmark = pytest.mark.django_db


def test_readers_see_a_whole_version_with_its_paragraphs_numbered(site_tree):
    draft = write_draft("One.", "Two.")

    published = publish(draft)

    assert published.published_at
    assert [str(each) for each in published.paragraphs.all()] == ["§ 1", "§ 2"]
    with pytest.raises(DraftIsPublished):
        publish(draft)


def test_a_text_that_is_missing_in_a_language_is_named(site_tree):
    draft = write_draft("One.")
    Paragraph.objects.update(**{localized("text", CODES[1]): ""})

    with pytest.raises(DraftNotReady, match="Paragraph: Text"):
        publish(draft)

    assert not DraftText.objects.get().is_published


def test_a_version_without_a_paragraph_is_not_published(site_tree):
    draft = write_draft("One.")
    change(draft, 1, is_dropped=True)

    with pytest.raises(DraftNotReady, match="Write a paragraph first"):
        publish(draft)


def test_the_next_version_begins_with_the_words_and_keys_of_the_last(site_tree):
    draft = make_draft("One.", "Two.")

    begun = begin_next_version(draft)

    keys = [list(each.paragraphs.values_list("key", "text")) for each in (draft, begun)]
    assert keys[0] == keys[1]
    assert (begun.number, begun.version, begun.title) == (1, 2, "Charter")
    with pytest.raises(NextVersionBegun):
        begin_next_version(draft)


def test_only_the_last_version_is_followed_by_another(site_tree):
    draft = make_draft()
    next_version(draft)

    with pytest.raises(NextVersionBegun):
        begin_next_version(draft)


def test_what_readers_commented_is_answered_by_name_before_the_next_version_is_published(site_tree):
    draft = make_draft("One.", "Two.", "Three.")
    comment_on(paragraph(draft, 2))
    comment_on(paragraph(draft, 2))
    comment_on(paragraph(draft, 3), publication_status=PublicationStatus.HIDDEN)
    begun = begin_next_version(draft)
    change(begun, 1, text="Another one.")

    with pytest.raises(DraftNotReady) as refusal:
        publish(begun)
    (reason,) = refusal.value.reasons
    change(begun, 2, became="It stays: nobody else asked for it.")

    assert reason.startswith("§ 2 has 2 comments: say what you changed and why")
    assert publish(begun).is_published


def test_a_commented_paragraph_that_is_gone_from_the_next_version_is_named(site_tree):
    draft = make_draft("One.", "Two.")
    comment_on(paragraph(draft, 2))
    begun = begin_next_version(draft)
    begun.paragraphs.get(key=paragraph(draft, 2).key).delete()

    with pytest.raises(DraftNotReady, match="§ 2 has 1 comment"):
        publish(begun)


def test_a_dropped_paragraph_has_no_number_and_no_row_in_the_version_after(site_tree):
    draft = make_draft("One.", "Two.", "Three.")
    second = next_version(draft, {"place": 2, "is_dropped": True, "became": "Too strict."})

    third = next_version(second)

    assert list(second.paragraphs.values_list("number", flat=True)) == [1, 0, 2]
    assert [each.text for each in third.paragraphs.all()] == ["One.", "Three."]


@pytest.mark.both
def test_a_text_has_one_unpublished_version_and_each_number_once(site_tree):
    draft = make_draft()
    begin_next_version(draft)

    assert write_draft(consultation=draft.consultation).number == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftText.objects.create(consultation=draft.consultation, number=1, version=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftText.objects.filter(is_published=True).update(published_at=None)
