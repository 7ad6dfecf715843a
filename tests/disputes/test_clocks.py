"""Which day it is for a disagreement: by the clock of the city that raised it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from home.committees.models import PathwayStage
from home.disputes.enums import Confidentiality
from home.disputes.models import Dispute
from home.disputes.services import pathway
from tests.factories.disputes import agree_on_a_way, make_dispute

pytestmark = pytest.mark.django_db


def test_the_day_is_that_of_the_city_that_raised_it(monkeypatch):
    dispute = make_dispute()
    noon = datetime(2026, 12, 3, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    days = []

    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        dispute.raised_by.time_zone = zone
        days.append(dispute.today)
    monkeypatch.setattr(timezone, "now", lambda: noon.replace(hour=9))
    days.append(dispute.today)

    assert days == [date(2026, 12, 4), date(2026, 12, 3), date(2026, 12, 2)]


def test_it_is_more_open_than_what_is_more_closed_only():
    found = {
        (mine, other): Dispute(confidentiality=mine).is_more_open(than=other)
        for mine in Confidentiality
        for other in Confidentiality
    }

    order = list(Confidentiality)
    assert found == {(a, b): order.index(a) > order.index(b) for a in order for b in order}


def test_of_two_steps_of_a_kind_the_first_one_says_how_long_it_lasts():
    page = agree_on_a_way(talk=14, review=90)
    PathwayStage.objects.create(page=page, kind="talk", days=99, sort_order=7)

    assert pathway() == {"talk": 14, "review": 90}
