"""For mails that cannot come no guest's address is kept: nobody replies to a vote."""

import pytest

from consultations.following.enums import MailKind
from consultations.following.people import guests_to_write_to
from consultations.following.services import stop
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
)
from tests.factories.following import voted_statement
from tests.following.test_stopping_kinds import guest

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def voted(gus, page):
    voted_statement(gus, consultation=page)


def proposed(gus, page):
    StatementFactory(consultation=page, participant=gus, city=city_pair()[0])


def replied(gus, page):
    said = ContributionFactory(consultation=page)
    ContributionFactory(consultation=page, participant=gus, city=city_pair()[0], parent=said)


def commented(gus, page):
    ContributionFactory(consultation=page, participant=gus, city=city_pair()[0])


@pytest.mark.parametrize(
    ("act", "is_kept"),
    [(voted, False), (proposed, False), (replied, False), (commented, True)],
)
def test_mails_about_replies_keep_the_address_of_those_alone_who_can_get_one(act, is_kept):
    gus = guest()
    act(gus, make_consultation(participation="open"))
    for kind in set(MailKind) - {MailKind.REPLIES, MailKind.PROMISES}:
        stop(gus, kind=kind)
    with_promises = guests_to_write_to().exists()

    stop(gus, kind=MailKind.PROMISES)

    assert (with_promises, guests_to_write_to().exists()) == (True, is_kept)
