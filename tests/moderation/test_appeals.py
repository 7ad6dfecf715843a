"""An author asks another city to look again: once, from their page or from the mail."""

import re
from datetime import timedelta
from time import time

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import withdraw_comment
from consultations.moderation.letters import appeal_address
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
from consultations.moderation.services.appeals import APPEAL, appeal, give_back, turn_down
from consultations.proposals.services import hide_statement, link_statement
from consultations.services import hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import DEFAULT, localized
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact
from partnership.people.tokens import issue
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.moderation import make_hidden, make_moderator
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def appealed(decision, text="It names nobody."):
    return appeal(decision, text=text, language_code="en", form_token=None)


@pytest.fixture
def cities():
    return city_pair()


@pytest.fixture
def hidden(cities):
    """A comment that a moderator of the first city has hidden."""
    return make_hidden(make_moderator(cities[0]), language_code="en")


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


@pytest.mark.both
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


# The author's way ------------------------------------------------------------------------------


def link_in(kind):
    """The path of the appeal in the newest mail of that kind."""
    letter = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return re.search(r"/[a-z]{2}/[^\s]*/(?:appeal|recurso)/[^\s]+", letter.text)[0]


def send(client, address, text="It names nobody."):
    return client.post(address, {"text": text, "form_token": issue(APPEAL)})


def test_the_author_appeals_from_their_own_list(hidden):
    client = Client()
    client.force_login(hidden[0].participant.resident)
    address = reverse("appeal_as_author", args=(hidden[1].pk,))

    listed = client.get(reverse("my_participation")).content.decode()
    shown = client.get(address).content.decode()
    sent = send(client, address)
    after = client.get(reverse("my_participation")).content.decode()

    assert address in listed
    assert "It names a person." in shown
    assert sent.status_code == 302
    assert Appeal.objects.get().text == "It names nobody."
    assert "Another city looks at it." in after
    assert address not in after


def test_a_guest_appeals_with_the_link_of_the_mail_and_is_signed_in_nowhere(client, cities):
    details = GuestDetails(
        email="guest@example.org", name="Ana Ruiz", city=cities[1], language_code="es"
    )
    guest = guests.recognise(details)
    contribution = ContributionFactory(participant=guest, city=cities[1], language_code="es")
    hide_contribution(contribution, by=make_moderator(cities[0]), reason="No.")
    address = link_in("consultation_comment_hidden")

    shown, sent = client.get(address), send(client, address)

    assert address.startswith("/es/")
    assert (shown.status_code, sent.status_code) == (200, 302)
    assert Appeal.objects.get().decision.contribution == contribution
    assert "_auth_user_id" not in client.session
    contact = GuestContact.objects.get(participant=guest)
    assert contact.keep_until > timezone.now() + timedelta(days=29)


def test_the_link_shows_on_get_and_works_once(client, hidden):
    address = link_in("consultation_comment_hidden")
    client.get(address)
    before = Appeal.objects.count()

    sent, again = send(client, address), send(client, address, "Once more, in other words.")

    assert (before, sent.status_code, again.status_code) == (0, 302, 422)
    assert "You have appealed against this already." in again.content.decode()
    assert "Once more, in other words." in again.content.decode()
    assert Appeal.objects.count() == 1


def test_the_link_lasts_as_long_as_an_appeal_can_be_made(client, hidden, monkeypatch):
    address = appeal_address(hidden[1], "en").removeprefix(settings.BASE_URL)
    answers = [client.get(address).status_code]

    later = time() + timedelta(days=31).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    answers.append(client.get(address).status_code)

    assert answers == [200, 404]


def test_a_link_that_was_changed_leads_nowhere(client, hidden):
    address = link_in("consultation_comment_hidden")

    answers = [client.get(f"{address[:-3]}xy/"), client.post(f"{address[:-3]}xy/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_another_person_s_decision_does_not_exist(client, hidden):
    address = reverse("appeal_as_author", args=(hidden[1].pk,))
    visitor = client.get(address)
    client.force_login(make_participant().resident)

    assert visitor.status_code == 302
    assert [client.get(address).status_code, send(client, address).status_code] == [404, 404]


def test_what_was_typed_is_kept_when_nothing_is_said(client, hidden):
    address = link_in("consultation_comment_hidden")

    empty, long = send(client, address, " "), send(client, address, "é" * 1001)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Write why it should be shown." in empty.content.decode()
    assert "é" * 1001 in long.content.decode()


# The judges' screen ----------------------------------------------------------------------------


def judged(client, made, **values):
    return client.post(reverse("appeal_decision", args=(made.pk,)), values)


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_costs_the_same_for_one_and_for_three(
    django_assert_max_num_queries, client, cities, number
):
    decider, consultation = make_moderator(cities[0]), make_consultation()
    for place in range(number):
        text = f"Hidden {place}."
        appealed(make_hidden(decider, consultation=consultation, text=text)[1])
    client.force_login(make_moderator(cities[1]))
    client.get(reverse("appeals"))

    with django_assert_max_num_queries(13):
        page = client.get(reverse("appeals")).content.decode()

    assert [f"Hidden {place}." in page for place in range(3)] == [
        place < number for place in range(3)
    ]


def test_a_judge_decides_on_the_screen(client, cities, hidden):
    made = appealed(hidden[1])
    client.force_login(make_moderator(cities[1]))

    silent = judged(client, made, decision="turn_down", answer="")
    done = judged(client, made, decision="give_back", answer="")

    assert (silent.status_code, done.status_code) == (422, 302)
    assert "Write to the author why it stays hidden." in silent.content.decode()
    assert Appeal.objects.get().outcome == "returned"


def test_an_appeal_does_not_exist_for_whoever_decided_nor_for_others(client, cities, hidden):
    made = appealed(hidden[1])
    client.force_login(hidden[1].decided_by)
    decider = [client.get(reverse("appeals")), judged(client, made, decision="give_back")]
    analyst = ResidentFactory(is_staff=True)
    analyst.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(analyst)
    others = [client.get(reverse("appeals")), judged(client, made, decision="give_back")]

    assert "It names nobody." not in decider[0].content.decode()
    assert decider[1].status_code == 404
    assert [answer.status_code for answer in others] == [302, 302]
    assert Appeal.objects.get().outcome == ""
