"""Programmes and campaigns as files, in the search, and promises that stay for them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.initiatives.open_data import TABLES
from consultations.roadmap.models import Commitment
from partnership.pages.search import search_pages
from tests.factories.delivery import two_moneys
from tests.factories.initiatives import (
    TODAY,
    add_indicator,
    add_line,
    make_campaign,
    make_programme,
)
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(site_tree: Any) -> Commitment:
    two_moneys()
    return make_commitment(make_roadmap())


def test_the_document_holds_every_table_under_the_same_numbers(
    client: Client, promise: Commitment
) -> None:
    alder, _puerto = two_moneys()
    opens_at = datetime(2026, 7, 1, 9, tzinfo=UTC)
    page = make_programme(promise, lead_city=alder, intake_opens_at=opens_at, cities=[alder])
    add_line(page, serves=promise)
    add_indicator(page, TODAY)
    make_campaign()

    tables = json.loads(client.get("/en/initiatives/initiatives.json").getvalue())["tables"]

    rows = {name: table["rows"] for name, table in tables.items()}
    programme, campaign = rows["initiatives"]
    assert (programme["initiative"], programme["kind"]) == (page.pk, "incubator")
    assert (programme["cities"], programme["serves"]) == ("alder", f"{promise.roadmap.year}-1")
    assert programme["intake_opens_at"] == "2026-07-01T09:00:00+00:00"
    assert (campaign["kind"], campaign["intake_opens_at"]) == ("tourism_campaign", "")
    (line,) = rows["money"]
    assert (line["initiative"], line["serves"]) == (page.pk, programme["serves"])
    (measure,), (reading,) = rows["indicators"], rows["readings"]
    assert (measure["initiative"], measure["indicator"]) == (page.pk, 1)
    assert (reading["initiative"], reading["indicator"], reading["value"]) == (page.pk, 1, 1.0)


def test_the_page_of_all_open_data_leads_to_every_table(
    client: Client, promise: Commitment
) -> None:
    before = client.get("/en/open-data/").content.decode()
    make_programme(promise)

    page = client.get("/en/open-data/?again=1").content.decode()

    links = [reverse("initiatives_csv", args=(name,)) for name in TABLES]
    links.append(reverse("initiatives_json"))
    assert [link for link in links if f'href="{link}"' not in page] == []
    assert "/initiatives/" not in before


def test_the_files_tell_of_no_draft_and_of_no_promise_that_readers_do_not_know(
    client: Client, promise: Commitment
) -> None:
    draft = make_campaign(live=False)
    add_line(draft, what="Secret desks")
    add_indicator(draft, TODAY)
    add_line(make_programme(promise), serves=promise)
    type(promise.roadmap).objects.update(live=False)

    tables = json.loads(client.get("/en/initiatives/initiatives.json").getvalue())["tables"]

    (programme,), (line,) = tables["initiatives"]["rows"], tables["money"]["rows"]
    assert (programme["serves"], line["serves"]) == ("", "")
    assert (tables["indicators"]["rows"], tables["readings"]["rows"]) == ([], [])


def test_files_are_found_in_both_languages_and_others_are_not(client: Client, db: Any) -> None:
    file = client.get("/es/iniciativas/datos/initiatives.csv")

    assert file["Content-Disposition"] == 'attachment; filename="initiatives.csv"'
    assert client.get("/en/initiatives/data/secrets.csv").status_code == 404


@pytest.mark.usefixtures("indexed")
def test_the_search_finds_what_an_initiative_says(site_tree: Any) -> None:
    page = make_campaign()
    for column, text in in_every_language(summary="Zeppelins", message="Balloons").items():
        setattr(page, column, text)
    page.save()

    for word in ("Zeppelins", "Balloons"):
        assert [found.pk for found in search_pages(word, language="en")] == [page.pk]


def test_a_proposal_that_is_served_is_not_deleted(client: Client, promise: Commitment) -> None:
    promise.status = "proposed"
    promise.save()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    assert not promise.is_kept
    make_programme(promise)

    client.post(reverse("commitments:delete", args=(promise.pk,)))

    assert Commitment.objects.get().is_kept
