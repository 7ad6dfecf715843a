"""A code from a mail does not stand in for the second step of an account."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations.enums import Participation
from consultations.models import ConsultationPage, Vote
from consultations.taking_part import participants_here, purpose_of
from partnership.people import guests
from partnership.people.models import Participant
from tests.consultations.test_guests import (  # noqa: F401 - the fixture that keeps mails
    WHO,
    mails_keep_their_words,
    send_vote,
    type_code,
)
from tests.factories.cities import city_pair
from tests.factories.consultations import ResidentOfFactory, StatementFactory, make_consultation
from tests.people.second_step import give_second_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> ConsultationPage:
    city_pair()
    return make_consultation(participation=Participation.OPEN)


@pytest.mark.parametrize("has_it", [True, False])
def test_an_address_whose_account_has_it_does_nothing_without_it(client, consultation, has_it):
    statement = StatementFactory(consultation=consultation)
    resident = ResidentOfFactory(email=WHO["email"])
    resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
    if has_it:
        give_second_step(resident)
    send_vote(client, statement, **WHO)

    answer = type_code(client, consultation)

    assert ("sign-in" in answer.url) is has_it
    assert Vote.objects.exists() is not has_it


def test_who_set_it_up_meanwhile_acts_no_more_by_an_address(rf, consultation):
    person = Participant.objects.of(ResidentOfFactory(email=WHO["email"]))
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    request.session[guests.CONFIRMED] = {
        "purpose": purpose_of(consultation),
        "participant": person.pk,
        "until": (timezone.now() + timedelta(minutes=9)).timestamp(),
    }

    found = [list(participants_here(request, consultation))]
    give_second_step(person.resident)
    found.append(list(participants_here(request, consultation)))

    assert found == [[person], []]
