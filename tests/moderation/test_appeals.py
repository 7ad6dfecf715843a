"""An author asks another city to look again: once, from their page or from the mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.conversation.services import withdraw_comment
from consultations.moderation.models import Appeal, Decision
from consultations.moderation.refusals import (
    AnswerMissing,
    AppealDecided,
    AppealedAlready,
    AppealEmpty,
    AppealTooLate,
    NothingToAppeal,
    NotYourAppeal,
)
from consultations.moderation.services.appeals import appeal, give_back, turn_down
from consultations.proposals.services import hide_statement, link_statement
from consultations.services import hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import DEFAULT, localized
from tests.factories.consultations import (
    StatementFactory,
    make_participant,
)
from tests.factories.moderation import make_hidden, make_moderator
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def appealed(decision, text="It names nobody."):
    return appeal(decision, text=text, language_code="en", form_token=None)


# Who judges ------------------------------------------------------------------------------------


def test_the_moderators_of_the_other_city_are_told_and_nobody_else(cities, hidden):
    judge = make_moderator(cities[1], language_code="es")
    make_moderator(cities[0])
    OutgoingMail.objects.all().delete()

    appealed(hidden[1])

    letter = OutgoingMail.objects.get()
    assert (letter.to, letter.kind, letter.language_code) == (judge.email, "appeal_waits", "es")
    author = hidden[0].participant
    assert not any(name in letter.text + letter.html for name in (author.name, author.email))


@pytest.mark.both
def test_another_city_shows_the_words_again_and_the_author_is_told(cities, hidden):
    contribution, decision = hidden
    judge = make_moderator(cities[1])

    give_back(appealed(decision), by=judge, answer="It is a shop.")

    contribution.refresh_from_db()
    letter = OutgoingMail.objects.get(kind="appeal_decided")
    assert contribution.publication_status == "published"
    assert contribution.moderation_reason == ""
    assert (letter.to, "It is a shop." in letter.text) == (contribution.participant.email, True)
    assert [row.outcome for row in Decision.objects.about(contribution)] == ["returned", "hidden"]


def test_another_city_leaves_it_hidden_and_says_why(cities, hidden):
    contribution, decision = hidden
    made, judge = appealed(decision), make_moderator(cities[1])

    with pytest.raises(AnswerMissing):
        turn_down(made, by=judge, answer=" ")
    turn_down(made, by=judge, answer="It does name her.")

    contribution.refresh_from_db()
    assert contribution.publication_status == "hidden"
    assert "It does name her." in OutgoingMail.objects.get(kind="appeal_decided").text


@pytest.mark.parametrize("who", ["decider", "colleague", "superuser", "no moderator", "inactive"])
def test_nobody_else_judges(who, cities, hidden):
    alder, puerto = cities
    decision = hidden[1]
    people = {
        "decider": lambda: decision.decided_by,
        "colleague": lambda: make_moderator(alder),
        "superuser": lambda: ResidentFactory(is_staff=True, is_superuser=True),
        "no moderator": lambda: ResidentFactory(is_staff=True),
        "inactive": lambda: make_moderator(puerto, is_active=False),
    }
    person = people[who]()
    if who == "no moderator":
        person.edits_for.set([puerto])
    made = appealed(decision)

    for act in (give_back, turn_down):
        with pytest.raises(NotYourAppeal):
            act(made, by=person, answer="Because.")

    assert Appeal.objects.get().outcome == ""


def test_who_decided_for_several_cities_does_not_judge_their_own_decision(cities):
    both = make_moderator(*cities)
    _contribution, decision = make_hidden(both)
    made = appealed(decision)

    assert not OutgoingMail.objects.filter(kind="appeal_waits").exists()
    with pytest.raises(NotYourAppeal):
        give_back(made, by=both)

    assert give_back(made, by=make_moderator(cities[0])).outcome == "returned"


def test_who_works_for_no_city_judges_nobody_who_works_for_several(cities):
    _contribution, decision = make_hidden(make_moderator(*cities))
    made = appealed(decision)

    with pytest.raises(NotYourAppeal):
        give_back(made, by=ResidentFactory(is_staff=True, is_superuser=True))

    assert decision.decided_for is None


def test_of_two_judges_the_first_counts(cities, hidden):
    made, judge = appealed(hidden[1]), make_moderator(cities[1])
    turn_down(made, by=judge, answer="No.")

    with pytest.raises(AppealDecided):
        give_back(made, by=make_moderator(cities[1]))


@pytest.mark.parametrize("act", [give_back, turn_down])
def test_words_that_were_taken_back_in_the_meantime_are_not_shown_again(act, cities, hidden):
    contribution, decision = hidden
    made = appealed(decision)
    withdraw_comment(contribution, participant=contribution.participant)

    with pytest.raises(AppealDecided):
        act(made, by=make_moderator(cities[1]), answer="Because.")

    contribution.refresh_from_db()
    assert contribution.publication_status == "withdrawn"


# What can be appealed --------------------------------------------------------------------------


def test_a_decision_is_appealed_once(hidden):
    appealed(hidden[1])

    with pytest.raises(AppealedAlready):
        appealed(hidden[1])


def test_an_appeal_needs_words(hidden):
    with pytest.raises(AppealEmpty):
        appealed(hidden[1], "\u200b")


def test_after_thirty_days_it_is_too_late(hidden):
    Decision.objects.update(decided_at=timezone.now() - timedelta(days=31))

    with pytest.raises(AppealTooLate):
        appealed(Decision.objects.get())


def test_what_is_shown_again_or_withdrawn_has_nothing_to_appeal(hidden):
    contribution, decision = hidden
    publish_contribution(contribution, by=ResidentFactory())
    with pytest.raises(NothingToAppeal):
        appealed(decision)

    withdraw_comment(contribution, participant=contribution.participant)
    with pytest.raises(NothingToAppeal):
        appealed(decision)


def test_what_is_hidden_again_can_be_appealed_again(cities, hidden):
    contribution, decision = hidden
    give_back(appealed(decision), by=make_moderator(cities[1]))
    contribution.refresh_from_db()

    hide_contribution(contribution, by=make_moderator(cities[0]), reason="Once more.")

    again = Decision.objects.hiding(contribution)
    assert again != decision
    assert appealed(again).outcome == ""


def test_of_several_decisions_only_the_one_that_stands_is_appealed(cities, hidden):
    contribution, first = hidden
    publish_contribution(contribution, by=ResidentFactory())
    hide_contribution(contribution, by=make_moderator(cities[0]), reason="Once more.")

    with pytest.raises(NothingToAppeal):
        appealed(first)

    assert appealed(Decision.objects.hiding(contribution)).decision != first


@pytest.mark.both
@pytest.mark.parametrize("what", ["shown", "withdrawn", "hidden anew"])
def test_what_has_changed_since_is_no_longer_judged(cities, hidden, what):
    contribution, decision = hidden
    made, judge = appealed(decision), make_moderator(*cities)
    assert list(Appeal.objects.waiting().for_judge(judge)) == [made]

    if what == "withdrawn":
        withdraw_comment(contribution, participant=contribution.participant)
    else:
        publish_contribution(contribution, by=ResidentFactory())
    if what == "hidden anew":
        hide_contribution(contribution, by=judge, reason="For another reason.")

    assert list(Appeal.objects.waiting().for_judge(judge)) == []
    with pytest.raises(AppealDecided):
        give_back(made, by=judge)
    with pytest.raises(AppealDecided):
        turn_down(made, by=judge, answer="It stays.")


def test_a_proposal_that_was_linked_since_is_no_longer_judged(cities):
    original = StatementFactory()
    statement = StatementFactory(consultation=original.consultation, participant=make_participant())
    hide_statement(statement, by=make_moderator(cities[0]), reason="No.")
    appealed(Decision.objects.get())

    link_statement(statement, by=make_moderator(cities[0]), original=original)

    assert list(Appeal.objects.waiting()) == []


def test_a_statement_that_lacks_a_language_waits_again(cities):
    author = make_participant()
    words = {localized("text", DEFAULT): "A bench.", "publication_status": "pending"}
    statement = StatementFactory(participant=author, **words)
    hide_statement(statement, by=make_moderator(cities[0]), reason="No.")

    give_back(appealed(Decision.objects.get()), by=make_moderator(cities[1]))

    statement.refresh_from_db()
    assert statement.publication_status == "pending"
