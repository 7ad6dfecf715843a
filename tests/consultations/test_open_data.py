"""What was said in a closed consultation is for everybody to download, and nothing beside it."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from consultations.asking.services import enter_paper
from consultations.enums import PublicationStatus, QuestionType
from consultations.limits import OPEN_DATA
from consultations.models import ConsultationPage, Contribution
from consultations.open_data import keeping
from consultations.snapshots.services import freeze
from partnership.people.models import Resident
from partnership.serving import public_changed, public_forgotten
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

#: Where pages are kept, and with them the version that says what is still true.
kept_pages = pytest.mark.usefixtures("page_cache")
OWN_WORDS = "Only I would say so"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.OPEN_DATA_ROOT = tmp_path / "open-data"
    return tmp_path / "open-data"


@pytest.fixture
def page_cache(settings: Any) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": "pages"}}


def answered(slug: str = "safe-routes", **fields: Any) -> ConsultationPage:
    """A closed consultation with answers in words and choices, votes and a comment."""
    consultation = make_consultation_to_export(slug, **fields)
    for city in city_pair():
        people = make_people(20, city, slug)
        make_answers(_question(consultation, QuestionType.SINGLE_CHOICE, 3), people, "o1")
        make_answers(_question(consultation, QuestionType.LONG_TEXT), people, OWN_WORDS)
        make_votes(_statement(consultation), people, "agree")
        make_comment(consultation, people[0], f"A comment from {city.code}")
    return consultation


def _question(consultation: ConsultationPage, kind: str, options: int = 0) -> Any:
    found = consultation.questions.filter(type=kind).first()
    return found or make_question(consultation, kind, options)


def _statement(consultation: ConsultationPage) -> Any:
    return consultation.statements.first() or make_statement(consultation)


def address(consultation: ConsultationPage, suffix: str = "", code: str = "en") -> str:
    with translation.override(code):
        if not suffix:
            return consultation.open_data_url
        return reverse("consultation_open_data_file", args=(consultation.slug_in(code), suffix))


def fetched(client: Client, consultation: ConsultationPage, suffix: str = "zip") -> bytes:
    response = client.get(address(consultation, suffix))
    assert response.status_code == 200
    return b"".join(response)


def files_in(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_is_nothing_before_the_close_nor_of_what_is_not_public(
    client: Client, unwritten: None
) -> None:
    consultations = [make_open_consultation_to_export(slug="open"), answered("restricted")]
    PageViewRestriction.objects.create(page=consultations[1], restriction_type="login")
    taken_down = make_consultation_to_export("taken-down")
    ConsultationPage.objects.filter(pk=taken_down.pk).update(live=False)

    codes = [
        client.get(address(consultation, suffix)).status_code
        for consultation in (*consultations, taken_down)
        for suffix in ("", "zip", "json")
    ]

    assert set(codes) == {404}
    assert client.get(address(answered("public"), "exe")).status_code == 404


@pytest.mark.both
def test_the_package_says_what_was_asked_said_and_counted(client: Client) -> None:
    consultation = answered()
    snapshot = freeze(consultation)

    files = files_in(fetched(client, consultation))

    assert set(files) == {
        *("questions.csv", "statements.csv", "comments.csv", "results.csv", "codebook.csv"),
        *("datapackage.json", "manifest.json", "README.en.md", "README.es.md"),
    }
    assert next(row["text_es"] for row in rows(files["questions.csv"])) == "What is missing?"
    everybody = [row for row in rows(files["results.csv"]) if not row["split"]]
    chosen = [row for row in everybody if row["option"] == "o1" and row["city"] != "elsewhere"]
    assert [(row["city"], row["value"], row["figures"]) for row in chosen] == [
        ("alder", "20", "shown"),
        ("puerto", "20", "shown"),
    ]
    votes = [row for row in rows(files["statements.csv"]) if row["city"] == "alder"]
    assert [(row["text_en"], row["agree"], row["figures"]) for row in votes] == [
        ("Close the street", "20", "shown")
    ]
    said = {row["text"] for row in rows(files["comments.csv"])}
    assert said == {"A comment from alder", "A comment from puerto"}
    manifest = json.loads(files["manifest.json"])
    assert manifest["final_results"] == {"number": 1, "sha256": snapshot.digest}
    licences = [each["name"] for each in json.loads(files["datapackage.json"])["licenses"]]
    assert licences == ["CC0-1.0", "CC-BY-4.0"]


def test_the_same_is_there_as_json(client: Client) -> None:
    consultation = answered()
    freeze(consultation)

    said = json.loads(fetched(client, consultation, "json"))

    assert set(said["tables"]) == {"questions", "statements", "comments", "results"}
    assert said["profile"] == "public"
    assert len(said["tables"]["comments"]["rows"]) == 2


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_no_answer_stands_in_it_by_itself_and_nobody_by_name(
    client: Client, is_anonymous: bool
) -> None:
    consultation = answered(is_anonymous=is_anonymous)
    freeze(consultation)

    everything = "".join(files_in(fetched(client, consultation)).values())
    everything += fetched(client, consultation, "json").decode()

    assert OWN_WORDS not in everything
    people = Resident.objects.all()
    assert [each for each in people if each.name in everything or each.email in everything] == []


@pytest.mark.both
def test_figures_are_the_final_ones_whatever_came_later(client: Client) -> None:
    consultation = answered()
    freeze(consultation)
    before = fetched(client, consultation)
    question = consultation.questions.get(type=QuestionType.SINGLE_CHOICE)
    enter_paper(
        consultation,
        by=ResidentFactory(is_staff=True),
        sheet="1",
        city=city_pair()[0],
        language_code="en",
        answers={question.identifier: "o3"},
        corrects=True,
        form_token=None,
    )
    make_votes(consultation.statements.get(), make_people(1, city_pair()[0], "late"), "disagree")
    keeping.throw_away()

    assert fetched(client, consultation) == before


@pytest.mark.both
def test_small_groups_are_kept_back_as_in_the_final_results(client: Client) -> None:
    consultation = answered()
    few = make_people(3, city_pair()[0], "few")
    make_votes(make_statement(consultation, "Another"), few, "agree")
    freeze(consultation)

    statements = rows(files_in(fetched(client, consultation))["statements.csv"])

    of_few = [row for row in statements if row["statement"] == "2"]
    assert {(row["agree"], row["votes"], row["figures"]) for row in of_few} == {
        ("", "", "kept_back")
    }


def test_before_there_are_final_results_there_are_words_and_no_figures(client: Client) -> None:
    consultation = answered()

    files = files_in(fetched(client, consultation))
    page = client.get(address(consultation)).content.decode()

    assert "results.csv" not in files
    figures = {(row["agree"], row["figures"]) for row in rows(files["statements.csv"])}
    assert figures == {("", "with_final_results")}
    assert len(rows(files["comments.csv"])) == 2
    assert "They are not published yet." in page


# Kept, and made anew -----------------------------------------------------------------------


@kept_pages
def test_a_file_is_made_once_and_handed_out_again(
    client: Client, folder: Path, django_assert_max_num_queries: Any
) -> None:
    consultation = answered()
    first = fetched(client, consultation)

    with django_assert_max_num_queries(3):
        again = fetched(client, consultation)

    assert again == first
    names = {client.get(address(consultation, "zip"))["Content-Disposition"] for _time in "12"}
    assert names == {f'attachment; filename="{consultation.slug}-open-data.zip"'}
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_bytes() == first


@kept_pages
def test_what_was_hidden_is_gone_from_the_next_file_and_from_the_disk(
    client: Client, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    consultation = answered()
    fetched(client, consultation)
    with django_capture_on_commit_callbacks(execute=True):
        Contribution.objects.filter(text__endswith="alder").update(
            publication_status=PublicationStatus.HIDDEN
        )
        public_changed()

    deleted = keeping.clear_away()

    assert deleted == 1
    said = rows(files_in(fetched(client, consultation))["comments.csv"])
    assert [row["text"] for row in said] == ["A comment from puerto"]
    assert len(list(folder.iterdir())) == 1


@kept_pages
def test_where_words_go_for_good_every_file_goes_at_once(
    client: Client, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    fetched(client, answered())

    with django_capture_on_commit_callbacks(execute=True):
        public_forgotten()

    assert list(folder.iterdir()) == []


def test_a_file_that_broke_off_is_kept_by_nobody(folder: Path) -> None:
    pieces = keeping.made(answered(), "json")
    next(pieces)
    assert len(list(folder.iterdir())) == 1

    pieces.close()  # type: ignore[attr-defined]  # a generator

    assert list(folder.iterdir()) == []


@kept_pages
def test_a_file_during_which_something_changed_is_kept_by_nobody(
    folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    pieces: Iterator[bytes] = keeping.made(answered(), "package")
    next(pieces)
    with django_capture_on_commit_callbacks(execute=True):
        public_changed()

    rest = list(pieces)

    assert rest
    assert list(folder.iterdir()) == []


@kept_pages
def test_files_that_have_to_be_made_are_limited_and_kept_ones_are_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation, other = answered(), answered("other")
    limit = type(OPEN_DATA)("test.open_data", per_person=1, per_address=1, seconds=900)
    monkeypatch.setattr("consultations.open_data.views.OPEN_DATA", limit)
    fetched(client, consultation)

    refused = client.get(address(other, "zip"))

    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "Too many files at once" in refused.content.decode()
    fetched(client, consultation)


# The pages ---------------------------------------------------------------------------------


def test_the_page_leads_to_the_files_in_both_languages(client: Client) -> None:
    consultation = answered()
    freeze(consultation)

    for code in ("en", "es"):
        page = client.get(address(consultation, code=code)).content.decode()
        for suffix in ("zip", "json"):
            assert address(consultation, suffix, code) in page
    assert "/es/consultas/safe-routes/datos-abiertos/" in page


def test_the_closed_consultation_and_its_results_lead_there(client: Client) -> None:
    consultation = answered()
    freeze(consultation)
    still_open = make_open_consultation_to_export(slug="open")

    urls = (consultation.url, f"{consultation.url}results/")
    pages = [client.get(url).content.decode() for url in urls]

    assert [address(consultation) in page for page in pages] == [True, True]
    assert address(still_open) not in client.get(still_open.url).content.decode()


def test_one_page_leads_to_everything_and_every_page_to_it(client: Client) -> None:
    consultation = answered()
    hidden = make_consultation_to_export("hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    make_open_consultation_to_export(slug="open")
    make_commitment()

    page = client.get("/en/open-data/").content.decode()

    assert address(consultation) in page
    assert address(hidden) not in page
    assert "/en/consultations/open/open-data/" not in page
    assert "Each with its questions, figures and comments, as CSV and JSON." in page
    assert "promise by promise (CSV)" in page
    links = (
        *(f"/en/roadmap/{timezone.now().year}/commitments.csv", "/en/events/calendar.ics"),
        *("/en/feed.atom", "/en/events/feed.atom", "/en/ledger/ledger.json", "?city=puerto"),
    )
    assert [link for link in links if link not in page] == []
    assert 'href="/en/open-data/"' in client.get(consultation.url).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    consultations = [make_consultation_to_export(f"closed-{place}") for place in range(number)]
    freeze(consultations[0])
    client.get("/en/open-data/")

    with django_assert_num_queries(11):
        page = client.get("/en/open-data/?again=1").content.decode()
    with django_assert_num_queries(7):
        client.get(address(consultations[0]))

    assert page.count("/open-data/") >= number
