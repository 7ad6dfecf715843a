"""The partnership's status changes when every city has signed it, and hides nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.roadmap.promises.enums import ChangeState
from home.continuity.models import StatusChange
from home.continuity.refusals import StandsAlready, StatusChangeWaits, StatusWithoutReason
from home.models import PartnershipSettings
from partnership.ledger.models import ApprovalRequest, LedgerEntry
from partnership.ledger.refusals import NotYourCity
from partnership.ledger.services import withdraw
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import field_names
from tests.factories.continuity import ask, let_it_stand
from tests.factories.promises import sign

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(timezone.localdate().year + 1, 3, 1)


def status() -> str:
    return PartnershipSettings.load().status


@pytest.mark.both
def test_a_partnership_is_active_before_anybody_signed_anything():
    assert (status(), PartnershipSettings.load().is_active) == ("active", True)


def test_a_status_takes_effect_with_the_last_signature(people, cities):
    request = ask("paused", by=people.alder, until=NEXT_YEAR)
    before = status()
    sign(request, by=people.puerto, city=cities[1])

    change = StatusChange.objects.get()
    assert (before, status()) == ("active", "paused")
    assert PartnershipSettings.load().status_change == change
    assert (change.before, change.state) == ("active", ChangeState.MADE)
    assert change.settled_at is not None


def test_who_asks_signs_by_it_and_the_other_city_is_told_in_its_language(people, cities):
    request = ask("paused", by=people.alder)

    assert request.missing == [cities[1]]
    mail = OutgoingMail.objects.get(kind="approval_asked")
    assert (mail.to, mail.language_code) == (people.puerto.email, "es")


def test_what_is_signed_says_from_what_to_what_why_and_until_when(people):
    request = ask("paused", by=people.alder, until=NEXT_YEAR, reason="A flood.")

    assert request.content["content"] == {
        "before": "active",
        "after": "paused",
        "until": NEXT_YEAR.isoformat(),
        "reason": {name.removeprefix("reason_"): "A flood." for name in field_names("reason")},
    }


@pytest.mark.both
def test_a_second_change_waits_for_the_first(people):
    ask("paused", by=people.alder)

    with pytest.raises(StatusChangeWaits):
        ask("ended", by=people.puerto)

    assert StatusChange.objects.count() == 1


def test_what_is_called_off_leaves_the_status_and_lets_another_be_asked(people):
    withdraw(ask("paused", by=people.alder), by=people.puerto, comment="Not now.")
    ask("limited", by=people.puerto)

    assert status() == "active"
    assert [each.state for each in StatusChange.objects.all()] == ["waiting", "called_off"]


def test_a_pause_can_be_made_longer_and_what_is_active_needs_no_signature(people, cities):
    with pytest.raises(StandsAlready):
        ask("active", by=people.alder)
    let_it_stand("paused", until=NEXT_YEAR)

    longer = let_it_stand("paused", until=NEXT_YEAR + timedelta(days=30))

    assert PartnershipSettings.load().status_change == longer


def test_the_reason_is_asked_in_every_language(people):
    with pytest.raises(StatusWithoutReason):
        ask("paused", by=people.alder, **{field_names("reason")[1]: ""})

    assert not StatusChange.objects.exists()


def test_who_works_for_no_city_asks_for_nothing(people):
    with pytest.raises(NotYourCity):
        ask("paused", by=people.admin)

    assert not StatusChange.objects.exists()


@pytest.mark.both
@pytest.mark.parametrize(
    "wrong",
    [{"status": "ended", "until": NEXT_YEAR}, {"state": "made"}, {"settled_at": timezone.now()}],
)
def test_the_table_refuses_what_makes_no_sense(wrong):
    values = {"before": "active", "status": "paused", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(**values)


def test_the_open_ledger_tells_it_to_everybody(client, people, site_tree):
    let_it_stand("paused")

    page = client.get(reverse("ledger")).content.decode()

    assert "Status of the partnership: Paused" in page
    assert LedgerEntry.objects.count() == 1


# The screens ------------------------------------------------------------------------------


def typed(**fields):
    reasons = dict.fromkeys(field_names("reason"), "The council was dissolved.")
    return {"status": "paused", "until": "", **reasons, **fields}


def test_an_editor_asks_in_the_admin_and_is_led_to_the_signatures(client, people):
    client.force_login(people.alder)

    answer = client.post(reverse("status_changes:add"), typed())

    request = ApprovalRequest.objects.get()
    assert answer["Location"] == reverse("approval", args=(request.pk,))
    assert "Paused" in client.get(reverse("status_changes:index")).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": "2001-01-01"}, "Choose a day to come."),
        ({"until": "9999-12-31"}, "Nobody can mean this day: check the year."),
        ({"status": "ended", "until": NEXT_YEAR}, "Only a pause or a limit lasts until a day."),
        ({"status": "active"}, "This is how the partnership stands already."),
        ({field_names("reason")[1]: ""}, "This field is required."),
    ],
)
def test_what_cannot_be_asked_is_said_on_the_form(client, people, fields, words):
    client.force_login(people.alder)

    answer = client.post(reverse("status_changes:add"), typed(**fields))

    assert words in answer.content.decode()
    assert not StatusChange.objects.exists()


def test_nobody_edits_or_deletes_a_change(client, people):
    change = let_it_stand("paused")
    client.force_login(people.admin)

    for name in ("edit", "delete"):
        answer = client.post(reverse(f"status_changes:{name}", args=(change.pk,)), typed())
        assert answer["Location"] == reverse("wagtailadmin_home")

    assert status() == "paused"
