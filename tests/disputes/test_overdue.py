"""A step past its day is a concern of its cities, and its editors hear before it is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from home.continuity.presenting import of_cities
from home.disputes.overdue import CHECK, steps_overdue
from home.disputes.services import ask_for_time, move_on, settle
from home.disputes.telling import remind_of_deadlines, tell_editors
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory
from tests.factories.committees import days_ago
from tests.factories.days import todays_date
from tests.factories.disputes import due, editor_of, make_dispute, step_of, words
from tests.factories.promises import sign

pytestmark = pytest.mark.django_db


def test_a_step_is_overdue_after_its_last_day_unless_it_has_more_time_or_is_over(people, cities):
    dispute = make_dispute()
    due(dispute, todays_date())

    assert list(steps_overdue(todays_date())) == []
    (concern,) = steps_overdue(todays_date() + timedelta(days=1))
    assert (concern.due, concern.cities) == (todays_date(), cities)
    more = {"until": days_ago(-9), "reason": words()}
    sign(ask_for_time(dispute, by=people.alder, **more), by=people.puerto, city=cities[1])
    assert list(steps_overdue(todays_date() + timedelta(days=9))) == []
    seen = step_of(dispute).pk
    settle(dispute, by=people.alder, city=cities[0], seen=seen, kind="settled", outcome=words())
    assert list(steps_overdue(todays_date() + timedelta(days=99))) == []


def test_the_command_says_its_number_and_its_step_and_never_its_matter():
    dispute = make_dispute()
    due(dispute, days_ago(3))
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("check_continuity", stdout=said)

    assert f"A disagreement (No. {dispute.pk}) is at its step “We talk" in said.getvalue()
    assert "disputes.steps: Disagreements past their day" in said.getvalue()
    assert "Who pays" not in said.getvalue()


def test_the_concerns_cost_the_same_for_one_and_for_three_and_are_of_its_cities(
    django_assert_num_queries,
):
    due(make_dispute(), days_ago(3))
    with django_assert_num_queries(3):
        found = list(steps_overdue(todays_date()))
    assert of_cities({CHECK: found}, [CityFactory()]) == {}
    for _each in range(2):
        due(make_dispute(), days_ago(3))

    with django_assert_num_queries(3):
        assert len(list(steps_overdue(todays_date()))) == 3


@pytest.mark.both
def test_its_editors_are_written_to_three_days_before_and_once(tick, people):
    dispute = make_dispute(confidentiality="closed")
    editor_of(CityFactory())

    due(dispute, todays_date() + timedelta(days=4))
    assert remind_of_deadlines() == 0
    due(dispute, todays_date() + timedelta(days=3))
    assert (remind_of_deadlines(), remind_of_deadlines()) == (2, 0)

    mails = OutgoingMail.objects.filter(kind="staff_dispute_deadline")
    assert {mail.to for mail in mails} == {people.alder.email, people.puerto.email}
    for mail in mails:
        assert str(dispute.pk) in mail.subject
        assert f"/admin/disputes/way/{dispute.pk}/" in mail.text
        assert "Who pays" not in mail.subject + mail.text + mail.html


def test_everybody_else_who_looks_after_it_is_told_of_each_step_and_of_the_end(people):
    dispute = make_dispute(confidentiality="closed")
    editor_of(CityFactory())
    puerto, alder = people.puerto.edits_for.get(), people.alder.edits_for.get()
    OutgoingMail.objects.all().delete()
    tell_editors(dispute, step_of(dispute), by=people.alder, city=alder)
    seen = step_of(dispute).pk
    move_on(dispute, by=people.puerto, city=puerto, seen=seen, agreed=words())
    seen = step_of(dispute).pk
    settle(dispute, by=people.alder, city=alder, seen=seen, kind="settled", outcome=words())

    mails = list(OutgoingMail.objects.filter(kind="staff_dispute_moved").order_by("pk"))
    assert [mail.to for mail in mails] == [
        people.puerto.email,
        people.alder.email,
        people.puerto.email,
    ]
    for mail in mails:
        assert str(dispute.pk) in mail.subject
        assert f"/admin/disputes/way/{dispute.pk}/" in mail.text
        assert "Who pays" not in mail.subject + mail.text + mail.html
    by_alder = [mail.text for mail in mails if mail.to == people.alder.email]
    assert all("has moved disagreement No." in text for text in by_alder)


def test_whoever_was_not_told_before_is_on_the_last_day_and_not_after_it(people):
    dispute = make_dispute()

    due(dispute, days_ago(1))
    assert remind_of_deadlines() == 0
    due(dispute, todays_date())
    assert remind_of_deadlines() == 2


def test_a_step_that_was_given_another_last_day_is_told_again(people):
    dispute = make_dispute()
    due(dispute, days_ago(-1))
    first = (remind_of_deadlines(), remind_of_deadlines())

    due(dispute, days_ago(-2))

    assert first == (2, 0)
    assert remind_of_deadlines() == 2
