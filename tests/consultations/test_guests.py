"""Taking part without an account: held until the address is confirmed, then counted once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from consultations import tallies
from consultations.conversation.services import support_comment
from consultations.enums import Participation, PublicationStatus
from consultations.models import (
    ConsultationPage,
    Contribution,
    Draft,
    PersonTakingPart,
    Response,
    Statement,
    StatementTally,
    Support,
    Vote,
)
from consultations.official.models import AnswerWish
from consultations.official.services import wish_to_hear
from consultations.proposals.services import propose_statement, publish_statement
from consultations.refusals import AccountNeeded
from consultations.services import COMMENT, VOTE, comment, hide_contribution, vote
from consultations.taking_part import participants_here, purpose_of
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.models import GuestContact, Participant, Resident
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent, guest, joined
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    ResidentOfFactory,
    StatementFactory,
    make_consultation,
    make_question,
)

pytestmark = pytest.mark.django_db

WHO = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def consultation() -> ConsultationPage:
    return make_consultation(participation=Participation.OPEN)


def send_vote(client: Any, statement: Statement, choice: str = "agree", **more: Any) -> Any:
    sent = {"statement": statement.number, "choice": choice, "form_token": issue(VOTE)}
    return client.post(statement.consultation.vote_url, {**sent, **more})


def type_code(client: Any, consultation: ConsultationPage, **more: Any) -> Any:
    return client.post(consultation.guest_url, {"code": code_sent()}, **more)


def codes() -> int:
    return OutgoingMail.objects.filter(kind="guest_code").count()


# Held, then counted --------------------------------------------------------------------------


@pytest.mark.both
def test_votes_are_held_and_said_to_be_until_the_code_is_typed(client, consultation):
    first, second = StatementFactory.create_batch(2, consultation=consultation)

    asked = send_vote(client, first, **WHO)
    send_vote(client, second, "pass", **WHO)
    told = client.get(consultation.guest_url)
    on_page = client.get(consultation.url)
    before = Vote.objects.count()
    done = type_code(client, consultation)

    assert (asked.status_code, asked.url, before, codes()) == (302, consultation.guest_url, 0, 1)
    assert "Your 2 votes are not counted yet. Type the code we have sent to" in text_of(told)
    with translation.override("es"):  # the switcher keeps the page
        assert f'<a href="{consultation.guest_url}" lang="es"' in told.content.decode()
    assert "Confirm, and count my 2 votes" in text_of(told)
    assert "Your 2 votes are not counted yet" in text_of(on_page)
    assert "That changes as soon as you have typed the code from our mail." in text_of(on_page)
    assert done.url == f"{consultation.url}?saved=2"  # its top, where that is said
    votes = Vote.objects.order_by("statement").values_list("choice", "city__code")
    assert list(votes) == [("agree", "puerto"), ("pass", "puerto")]
    assert StatementTally.objects.get(statement=first).agree == 1
    assert PersonTakingPart.objects.get().city == city_pair()[1]
    assert get_user(client).is_anonymous


def test_a_vote_of_a_confirmed_guest_costs_at_most_fifteen_queries(client, consultation):
    first, second = StatementFactory.create_batch(2, consultation=consultation)
    send_vote(client, first, **WHO)
    type_code(client, consultation)

    with CaptureQueriesContext(connection) as first_of_the_city:
        send_vote(client, second)
    with CaptureQueriesContext(connection) as changed:
        send_vote(client, second, "disagree")

    assert Vote.objects.filter(statement=second).get().choice == "disagree"
    counts = [
        sum("SAVEPOINT" not in query["sql"] for query in queries)
        for queries in (first_of_the_city, changed)
    ]
    assert counts == [12, 12]


def test_a_vote_on_the_same_statement_replaces_the_one_that_is_held(client, consultation):
    statement = StatementFactory(consultation=consultation)
    send_vote(client, statement, "agree", **WHO)
    send_vote(client, statement, "disagree", **WHO)

    type_code(client, consultation)

    assert [vote.choice for vote in Vote.objects.all()] == ["disagree"]


def test_a_confirmed_guest_votes_on_from_the_page_without_another_code(client, consultation):
    first, second = StatementFactory.create_batch(2, consultation=consultation)
    send_vote(client, first, **WHO)
    type_code(client, consultation)

    page = client.get(consultation.url)
    done = send_vote(client, second, "disagree")
    changed = send_vote(client, first, "pass")

    assert "You take part as a guest" in text_of(page)
    html = page.content.decode()
    assert html.index('id="vote"') < html.index('id="guest-title"')  # the way out comes last
    assert (done.status_code, changed.status_code, codes()) == (302, 302, 1)
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["disagree", "pass"]


def test_who_finishes_leaves_nothing_for_the_next_person(client, consultation):
    statement = StatementFactory(consultation=consultation)
    send_vote(client, statement, **WHO)
    type_code(client, consultation)

    client.post(consultation.guest_url, {"finish": "1"})
    asked = send_vote(client, statement, "disagree")

    page = text_of(client.get(asked.url))
    assert "E-mail address" in page
    assert "You take part as a guest" not in text_of(client.get(consultation.url))
    assert Vote.objects.get().choice == "agree"


def test_a_comment_and_a_proposal_wait_for_the_code_and_then_for_a_moderator(client, consultation):
    words = {"text": "More benches in the shade.", "language_code": "en", **WHO}
    form = client.get(consultation.comment_url).content.decode()

    client.post(consultation.comment_url, {**words, "form_token": issue(COMMENT)})
    client.post(
        consultation.propose_url,
        {**words, "text": "Buses run on Sundays.", "form_token": issue("consultations.propose")},
    )
    before = Contribution.objects.count() + Statement.objects.count()
    type_code(client, consultation)

    said, proposed = Contribution.objects.get(), Statement.objects.get()
    assert 'name="is_name_hidden"' not in form
    assert before == 0
    assert said.publication_status == proposed.publication_status == PublicationStatus.PENDING
    assert (said.author_name, said.participant.is_guest) == ("A guest", True)
    assert said.participant == proposed.participant


def test_support_for_a_comment_is_held_too(client, consultation):
    said = ContributionFactory(consultation=consultation)
    address = f"{consultation.comment_url}{said.pk}/support/"

    client.post(address, {"supports": "yes", **WHO})
    before = Support.objects.count()
    type_code(client, consultation)

    assert (before, Support.objects.get().supports) == (0, True)
    assert Contribution.objects.get().support_count == 1


def test_an_unfinished_form_is_kept_once_the_address_is_confirmed(client, consultation):
    make_question(consultation)

    client.post(consultation.answer_url, {"later": "1", "q1": "o9", **WHO})
    type_code(client, consultation)

    assert Draft.objects.get().typed["q1"] == ["o9"]
    assert not Response.objects.exists()


def test_a_guest_can_be_told_when_the_cities_have_answered(client, consultation):
    form = text_of(client.get(consultation.hear_url))
    client.post(consultation.hear_url, {"wants": "yes", **WHO})
    before = AnswerWish.objects.count()

    type_code(client, consultation)

    contact = GuestContact.objects.get()
    assert "E-mail address" in form
    assert (before, AnswerWish.objects.get().participant) == (0, contact.participant)
    assert contact.keep_until > consultation.closes_at


# What goes wrong -----------------------------------------------------------------------------


def test_who_a_guest_is_must_be_right_before_anything_is_held(client, consultation):
    statement = StatementFactory(consultation=consultation)

    refused = send_vote(client, statement, **{**WHO, "email": "ana@"})

    assert refused.status_code == 422
    assert 'href="#id_email"' in refused.content.decode()
    assert codes() == 0
    assert client.get(consultation.guest_url).url == consultation.url


def test_what_became_impossible_meanwhile_is_shown_again_with_what_was_typed(client, consultation):
    words = {"text": "More benches.", "language_code": "en", "form_token": issue(COMMENT)}
    client.post(consultation.comment_url, {**words, **WHO})
    ConsultationPage.objects.filter(pk=consultation.pk).update(closes_at=timezone.now())

    refused = type_code(client, consultation)

    assert refused.status_code == 422
    assert "More benches." in text_of(refused)
    assert not Contribution.objects.exists()


def test_a_code_that_ran_out_loses_nothing(client, consultation):
    statement = StatementFactory(consultation=consultation)
    send_vote(client, statement, **WHO)
    session = client.session
    kept = session[guests.ASKED][purpose_of(consultation)]
    session[guests.ASKED] = {purpose_of(consultation): {**kept, "expires_at": 0}}
    session.save()

    late = type_code(client, consultation)
    another = client.post(consultation.guest_url, {"action": "resend"}, follow=True)
    type_code(client, consultation)

    assert "We have sent a new code. The earlier one no longer works." in text_of(another)
    assert "Nothing is lost: have another one sent." in text_of(late)
    assert (late.status_code, codes()) == (422, 2)
    assert Vote.objects.get().choice == "agree"


def test_an_address_of_staff_does_nothing_without_their_second_key(client, consultation):
    statement = StatementFactory(consultation=consultation)
    official = ResidentOfFactory(email="ana@example.org", is_staff=True)
    official.emailaddress_set.create(email=official.email, verified=True, primary=True)
    send_vote(client, statement, **WHO)

    answer = type_code(client, consultation)
    again = send_vote(client, statement)

    assert "/login/" in answer.url or "sign-in" in answer.url
    assert again.status_code == 302
    assert not Vote.objects.exists()


def test_a_visitor_sets_nothing_off_by_reading(client, consultation):
    StatementFactory(consultation=consultation)

    page = client.get(consultation.url)

    assert page.cookies == {}
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_where_an_account_is_needed_a_guest_is_refused_everything():
    consultation = make_consultation(participation=Participation.REGISTERED)
    statement = StatementFactory(consultation=consultation)
    said = ContributionFactory(consultation=consultation)
    words: dict[str, Any] = {"text": "Words.", "language_code": "en", "form_token": None}
    person = {"participant": guest()}

    for refused in (
        lambda: vote(statement, choice="agree", **person),
        lambda: comment(consultation, **words, **person),
        lambda: propose_statement(consultation, **words, **person),
        lambda: support_comment(said, supports=True, **person),
    ):
        with pytest.raises(AccountNeeded):
            refused()


# Told, and then an account -------------------------------------------------------------------


def test_a_guest_is_told_what_became_of_their_words(consultation):
    words: dict[str, Any] = {"text": "More benches.", "language_code": "en", "form_token": None}
    ana, editor = guest(), ResidentOfFactory(is_staff=True)
    said = comment(consultation, participant=ana, **words)
    proposed = propose_statement(consultation, participant=ana, **words)

    hide_contribution(said, by=editor, reason="It names somebody.")
    publish_statement(proposed, by=editor, texts=dict.fromkeys(("en", "es"), "Más bancos."))

    sent = OutgoingMail.objects.order_by("pk").values_list("kind", "to")
    assert list(sent) == [
        ("consultation_comment_hidden", "ana@example.org"),
        ("consultation_statement_published", "ana@example.org"),
    ]


@pytest.mark.both
def test_an_account_takes_over_what_its_guest_did_and_nothing_counts_twice(consultation):
    both, alone = StatementFactory.create_batch(2, consultation=consultation)
    twice, own = ContributionFactory.create_batch(2, consultation=consultation)
    words: dict[str, Any] = {"text": "More benches.", "language_code": "en", "form_token": None}
    ana, account = guest(), joined()
    said = comment(consultation, participant=ana, **words)
    proposed = propose_statement(consultation, participant=ana, **words)
    Contribution.objects.filter(pk=own.pk).update(participant=account)
    for statement in (both, alone):
        vote(statement, participant=ana, choice="agree")
    vote(both, participant=account, choice="disagree")
    for comment_, person in ((twice, ana), (own, ana), (twice, account)):
        support_comment(comment_, participant=person, supports=person == ana)
    for person in (ana, account):
        wish_to_hear(consultation, participant=person)

    guests.claim(account.resident)

    assert Participant.objects.filter(guest_digest__isnull=False).count() == 0
    assert dict(account.votes.values_list("statement", "choice")) == {
        both.pk: "disagree",
        alone.pk: "agree",
    }
    assert set(account.contributions.all()) == {said, own}
    assert set(account.statements.all()) == {proposed}
    assert Support.objects.get().supports is False
    assert set(Contribution.objects.values_list("support_count", flat=True)) == {0}
    assert account.answer_wishes.count() == 1
    assert tallies.drift(consultation) == []


def test_a_wish_moves_to_the_account_that_has_none():
    consultation = make_consultation(participation=Participation.OPEN)
    wish_to_hear(consultation, participant=guest())
    account = joined()

    guests.claim(account.resident)

    assert account.answer_wishes.count() == 1


def test_nobody_reads_a_guests_name(client, consultation):
    said = comment(
        consultation,
        participant=guest(),
        text="More benches.",
        language_code="en",
        form_token=None,
    )
    Contribution.objects.filter(pk=said.pk).update(publication_status=PublicationStatus.PUBLISHED)

    page = client.get(consultation.url).content.decode()

    assert "A guest" in page
    assert "Olmo" not in page


def test_the_address_of_staff_acts_for_nobody_without_their_account(rf, consultation):
    """Their account asks for a second key; a code in a mail does not stand in for it."""
    person = Participant.objects.of(ResidentOfFactory(email=WHO["email"]))
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    until = (timezone.now() + timedelta(minutes=9)).timestamp()
    request.session[guests.CONFIRMED] = {
        "purpose": purpose_of(consultation),
        "participant": person.pk,
        "until": until,
    }

    found = [list(participants_here(request, consultation))]
    Resident.objects.update(is_staff=True)
    found.append(list(participants_here(request, consultation)))

    assert found == [[person], []]
