"""Two signatures at once, and an edit between reading and signing."""

import pytest
from django.db import transaction

from consultations.roadmap.models import Commitment
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.refusals import CityHasSigned, ContentHasChanged
from partnership.ledger.services import approve, request_approval
from partnership.locking import lock
from partnership.refusals import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_two_cities_at_once_are_both_on_record_and_it_takes_effect_once(
    subject, people, cities, signed_things, run_in_threads
):
    request = request_approval(subject, by=people.alder)
    by = (people.alder, people.puerto)

    outcomes = run_in_threads(
        lambda number: (
            approve(request, by=by[number], city=cities[number], seen=request.digest).city
        ),
        times=2,
    )

    assert outcomes == list(cities)
    assert len(signed_things) == 1
    assert ApprovalRequest.objects.get(pk=request.pk).conclusion.outcome == "signed"


def test_of_many_people_of_one_city_one_signs(subject, people, cities, signer, run_in_threads):
    editors = [signer(cities[1]) for _number in range(4)]
    request = request_approval(subject, by=people.alder)

    outcomes = run_in_threads(
        lambda number: approve(request, by=editors[number], city=cities[1], seen=request.digest),
        times=4,
    )

    assert sum(isinstance(outcome, CityHasSigned) for outcome in outcomes) == 3
    assert request.approvals.count() == 1


def test_one_person_who_works_for_both_cities_signs_once(
    subject, people, cities, signed_things, run_in_threads
):
    request = request_approval(subject, by=people.both)

    outcomes = run_in_threads(
        lambda number: approve(request, by=people.both, city=cities[number], seen=request.digest),
        times=2,
    )

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert signed_things == []


def test_what_takes_effect_is_what_was_signed(
    subject, people, cities, signed_things, run_in_threads
):
    request = request_approval(subject, by=people.alder)
    approve(request, by=people.alder, city=cities[0], seen=request.digest)

    def act(number):
        if number:
            return approve(request, by=people.puerto, city=cities[1], seen=request.digest)
        with transaction.atomic():
            promise = lock(Commitment.objects.get(pk=subject.pk))
            promise.title_en = "Unread"
            promise.save()
        return None

    _edited, signed = run_in_threads(act, times=2)

    if isinstance(signed, ContentHasChanged):
        assert signed_things == []
    else:
        assert signed_things == [("One form", request.pk)]
