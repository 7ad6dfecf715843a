"""What every page needs is at hand until something public changes, and never what is not so yet."""

from time import time

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from partnership.cities.models import City
from partnership.interface.context import cities, partnership, top_pages
from partnership.serving import at_hand, cache
from partnership.serving.at_hand import site_of, while_unchanged
from partnership.serving.freshness import LONGEST
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db(transaction=True)


def asked(**extra):
    return RequestFactory().get("/en/", **extra)


def names():
    return [city.name for city in cities(asked())]


def test_the_second_reader_of_a_frame_asks_nothing(page_cache, django_assert_num_queries):
    city_pair()
    add_page(make_site(), title="About", show_in_menus=True)
    partnership(asked())  # the very first reader makes its row
    whole_frame = (site_of, cities, partnership, top_pages)
    first = [part(asked()) for part in whole_frame]

    request = asked()
    with django_assert_num_queries(0):
        again = [part(request) for part in whole_frame]

    assert again == first
    assert [page.get_url() for page in again[3]] == [page.get_url() for page in first[3]]
    assert Site.find_for_request(request) is again[0]  # so that Wagtail does not ask either


def test_a_page_of_somebody_signed_in_asks_for_no_frame(page_cache, client):
    make_site()
    city_pair()
    client.force_login(ResidentFactory())
    for _before in range(2):  # the very first one makes the partnership's row
        client.get("/en/")

    with CaptureQueriesContext(connection) as asking:
        assert client.get("/en/").status_code == 200

    tables = " ".join(query["sql"] for query in asking.captured_queries)
    assert "wagtailcore_site" not in tables
    assert "home_partnershipsettings" not in tables


def test_what_is_changed_is_shown_from_the_next_request_on(page_cache):
    alder, _puerto = city_pair()
    before = names()
    alder.name_en = "Alder Harbour"
    alder.save()

    assert before == ["Alder Bay", "Puerto Almendro"]
    assert names() == ["Alder Harbour", "Puerto Almendro"]


def test_what_is_not_committed_is_kept_for_nobody(page_cache):
    city_pair()
    with transaction.atomic():
        City.objects.filter(code="alder").delete()
        inside = names()
        transaction.set_rollback(True)

    assert inside == ["Puerto Almendro"]
    assert names() == ["Alder Bay", "Puerto Almendro"]


def test_who_reads_while_it_changes_keeps_nothing_old(page_cache):
    """It was read before the change was committed, and is kept after that: for the old version."""
    request = asked()

    def read_slowly():
        cache.renew()
        return "old"

    assert while_unchanged(request, "thing", read_slowly) == "old"
    assert while_unchanged(asked(), "thing", lambda: "new") == "new"


def test_everybody_gets_a_copy(page_cache):
    city_pair()
    names()
    cities(asked())[0].name_en = "Mine"

    assert names() == ["Alder Bay", "Puerto Almendro"]


def test_with_the_store_down_it_is_asked_for_every_time(page_cache, monkeypatch):
    monkeypatch.setattr(cache, "version", lambda: "")
    built = iter((1, 2))

    found = [while_unchanged(asked(), "thing", lambda: next(built)) for _ in range(2)]

    assert found == [1, 2]


def test_a_renewal_that_was_lost_is_made_good_as_soon_as_for_pages(page_cache, monkeypatch):
    while_unchanged(asked(), "thing", lambda: "old")
    soon, later = (time() + LONGEST.total_seconds() + more for more in (-1, 1))

    monkeypatch.setattr(at_hand, "time", lambda: soon)
    before = while_unchanged(asked(), "thing", lambda: "new")
    monkeypatch.setattr(at_hand, "time", lambda: later)
    after = while_unchanged(asked(), "thing", lambda: "new")

    assert [before, after] == ["old", "new"]


def test_names_without_end_do_not_fill_the_memory(page_cache, settings):
    for number in range(at_hand.MOST + 1):
        site_of(asked(headers={"host": f"{number}.example"}))

    assert len(at_hand._kept) <= at_hand.MOST
