"""A version is in force once every city has signed it, and never changes after that."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from home.protocols.comparing import written
from home.protocols.models import ProtocolPage, ProtocolVersion
from home.protocols.refusals import DraftExists, VersionNotReady
from home.protocols.services import ask_to_sign, begin_version, put_into_force
from partnership.ledger.models import ApprovalRequest, LedgerEntry
from partnership.ledger.refusals import NothingNewToSign, NotYourCity
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import localized
from tests.factories.cities import CityFactory
from tests.factories.days import todays_date
from tests.factories.people import ResidentFactory
from tests.factories.promises import sign
from tests.factories.protocols import (
    editor_of,
    make_draft,
    make_protocol,
    make_version,
    put_into_law,
    sign_by_all,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_it_is_in_force_from_the_day_of_the_last_signature(protocol, people, cities):
    draft = make_draft(protocol, "Write a letter", "Book the bus")

    request = ask_to_sign(draft, by=people.alder)

    draft.refresh_from_db()
    assert (draft.number, draft.is_signed, draft.in_force_from) == (1, False, None)
    sign(request, by=people.puerto, city=cities[1])
    draft.refresh_from_db()
    assert (draft.is_signed, draft.in_force_from) == (True, todays_date())


@pytest.mark.parametrize(("days", "begins"), [(-30, 0), (30, 30)])
def test_the_day_that_was_signed_counts_unless_it_is_over(protocol, days, begins):
    draft = make_draft(protocol)
    draft.valid_from = todays_date() + timedelta(days=days)
    draft.save()

    signed = sign_by_all(draft)

    assert signed.valid_from == todays_date() + timedelta(days=days)
    assert signed.in_force_from == todays_date() + timedelta(days=begins)


@pytest.mark.both
def test_no_version_begins_before_the_one_it_follows(protocol):
    first = make_draft(protocol)
    first.valid_from = todays_date() + timedelta(days=30)
    first.save()
    sign_by_all(first)

    second = sign_by_all(make_draft(protocol, "Call the school"))

    assert second.in_force_from == todays_date() + timedelta(days=30)
    assert list(ProtocolVersion.objects.in_force(todays_date())) == []
    assert list(ProtocolVersion.objects.in_force(second.in_force_from)) == [second]


def test_the_next_version_begins_with_the_words_and_keys_of_the_last(protocol):
    last = make_version(protocol, "Write a letter", "Book the bus")

    draft = begin_version(protocol)

    assert (draft.number, draft.is_signed) == (2, False)
    assert written(draft) == written(last)
    assert list(ProtocolVersion.objects.in_force(todays_date())) == [last]


@pytest.mark.both
def test_one_next_version_is_written_at_a_time(protocol):
    begin_version(protocol)

    with pytest.raises(DraftExists):
        begin_version(protocol)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProtocolVersion.objects.create(protocol=protocol, number=2)


def test_who_works_for_none_of_the_cities_asks_nobody(protocol, people):
    with pytest.raises(NotYourCity):
        ask_to_sign(make_draft(protocol), by=ResidentFactory(is_staff=True))


def test_what_is_half_written_is_not_signed(protocol, people):
    empty = begin_version(protocol)
    with pytest.raises(VersionNotReady, match="Write a step first"):
        ask_to_sign(empty, by=people.alder)

    half = write(empty, "Write a letter")
    step = half.steps.get()
    setattr(step, localized("what", "es"), "")
    step.save()

    with pytest.raises(VersionNotReady, match="Español"):
        ask_to_sign(ProtocolVersion.objects.get(pk=half.pk), by=people.alder)


def test_what_says_the_same_as_the_version_before_is_none(protocol, people):
    make_version(protocol, "Write a letter")

    with pytest.raises(VersionNotReady, match="It says the same as the version before"):
        ask_to_sign(begin_version(protocol), by=people.alder)


def test_mutual_aid_says_who_may_ask_and_on_what_each_city_stands(site_tree, people, cities):
    draft = make_draft(make_protocol("Pumps", kind="mutual_aid"))

    with pytest.raises(VersionNotReady) as refused:
        ask_to_sign(draft, by=people.alder)

    assert refused.value.reasons == [
        "Not written yet: Who may ask",
        "Not written yet: What is offered",
        "Not written yet: Who pays",
        "The legal basis of Alder Bay is missing.",
        "The legal basis of Puerto Almendro is missing.",
    ]
    assert sign_by_all(put_into_law(draft, *cities)).is_signed


@pytest.mark.both
def test_a_city_stands_on_one_thing_in_a_version(protocol, cities):
    draft = put_into_law(make_draft(protocol), cities[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        put_into_law(draft, cities[0])


def test_the_signers_are_written_to_once(protocol, people, cities):
    sign_by_all(make_draft(protocol))

    kinds = OutgoingMail.objects.filter(to=people.puerto.email).values_list("kind", flat=True)
    assert list(kinds) == ["approval_asked"]


def test_the_open_ledger_leads_to_the_version_as_long_as_readers_see_it(client, protocol):
    version = make_version(protocol, "Write a letter")
    number = LedgerEntry.objects.get().number

    page = client.get("/en/ledger/").content.decode()
    content = json.loads(client.get(f"/en/ledger/{number}.json").content)

    assert "Class exchanges, version 1" in page
    assert f'href="{version.get_absolute_url()}"' in page
    assert content["content"]["steps"][0]["what"] == {
        "en": "Write a letter",
        "es": "Write a letter",
    }
    ProtocolPage.objects.update(live=False)
    assert "Class exchanges" not in client.get("/en/ledger/?again").content.decode()


def test_what_is_signed_is_compared_with_the_version_before(client, protocol, people):
    make_version(protocol, "Write a letter", "Book the bus")
    asked = ask_to_sign(make_draft(protocol, "Write a letter", "Book a train"), by=people.alder)
    client.force_login(people.puerto)

    screen = client.get(f"/admin/approvals/{asked.pk}/").content.decode()

    assert "Step 2" in screen
    assert "Book a train" in screen
    assert "Removed" in screen
    assert "Write a letter" not in screen


@pytest.mark.both
def test_a_city_that_joins_signs_what_is_in_force_and_nothing_else_changes(protocol, people):
    version = make_version(protocol, since=todays_date() - timedelta(days=90))
    signed_at = version.signed_at
    with pytest.raises(NothingNewToSign):
        ask_to_sign(version, by=people.alder)

    third = CityFactory(code="third")
    again = sign_by_all(ProtocolVersion.objects.get(pk=version.pk))

    assert ApprovalRequest.objects.about(version).signed().count() == 2
    assert third in ApprovalRequest.objects.about(version).first().asked
    assert (again.signed_at, again.in_force_from) == (signed_at, todays_date() - timedelta(days=90))


def test_put_into_force_leaves_alone_what_is(protocol):
    version = make_version(protocol, since=todays_date() - timedelta(days=90))

    put_into_force(version, request=ApprovalRequest.objects.get())

    version.refresh_from_db()
    assert version.in_force_from == todays_date() - timedelta(days=90)


@pytest.mark.both
def test_whoever_works_for_both_cities_signs_for_neither_by_asking(protocol, people):
    asked = ask_to_sign(make_draft(protocol), by=people.both)

    assert len(asked.missing) == 2
    assert editor_of(asked.missing[0]).edits_for.count() == 1
