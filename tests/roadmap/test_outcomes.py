"""What became of it: from a consultation forward to the promises."""

import csv
import io

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from consultations import outcomes
from consultations.enums import PublicationStatus
from consultations.roadmap.models import EvidenceLink, RoadmapPage
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_people,
    make_statement,
)
from tests.factories.roadmap import cite, in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db


def test_every_citation_leads_to_its_commitment() -> None:
    consultation = make_consultation_to_export()
    commitment = make_commitment(make_roadmap(2027), number=3)
    statement = make_statement(consultation)
    cite(commitment, statement=statement, disposition="partly", **in_every_language(note="Cost."))
    cite(commitment, consultation=consultation)

    found = outcomes.of(consultation)

    assert set(found) == {"statement-1", ""}
    (outcome,) = found["statement-1"]
    assert outcome.url == "/en/roadmap/2027/#item-3"
    assert (outcome.title, outcome.note) == ("A promise", "Cost.")
    assert (outcome.disposition, outcome.disposition_label) == ("partly", "Partly adopted")


def test_promises_are_told_by_year_and_number_whenever_they_were_linked() -> None:
    consultation = make_consultation_to_export()
    later, sooner = make_roadmap(2028), make_roadmap(2027)
    for roadmap, number in ((sooner, 12), (later, 1), (sooner, 2)):
        cite(make_commitment(roadmap, number=number), consultation=consultation)

    found = outcomes.of(consultation)[""]

    assert [one.url.removeprefix("/en/roadmap/") for one in found] == [
        "2027/#item-2",
        "2027/#item-12",
        "2028/#item-1",
    ]


def test_the_promises_of_the_whole_keep_that_order_whatever_they_go_back_to() -> None:
    consultation, roadmap = make_consultation_to_export(), make_roadmap(2027)
    statement = make_statement(consultation)
    nine, two, four = (make_commitment(roadmap, number=number) for number in (9, 2, 4))
    for commitment in (nine, two):
        cite(commitment, statement=statement)
    for commitment in (four, nine):
        cite(commitment, consultation=consultation)

    found = outcomes.promises(outcomes.of(consultation))

    assert [one["url"].rpartition("-")[2] for one in found] == ["2", "4", "9"]


def test_a_late_commitment_is_told_as_late() -> None:
    consultation = make_consultation_to_export()
    cite(make_commitment(due_on="2020-01-01"), consultation=consultation)

    (outcome,) = outcomes.of(consultation)[""]

    assert (outcome.status, outcome.status_label) == ("late", "Late")


def test_an_unpublished_roadmap_and_a_hidden_comment_tell_nothing() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    comment = make_comment(consultation, person, publication_status=PublicationStatus.HIDDEN)
    commitment = make_commitment()
    cite(commitment, contribution=comment)
    cite(commitment, consultation=consultation)

    assert set(outcomes.of(consultation)) == {""}

    RoadmapPage.objects.update(live=False)

    assert outcomes.of(consultation) == {}


def test_nothing_is_cited_that_readers_cannot_find() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    hidden = make_comment(consultation, person, publication_status=PublicationStatus.HIDDEN)
    reply = make_comment(consultation, person, parent=hidden)
    commitment = make_commitment()
    cite(commitment, contribution=reply)
    cite(commitment, contribution=make_comment(consultation, person))
    cite(commitment, consultation=consultation)

    assert EvidenceLink.objects.public().count() == 2

    PageViewRestriction.objects.create(page=consultation, restriction_type="login")

    assert not EvidenceLink.objects.public().exists()


def test_a_roadmap_that_is_not_for_everybody_tells_nothing() -> None:
    consultation, roadmap = make_consultation_to_export(), make_roadmap()
    cite(make_commitment(roadmap), consultation=consultation)
    PageViewRestriction.objects.create(page=roadmap, restriction_type="login")

    assert outcomes.of(consultation) == {}


def test_the_commitments_of_a_year_are_open_data(client: Client) -> None:
    make_commitment(make_roadmap(2027), planned="1000.50", **in_every_language(title="=1+1"))

    response = client.get("/en/roadmap/2027/commitments.csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    keys, _english, _spanish, row = csv.reader(io.StringIO(text))
    told = dict(zip(keys, row, strict=True))
    assert (told["number"], told["led_by"], told["planned"]) == ("1", "alder", "1000.50")
    assert told["title_en"] == told["title_es"] == "'=1+1"


def test_a_year_without_a_published_roadmap_has_no_open_data(client: Client) -> None:
    make_roadmap(2027, live=False)

    assert client.get("/en/roadmap/2027/commitments.csv").status_code == 404
    assert client.get("/en/roadmap/2020/commitments.csv").status_code == 404
