"""Orders and pages of a conversation, deep links, support, second thoughts, reports."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from consultations.conversation.links import holds_link
from consultations.conversation.services import (
    EDIT,
    REPORT,
    edit_comment,
    keep_as_it_is,
    pass_new_words,
    report_comment,
    support_comment,
    withdraw_comment,
)
from consultations.conversation.support import support_score
from consultations.enums import Order
from consultations.models import ConsultationPage, Contribution, EarlierWording, Report, Support
from consultations.refusals import (
    AlreadyModerated,
    CommentNotThere,
    EditingOver,
    OwnComment,
    ReasonMissing,
    ReasonNotKnown,
)
from consultations.results import lower_bound
from consultations.services import COMMENT, comment, hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import issue
from tests.consultations.test_pages import ANONYMOUS, SIGNED_IN, signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def conversation(number, **fields):
    """A consultation with so many comments, an hour between each, the first the oldest."""
    consultation, author, now = make_consultation(), make_participant(), timezone.now()
    Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            participant=author,
            language_code="en",
            text=f"Voice {place:03}.",
            publication_status="published",
            created_at=now - timedelta(hours=number - place),
            support_score=(place * 7 % number) / number,
            reply_count=place * 5 % number if fields.get("with_counts") else 0,
        )
        for place in range(number)
    )
    return consultation


def after_moderation(consultation):
    ConsultationPage.objects.filter(pk=consultation.pk).update(moderation="after")


def edit(contribution, text="Other words.", participant=None):
    return edit_comment(
        contribution,
        participant=participant or contribution.participant,
        text=text,
        form_token=issue(EDIT),
    )


# Orders, pages, deep links ---------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize("order", list(Order))
def test_every_link_to_a_comment_lands_on_its_page_in_every_order(client, order):
    consultation = conversation(23, with_counts=True)

    for contribution in consultation.contributions.all():
        place = client.get(f"{consultation.comment_url}{contribution.pk}/?order={order.value}").url
        page = client.get(place.partition("#")[0]).content.decode()

        assert place.endswith(f"#{contribution.anchor}")
        assert f'id="{contribution.anchor}"' in page


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("number", [1, 3, 40])
def test_every_order_costs_the_same(client, django_assert_max_num_queries, number, order):
    consultation = conversation(number)
    client.get(f"{consultation.url}?order={order.value}&warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        response = client.get(f"{consultation.url}?order={order.value}")

    assert response.content.count(b'<article class="comment"') == min(number, 10)


@pytest.mark.parametrize("replies", [1, 3, 45])
def test_a_long_thread_shows_its_first_replies_and_leads_to_all(
    client, django_assert_max_num_queries, replies
):
    thread = ContributionFactory(reply_count=replies)
    for place in range(replies):
        reply = ContributionFactory(
            consultation=thread.consultation,
            participant=thread.participant,
            parent=thread,
            text=f"Words {place:02}.",
        )
    client.get(f"{thread.consultation.url}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        page = text_of(client.get(thread.consultation.url))
    place = client.get(f"{thread.consultation.comment_url}{reply.pk}/").url
    with django_assert_max_num_queries(ANONYMOUS):
        there = client.get(place.partition("#")[0]).content.decode()

    assert page.count("Words ") == min(replies, 3)
    assert ("more repl" in page) is (replies > 3)
    assert f'id="{reply.anchor}"' in there


def test_an_order_that_does_not_exist_is_the_newest_first(client):
    consultation = conversation(2)

    page = text_of(client.get(f"{consultation.url}?order=random"))

    assert page.index("Voice 001") < page.index("Voice 000")


def test_replies_are_counted_with_every_decision():
    thread = ContributionFactory()
    reply = ContributionFactory(
        consultation=thread.consultation, parent=thread, publication_status="pending"
    )
    moderator, counts = ResidentFactory(), []

    for act in (publish_contribution, hide_contribution, publish_contribution):
        act(reply, by=moderator, **({"reason": "No."} if act is hide_contribution else {}))
        thread.refresh_from_db()
        counts.append(thread.reply_count)
    withdraw_comment(reply, participant=reply.participant)
    thread.refresh_from_db()

    assert [*counts, thread.reply_count] == [1, 0, 1, 0]


# Comments on a statement -----------------------------------------------------------------------


def test_a_comment_on_a_statement_has_a_stance_and_stands_on_its_page(client):
    statement = StatementFactory()
    resident, participant = signed_in()
    form = {"text": "My street.", "language_code": "en", "statement": 1, "alignment": "-1"}

    resident.post(statement.consultation.comment_url, {**form, "form_token": issue(COMMENT)})
    contribution = Contribution.objects.get()
    publish_contribution(contribution, by=participant.resident)
    page = text_of(client.get(statement.consultation.comment_url.replace("comment", "statement/1")))

    assert (contribution.statement, contribution.alignment) == (statement, -1)
    assert "My street." in page
    assert "Against it" in page


def test_without_a_statement_there_is_no_stance():
    contribution = comment(
        make_consultation(),
        participant=make_participant(),
        text="Words.",
        language_code="en",
        alignment=1,
        form_token=None,
    )

    assert contribution.alignment == 0


@pytest.mark.parametrize("comments", [1, 3, 30])
def test_the_page_of_a_statement_costs_the_same(client, django_assert_max_num_queries, comments):
    consultation = conversation(comments)
    statement = StatementFactory(consultation=consultation)
    consultation.contributions.update(statement=statement)
    address = consultation.comment_url.replace("comment", "statement/1")
    client.get(f"{address}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        response = client.get(address)

    assert response.content.count(b'<article class="comment"') == min(comments, 10)
    assert not response.cookies


# Support ---------------------------------------------------------------------------------------


def test_the_score_is_the_mean_of_the_cities_lower_bounds():
    """9 of 10 in one city and 4 of 4 in the other: (0.6523 + 0.5965) / 2."""
    score = support_score([(9, 10), (4, 4)], cities=2)

    assert round(score, 4) == round((lower_bound(9, 10) + lower_bound(4, 4)) / 2, 4) == 0.6244


def test_one_large_city_alone_never_lifts_a_comment_above_half():
    assert support_score([(100_000, 100_000)], cities=2) <= 0.5
    assert support_score([(100_000, 100_000)], cities=2) < support_score([(9, 9)] * 2, cities=2)


def test_support_is_set_changed_and_taken_back():
    contribution, participant = ContributionFactory(), make_participant(city_pair()[1])
    seen = []

    for supports in (True, True, False, None):
        after = support_comment(contribution, participant=participant, supports=supports)
        seen.append((after.support_count, round(after.support_score, 4)))

    one = round(lower_bound(1, 1) / 2, 4)
    assert seen == [(1, one), (1, one), (0, 0.0), (0, 0.0)]
    assert not Support.objects.exists()


def test_ones_own_comment_and_a_hidden_one_take_no_support():
    contribution = ContributionFactory()
    hidden = ContributionFactory(
        consultation=contribution.consultation, publication_status="hidden"
    )

    with pytest.raises(OwnComment):
        support_comment(contribution, participant=contribution.participant, supports=True)
    with pytest.raises(CommentNotThere):
        support_comment(hidden, participant=make_participant(), supports=True)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_support_of_many_at_once_is_counted_exactly(run_in_threads):
    contribution = ContributionFactory()
    people = [make_participant(city_pair()[number % 2]) for number in range(12)]

    outcomes = run_in_threads(
        lambda number: support_comment(
            contribution, participant=people[number % 6], supports=number % 6 != 5
        ),
        times=12,
    )

    contribution.refresh_from_db()
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert (Support.objects.count(), contribution.support_count) == (6, 5)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_resident_supports_with_one_button_and_a_visitor_signs_in_first(client):
    contribution = ContributionFactory()
    resident, _participant = signed_in()
    address = f"{contribution.consultation.comment_url}{contribution.pk}/support/"

    first = client.get(address)
    sent = client.post(address, {"supports": "yes"})
    done = resident.post(address, {"supports": "yes", "order": "oldest"})

    assert "Sign in" in text_of(first)
    assert "/support/" in sent.url
    assert done.url.endswith(f"?order=oldest#{contribution.anchor}")
    assert Contribution.objects.get().support_count == 1
    assert 'aria-pressed="true"' in resident.get(contribution.consultation.url).content.decode()


def test_the_page_costs_a_resident_little_with_support(django_assert_max_num_queries):
    consultation = conversation(30)
    client, participant = signed_in()
    for contribution in consultation.contributions.all()[:5]:
        support_comment(contribution, participant=participant, supports=True)
    client.get(f"{consultation.url}?warm=1")

    with django_assert_max_num_queries(SIGNED_IN):
        client.get(consultation.url)


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
