"""Readers find the signed review of a year, as it was signed, from wherever they look for it."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction

from consultations.reviews.models import AnnualReview
from consultations.reviews.services import ask_to_sign
from consultations.reviews.telling import facts_beside, facts_in_words
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership.ledger.models import LedgerEntry
from partnership.pages import finding
from partnership.pages.languages import localized
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.delivery import make_line
from tests.factories.promises import YEAR
from tests.factories.reviews import make_draft, make_review, sign_by_all
from tests.factories.risks import make_risk
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db
LAST = YEAR - 1
PAGE = f"/en/roadmap/{LAST}/review/"
TWIN = f"/es/hoja-de-ruta/{LAST}/revision/"
ROADMAP = f"/en/roadmap/{LAST}/"


def body(client, url=PAGE):
    return client.get(url).content.decode()


def file(client):
    """The review as CSV."""
    found = client.get(f"{ROADMAP}data/review.csv")
    return b"".join(found.streaming_content).decode("utf-8-sig")


def whole(promise, **fields):
    """A signed review of a promise with money, a risk and a lesson."""
    make_line(promise, planned=Decimal("100.10"), spent=Decimal("12.34"))
    make_risk(threatens=[promise])
    add_lesson(make_debrief(commitment=promise, is_published=True), "Ask the masons first")
    return make_review(promise.roadmap, **fields)


def test_the_page_tells_what_was_signed_and_who_signed(client, promise):
    whole(promise, verdict="partly_kept")

    html = body(client)

    assert f"<h1>Review of the year {LAST}</h1>" in html
    for words in ("Text of foreword.", "Text of went_badly.", "As planned.", "A storm surge"):
        assert words in html
    assert "Ask the masons first" in html
    assert "€100.10" in html
    assert f'href="{ROADMAP}#item-1">1. A ramp</a>' in html
    assert "Partly kept" in html
    assert f"Entry {LedgerEntry.objects.get().number} of the open ledger" in html
    assert "Every city had signed it, in every language" in html


def test_no_two_landmarks_of_the_page_have_the_same_name(client, promise):
    whole(promise)

    landmarks = BeautifulSoup(body(client), "html.parser").select("section, [role=region]")
    names = [each.get("aria-labelledby") for each in landmarks]

    assert {"kept", "promises", "money", "risks"} <= {*names}
    assert len(names) == len({*names})


def test_it_has_its_twin_and_both_are_in_the_sitemap(client, promise):
    make_review(promise.roadmap)

    assert f'hreflang="es" href="http://testserver{TWIN}"' in body(client)
    assert f"<h1>Revisión del año {LAST}</h1>" in body(client, TWIN)
    sitemap = body(client, "/sitemap.xml")
    assert f"<loc>http://testserver{PAGE}</loc>" in sitemap
    assert f"<loc>http://testserver{TWIN}</loc>" in sitemap


@pytest.mark.both
def test_it_stays_as_it_was_signed(client, promise):
    whole(promise)
    before = body(client)

    other = in_every_language(title="Another name")
    late = {"due_on": promise.due_on - timedelta(days=90), "status": "in_progress"}
    Commitment.objects.update(planned=999, **other, **late)

    assert body(client) == before


def test_nobody_reads_it_before_it_is_signed_nor_where_the_roadmap_is_not_read(
    client, promise, people
):
    review = make_draft(promise.roadmap)
    ask_to_sign(review, by=people.alder)
    for url in (PAGE, TWIN, f"{ROADMAP}data/review.csv"):
        assert client.get(url).status_code == 404
    assert "review" not in body(client, "/sitemap.xml")
    assert "the review of" not in body(client, ROADMAP)

    AnnualReview.objects.all().delete()
    make_review(promise.roadmap)
    assert client.get(PAGE).status_code == 200
    PageViewRestriction.objects.create(page=promise.roadmap, restriction_type="login")
    assert client.get(PAGE).status_code == 404
    PageViewRestriction.objects.all().delete()
    RoadmapPage.objects.update(live=False)
    assert client.get(PAGE).status_code == 404


def test_a_draft_judges_no_promise_on_the_roadmap_nor_in_its_files(client, promise):
    make_draft(promise.roadmap, verdict="not_kept")

    whole_year = client.get(reverse("roadmap_json", args=(LAST,))).getvalue()

    assert "Not kept" not in body(client, ROADMAP)
    assert b"not_kept" not in whole_year
    assert b"A ramp" in whole_year


def test_a_risk_or_a_lesson_that_readers_do_not_know_is_in_no_review(client, promise):
    make_risk("A secret surge", threatens=[promise], is_published=False)
    add_lesson(make_debrief(commitment=promise, is_published=False), "A secret lesson")

    review = make_review(promise.roadmap)

    assert review.figures["risks"] == []
    assert "secret" not in body(client)


def test_the_ledger_names_no_review_of_a_year_that_readers_do_not_know(client, promise):
    make_review(promise.roadmap)
    named = body(client, "/en/ledger/")
    RoadmapPage.objects.update(live=False)

    assert f"Review of the year {LAST}" in named
    assert f"Review of the year {LAST}" not in body(client, "/en/ledger/")


def test_the_roadmap_its_promise_and_the_year_after_lead_to_it(client, promise):
    make_review(promise.roadmap, verdict="not_kept")
    make_roadmap(YEAR)

    own, after = body(client, ROADMAP), body(client, f"/en/roadmap/{YEAR}/")

    assert f'href="{PAGE}">What became of it: the review of {LAST}</a>' in own
    verdict = f'href="{PAGE}#item-1" aria-describedby="item-1-title">What the review said:</a>'
    assert verdict in own
    assert "Not kept" in own
    assert f'href="{PAGE}">What came before: the review of {LAST}</a>' in after


def test_promises_are_counted_by_the_city_that_leads_and_once_together(client, roadmap, cities):
    alder, puerto = cities
    make_commitment(roadmap, led_by=[alder])
    make_commitment(roadmap, led_by=[alder, puerto])
    make_review(roadmap)

    page = client.get(PAGE)
    context = page.context["summary"]

    def numbers(cells):
        return [number for _label, number in cells]

    assert [(row["head"], numbers(row["cells"])) for row in context["rows"]] == [
        ("Alder Bay", [2, 0, 0, 0]),
        ("Puerto Almendro", [1, 0, 0, 0]),
    ]
    assert numbers(context["whole"]) == [2, 0, 0, 0]
    head = 'data-head="Carried over">0'
    assert page.content.decode().count(head) == 3


def test_small_groups_stay_kept_back(client, promise, monkeypatch):
    from consultations.reviews import figures

    rows = [
        {"measure": "people", "city": "alder", "number": 1234},
        {"measure": "people", "city": "elsewhere", "number": None},
    ]
    monkeypatch.setattr(figures, "_participation", lambda _year: iter(rows))
    make_review(promise.roadmap)

    html = body(client)

    assert "1,234" in html
    assert "kept back" in html


def test_where_it_goes_on_is_told_once_readers_know_it(client, promise):
    goal = make_commitment(make_roadmap(YEAR, live=False), title="The ramp again")
    draft = make_draft(promise.roadmap, verdict="carried_over")
    draft.judgements.model.objects.update(carried_into=goal)
    sign_by_all(AnnualReview.objects.get())

    assert "The ramp again" not in body(client)
    assert f",{YEAR}-1," not in file(client)
    RoadmapPage.objects.update(live=True)
    assert f",{YEAR}-1," in file(client)
    assert f'href="/en/roadmap/{YEAR}/#item-1">{YEAR}, The ramp again</a>' in body(client)


def test_what_every_city_signed_to_be_carried_over_is_late_no_more(client, roadmap, promise):
    kept = make_commitment(roadmap, status="completed", finished_on=promise.due_on)
    goal = make_commitment(make_roadmap(YEAR), title="The ramp again")
    draft = make_draft(roadmap, verdict="carried_over")
    draft.judgements.model.objects.update(carried_into=goal)
    before = Commitment.objects.late(date(YEAR, 6, 1)).count()

    sign_by_all(AnnualReview.objects.get(), today=date(YEAR, 1, 12))

    found = dict(Commitment.objects.values_list("pk", "status"))
    assert (before, found[promise.pk], found[kept.pk]) == (1, "continued", "completed")
    html = client.get(ROADMAP).content.decode()
    assert html.count(f'href="/en/roadmap/{YEAR}/#item-1">It goes on in {YEAR}, item 1</a>') == 2


@pytest.mark.both
def test_the_search_finds_it_once_it_is_signed(promise, people):
    draft = make_draft(promise.roadmap, went_well="Masonry")
    assert finding.find("masonry", language="en") == []

    sign_by_all(draft)

    (found,) = finding.find("masonry", language="en")
    assert [told.url for told in found.told] == [PAGE]


@pytest.mark.both
def test_the_signed_review_is_open_data(client, promise):
    whole(promise)

    text = b"".join(client.get(f"{ROADMAP}data/review.csv").streaming_content).decode("utf-8-sig")
    told = json.loads(b"".join(client.get(f"{ROADMAP}roadmap.json").streaming_content))

    keys, _english, _spanish, row = csv.reader(io.StringIO(text))
    said = dict(zip(keys, row, strict=True))
    assert (said["verdict"], said["led_by"], said["open_risks"]) == ("kept", "alder", "1")
    assert (said["planned"], said["spent"], said["currency"]) == ("100.10", "12.34", "EUR")
    assert told["tables"]["review"]["rows"][0][localized("why", "en")] == "As planned."


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(client, roadmap, django_assert_num_queries, number):
    for _each in range(number):
        promise = make_commitment(roadmap)
        make_risk(threatens=[promise])
        make_line(promise)
    make_review(roadmap)
    client.get(PAGE)

    with django_assert_num_queries(11):
        html = body(client)

    assert html.count("As planned.") == number


@pytest.mark.parametrize(
    ("status", "finished_on", "verdict", "is_told"),
    [
        ("completed", "2025-06-21", "kept", False),
        ("cancelled", "2025-09-29", "not_kept", False),
        ("continued", None, "carried_over", False),
        ("continued", None, "not_kept", True),
        ("in_progress", None, "partly_kept", True),
        ("completed", None, "kept", True),
    ],
)
def test_how_a_promise_stood_is_said_only_where_nothing_else_says_it(
    status, finished_on, verdict, is_told
):
    facts = {
        "status": status,
        "due_on": "2025-06-30",
        "first_due_on": None,
        "finished_on": finished_on,
        "late_days": 0,
        "money": [],
        "indicators": [],
        "evidence": 0,
        "open_risks": 0,
        "led_by": [],
    }

    beside, signed = facts_beside(verdict, facts), facts_in_words(facts)

    assert (beside == signed) is is_told
    assert set(signed) - set(beside) <= {str(CommitmentStatus(status).label)}
    assert "Due on 30 June 2025" in beside
