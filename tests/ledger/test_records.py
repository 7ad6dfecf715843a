"""The database keeps what was signed, whoever wants it otherwise."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from partnership.ledger import append_only
from partnership.ledger.models import Approval, ApprovalRequest, Conclusion
from partnership.ledger.services import approve, request_approval

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def request_signed_once(subject, people, cities):
    request = request_approval(subject, by=people.alder)
    approve(request, by=people.alder, city=cities[0], seen=request.digest)
    return ApprovalRequest.objects.get(pk=request.pk)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_no_record_is_changed(request_signed_once, people):
    request, approvals = request_signed_once, request_signed_once.approvals

    assert refused(lambda: ApprovalRequest.objects.filter(pk=request.pk).update(digest="0" * 64))
    assert refused(lambda: ApprovalRequest.objects.filter(pk=request.pk).update(content={}))
    assert refused(lambda: approvals.update(comment="Yes"))
    assert refused(lambda: approvals.update(given_by=people.puerto))


def test_no_record_is_deleted(request_signed_once, cities):
    request = request_signed_once

    assert refused(lambda: request.approvals.all().delete())
    assert refused(lambda: request.cities.remove(cities[1]))
    assert refused(lambda: Conclusion.objects.create(request=request, outcome="edited").delete())
    assert refused(
        lambda: ApprovalRequest.objects.filter(pk=request.pk)._raw_delete(connection.alias)
    )


def test_an_approval_signs_the_digest_of_an_open_request(request_signed_once, people, cities):
    request = request_signed_once
    values = {"request": request, "city": cities[1], "given_by": people.puerto}

    assert refused(lambda: Approval.objects.create(**values, digest="0" * 64))
    Conclusion.objects.create(request=request, outcome="withdrawn")
    assert refused(lambda: Approval.objects.create(**values, digest=request.digest))


def test_signed_means_signed_by_every_city(request_signed_once):
    request = request_signed_once

    assert refused(lambda: Conclusion.objects.create(request=request, outcome="signed"))


def test_an_erased_account_leaves_its_signature_without_a_name(request_signed_once, people):
    people.alder.delete()

    approval = request_signed_once.approvals.get()
    assert approval.given_by is None
    assert approval.digest == request_signed_once.digest
    assert ApprovalRequest.objects.get(pk=request_signed_once.pk).requested_by is None


def test_a_table_without_its_triggers_is_reported_and_put_right(request_signed_once):
    names = [connection.alias]
    before = append_only.check(databases=names)
    with transaction.atomic():
        append_only.lift(connection)
        unguarded = append_only.check(databases=names)
        append_only.protect_again(using=connection.alias)

    assert before == []
    assert len(unguarded) == 13
    assert append_only.check(databases=names) == []
    assert refused(lambda: request_signed_once.approvals.update(comment="Yes"))


def test_the_check_is_one_of_the_checks_of_the_database():
    assert [found for found in run_checks(databases=["default"]) if found.id == "ledger.W001"] == []


def test_a_database_without_tables_lacks_nothing(request_signed_once, monkeypatch):
    monkeypatch.setattr(append_only, "TABLES", {"ledger_of_a_new_site": ""})
    monkeypatch.setattr(append_only, "UNTRUE", {})

    assert append_only.check(databases=[connection.alias]) == []
