"""Orders and pages of a conversation, deep links, support, second thoughts, reports."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import outcomes
from consultations.conversation.services import (
    withdraw_comment,
)
from consultations.enums import Order
from consultations.models import Contribution
from consultations.presenting.conversation import together
from consultations.services import COMMENT, comment, hide_contribution, publish_contribution, vote
from partnership.people.tokens import issue
from tests.consultations.test_pages import ANONYMOUS, comments_on, signed_in, text_of
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory
from tests.tools.turns import taken

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


# Orders, pages, deep links ---------------------------------------------------------------------


def anchors(answer):
    """Those of the comments that the page shows."""
    return [entry["comment"].anchor for entry in answer.context["conversation"]["threads"]]


@pytest.mark.both
@pytest.mark.parametrize("order", list(Order))
def test_every_link_to_a_comment_lands_on_its_page_in_every_order(client, unwritten, order):
    consultation, pages = conversation(23, with_counts=True), {}

    comments = list(consultation.contributions.all())
    for contribution in taken(comments, *comments[::3]):
        place = client.get(f"{consultation.comment_url}{contribution.pk}/?order={order.value}").url
        address, _hash, anchor = place.partition("#")
        pages[address] = pages.get(address) or anchors(client.get(address))

        assert anchor == contribution.anchor
        assert anchor in pages[address]
    assert len(pages) == 3


def test_every_order_costs_the_same(client, django_assert_max_num_queries):
    number = 40
    consultation = conversation(number)
    client.get(f"{consultation.url}?warm=1")

    for order in Order:
        with django_assert_max_num_queries(ANONYMOUS):
            response = client.get(f"{consultation.url}?order={order.value}")

        shown = response.content.count(b'<article class="comment"')
        assert shown == min(number, 10), order


@pytest.mark.parametrize("replies", [3, 45])
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
        answer = client.get(thread.consultation.url)
    place = client.get(f"{thread.consultation.comment_url}{reply.pk}/").url
    with django_assert_max_num_queries(ANONYMOUS):
        there = client.get(place.partition("#")[0]).content.decode()

    assert len(comments_on(answer)) == 1 + min(replies, 3)
    assert ("more repl" in text_of(answer)) is (replies > 3)
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


@pytest.mark.parametrize("number", [1, 6])  # with figures, and without
def test_ones_own_answer_stands_on_the_page_of_the_statement_and_can_be_changed(number):
    consultation = make_consultation()
    statement, *_others = StatementFactory.create_batch(number, consultation=consultation)
    client, participant = signed_in()
    vote(statement, participant=participant, choice="agree")

    page = client.get(consultation.comment_url.replace("comment", "statement/1"))

    assert "Your answer: Agree" in text_of(page)
    assert f'<a href="{consultation.url}?statement=1#vote">Change<' in page.content.decode()


def test_after_the_close_ones_own_answer_is_not_to_be_changed():
    statement = StatementFactory()
    client, participant = signed_in()
    vote(statement, participant=participant, choice="agree")
    consultation = statement.consultation
    type(consultation).objects.update(closes_at=timezone.now())

    page = client.get(consultation.comment_url.replace("comment", "statement/1"))

    assert "Your answer: Agree" in text_of(page)
    assert "#vote" not in page.content.decode()


def test_the_page_of_a_statement_names_no_promise_that_is_anothers(client, monkeypatch):
    statement = StatementFactory()
    anchors = {"A bench": statement.anchor, "A fence": "statement-2", "A square": ""}
    found = [outcome_of(anchor=anchor, title=title) for title, anchor in anchors.items()]
    monkeypatch.setattr(outcomes, "_finders", [lambda _consultation, _cities: found])

    page = text_of(client.get(statement.consultation.comment_url.replace("comment", "statement/1")))

    told = [title for title in anchors if title in page]
    assert "2 promises come from it A bench A square" in page
    assert told == ["A bench", "A square"]


def outcome_of(*, anchor, title):
    return outcomes.Outcome(
        anchor=anchor,
        title=title,
        url=f"/en/roadmap/{title}/",
        disposition="adopted",
        disposition_label="Adopted",
        status="planned",
        status_label="Planned",
    )


def test_the_page_of_a_statement_costs_the_same(client, django_assert_max_num_queries):
    comments = 30
    consultation = conversation(comments)
    statement = StatementFactory(consultation=consultation)
    consultation.contributions.update(statement=statement)
    address = consultation.comment_url.replace("comment", "statement/1")
    client.get(f"{address}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        response = client.get(address)

    assert response.content.count(b'<article class="comment"') == min(comments, 10)
    assert not response.cookies


# For whom --------------------------------------------------------------------------------------


@pytest.fixture
def voices():
    """Twelve comments of residents, one of them taken back, and two of schools."""
    consultation = conversation(12)
    school = {"organisation_kind": "school", "organisation_name": "Mill Lane School"}
    for number in range(2):
        ContributionFactory(consultation=consultation, text=f"School {number}.", **school)
    ContributionFactory(
        consultation=consultation, organisation_kind="business", organisation_name="Bakers",
        publication_status="pending",
    )  # fmt: skip
    return consultation


def asked_for(client, consultation, query):
    talk = client.get(f"{consultation.url}?{query}").context["conversation"]
    return talk, [entry["comment"].text for entry in talk["threads"]]


def test_a_conversation_is_read_by_whom_people_speak_for(client, voices):
    everybody, _all = asked_for(client, voices, "")
    schools, said = asked_for(client, voices, "order=oldest&voice=school")
    _themselves, second = asked_for(client, voices, "voice=myself&comments=2")

    offered = [(one["label"], one["query"], one["is_chosen"]) for one in everybody["voices"]]
    assert offered == [
        ("everybody", "", True),
        ("for themselves", "voice=myself", False),
        ("school", "voice=school", False),
    ]
    assert said == ["School 0.", "School 1."]
    assert [one["query"] for one in schools["orders"]][:2] == [
        "voice=school",
        schools["query"][:-1],
    ]
    assert second == ["Voice 001.", "Voice 000."]


@pytest.mark.parametrize("odd", ["business", "nobody", "\x00", "MYSELF"])
def test_a_voice_nobody_spoke_with_shows_everybody(client, voices, odd):
    talk, said = asked_for(client, voices, f"voice={odd}")

    assert len(said) == 10
    assert talk["voices"][0]["is_chosen"]


def test_where_nobody_spoke_for_others_there_is_nothing_to_choose(client):
    talk, _said = asked_for(client, conversation(2), "voice=myself")

    assert talk["voices"] == []


@pytest.mark.both
def test_reading_one_voice_costs_no_more(client, voices, django_assert_max_num_queries):
    client.get(f"{voices.url}?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        client.get(f"{voices.url}?voice=school")


def test_what_became_of_it_keeps_its_order_in_every_process():
    anchors = [f"statement-{number}" for number in range(20)]

    told = together(dict.fromkeys(anchors, ()), {"comment-1": ()})

    assert list(told) == [*anchors, "comment-1"]
