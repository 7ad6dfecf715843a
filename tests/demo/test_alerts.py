"""What the demo shows of alerts: two that are over, three channels, one long untested."""

import pytest

from home.alerts.concerns import untested_channels
from home.alerts.models import Alert, Channel
from home.alerts.telling import tell_of_alerts

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_nothing_is_in_force_and_nobody_is_written_to():
    assert [alert.is_over() for alert in Alert.objects.public()] == [True, True]
    assert not Alert.objects.lasting().exists()
    assert tell_of_alerts() == 0


def test_one_channel_was_not_tested_for_90_days(its_day):
    assert Channel.objects.count() == 3
    assert len(list(untested_channels(its_day))) == 1


def test_the_foot_of_every_page_leads_there(client):
    foot = client.get("/en/search/").content.decode().partition("<footer")[2]

    assert '"/en/emergency/"' in foot
    assert '"/en/alerts/"' in foot
    for address in ("/en/alerts/", "/es/avisos/", "/en/emergency/", "/es/emergencias/"):
        assert client.get(address).status_code == 200
