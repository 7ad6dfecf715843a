"""Every page shows the alerts in force at its very top, and stops when they are over."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from home.alerts.services import end
from partnership.interface import context
from partnership.interface.context import site_chrome
from partnership.serving.freshness import expiry
from tests.factories.alerts import HOUR, alerter_of, make_alert, make_channel
from tests.factories.cities import city_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

PAGE = {"en": "/en/search/", "es": "/es/buscar/"}


def band(client, code="en", url=""):
    """The text of the region, with blanks drawn together; empty when there is none."""
    page = client.get(url or PAGE[code]).content.decode()
    found = re.search(r'<section aria-labelledby="alerts-now">.*?</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[0])).strip() if found else ""


def titles(client):
    page = client.get(PAGE["en"]).content.decode()
    return re.findall(r'<strong>\w+: <a href="/en/alerts/\d+/">([^<]+)</a>', page)


def test_an_alert_stands_above_everything_in_the_readers_language(client):
    make_alert(
        title_en="Keep away", title_es="No te acerques", cities=city_pair()[:1], level="danger"
    )

    page = client.get(PAGE["en"]).content.decode()
    assert page.index("alerts-now") < page.index("<header")
    assert page.index('class="skip"') < page.index("alerts-now")
    assert '<section aria-labelledby="alerts-now">' in page
    assert '<h2 class="vh" id="alerts-now">Alerts</h2>' in page
    assert "aria-live" not in page
    assert 'role="alert"' not in page
    assert band(client).startswith("Alerts Danger: Keep away (Alder Bay) Stay at home. Until ")
    assert band(client, "es").startswith("Avisos Peligro: No te acerques (Alder Bay)")


def test_the_end_is_told_on_the_clock_of_every_city(client):
    now = timezone.now()
    ends_at = (now + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    make_alert(starts_at=now - HOUR, ends_at=ends_at)

    told = band(client)

    assert re.search(r"Until .*(a\.m\.|p\.m\.|noon|\d).* Alder Bay, .* Puerto Almendro", told)


@pytest.mark.both
def test_an_alert_is_shown_from_its_beginning_until_its_end(client):
    now = timezone.now()
    make_alert("Not yet", starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    make_alert("No more", starts_at=now - 2 * HOUR, ends_at=now - HOUR)

    assert titles(client) == []
    assert band(client) == ""


@pytest.mark.both
def test_the_gravest_comes_first_and_what_is_over_last(client):
    over = make_alert("Was grave", level="danger")
    end(over, by=alerter_of(*city_pair()))
    make_alert("Good to know", level="information")
    make_alert("Grave", level="danger")
    make_alert("Mind", level="warning")

    assert titles(client) == ["Grave", "Mind", "Good to know", "Was grave"]


def test_what_was_declared_over_says_so_for_a_day(client):
    alert = make_alert("Storm")
    end(alert, by=alerter_of(*city_pair()))

    assert band(client).startswith("Alerts Over: Storm (all cities) Over since ")

    alert.ended_at = timezone.now() - timedelta(hours=25)
    alert.starts_at = alert.ended_at - HOUR
    alert.save()
    assert band(client) == ""


def test_one_that_was_taken_back_before_it_began_is_never_shown(client):
    now = timezone.now()
    alert = make_alert(starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    end(alert, by=alerter_of(*city_pair()))

    assert band(client) == ""
    assert client.get(reverse("alert", args=(alert.pk,))).status_code == 404


def test_error_pages_show_it_too(client):
    make_alert("Storm")

    assert "Warning: Storm" in band(client, url="/en/nothing-here/")


@pytest.mark.parametrize("how_many", [0, 1, 3])
def test_the_band_costs_one_query_for_any_number_and_none_without(
    how_many, rf, django_assert_num_queries
):
    for number in range(how_many):
        make_alert(f"Alert {number}", cities=city_pair())
    request = rf.get("/en/")
    context.once(request, context.cities)  # every page needs them

    with django_assert_num_queries(min(how_many, 1)):
        shown = list(site_chrome(request)["alerts"])

    assert len(shown) == how_many


@pytest.mark.both
@pytest.mark.parametrize("begins_first", [True, False])
def test_no_kept_page_outlives_the_instant_at_which_an_alert_begins_or_ends(rf, begins_first):
    now, soon = timezone.now(), timedelta(seconds=1)
    starts_at = now + soon if begins_first else now - HOUR
    make_alert(starts_at=starts_at, ends_at=now + HOUR if begins_first else now + soon)
    request = rf.get("/en/")
    request.rendering_since = now

    shown = list(site_chrome(request)["alerts"])

    assert len(shown) == (0 if begins_first else 1)
    assert now < expiry(request) <= now + soon


def test_the_foot_links_only_what_there_is(client):
    foot = client.get(PAGE["en"]).content.decode().partition("<footer")[2]
    assert '"/en/alerts/"' not in foot
    assert '"/en/emergency/"' not in foot

    make_alert()
    make_channel()

    foot = client.get(PAGE["es"]).content.decode().partition("<footer")[2]
    assert '"/es/avisos/"' in foot
    assert '"/es/emergencias/"' in foot
