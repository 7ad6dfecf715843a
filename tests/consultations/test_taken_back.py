"""What is taken back or removed for good: nothing of it is left, and nobody brings it back."""

import pytest
from django.urls import reverse

from consultations.conversation.services import show_name, withdraw_comment
from consultations.models import Contribution, Report
from consultations.moderation.services.removals import remove_words
from consultations.refusals import CommentNotThere
from partnership.ledger import quotes
from partnership.ledger.models import Quote
from partnership.serving import cache
from tests.factories.consultations import (
    ContributionFactory,
    IdeaFactory,
    make_participant,
)
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def removed():
    """A comment with a reply whose words two moderators have removed."""
    comment = ContributionFactory(reply_count=1)
    ContributionFactory(consultation=comment.consultation, parent=comment)
    remove_words(comment)
    return comment


def test_what_was_removed_for_good_is_not_taken_back_and_shown_as_withdrawn(client):
    comment = removed()
    client.force_login(comment.resident)
    slug = comment.consultation.slug

    edited = client.get(reverse("consultation_edit", args=(slug, comment.pk)))
    sent = client.post(reverse("consultation_withdraw", args=(slug, comment.pk)))
    withdraw_comment(comment, participant=comment.participant)

    assert (edited.status_code, sent.status_code) == (404, 404)
    comment.refresh_from_db()
    assert comment.publication_status == "erased"
    assert not Contribution.objects.shown().filter(pk=comment.pk).exists()


@pytest.mark.usefixtures("page_cache")
def test_no_old_page_keeps_the_place_of_an_idea_that_is_taken_back(
    django_capture_on_commit_callbacks,
):
    idea = IdeaFactory(latitude="1.5", longitude="2.5")
    cache.store().set("a-page-of-yesterday", "1.5, 2.5")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_comment(idea, participant=idea.participant)

    assert cache.store().get("a-page-of-yesterday") is None


def test_taking_back_lets_go_of_new_words_the_place_quotes_and_reports():
    idea = IdeaFactory(latitude="1.5", longitude="2.5", waiting_text="New words.")
    quotes.keep({quotes.name_of(idea): idea.text})
    report = Report.objects.create(contribution=idea, participant=make_participant(), reason="spam")

    withdraw_comment(idea, participant=idea.participant)

    idea.refresh_from_db()
    report.refresh_from_db()
    assert (idea.waiting_text, idea.latitude, idea.longitude) == ("", None, None)
    assert report.settled_at is not None
    assert not Quote.objects.exists()


def test_nobody_shows_the_name_that_another_keeps_back():
    comment = ContributionFactory(is_name_hidden=True)

    with pytest.raises(CommentNotThere):
        show_name(comment, participant=make_participant(), is_shown=True)

    comment.refresh_from_db()
    assert comment.is_name_hidden
