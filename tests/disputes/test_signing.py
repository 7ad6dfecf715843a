"""More time, and more for readers to see: every city signs, and the ledger gives nothing away."""

import json

import pytest
from django.urls import reverse

from consultations.roadmap.promises.enums import ChangeState
from home.disputes.models import Dispute, DisputeChange
from home.disputes.refusals import ChangeWaits, IsOver, NotLater, NotMoreOpen
from home.disputes.services import ask_for_time, ask_to_show, move_on, settle
from partnership.ledger.models import ApprovalRequest, LedgerEntry
from partnership.ledger.refusals import NotYourCity, RequestIsOver
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory
from tests.factories.committees import days_ago
from tests.factories.disputes import editor_of, make_dispute, step_of, words
from tests.factories.promises import sign

pytestmark = pytest.mark.django_db

LATER = days_ago(-50)


def ask(dispute, by, until=LATER):
    return ask_for_time(dispute, by=by, until=until, reason=words("Holidays."))


def show(dispute, by, shown="open"):
    return ask_to_show(dispute, by=by, confidentiality=shown, reason=words("It is time."))


@pytest.mark.both
def test_one_city_alone_extends_nothing_and_both_keep_the_first_deadline(people, cities):
    dispute = make_dispute()
    first = step_of(dispute).deadline

    request = ask(dispute, people.alder)

    assert step_of(dispute).due_on == first
    sign(request, by=people.puerto, city=cities[1])
    step = step_of(dispute)
    assert (step.deadline, step.extended_to, step.due_on) == (first, LATER, LATER)
    assert DisputeChange.objects.get().state == ChangeState.MADE


def test_more_time_is_a_day_after_the_last_one(people):
    with pytest.raises(NotLater):
        ask(make_dispute(), people.alder, until=days_ago(-14))


@pytest.mark.parametrize("days", [1, 0])
def test_of_a_step_that_is_overdue_it_is_a_day_to_come(people, days):
    dispute = make_dispute(raised_on=days_ago(60))

    with pytest.raises(NotLater):
        ask(dispute, people.alder, until=days_ago(days))


def test_who_works_for_several_of_the_cities_signs_for_none_by_asking(people, cities):
    people.alder.edits_for.add(cities[1])

    request = ask(make_dispute(), people.alder)

    assert not request.approvals.exists()


def test_the_cities_answer_one_question_at_a_time_and_only_theirs_may_ask(people):
    dispute = make_dispute(confidentiality="closed")
    ask(dispute, people.alder)

    with pytest.raises(ChangeWaits):
        show(dispute, people.puerto)
    with pytest.raises(NotYourCity):
        ask(make_dispute("Another"), editor_of(CityFactory()))


@pytest.mark.both
def test_an_extension_is_asked_no_more_once_its_step_was_left(people, cities):
    dispute = make_dispute()
    request = ask(dispute, people.alder)

    step = step_of(dispute)
    move_on(dispute, by=people.alder, city=cities[0], seen=step.pk, agreed=words())

    assert DisputeChange.objects.get().state == ChangeState.CALLED_OFF
    with pytest.raises(RequestIsOver):
        sign(request, by=people.puerto, city=cities[1])
    assert dispute.steps.filter(extended_to=None).count() == 2


def test_readers_see_more_only_once_every_city_has_signed(client, people, cities):
    dispute = make_dispute(confidentiality="closed")

    request = show(dispute, people.alder)

    assert client.get(dispute.get_absolute_url()).status_code == 404
    sign(request, by=people.puerto, city=cities[1])
    assert client.get(dispute.get_absolute_url()).status_code == 200
    with pytest.raises(NotMoreOpen):
        show(dispute, people.alder, "existence")


def test_what_a_city_does_not_sign_is_called_off(client, people, cities):
    dispute = make_dispute()
    request = ask(dispute, people.alder)
    client.force_login(people.puerto)

    answer = {"decision": "changes", "city": cities[1].code, "comment": "No."}
    client.post(reverse("approval", args=(request.pk,)), {**answer, "seen": request.digest})

    assert DisputeChange.objects.get().state == ChangeState.CALLED_OFF
    assert ask(dispute, people.puerto).is_open


def test_the_open_ledger_tells_as_much_as_readers_may_know(client, people, cities):
    dispute = make_dispute()
    sign(ask(dispute, people.alder), by=people.puerto, city=cities[1])
    entry = LedgerEntry.objects.get()
    content = reverse("ledger_content", args=(entry.number,))
    assert "Who pays" not in json.dumps(entry.request.content)

    for shown, title, code in (
        ("open", "More time for a disagreement", 200),
        ("existence", "More time for a disagreement", 404),
        ("closed", "Something that readers cannot see now", 404),
    ):
        Dispute.objects.update(confidentiality=shown)
        log = client.get("/en/ledger/").content.decode()
        assert title in log
        assert (dispute.key in log) == (shown != "closed")
        assert not any(word in log for word in ("Who pays", "Holidays", "No. "))
        assert client.get(content).status_code == code


def test_what_was_signed_names_no_number_whose_gaps_would_tell_of_closed_ones(
    client, people, cities
):
    dispute = make_dispute()
    sign(ask(dispute, people.alder), by=people.puerto, city=cities[1])

    signed = client.get(reverse("ledger_content", args=(LedgerEntry.objects.get().number,))).json()

    assert signed["content"]["dispute"] == dispute.key
    assert dispute.pk not in signed["content"].values()


def test_the_key_of_a_third_city_opens_no_request_about_it(client, people):
    request = ask(make_dispute(confidentiality="closed"), people.alder)
    address = reverse("approval", args=(request.pk,))

    answers = []
    for reader in (people.puerto, editor_of(CityFactory()), people.admin):
        client.force_login(reader)
        answers.append(client.get(address).status_code)

    assert answers == [200, 404, 404]


def test_mails_to_those_who_sign_tell_the_number_and_no_matter(people):
    dispute = make_dispute(confidentiality="closed")

    ask(dispute, people.alder)

    mail = OutgoingMail.objects.get(kind="approval_asked")
    assert mail.to == people.puerto.email
    assert f"No. {dispute.pk}" in mail.text or f"n.º {dispute.pk}" in mail.text
    assert "Who pays" not in mail.subject + mail.text + mail.html
    assert ApprovalRequest.objects.get().asked == list(dispute.cities.all())


def test_what_is_over_gets_no_more_time(people, cities):
    dispute = make_dispute()
    seen = step_of(dispute).pk
    settle(dispute, by=people.alder, city=cities[0], seen=seen, kind="settled", outcome=words())

    with pytest.raises(IsOver):
        ask(dispute, people.alder)

    assert not DisputeChange.objects.exists()
