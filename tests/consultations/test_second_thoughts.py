"""Comments are changed, withdrawn and reported; moderators read what changes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import (
    EDIT,
    REPORT,
    edit_comment,
    keep_as_it_is,
    pass_new_words,
    report_comment,
    withdraw_comment,
)
from consultations.models import ConsultationPage, Contribution, EarlierWording, Report
from consultations.moderation.refusals import WordsChanged
from consultations.refusals import (
    AlreadyModerated,
    CommentNotThere,
    EditingOver,
    OwnComment,
    ReasonMissing,
    ReasonNotKnown,
)
from consultations.services import COMMENT, comment, hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import issue
from partnership.publication import holds_link
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def after_moderation(consultation):
    ConsultationPage.objects.filter(pk=consultation.pk).update(moderation="after")


def edit(contribution, text="Other words.", participant=None):
    return edit_comment(
        contribution,
        participant=participant or contribution.participant,
        text=text,
        form_token=issue(EDIT),
    )


# Second thoughts -------------------------------------------------------------------------------


def test_words_that_wait_are_changed_at_once_and_the_earlier_ones_kept():
    contribution = ContributionFactory(publication_status="pending", text="First.")

    edit(contribution)

    contribution.refresh_from_db()
    assert (contribution.text, contribution.publication_status) == ("Other words.", "pending")
    assert EarlierWording.objects.get().text == "First."


def test_published_words_stay_until_a_moderator_passes_the_new_ones(client):
    contribution = ContributionFactory(text="First.")
    edit(contribution)
    before = text_of(client.get(contribution.consultation.url))

    pass_new_words(contribution, by=ResidentFactory(), seen_words="Other words.")

    after = text_of(client.get(contribution.consultation.url))
    assert ("First." in before, "Other words." in before) == (True, False)
    assert ("First." in after, "Other words." in after) == (False, True)
    assert OutgoingMail.objects.count() == 1


def test_where_moderators_read_afterwards_new_words_are_shown_unless_they_hold_a_link():
    contribution = ContributionFactory(text="First.")
    after_moderation(contribution.consultation)

    edit(contribution)
    edit(contribution, "Buy at www.example.org")

    contribution.refresh_from_db()
    assert (contribution.text, contribution.waiting_text) == (
        "Other words.",
        "Buy at www.example.org",
    )


def test_new_words_are_kept_back_with_a_reason_for_their_author():
    contribution = ContributionFactory(text="First.")
    edit(contribution)

    with pytest.raises(ReasonMissing):
        keep_as_it_is(contribution, by=ResidentFactory(), seen_words="Other words.")
    with pytest.raises(AlreadyModerated):
        pass_new_words(contribution, by=ResidentFactory(), seen_words="Words of before.")
    keep_as_it_is(
        contribution, by=ResidentFactory(), reason="It insults.", seen_words="Other words."
    )

    contribution.refresh_from_db()
    assert (contribution.text, contribution.waiting_text) == ("First.", "")
    assert "It insults." in OutgoingMail.objects.get().text


@pytest.mark.both
@pytest.mark.parametrize("decide", [publish_contribution, hide_contribution])
def test_what_is_decided_about_are_the_words_that_were_read(decide):
    contribution = ContributionFactory(text="Kind.", publication_status="pending")
    as_read = Contribution.objects.get()
    why = {"reason": "It insults."} if decide is hide_contribution else {}

    edit(contribution, "An insult.")
    with pytest.raises(WordsChanged):
        decide(as_read, by=ResidentFactory(), **why)

    contribution.refresh_from_db()
    assert (contribution.text, contribution.publication_status) == ("An insult.", "pending")
    assert not OutgoingMail.objects.exists()


def test_after_fifteen_minutes_the_words_stay():
    contribution = ContributionFactory(created_at=timezone.now() - timedelta(minutes=16))

    with pytest.raises(EditingOver):
        edit(contribution)


def test_nobody_changes_or_withdraws_what_another_wrote():
    contribution, other = ContributionFactory(), signed_in()
    address = f"{contribution.consultation.comment_url}{contribution.pk}"

    with pytest.raises(CommentNotThere):
        edit(contribution, participant=make_participant())
    with pytest.raises(CommentNotThere):
        withdraw_comment(contribution, participant=make_participant())
    answers = [other[0].get(f"{address}/change/"), other[0].post(f"{address}/withdraw/")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_withdrawn_comment_is_gone_and_replies_to_it_stay(client):
    thread = ContributionFactory(text="Taken back.")
    alone = ContributionFactory(consultation=thread.consultation, text="Alone.")
    reply = ContributionFactory(
        consultation=thread.consultation, parent=thread, publication_status="pending"
    )
    publish_contribution(reply, by=ResidentFactory())

    for contribution in (thread, alone):
        withdraw_comment(contribution, participant=contribution.participant)

    page = text_of(client.get(thread.consultation.url))
    assert "Taken back." not in page
    assert "Alone." not in page
    assert "Withdrawn by whoever wrote it." in page
    assert reply.text in page


def test_the_author_changes_and_withdraws_on_the_page_of_the_comment():
    contribution = ContributionFactory(publication_status="pending")
    client = Client()
    client.force_login(contribution.participant.resident)
    address = f"{contribution.consultation.comment_url}{contribution.pk}"

    shown = client.get(f"{address}/change/")
    changed = client.post(f"{address}/change/", {"text": "Better.", "form_token": issue(EDIT)})
    withdrawn = client.post(f"{address}/withdraw/")

    contribution.refresh_from_db()
    assert (shown.status_code, changed.status_code, withdrawn.status_code) == (200, 302, 302)
    assert (contribution.text, contribution.publication_status) == ("Better.", "withdrawn")


@pytest.mark.parametrize("status", ["pending", "published"])
def test_under_ones_own_comments_is_the_way_to_change_and_withdraw_them(status):
    contribution = ContributionFactory(publication_status=status)
    client, _participant = signed_in(contribution.participant)

    page = client.get(reverse("my_participation")).content.decode()

    link = f'<a href="{contribution.edit_url}">Change or withdraw<'
    assert link in page
    assert client.get(contribution.edit_url).status_code == 200


def test_what_can_only_be_withdrawn_any_more_says_so_and_what_is_gone_leads_nowhere():
    old = ContributionFactory(created_at=timezone.now() - timedelta(hours=1))
    hidden, gone = (
        ContributionFactory(participant=old.participant, publication_status=status)
        for status in ("hidden", "erased")
    )
    client, _participant = signed_in(old.participant)

    page = client.get(reverse("my_participation")).content.decode()

    assert f'<a href="{old.edit_url}">Withdraw<' in page
    assert f'<a href="{hidden.edit_url}">Withdraw<' in page
    assert gone.edit_url not in page


def test_whoever_is_thanked_for_a_comment_that_waits_is_led_to_it():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"text": "A zebra crossing.", "form_token": issue(COMMENT)}

    page = client.post(consultation.comment_url, form, follow=True).content.decode()

    waiting = Contribution.objects.get()
    assert f'we write to you. <a href="{waiting.edit_url}">Change or withdraw</a>' in page


def test_correcting_the_language_says_what_it_corrects():
    client, _participant = signed_in(ContributionFactory().participant)

    page = client.get(reverse("my_participation")).content.decode()

    assert '<u class="no-print">Correct the language<' in page


# Reports ---------------------------------------------------------------------------------------


def report(contribution, participant=None, reason="spam"):
    return report_comment(
        contribution,
        participant=participant or make_participant(),
        reason=reason,
        form_token=issue(REPORT),
    )


def test_a_report_waits_for_the_moderators_until_one_has_decided():
    contribution = ContributionFactory()
    report(contribution)
    waiting = list(Contribution.objects.reported())

    keep_as_it_is(contribution, by=ResidentFactory())

    assert waiting == [contribution]
    assert not Contribution.objects.reported().exists()


def test_one_person_reports_a_comment_once_with_a_known_reason():
    contribution, participant = ContributionFactory(), make_participant()

    report(contribution, participant)
    report(contribution, participant, "offensive")
    with pytest.raises(ReasonNotKnown):
        report(contribution, reason="dislike")
    with pytest.raises(OwnComment):
        report(contribution, contribution.participant)

    assert [entry.reason for entry in Report.objects.all()] == ["spam"]


def test_a_report_without_a_reason_is_shown_again():
    contribution = ContributionFactory()
    client, _participant = signed_in()
    address = f"{contribution.consultation.comment_url}{contribution.pk}/report/"

    refused = client.post(address, {"note": "Look.", "form_token": issue(REPORT)})
    done = client.post(address, {"reason": "personal_data", "form_token": issue(REPORT)})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Look." in refused.content.decode()


def test_whoever_reported_comes_back_to_the_comment_while_it_is_there():
    contribution = ContributionFactory()
    consultation = contribution.consultation
    consultation.reports_to_hide = 2
    consultation.save()
    address = f"{consultation.comment_url}{contribution.pk}/report/"
    given = {"reason": "personal_data"}
    first, second = signed_in()[0], signed_in()[0]

    shown = first.post(address, {**given, "form_token": issue(REPORT)}, follow=True)
    hidden = second.post(address, {**given, "form_token": issue(REPORT)}, follow=True)

    back = f'<a href="{consultation.comment_url}{contribution.pk}/">Back to the comment</a>'
    places = [f"{consultation.url}#{contribution.anchor}", consultation.url]
    assert [page.redirect_chain[-1][0] for page in (shown, hidden)] == places
    told = "Thank you. A moderator looks at it."
    assert [told in page.content.decode() for page in (shown, hidden)] == [True, True]
    assert [back in page.content.decode() for page in (shown, hidden)] == [True, False]


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("See https://example.org", True),
        ("See www.example", True),
        ("cheap.shop is good", True),
        ("The street. Then the square.", False),
        ("At 8.30 in the plaza, 3.5 m wide", False),
    ],
)
def test_words_that_hold_a_link(text, does):
    assert holds_link(text) is does


def test_where_moderators_read_afterwards_a_comment_is_shown_unless_it_holds_a_link():
    consultation = make_consultation()
    after_moderation(consultation)
    said = {"participant": make_participant(), "language_code": "en", "form_token": None}

    shown = comment(consultation, text="Hello.", **said)
    held = comment(consultation, text="Hello at www.example.org", **said)

    assert (shown.publication_status, held.publication_status) == ("published", "pending")
