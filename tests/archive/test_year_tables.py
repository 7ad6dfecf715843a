"""What else a year left: checklists, official answers, practices, cases, programmes, alerts."""

import json
from datetime import date, timedelta

import pytest

from events.drills.services import tick
from home.knowledge.models import PracticePage
from tests.archive.test_year_file import (  # noqa: F401 - two of them are fixtures
    NOW,
    THIS_YEAR,
    clock,
    fetched,
    folder,
    in_this_year,
    pieces_of_now,
    rows,
    unpacked,
)
from tests.factories.alerts import make_alert
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.drills import make_drill
from tests.factories.events import in_every_language
from tests.factories.exports import make_comment, make_people, make_statement
from tests.factories.initiatives import make_programme
from tests.factories.knowledge import make_case, make_practice
from tests.factories.official import (
    make_answer,
    make_closed_consultation,
    make_theme,
    sign_and_publish,
)
from tests.factories.partners import make_partner
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_protocol, make_version
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


def test_it_holds_the_checklists_of_drills_with_offices_and_instants_and_no_names(client):
    alder, _puerto = city_pair()
    drill = make_drill("Call", "Warn", cities=[alder], **in_this_year())
    make_drill("Hush", title="Draft", local_slug="draft", live=False, **in_this_year())
    person = ResidentFactory(name="Tess Tickler", is_staff=True)
    first = drill.items.get(number=1)
    type(first).objects.filter(pk=first.pk).update(**in_every_language("role", "Duty officer"))
    tick(first, by=person)

    files = unpacked(fetched(client))

    done, still_to_do = rows(files, "checklists")
    assert (done["drill"], done["cities"], done["number"]) == (str(drill.pk), "alder", "1")
    assert (done["text_es"], done["role_en"]) == ("Call", "Duty officer")
    assert done["done_at"] == "2026-06-15T12:00:00+00:00"
    assert (still_to_do["text_en"], still_to_do["done_at"]) == ("Warn", "")
    assert ("checklists", "role_es") in {
        (row["table"], row["column"]) for row in rows(files, "codebook")
    }
    assert [name for name, text in files.items() if "Tickler" in text or "Hush" in text] == []


@pytest.mark.both
def test_it_holds_what_the_cities_answered_and_warned_of(client):
    consultation = make_closed_consultation()
    statement = make_statement(consultation)
    comment = make_comment(consultation, make_people(1, city_pair()[0])[0], "A comment for all")
    theme = make_theme(consultation, "Crossings")
    promise = make_commitment(make_roadmap(year=THIS_YEAR))
    make_answer(consultation, statement=statement, state="accepted").commitments.add(promise)
    make_answer(consultation, contribution=comment, state="declined")
    make_answer(consultation, theme=theme)
    assert [*rows(unpacked(fetched(client)), "answers")] == []
    sign_and_publish(consultation.answer_sheet)
    make_alert("Keep away", cities=city_pair()[:1])

    files = unpacked(fetched(client))

    by_target = {row["answers"]: row for row in rows(files, "answers")}
    assert set(by_target) == {"statement", "contribution", "theme"}
    first = by_target["statement"]
    assert (first["consultation"], first["target"]) == (str(consultation.pk), str(statement.number))
    assert (first["state"], first["text_es"]) == ("accepted", "We do it next year.")
    assert first["commitments"] == f"{THIS_YEAR}-{promise.number}"
    [said] = rows(files, f"consultation-{consultation.pk}.comments")
    assert (by_target["contribution"]["target"], said["text"]) == (said["key"], "A comment for all")
    assert by_target["theme"]["theme_en"] == "Crossings"
    [alert] = rows(files, "alerts")
    assert (alert["title_es"], alert["cities"], alert["ended_at"]) == ("Keep away", "alder", "")


def test_it_holds_practices_with_their_cases_and_what_ran(client):
    told = make_case(outcome="failed", ended_on=NOW.date(), cost="1200.50")
    hidden = make_case("Secret", live=False, ended_on=NOW.date())
    users = {"used_in": city_pair(), "partners": [make_partner("Bridge House")]}
    users["partners"].append(make_partner("Secret house", is_published=False))
    words = in_every_language("used_by", "Both libraries")
    practice = make_practice(told, hidden, **users, **words)
    PracticePage.objects.update(first_published_at=NOW)
    make_case("Long ago", ended_on=date(THIS_YEAR - 2, 5, 1))
    make_programme(starts_on=date(THIS_YEAR - 3, 1, 1), ends_on=date(THIS_YEAR, 1, 1))
    make_programme(
        slug="old", starts_on=date(THIS_YEAR - 3, 1, 1), ends_on=date(THIS_YEAR - 1, 1, 1)
    )
    make_programme(slug="next", starts_on=date(THIS_YEAR + 1, 1, 1))

    files = unpacked(fetched(client))

    [row] = rows(files, "practices")
    assert (row["number"], row["used_by_es"]) == (str(practice.pk), "Both libraries")
    assert (row["used_in"], row["partners_es"]) == ("alder|puerto", "Bridge House")
    assert (row["cases"], row["url_es"]) == (str(told.pk), practice.full_url_in("es"))
    [case] = rows(files, "cases")
    assert (case["number"], case["outcome"], case["cost"]) == (str(told.pk), "failed", "1200.50")
    assert [each["starts_on"] for each in rows(files, "initiatives")] == [f"{THIS_YEAR - 3}-01-01"]
    licences = {
        each["name"]: each["licenses"][0]["name"]
        for each in json.loads(files["datapackage.json"])["resources"]
        if each.get("licenses")
    }
    names = {"answers", "practices", "cases", "initiatives", "alerts", "checklists"}
    assert {licences[name] for name in names} == {"CC-BY-4.0"}
    assert names <= {row["table"] for row in rows(files, "codebook")}


def test_a_lesson_names_the_version_that_readers_can_open(client):
    version = make_version(make_protocol("Class exchanges"))
    debrief = make_debrief(held_on=NOW.date())
    add_lesson(debrief, taken_up_on=NOW.date(), taken_up_version=version)

    [lesson] = rows(unpacked(fetched(client)), "lessons")
    type(version.protocol).objects.update(live=False)
    [hidden] = rows(unpacked(b"".join(pieces_of_now())), "lessons")

    assert (lesson["protocol_es"], lesson["version"]) == ("Class exchanges", "1")
    assert (hidden["protocol_es"], hidden["version"]) == ("", "")


def test_an_answer_to_what_is_hidden_or_not_over_is_not_in_it(client):
    consultation = make_closed_consultation()
    comment = make_comment(consultation, make_people(1, city_pair()[0])[0], "Words")
    make_answer(consultation, contribution=comment, **in_every_language("text", "Secret one"))
    statement = make_statement(consultation)
    make_answer(consultation, statement=statement, **in_every_language("text", "Secret two"))
    sign_and_publish(consultation.answer_sheet)
    assert len(rows(unpacked(fetched(client)), "answers")) == 2
    for each in (comment, statement):
        type(each).objects.filter(pk=each.pk).update(publication_status="hidden")

    assert rows(unpacked(b"".join(pieces_of_now())), "answers") == []

    for each in (comment, statement):
        type(each).objects.filter(pk=each.pk).update(publication_status="published")
    later = NOW + timedelta(days=3)
    type(consultation).objects.filter(pk=consultation.pk).update(closes_at=later)
    assert rows(unpacked(b"".join(pieces_of_now())), "answers") == []
