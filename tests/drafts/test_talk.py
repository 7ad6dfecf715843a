"""Residents comment a paragraph of the last version, by every rule that comments have."""

import pytest
from django.urls import reverse

from consultations.models import Contribution
from consultations.refusals import ParagraphNotThere, PhaseDoesNotAllow
from consultations.services import comment, publish_contribution
from partnership.people.models import Participant
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


def say(paragraph, **fields):
    said = {"participant": make_participant(), "text": "Dogs, too.", "form_token": None, **fields}
    return comment(paragraph.draft.consultation, paragraph=paragraph, **said)


def test_a_resident_comments_on_a_paragraph_and_replies_stay_with_it(client, site_tree):
    draft = make_draft("Dogs on a lead.")
    one = paragraph(draft)
    address = draft.consultation.comment_url
    client.force_login(ResidentFactory())

    form = client.get(f"{address}?paragraph={one.pk}")
    fields = {field.name: field.value() or "" for field in form.context["form"]}
    sent = {"paragraph": one.pk, "text": "What about cats?", "alignment": "-1"}
    done = client.post(address, {**fields, **sent})

    said = Contribution.objects.get()
    assert "§ 1" in text_of(form)
    assert "Dogs on a lead." in text_of(form)
    assert done["Location"] == one.get_absolute_url()
    assert (said.paragraph, said.stance) == (one, "Against it")
    publish_contribution(said, by=ResidentFactory(is_staff=True))
    reply = {"participant": make_participant(), "text": "Cats, too.", "form_token": None}
    assert comment(said.consultation, parent=said, **reply).paragraph == one


def test_only_a_paragraph_of_the_last_version_of_this_consultation_is_commented_on(site_tree):
    draft = make_draft("One.", "Two.")
    second = next_version(draft, {"place": 2, "is_dropped": True})
    hidden = write_draft(consultation=draft.consultation)
    dropped = second.paragraphs.get(is_dropped=True)

    for one in (paragraph(draft), dropped, hidden.paragraphs.first()):
        with pytest.raises(ParagraphNotThere):
            say(one)
    words = {"participant": make_participant(), "text": "Here?", "form_token": None}
    elsewhere = make_consultation()
    with pytest.raises(ParagraphNotThere):
        comment(elsewhere, paragraph=paragraph(second), **words)
    assert say(paragraph(second)).paragraph == paragraph(second)


def test_what_was_typed_about_a_version_that_another_followed_is_not_lost(client, site_tree):
    draft = make_draft("One.")
    one, address = paragraph(draft), draft.consultation.comment_url
    client.force_login(ResidentFactory())
    form = client.get(f"{address}?paragraph={one.pk}").context["form"]
    fields = {field.name: field.value() or "" for field in form}
    next_version(draft)

    answer = client.post(address, {**fields, "paragraph": one.pk, "text": "Late words."})

    assert answer.status_code == 422
    assert "There is a later version of this text now." in text_of(answer)
    assert "Late words." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_the_phase_decides_whether_paragraphs_are_commented_on(client, site_tree):
    draft = make_draft(consultation=make_consultation(allows=("answer",)))

    with pytest.raises(PhaseDoesNotAllow):
        say(paragraph(draft))
    assert "Comment on this paragraph" not in text_of(client.get(draft.get_absolute_url()))


def test_moderators_and_the_conversation_say_which_paragraph_it_is_about(client, site_tree):
    draft = make_draft("One.", "Two.")
    said = comment_on(paragraph(draft, 2))

    page = client.get(draft.consultation.url_in("en")).content.decode()
    (queued,) = Contribution.objects.filter(pk=said.pk).for_moderators()

    assert f'href="{draft.get_absolute_url()}#paragraph-2">§ 2</a>' in page
    assert (queued.draft_version, queued.paragraph_number) == (1, 2)


def test_who_commented_finds_what_became_of_it_among_their_own_comments(client, site_tree):
    resident = ResidentFactory()
    draft = make_draft("One.")
    comment_on(paragraph(draft), participant=Participant.objects.of(resident))
    second = next_version(draft, {"place": 1, "became": "It stays."})
    client.force_login(resident)

    page = client.get(reverse("my_participation")).content.decode()

    assert f'href="{draft.get_absolute_url()}#paragraph-1">About § 1</a>' in page
    assert f'href="{second.get_absolute_url()}#answer-1">Answered in version 2</a>' in page
