"""Editors write both languages side by side, publish a version, and begin the next one."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.drafts.models import DraftText
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.consultations import in_every_language, make_consultation
from tests.factories.drafts import (
    comment_on,
    editor_of,
    make_draft,
    next_version,
    paragraph,
    write_draft,
)

pytestmark = pytest.mark.django_db

TEXTS = ("heading", "text", "became")


@pytest.fixture
def editor(client, site_tree):
    """An editor of the first city, signed in."""
    editor = editor_of(city_pair()[0], language_code="en")
    client.force_login(editor)
    return editor


def edit(draft):
    return reverse("draft_texts:edit", args=(draft.pk,))


def row(paragraph=None, **words):
    texts = {
        localized(name, code): getattr(paragraph, localized(name, code), "") or ""
        for name in TEXTS
        for code in CODES
    }
    stored = {"id": paragraph.pk} if paragraph else {}
    return {**stored, **texts, **words}


def form(consultation, *rows, **fields):
    stored = len([each for each in rows if "id" in each])
    words = {**in_every_language("title", "Charter"), **in_every_language("introduction", "")}
    rows = inline_formset(list(rows), initial=stored)
    return nested_form_data(
        {"consultation": consultation.pk, **words, "paragraphs": rows, **fields}
    )


def test_a_text_is_begun_half_written_and_published_when_every_language_is_there(client, editor):
    consultation, add = make_consultation(), reverse("draft_texts:add")
    half = row(text_en="Dogs on a lead.")

    refused = client.post(add, form(consultation, half, is_published="on"))
    assert not DraftText.objects.exists()
    kept = client.post(add, form(consultation, half))
    draft = DraftText.objects.get()
    whole = row(draft.paragraphs.get(), text_es="Perros con correa.")
    done = client.post(edit(draft), form(consultation, whole, is_published="on"))

    draft = DraftText.objects.get()
    assert (refused.status_code, kept.status_code, done.status_code) == (200, 302, 302)
    assert draft.is_published
    assert draft.published_at
    assert str(draft.paragraphs.get()) == "§ 1"


def test_what_readers_see_is_shown_and_not_changed_and_leads_to_the_next_version(client, editor):
    draft = make_draft("One.")
    sent = form(draft.consultation, row(paragraph(draft), text_en="Two."))

    shown = client.get(edit(draft)).content.decode()
    answer = client.post(edit(draft), sent)
    begun = client.post(edit(draft), {"next_version": "yes"})

    second = DraftText.objects.get(version=2)
    assert 'name="next_version"' in shown
    assert answer.status_code == 422
    assert paragraph(draft).text == "One."
    assert begun.url == edit(second)
    assert 'name="next_version"' not in client.get(edit(draft)).content.decode()
    assert client.post(edit(draft), {"next_version": "yes"}).status_code == 422


def test_what_was_written_while_somebody_else_published_it_is_not_lost(client, editor):
    draft = make_draft("One.")
    sent = form(draft.consultation, row(paragraph(draft), text_en="Two, with a long reason."))

    shown = client.post(edit(draft), sent).content.decode()

    assert "Two, with a long reason." in shown
    assert "Readers see this version: it stays as it is." in shown
    assert paragraph(draft).text == "One."


def test_the_form_names_the_paragraph_whose_comments_find_no_answer(client, editor):
    draft = make_draft("One.")
    comment_on(paragraph(draft))
    client.post(edit(draft), {"next_version": "yes"})
    second = DraftText.objects.get(version=2)
    one = second.paragraphs.get()

    refused = client.post(edit(second), form(draft.consultation, row(one), is_published="on"))
    (said,) = refused.context["form"].non_field_errors()
    answered = row(one, **in_every_language("became", "It stays."))
    client.post(edit(second), form(draft.consultation, answered, is_published="on"))

    assert "§ 1 has 1 comment: say what you changed and why" in said
    assert DraftText.objects.get(version=2).is_published


def test_a_commented_paragraph_is_dropped_and_not_deleted(client, editor):
    draft = make_draft("One.", "Two.")
    comment_on(paragraph(draft, 2))
    client.post(edit(draft), {"next_version": "yes"})
    second = DraftText.objects.get(version=2)
    one, two = second.paragraphs.all()

    answer = client.post(
        edit(second), form(draft.consultation, row(one, DELETE="on"), row(two, DELETE="on"))
    )
    (said,) = answer.context["form"].non_field_errors()

    assert said == "§ 2 has comments: tick that it is dropped instead of deleting it."
    assert second.paragraphs.count() == 2


def test_only_a_version_that_no_reader_has_seen_is_deleted(client, editor):
    draft = make_draft()
    second = write_draft(consultation=draft.consultation)
    delete = [reverse("draft_texts:delete", args=(each.pk,)) for each in (draft, second)]

    kept, gone = (client.post(address) for address in delete)

    assert (kept.url, gone.status_code) == (edit(draft), 302)
    assert list(DraftText.objects.all()) == [draft]


def test_a_draft_of_another_city_does_not_exist_for_an_editor(client, editor):
    consultation = make_consultation()
    consultation.cities.set([city_pair()[1]])
    consultation.save()
    draft = next_version(make_draft(consultation=consultation))

    assert client.get(edit(draft)).status_code == 404
    assert client.post(edit(draft), {"next_version": "yes"}).status_code == 404
    assert str(draft) not in client.get(reverse("draft_texts:index")).content.decode()
    client.post(reverse("draft_texts:add"), form(consultation, row(), is_published=""))
    assert DraftText.objects.count() == 2


def test_the_screen_of_a_consultation_leads_to_its_draft_texts(client, editor):
    draft = make_draft()

    page = client.get(reverse("wagtailadmin_pages:edit", args=(draft.consultation.pk,)))

    assert f'href="{edit(draft)}"' in page.content.decode()
    add = reverse("draft_texts:add")
    assert f"{add}?consultation={draft.consultation.pk}" in page.content.decode()
