"""Whom a request reaches, and on which page of the log an entry stands."""

import pytest

from partnership.ledger import quotes, reading
from partnership.ledger.models import ApprovalRequest, LedgerEntry, Quote
from partnership.ledger.refusals import NotYourCity
from partnership.ledger.services import approve, ask_for_changes, request_approval, withdraw
from partnership.ledger.signers import signers_of
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import CityFactory

pytestmark = pytest.mark.django_db


def test_whoever_asks_signs_for_none_and_their_colleagues_are_told_as_well(
    subject, people, cities, signer
):
    colleague = signer(cities[0])

    request_approval(subject, by=people.alder)

    told = set(OutgoingMail.objects.filter(kind="approval_asked").values_list("to", flat=True))
    assert told == {colleague.email, people.puerto.email, people.both.email}


def test_a_colleague_of_who_signs_by_asking_is_not_told(subject, people, cities, signer):
    colleague = signer(cities[0])

    request_approval(subject, by=people.alder, signing_for=cities[0])

    assert not OutgoingMail.objects.filter(to=colleague.email).exists()


def test_who_holds_the_keys_of_two_cities_is_one_signer(people, cities):
    assert sorted(signers_of(cities).values_list("pk", flat=True)) == sorted(
        {people.alder.pk, people.puerto.pk, people.both.pk}
    )


def test_an_entry_stands_on_the_page_that_it_is_said_to(subject, people, cities, monkeypatch):
    monkeypatch.setattr(reading, "PER_PAGE", 2)
    for title in ("One form", "Two forms", "Three forms"):
        subject.title_en = title
        subject.save()
        request = request_approval(subject, by=people.alder)
        for person, city in zip((people.alder, people.puerto), cities, strict=True):
            approve(request, by=person, city=city, seen=request.digest)

    pages = {
        entry.number: reading.page_number_of(entry.number) for entry in LedgerEntry.objects.all()
    }

    assert pages == {3: 1, 2: 1, 1: 2}


def test_whoever_works_for_none_of_the_cities_asks_nobody(subject, people):
    for stranger in (people.nowhere, people.moderator, people.admin):
        with pytest.raises(NotYourCity):
            request_approval(subject, by=stranger)

    assert not OutgoingMail.objects.exists()


def test_whoever_ends_a_request_is_not_told_by_mail_that_it_ended(subject, people):
    request = request_approval(subject, by=people.alder)
    OutgoingMail.objects.all().delete()

    withdraw(request, by=people.alder)

    assert not OutgoingMail.objects.filter(to=people.alder.email).exists()


def test_the_last_request_that_was_signed_is_the_first_of_those_about_a_thing(
    subject, people, cities
):
    signed = []
    for title in ("One form", "Two forms"):
        subject.title_en = title
        subject.save()
        request = request_approval(subject, by=people.alder)
        for person, city in zip((people.alder, people.puerto), cities, strict=True):
            approve(request, by=person, city=city, seen=request.digest)
        signed.append(request)

    assert ApprovalRequest.objects.last_signed(subject) == signed[1]


def test_the_same_words_are_quoted_once_and_other_words_anew():
    for text in ("A ramp", "A ramp", "", "A lift"):
        quotes.keep({"thing:1": text})

    assert list(Quote.objects.order_by("pk").values_list("text", flat=True)) == ["A ramp", "A lift"]


def test_a_city_that_was_not_asked_asks_for_no_changes(subject, people, signer):
    request = request_approval(subject, by=people.alder)
    later = CityFactory(code="later")
    stranger = signer(later)

    with pytest.raises(NotYourCity):
        ask_for_changes(request, by=stranger, city=later, comment="Longer, please.")


def test_of_a_kind_of_thing_that_the_site_lost_readers_are_told_nothing(
    subject, people, monkeypatch
):
    request = request_approval(subject, by=people.alder)
    monkeypatch.setattr(reading, "kind_of_model", lambda _model: None)

    assert reading.shown_of([request]) == {}
