"""What every city signed stands in one chain, and whoever changes something in it is found out."""

import contextlib
import io
import json
import threading
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from partnership.ledger import append_only, chain
from partnership.ledger.digests import FIRST, digest_of
from partnership.ledger.models import Approval, ApprovalRequest, Conclusion, LedgerEntry
from partnership.ledger.reading import log_as_json
from partnership.ledger.services import approve, request_approval
from tests.factories.roadmap import make_commitment

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def sign(people, cities):
    """Return a function that has every city sign a thing."""

    def all_sign(thing):
        request = request_approval(thing, by=people.alder)
        approve(request, by=people.alder, city=cities[0], seen=request.digest)
        approve(request, by=people.puerto, city=cities[1], seen=request.digest)
        return request

    return all_sign


@pytest.fixture
def signed(subject, sign):
    """Three things, signed one after the other."""
    others = [make_commitment(subject.roadmap) for _number in range(2)]
    return [sign(thing) for thing in (subject, *others)]


def checked(*options):
    out = io.StringIO()
    call_command("check_ledger", *options, stdout=out)
    return out.getvalue()


def by_force(change):
    """What somebody does who is master of the database."""
    with transaction.atomic():
        append_only.lift(connection)
        change()


def test_each_entry_holds_the_hash_of_the_one_before(signed, cities):
    first, second, third = LedgerEntry.objects.order_by("number")

    assert [entry.number for entry in (first, second, third)] == [1, 2, 3]
    assert [entry.request for entry in (first, second, third)] == signed
    assert [first.before, second.before, third.before] == [FIRST, first.hash, second.hash]
    assert third.hash == digest_of(third.record)
    assert third.digest == signed[2].digest
    assert [each["city"] for each in third.signatures] == [city.code for city in cities]


def test_what_is_not_signed_by_every_city_is_no_entry(subject, people, cities):
    request = request_approval(subject, by=people.alder)

    approve(request, by=people.alder, city=cities[0], seen=request.digest)

    assert not LedgerEntry.objects.exists()


def test_no_names_and_no_comments_are_in_the_chain(signed, people):
    before = LedgerEntry.objects.first().hash

    people.alder.delete()

    assert "Joan" not in str(LedgerEntry.objects.first().record)
    assert checked() == f"Entries: 3, every one as it was. Head: {before}\n"


def test_an_empty_ledger_is_in_order(db):
    assert checked() == "Nothing is signed yet.\n"


CHANGES = {
    "the content": lambda: ApprovalRequest.objects.filter(entry__number=2).update(content={}),
    "the fingerprint": lambda: ApprovalRequest.objects.filter(entry__number=2).update(
        digest="0" * 64
    ),
    "a signature": lambda: Approval.objects.filter(request__entry__number=2).update(
        given_at="2020-01-01T00:00:00Z"
    ),
    "a signature less": lambda: Approval.objects.filter(request__entry__number=2).first().delete(),
    "the entry": lambda: LedgerEntry.objects.filter(number=2).update(signatures=[]),
    "the hash": lambda: LedgerEntry.objects.filter(number=2).update(hash="0" * 64),
    "no entry": lambda: LedgerEntry.objects.filter(number=2).delete(),
}


def test_a_changed_or_deleted_row_is_found(signed):
    for change in CHANGES.values():
        with transaction.atomic():
            by_force(change)

            with pytest.raises(CommandError, match=r"^Entry 2: "):
                checked()
            transaction.set_rollback(True)


def test_an_entry_that_was_written_anew_no_longer_carries_what_follows(signed):
    def rewrite():
        Approval.objects.filter(request__entry__number=1).update(given_at="2020-01-01T00:00:00Z")
        entry = LedgerEntry.objects.get(number=1)
        entry.signatures = chain.signatures_of(entry.request.approvals.select_related("city"))
        entry.hash = digest_of(entry.record)
        entry.save()

    by_force(rewrite)

    with pytest.raises(CommandError, match="Entry 2: It does not follow"):
        checked()


def other_fingerprint(entry):
    entry.digest = digest_of("something else")


def other_cities(entry):
    first, second = entry.signatures
    cities = second["city"], first["city"]
    entry.signatures = [
        {**each, "city": city} for each, city in zip((first, second), cities, strict=True)
    ]


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (other_fingerprint, "What was signed is not what its fingerprint was made from."),
        (other_cities, "Its signatures are not those that were given."),
    ],
)
def test_a_last_entry_that_fits_the_chain_is_still_held_against_what_was_signed(signed, forge, why):
    entry = LedgerEntry.objects.get(number=3)
    forge(entry)
    values = {"digest": entry.digest, "signatures": entry.signatures}
    forged = {**values, "hash": digest_of(entry.record)}
    by_force(lambda: LedgerEntry.objects.filter(pk=entry.pk).update(**forged))

    assert chain.first_broken() == (3, why)


def test_a_log_that_was_cut_off_is_found_by_what_was_signed_or_by_a_noted_hash(signed):
    noted = LedgerEntry.objects.first().hash
    assert "Entries: 3," in checked("--head", noted)

    by_force(LedgerEntry.objects.filter(number=3).delete)
    with pytest.raises(CommandError, match="Entry 3: Something that every city has signed"):
        checked()
    by_force(Conclusion.objects.filter(request=signed[2]).delete)

    assert "Entries: 2," in checked()
    with pytest.raises(CommandError, match="Entry 3: It is not there, and no entry before"):
        checked("--head", noted)


@pytest.mark.parametrize("head", ["abc", "g" * 64, "2"])
def test_what_cannot_be_a_hash_is_told_from_one_that_is_gone(head):
    with pytest.raises(CommandError, match="a hash has 64 signs"):
        checked("--head", head)


def test_what_is_signed_while_the_file_is_read_belongs_to_the_next_one(signed, sign, subject):
    pieces = log_as_json("https://example.org/")
    beginning = next(pieces)
    sign(make_commitment(subject.roadmap))

    log = json.loads(beginning + "".join(pieces))

    assert log["head"]["number"] == len(log["entries"]) == 3


def test_a_city_that_is_called_otherwise_breaks_nothing(signed, cities):
    cities[0].code = "alder-bay"
    cities[0].save()

    assert "Entries: 3," in checked()


def test_the_database_takes_only_the_next_entry_of_what_is_signed(signed, subject):
    entry = LedgerEntry.objects.get(number=3)
    by_force(LedgerEntry.objects.filter(number=3).delete)
    append_only.protect(connection)
    values = {"request": entry.request, "digest": entry.digest, "signatures": []}
    wrong = (
        {**values, "number": 4, "before": entry.before},
        {**values, "number": 3, "before": FIRST},
        {**values, "number": 3, "before": entry.before, "digest": "0" * 64},
    )

    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(**fields, hash="f" * 64)


def test_what_was_signed_before_there_was_a_log_enters_it_by_migrating(signed):
    before = list(LedgerEntry.objects.values_list("request", "hash"))
    by_force(LedgerEntry.objects.all().delete)

    migration = import_module("partnership.ledger.migrations.0004_chain_what_is_signed")
    migration.enter(apps, SimpleNamespace(connection=connection))

    assert list(LedgerEntry.objects.values_list("request", "hash")) == before
    assert append_only.check(databases=[connection.alias]) == []


# Two at once -------------------------------------------------------------------------------


@pytest.fixture
def almost_signed(subject, people, cities):
    """Two things that only the last signature is missing of."""
    requests = []
    for thing in (subject, make_commitment(subject.roadmap)):
        request = request_approval(thing, by=people.alder)
        approve(request, by=people.alder, city=cities[0], seen=request.digest)
        requests.append(request)
    return requests


@pytest.fixture
def both_look_before_anybody_writes(monkeypatch):
    """Hold whoever has looked for the last entry until the other has looked, too, or cannot."""
    looked, values_after = threading.Barrier(2), chain.values_after

    def look_and_wait(last, request):
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(timeout=0.5)
        return values_after(last, request)

    monkeypatch.setattr(chain, "values_after", look_and_wait)


def sign_at_once(requests, people, cities, run_in_threads):
    return run_in_threads(
        lambda number: (
            approve(
                requests[number], by=people.puerto, city=cities[1], seen=requests[number].digest
            ).request_id
        ),
        times=2,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("both_look_before_anybody_writes")
def test_two_last_signatures_at_once_make_one_sequence(
    almost_signed, people, cities, run_in_threads
):
    outcomes = sign_at_once(almost_signed, people, cities, run_in_threads)

    assert outcomes == [request.pk for request in almost_signed]
    assert "Entries: 2, every one as it was." in checked()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("both_look_before_anybody_writes")
def test_without_the_lock_one_of_them_would_fail(
    almost_signed, people, cities, run_in_threads, monkeypatch
):
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one transaction writes at a time")
    monkeypatch.setattr(chain, "hold", lambda: None)

    outcomes = sign_at_once(almost_signed, people, cities, run_in_threads)

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
