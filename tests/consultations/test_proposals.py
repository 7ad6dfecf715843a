"""Residents propose statements: held, translated, published, hidden or linked; never merged."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from consultations.disclosure import shows_figures_to
from consultations.models import Statement, StatementTally
from consultations.proposals.refusals import (
    NotAnOriginal,
    SimilarStatements,
    TranslationMissing,
    WordsVotedOn,
)
from consultations.proposals.services import (
    PROPOSE,
    hide_statement,
    link_statement,
    propose_statement,
    publish_statement,
)
from consultations.proposals.similarity import likeness, similar_statements
from consultations.refusals import (
    AlreadyModerated,
    ConsultationClosed,
    PhaseDoesNotAllow,
    ReasonMissing,
    StatementEmpty,
    TextTooLong,
    WrongLanguage,
)
from consultations.services import vote
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, DEFAULT, localized
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import (
    StatementFactory,
    in_every_language,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

BENCHES = "Put a bench every two hundred metres for those who walk along."


def propose(consultation=None, text=BENCHES, **values):
    return propose_statement(
        consultation or make_consultation(),
        participant=values.pop("participant", None) or make_participant(),
        text=text,
        **{"language_code": DEFAULT, "form_token": issue(PROPOSE), **values},
    )


def translated(text="In the other language."):
    return dict.fromkeys(CODES, text)


def test_a_proposal_waits_with_its_author_city_and_number():
    participant, consultation = make_participant(), make_consultation()
    StatementFactory(consultation=consultation)

    statement = propose(consultation, participant=participant)

    assert statement.original_text == BENCHES
    assert (statement.number, statement.is_proposed) == (2, True)
    assert (statement.participant, statement.city) == (participant, participant.city)
    assert not consultation.statements.asked().filter(pk=statement.pk).exists()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [(" \u200b", StatementEmpty), ("x" * 181, TextTooLong)],
)
def test_what_is_no_sentence_of_180_characters_is_refused(text, refusal):
    with pytest.raises(refusal):
        propose(text=text)


def test_180_characters_are_just_enough():
    assert propose(text="x" * 180).pk


def test_a_language_of_no_partner_is_refused():
    with pytest.raises(WrongLanguage):
        propose(language_code="tlh")


def test_nothing_is_proposed_after_the_close_or_in_a_phase_without_it():
    with pytest.raises(ConsultationClosed):
        propose(make_consultation(title="Over", closes_in=timedelta(days=-1)))
    with pytest.raises(PhaseDoesNotAllow):
        propose(make_consultation(title="Votes only", allows=("vote",)))


def test_the_same_form_counts_once():
    consultation, token = make_consultation(), issue(PROPOSE)
    propose(consultation, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        propose(consultation, form_token=token)

    assert Statement.objects.count() == 1


def test_what_is_much_like_a_published_statement_is_shown_before_it_is_kept():
    there = StatementFactory(**in_every_language("text", BENCHES))
    like_it = "A bench every two hundred metres, please"

    with pytest.raises(SimilarStatements) as refusal:
        propose(there.consultation, like_it)
    kept = propose(there.consultation, like_it, has_seen_similar=True)

    assert refusal.value.statements == [there]
    assert kept.is_proposed


def test_a_proposal_is_compared_in_its_own_language_only():
    texts = {localized("text", code): f"Words of {code} and nothing else" for code in CODES}
    there = StatementFactory(**texts)

    alike = [
        similar_statements([there], texts[localized("text", code)], language_code=code)
        for code in CODES
    ]
    crossed = similar_statements([there], "Una frase distinta", language_code=CODES[-1])

    assert alike == [[there]] * len(CODES)
    assert crossed == []


@pytest.mark.parametrize(
    ("first", "second", "are_alike"),
    [
        ("Más árboles en los caminos", "mas ARBOLES en el camino", True),
        ("Close the streets at drop-off", "Close streets near schools at drop-off", True),
        ("More benches", "The night bus should run from the airport", False),
        ("歩道にベンチを置く", "歩道にベンチを置いてください", True),
        ("", "", False),
        ("!!!", "???", False),
    ],
)
def test_likeness(first, second, are_alike):
    assert (likeness(first, second) >= 0.48) is are_alike
    assert likeness(first, second) == likeness(second, first)


def test_a_published_proposal_is_there_in_every_language_and_its_author_is_told():
    statement, moderator = propose(), ResidentFactory()

    publish_statement(statement, by=moderator, texts=translated(), seen="pending")

    statement.refresh_from_db()
    assert statement.publication_status == "published"
    assert statement.original_text == BENCHES
    assert getattr(statement, localized("text", CODES[1])) == "In the other language."
    assert BENCHES in OutgoingMail.objects.get().text


def test_nothing_is_published_that_some_could_not_read():
    with pytest.raises(TranslationMissing) as refusal:
        publish_statement(propose(), by=ResidentFactory(), texts={}, seen="pending")

    assert refusal.value.field == localized("text", CODES[1])


def test_the_authors_own_words_cannot_be_changed_by_publishing():
    statement = propose()

    publish_statement(statement, by=ResidentFactory(), texts=translated("Other words."))

    assert Statement.objects.get().original_text == BENCHES


def test_words_that_people_have_voted_on_come_back_as_they_were():
    statement, moderator = propose(), ResidentFactory()
    publish_statement(statement, by=moderator, texts=translated())
    vote(statement, participant=make_participant(), choice="agree")
    hide_statement(statement, by=moderator, reason="It names a neighbour.")

    with pytest.raises(WordsVotedOn) as refusal:
        publish_statement(statement, by=moderator, texts=translated("The opposite."))
    publish_statement(statement, by=moderator, texts=translated())

    assert refusal.value.field == localized("text", CODES[1])
    statement.refresh_from_db()
    assert statement.publication_status == "published"
    assert getattr(statement, localized("text", CODES[1])) == "In the other language."


def test_hiding_needs_a_reason_that_the_author_receives():
    statement = propose()

    with pytest.raises(ReasonMissing):
        hide_statement(statement, by=ResidentFactory(), reason=" ")
    hide_statement(statement, by=ResidentFactory(), reason="It names a neighbour.")

    assert "It names a neighbour." in OutgoingMail.objects.get().text


def test_of_two_decisions_the_first_counts():
    statement = propose()
    publish_statement(statement, by=ResidentFactory(), texts=translated(), seen="pending")

    with pytest.raises(AlreadyModerated):
        hide_statement(statement, by=ResidentFactory(), reason="Late.", seen="pending")

    assert OutgoingMail.objects.count() == 1


def test_a_linked_proposal_is_not_shown_and_leads_its_author_to_the_original():
    original = StatementFactory(**in_every_language("text", "Benches on every walk."))
    statement = propose(original.consultation, has_seen_similar=True)

    link_statement(statement, by=ResidentFactory(), original=original)

    statement.refresh_from_db()
    assert (statement.publication_status, statement.duplicate_of) == ("hidden", original)
    assert "Benches on every walk." in OutgoingMail.objects.get().text


def test_linking_what_was_voted_on_keeps_both_and_adds_no_votes():
    original = StatementFactory()
    second = StatementFactory(consultation=original.consultation)
    voters = [make_participant() for _number in range(3)]
    for voter in voters:
        vote(original, participant=voter, choice="agree")
        vote(second, participant=voter, choice="agree")

    link_statement(second, by=ResidentFactory(), original=original)

    assert second.publication_status == "published"
    assert list(StatementTally.objects.values_list("agree", flat=True)) == [3, 3]


def test_an_original_is_published_of_the_same_consultation_and_stands_for_itself():
    original = StatementFactory()
    elsewhere = StatementFactory(consultation=make_consultation(title="Another"))
    linked = StatementFactory(consultation=original.consultation, duplicate_of=original)
    hidden = StatementFactory(consultation=original.consultation, publication_status="hidden")
    statement = propose(original.consultation)

    for wrong in (elsewhere, linked, hidden, statement):
        with pytest.raises(NotAnOriginal):
            link_statement(statement, by=ResidentFactory(), original=wrong)
    another = StatementFactory(consultation=original.consultation)
    for stays, wrong in ((original, another), (another, another)):
        with pytest.raises(NotAnOriginal):  # it has one that says the same; it is itself
            link_statement(stays, by=ResidentFactory(), original=wrong)
    with pytest.raises(ValidationError):
        Statement(consultation=original.consultation, duplicate_of=linked).clean()


@pytest.mark.parametrize("status", ["draft", "withdrawn", "erased"])
def test_what_is_nobodys_to_decide_is_not_decided(status):
    statement = StatementFactory(publication_status=status)

    with pytest.raises(AlreadyModerated):
        hide_statement(statement, by=ResidentFactory(), reason="No.")


def test_a_translation_has_180_characters_too():
    statement = propose()
    other = next(code for code in CODES if code != statement.language_code)

    with pytest.raises(TextTooLong) as refused:
        publish_statement(statement, by=ResidentFactory(), texts={other: "a" * 181})

    assert refused.value.field == localized("text", other)


def test_one_that_says_the_same_is_no_part_of_having_voted_on_all():
    original = StatementFactory()
    StatementFactory(consultation=original.consultation, duplicate_of=original)
    voter = make_participant()

    vote(original, participant=voter, choice="pass")

    assert shows_figures_to(original.consultation, voter)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_proposals_at_once_get_ten_numbers(run_in_threads):
    consultation = make_consultation()
    people = [make_participant() for _number in range(10)]
    words = [
        "Trees",
        "Benches",
        "Buses",
        "Ramps",
        "Lights",
        "Music",
        "Water",
        "Paint",
        "Bins",
        "Art",
    ]

    outcomes = run_in_threads(
        lambda number: propose(consultation, words[number], participant=people[number]), times=10
    )

    assert sorted(outcome.number for outcome in outcomes) == list(range(1, 11))


# The page --------------------------------------------------------------------------------------


def test_a_resident_sends_a_proposal_and_finds_it_on_their_own_page():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"text": BENCHES, "language_code": DEFAULT, "form_token": issue(PROPOSE)}

    response = client.post(consultation.propose_url, form, follow=True)

    assert "Somebody reads it before others can vote" in text_of(response)
    assert BENCHES in text_of(client.get(reverse("my_participation")))


def test_the_page_shows_what_is_there_and_takes_it_all_the_same():
    there = StatementFactory(**in_every_language("text", BENCHES))
    client, _participant = signed_in()
    form = {"text": f"{BENCHES} Soon.", "language_code": DEFAULT, "form_token": issue(PROPOSE)}

    first = client.post(there.consultation.propose_url, form)
    ticked = {**form, "has_seen_similar": "on", "form_token": issue(PROPOSE)}
    second = client.post(there.consultation.propose_url, ticked)

    assert (first.status_code, second.status_code) == (422, 302)
    assert "Is it one of these?" in text_of(first)
    assert f"{there.consultation.vote_url}?statement=1" in first.content.decode()
    assert Statement.objects.filter(publication_status="pending").count() == 1


def test_a_visitor_signs_in_first_and_loses_nothing(client):
    consultation, participant = make_consultation(), make_participant()

    response = client.post(consultation.propose_url, {"text": BENCHES, "language_code": DEFAULT})
    client.force_login(participant.resident)

    assert response.status_code == 302
    assert BENCHES in client.get(consultation.propose_url).content.decode()


def test_the_consultation_says_which_statement_was_first(client):
    original = StatementFactory()
    StatementFactory(consultation=original.consultation, duplicate_of=original)

    page = text_of(client.get(original.consultation.url))

    assert "Says the same as statement 1" in page
