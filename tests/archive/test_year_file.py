"""Everything public of a year as one file: what readers could see, and nothing beside it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from consultations.roadmap.models import Commitment, RoadmapPage
from home.archive.packages import pieces_of
from home.parity.years import years_of
from partnership.pages.languages import CODES
from partnership.serving import public_changed
from tests.factories.alerts import make_alert
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.committees import add_meeting, make_committee
from tests.factories.drills import make_drill, make_observation
from tests.factories.events import in_every_language, make_event, make_past_event
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
)
from tests.factories.home import make_story
from tests.factories.knowledge import make_case, make_practice
from tests.factories.news import put_the_clock_at
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

#: Noon in the middle of a year: what was three hours ago was this year, too.
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
THIS_YEAR = NOW.year


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The same moment whenever the tests run, also in the first hours of a year."""
    put_the_clock_at(NOW, monkeypatch)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.OPEN_DATA_ROOT = tmp_path / "open-data"
    return tmp_path / "open-data"


@pytest.fixture
def page_cache(settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": "pages"}}


def fetched(client, year=THIS_YEAR, code="en"):
    with translation.override(code):
        response = client.get(reverse("year_file", args=(year,)))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(files, name):
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))


def in_this_year(**fields):
    """Something that is over."""
    start = timezone.now() - timedelta(hours=3)
    return {"starts_at": start, "ends_at": start + timedelta(hours=1), **fields}


# What is in it ------------------------------------------------------------------------------------


def test_it_holds_what_was_held_promised_decided_and_learned(client):
    alder, _puerto = city_pair()
    event = make_event(title="Festival", cities=[alder], **in_this_year())
    make_commitment(make_roadmap(year=THIS_YEAR), title="One form")
    today = timezone.localdate()
    add_meeting(make_committee(), "We meet in spring.", held_on=today)
    add_lesson(make_debrief(event, held_on=today), "Call first.")
    seen = make_observation(make_drill(**in_this_year()), "Nobody called")
    type(seen.review).objects.update(held_on=today)
    make_story("A ramp", told_on=today, commitment=Commitment.objects.get())

    files = unpacked(fetched(client))

    assert {row["title_en"] for row in rows(files, "events")} >= {"Festival", "High water"}
    festival = next(row for row in rows(files, "events") if row["title_en"] == "Festival")
    assert (festival["cities"], festival["url_es"]) == ("alder", event.full_url_in("es"))
    assert [row["title_es"] for row in rows(files, "commitments")] == ["One form"]
    assert [row["text_en"] for row in rows(files, "decisions")] == ["We meet in spring."]
    assert [row["text_es"] for row in rows(files, "lessons")] == ["Call first."]
    assert [row["text_en"] for row in rows(files, "observations")] == ["Nobody called"]
    [story] = rows(files, "stories")
    assert (story["title_es"], story["intro_en"]) == ("A ramp", "A sentence became a ramp.")
    assert (story["roadmap"], story["commitment"]) == (str(THIS_YEAR), "1")


def test_a_story_names_no_promise_that_readers_do_not_find(client):
    make_story("A ramp", told_on=NOW.date(), commitment=make_commitment())
    RoadmapPage.objects.update(live=False)

    [story] = rows(unpacked(fetched(client)), "stories")

    assert (story["roadmap"], story["commitment"]) == ("", "")


@pytest.mark.both
def test_it_holds_the_public_export_of_every_consultation_that_closed(client):
    alder, _puerto = city_pair()
    closed = make_consultation_to_export("safe-routes")
    make_comment(closed, make_people(1, alder)[0], "A comment for all")
    make_open_consultation_to_export()
    year = closed.closes_at.year

    files = unpacked(fetched(client, year))

    name = f"consultation-{closed.pk}"
    assert [row["text"] for row in rows(files, f"{name}.comments")] == ["A comment for all"]
    assert len([each for each in files if each.endswith(".comments.csv")]) == 1
    assert str(closed.pk) in {row["number"] for row in rows(files, "consultations")}


def test_it_says_itself_what_is_in_it_and_whether_it_is_whole(client):
    make_event(**in_this_year())

    files = unpacked(fetched(client))

    assert {f"README.{code}.md" for code in CODES} < set(files)
    told = {(row["table"], row["column"]) for row in rows(files, "codebook")}
    assert {("events", "title_en"), ("lessons", "state"), ("decisions", "text_es")} <= told
    manifest = json.loads(files["manifest.json"])
    assert (manifest["year"], manifest["profile"]) == (THIS_YEAR, "public")
    resources = json.loads(files["datapackage.json"])["resources"]
    licences = {each["name"]: each.get("licenses", [{}])[0].get("name") for each in resources}
    assert licences["events"] == "CC-BY-4.0"


def test_another_year_is_another_file(client):
    make_event(title="Now", **in_this_year())
    long_ago = timezone.now() - timedelta(days=731)
    make_event(title="Then", starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    roadmap = make_roadmap(year=THIS_YEAR)
    make_commitment(roadmap)

    files = unpacked(fetched(client, long_ago.year))

    assert [row["title_en"] for row in rows(files, "events")] == ["Then"]
    assert "commitments.csv" not in files
    assert client.get(f"/en/open-data/{long_ago.year - 1}.zip").status_code == 404
    assert client.get(f"/en/open-data/{THIS_YEAR + 1}.zip").status_code == 404
    assert client.get(f"/en/open-data/{'9' * 30}.zip").status_code == 404


@pytest.mark.both
def test_the_year_begins_on_the_clock_of_the_first_city(client):
    alder, _puerto = city_pair()
    start = datetime(THIS_YEAR - 1, 12, 31, 23, 30, tzinfo=UTC)
    make_event(title="New Year", starts_at=start, ends_at=start + timedelta(hours=3))

    titles = {row["title_en"] for row in rows(unpacked(fetched(client)), "events")}

    assert ("New Year" in titles) == (start.astimezone(ZoneInfo(alder.time_zone)).year == THIS_YEAR)


# What is not --------------------------------------------------------------------------------------


def test_nothing_is_in_it_that_readers_do_not_see(client):
    alder, _puerto = city_pair()
    make_event(title="Seen", **in_this_year())
    make_event(title="Secret draft", live=False, **in_this_year())
    locked = make_event(title="Secret room", local_slug="room", **in_this_year())
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    consultation = make_consultation_to_export("secret-asking")
    make_comment(consultation, make_people(1, alder)[0], "Secret comment")
    PageViewRestriction.objects.create(page=consultation, restriction_type="login")
    roadmap = make_roadmap(year=THIS_YEAR)
    make_commitment(roadmap, title="Secret promise")
    PageViewRestriction.objects.create(page=roadmap, restriction_type="login")
    hidden = make_debrief(make_past_event(), is_published=False, held_on=timezone.localdate())
    add_lesson(hidden, "Secret lesson")
    review = make_observation(make_drill(**in_this_year()), "Secret observation").review
    type(review).objects.update(held_on=timezone.localdate(), is_published=False)
    committee = make_committee(live=False)
    add_meeting(committee, "Secret decision", held_on=timezone.localdate())

    files = unpacked(fetched(client)) | unpacked(fetched(client, consultation.closes_at.year))

    assert any("Seen" in text for text in files.values())
    assert [name for name, text in files.items() if "Secret" in text] == []


def test_words_of_editors_calculate_nothing(client):
    make_event(title="=1+1", local_slug="sum", **in_this_year())

    assert "'=1+1" in {row["title_en"] for row in rows(unpacked(fetched(client)), "events")}


# Kept, and found ----------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.usefixtures("page_cache")
def test_a_file_is_made_once_in_all_languages_and_anew_when_anything_changes(
    client, folder, django_capture_on_commit_callbacks
):
    make_event(title="First", **in_this_year())
    first = fetched(client)

    assert fetched(client, code="es") == first
    assert len(list(folder.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Second", local_slug="second", **in_this_year())
        public_changed()
    assert b"".join(pieces_of_now()) == fetched(client) != first
    assert fetched(client) == b"".join(pieces_of_now())


@pytest.mark.usefixtures("page_cache")
def test_a_kept_file_costs_few_queries_and_a_consultation_that_closes_makes_a_new_one(
    client, folder, django_assert_max_num_queries
):
    consultation = make_open_consultation_to_export()
    fetched(client)
    with django_assert_max_num_queries(5):
        fetched(client)
    over = timezone.now() - timedelta(seconds=1)
    type(consultation).objects.filter(pk=consultation.pk).update(closes_at=over)

    files = unpacked(fetched(client, over.year))

    assert f"consultation-{consultation.pk}.comments.csv" in files


def pieces_of_now():
    return pieces_of(THIS_YEAR, years_of(city_pair()), timezone.localdate())


@pytest.mark.both
def test_the_same_rows_make_the_same_bytes():
    make_event(**in_this_year())

    assert b"".join(pieces_of_now()) == b"".join(pieces_of_now())


def test_it_comes_in_pieces_as_it_is_read():
    for number in range(40):
        text = in_every_language("summary", "".join(f"{number * n:x}" for n in range(4000)))
        make_event(title=f"E{number}", local_slug=f"e{number}", **text, **in_this_year())

    pieces = [len(piece) for piece in pieces_of_now()]

    assert max(pieces) < sum(pieces) / 2


def test_a_year_of_several_events_stays_within_its_queries(django_assert_max_num_queries):
    many = 3
    for number in range(many):
        drill = make_drill(title=f"D{number}", local_slug=f"d{number}", **in_this_year())
        make_observation(drill)
        add_lesson(make_debrief(drill, held_on=date(THIS_YEAR, 1, 2)))
        make_alert(f"A{number}")
        make_practice(make_case(f"C{number}", slug=f"c{number}"), slug=f"p{number}")
    years = years_of(city_pair())

    with django_assert_max_num_queries(16 + 6):  # one for each table of what else a year left
        list(pieces_of(THIS_YEAR, years, timezone.localdate()))


@pytest.mark.both
def test_the_page_of_open_data_and_the_lessons_lead_to_it(client):
    long_ago = timezone.now() - timedelta(days=731)
    make_event(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))

    page = client.get("/en/open-data/").content.decode()

    for year in range(long_ago.year, THIS_YEAR + 1):
        assert f'href="/en/open-data/{year}.zip"' in page
    assert 'id="years"' in page
    assert 'href="/en/open-data/#years"' in client.get("/en/lessons/").content.decode()


def test_the_page_of_a_roadmap_leads_to_the_file_of_its_year(client):
    """Also of a year in which nothing was asked or held; not of one that has not begun."""
    leads = {}
    for year in (2024, THIS_YEAR, THIS_YEAR + 1):
        make_commitment(make_roadmap(year), title=f"A promise of {year}")
        page = client.get(f"/en/roadmap/{year}/").content.decode()
        leads[year] = f'href="/en/open-data/{year}.zip" rel="nofollow"' in page

    assert leads == {2024: True, THIS_YEAR: True, THIS_YEAR + 1: False}
    [row] = rows(unpacked(fetched(client, 2024)), "commitments")
    assert row["title_en"] == "A promise of 2024"
    assert 'href="/en/open-data/2024.zip"' in client.get("/en/open-data/").content.decode()
    assert client.get("/en/open-data/2025.zip").status_code == 404
