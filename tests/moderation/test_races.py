"""Two people at once: one of them decides, and what the other saw is told to be over."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from consultations.conversation import services
from consultations.conversation.services import report_comment
from consultations.models import ConsultationPage, Contribution
from consultations.moderation.models import Appeal, Decision, Removal
from consultations.moderation.refusals import AppealDecided, RemovalOver
from consultations.moderation.services import reports
from consultations.moderation.services.appeals import appeal, give_back, turn_down
from consultations.moderation.services.removals import ask_for_removal, confirm_removal
from consultations.refusals import AlreadyModerated
from consultations.services import hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.consultations import ContributionFactory, make_participant
from tests.factories.moderation import make_hidden, make_moderator

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

Race = Callable[..., list[Any]]
AT_ONCE = 6


def refused(outcomes: list[Any], why: type[Exception]) -> int:
    """How many were told why; anything else that went wrong is no answer."""
    wrong = [each for each in outcomes if isinstance(each, Exception) and type(each) is not why]
    assert wrong == []
    return sum(isinstance(each, why) for each in outcomes)


def test_of_moderators_who_judge_the_same_words_at_once_one_decides(run_in_threads: Race) -> None:
    comment = ContributionFactory(publication_status="pending")
    judges = [make_moderator(city) for city in (*city_pair(),) * (AT_ONCE // 2)]

    def judge(number: int) -> str:
        own = Contribution.objects.get(pk=comment.pk)
        if number % 2:
            publish_contribution(own, by=judges[number], seen="pending")
            return "published"
        hide_contribution(own, by=judges[number], reason="Rude.", seen="pending")
        return "hidden"

    outcomes = run_in_threads(judge, times=AT_ONCE)

    (done,) = [each for each in outcomes if isinstance(each, str)]
    assert refused(outcomes, AlreadyModerated) == AT_ONCE - 1
    comment.refresh_from_db()
    decision = Decision.objects.get()
    assert comment.publication_status == decision.outcome == done
    assert comment.moderated_by == decision.decided_by
    assert OutgoingMail.objects.count() == 1


def test_an_appeal_that_two_people_judge_at_once_is_decided_once(run_in_threads: Race) -> None:
    alder, puerto = city_pair()
    comment, decision = make_hidden(make_moderator(alder))
    judges = [make_moderator(puerto) for _number in range(AT_ONCE)]
    made = appeal(decision, text="It is true.", language_code="en", form_token=None)
    OutgoingMail.objects.all().delete()

    def judge(number: int) -> str:
        own = Appeal.objects.get(pk=made.pk)
        if number % 2:
            give_back(own, by=judges[number], answer="It is true.")
            return "published"
        turn_down(own, by=judges[number], answer="It is not.")
        return "hidden"

    outcomes = run_in_threads(judge, times=AT_ONCE)

    (done,) = [each for each in outcomes if isinstance(each, str)]
    assert refused(outcomes, AppealDecided) == AT_ONCE - 1
    comment.refresh_from_db()
    assert comment.publication_status == done
    assert Decision.objects.filter(outcome__in=("returned", "upheld")).count() == 1
    assert OutgoingMail.objects.filter(kind="appeal_decided").count() == 1


def test_a_removal_that_several_confirm_at_once_is_confirmed_once(run_in_threads: Race) -> None:
    alder, puerto = city_pair()
    asker = make_moderator(alder)
    comment, _decision = make_hidden(asker)
    removal = ask_for_removal(comment, by=asker, reason="unlawful")
    others = [make_moderator(puerto) for _number in range(AT_ONCE)]

    def confirm(number: int) -> int:
        own = Removal.objects.get(pk=removal.pk)
        return confirm_removal(own, by=others[number], seen=removal.digest).pk

    outcomes = run_in_threads(confirm, times=AT_ONCE)

    assert refused(outcomes, RemovalOver) == AT_ONCE - 1
    comment.refresh_from_db()
    assert (comment.publication_status, comment.text) == ("erased", "")
    assert Decision.objects.filter(outcome="removed").count() == 1
    assert Removal.objects.get().confirmed_by in others


def test_reports_that_reach_the_threshold_at_once_hide_once(
    run_in_threads: Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = ContributionFactory()
    everybody = threading.Barrier(AT_ONCE)

    def when_all_have_written(contribution: Contribution) -> bool:
        """Each would count its own report only, were they not kept apart."""
        with suppress(threading.BrokenBarrierError):
            everybody.wait(timeout=0.5)
        return reports.hold_if_reported_enough(contribution)

    monkeypatch.setattr(services, "hold_if_reported_enough", when_all_have_written)
    ConsultationPage.objects.update(reports_to_hide=AT_ONCE)
    people = [make_participant() for _number in range(AT_ONCE)]

    def report(number: int) -> int:
        own = Contribution.objects.get(pk=comment.pk)
        return report_comment(own, participant=people[number], reason="spam", form_token=None).pk

    outcomes = run_in_threads(report, times=AT_ONCE)

    assert len({each for each in outcomes if isinstance(each, int)}) == AT_ONCE
    comment.refresh_from_db()
    assert comment.publication_status == "pending"
    assert Decision.objects.get().outcome == "held"
    assert OutgoingMail.objects.count() == 1


def test_one_person_who_reports_in_two_tabs_is_one_report(run_in_threads: Race) -> None:
    comment, person = ContributionFactory(), make_participant()
    ConsultationPage.objects.update(reports_to_hide=2)

    def report(_number: int) -> int:
        own = Contribution.objects.get(pk=comment.pk)
        return report_comment(own, participant=person, reason="spam", form_token=None).pk

    outcomes = run_in_threads(report, times=AT_ONCE)

    assert len(set(outcomes)) == 1
    comment.refresh_from_db()
    assert (comment.publication_status, comment.reports.count()) == ("published", 1)
