"""Who may take an export out of the admin, and how it comes."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from consultations.exports.models import ExportLog
from consultations.models import ConsultationPage
from consultations.roadmap.groups import ANALYSTS, EDITORS, ensure_groups
from consultations.snapshots import groups as snapshots
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + timedelta(days=1)
PUBLIC = {"table": "words", "file_format": "csv", "profile": "public", "reason": ""}
STAFF = {**PUBLIC, "profile": "staff", "reason": "To answer people by name."}


def colleague(group: str) -> Resident:
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def consultation() -> ConsultationPage:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    make_comment(consultation, person)
    return consultation


def address(consultation: ConsultationPage) -> str:
    return f"/admin/exports/{consultation.pk}/"


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_an_analyst_finds_the_export_without_any_right_to_edit(
    client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(colleague(ANALYSTS))

    menu = client.get("/admin/").content.decode()
    listed = client.get("/admin/exports/").content.decode()
    form = client.get(address(consultation)).content.decode()

    assert "/admin/exports/" in menu
    assert address(consultation) in listed
    assert "date-time-chooser.js" in form  # or its field breaks in the browser


def test_an_analyst_takes_the_public_profile_away(
    client: Client, consultation: ConsultationPage
) -> None:
    analyst = colleague(ANALYSTS)
    client.force_login(analyst)

    response = client.post(address(consultation), PUBLIC)

    text = body(response)
    assert len(list(csv.reader(io.StringIO(text)))) == 4
    assert "private.example" not in text
    assert "safe-routes-words-public.csv" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    assert ExportLog.objects.values_list("exported_by", "rows").get() == (analyst.pk, 1)


def test_names_need_a_reason_and_the_reason_is_kept(
    client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(colleague(ANALYSTS))

    without = client.post(address(consultation), {**STAFF, "reason": ""})
    told = client.post(address(consultation), STAFF)

    assert without.status_code == 422
    assert "Say why names" in without.content.decode()
    assert "private.example" in body(told)
    assert ExportLog.objects.get().reason == "To answer people by name."


def test_the_staff_profile_is_refused_without_its_own_permission(
    client: Client, consultation: ConsultationPage
) -> None:
    analyst = colleague(ANALYSTS)
    permission = Permission.objects.get(codename="export_staff_profile")
    Group.objects.get(name=ANALYSTS).permissions.remove(permission)
    client.force_login(analyst)

    screen = client.get(address(consultation)).content.decode()
    refused = client.post(address(consultation), STAFF)

    assert 'name="reason"' not in screen
    assert refused.status_code == 403
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_is_refused(method: str, client: Client, consultation: ConsultationPage) -> None:
    client.force_login(colleague(EDITORS))

    response = getattr(client, method)(address(consultation), PUBLIC)

    assert response.status_code == 403
    assert client.get("/admin/exports/").status_code == 403
    assert not ExportLog.objects.exists()


def test_a_resident_and_a_visitor_do_not_come_near(
    client: Client, consultation: ConsultationPage
) -> None:
    visitor = client.post(address(consultation), PUBLIC)
    client.force_login(ResidentFactory())
    resident = client.post(address(consultation), PUBLIC)

    assert {visitor.status_code, resident.status_code} <= {302, 403}
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"file_format": "exe"},
        {"table": "passwords"},
        {"profile": "everything"},
        {"file_format": ""},
    ],
)
def test_a_choice_nobody_offered_is_refused_beside_its_field(
    wrong: dict[str, str], client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(colleague(ANALYSTS))

    response = client.post(address(consultation), {**PUBLIC, **wrong})

    assert response.status_code == 422
    assert not ExportLog.objects.exists()


def test_the_button_is_on_the_consultation_for_whoever_may_export(
    client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))

    editor = client.get(f"/admin/pages/{consultation.pk}/edit/").content.decode()

    assert f'href="{address(consultation)}"' in editor
    assert f'href="{address(consultation)}figures/"' in editor


def test_the_log_is_shown_to_whoever_may_see_it(
    client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(colleague(ANALYSTS))
    body(client.post(address(consultation), STAFF))

    assert "To answer people by name." in client.get("/admin/exports/").content.decode()


def test_the_log_is_not_shown_to_whoever_may_export_and_no_more(
    client: Client, consultation: ConsultationPage
) -> None:
    client.force_login(colleague(ANALYSTS))
    body(client.post(address(consultation), STAFF))
    Group.objects.get(name=ANALYSTS).permissions.remove(
        Permission.objects.get(codename="view_exportlog")
    )

    shown = client.get("/admin/exports/")

    assert shown.status_code == 200
    assert "To answer people by name." not in shown.content.decode()


@pytest.mark.parametrize(
    ("fields", "words", "others"),
    [
        ({}, "Final results", "Figures so far"),
        ({"closes_at": TOMORROW}, "Figures so far", "Final results"),
        ({"closes_at": TOMORROW, "is_anonymous": True}, "After the close", "Figures so far"),
        (
            {"opens_at": TOMORROW, "closes_at": TOMORROW + timedelta(days=1)},
            "After the close",
            "Figures so far",
        ),
    ],
)
def test_figures_are_called_final_only_after_the_close(
    client: Client, fields: dict[str, Any], words: str, others: str
) -> None:
    make_consultation_to_export(**fields)
    analyst = colleague(ANALYSTS)
    snapshots.ensure_groups()
    client.force_login(analyst)

    page = client.get("/admin/exports/").content.decode()
    rows = "".join(re.findall(r"<tr>\s*<td.*?</tr>", page, re.S))

    assert words in rows
    assert others not in rows


def test_the_figures_so_far_are_chosen_for_whoever_may_see_them(client: Client) -> None:
    consultation = make_open_consultation_to_export()
    screen, there = f"{address(consultation)}figures/", f"{address(consultation)}?figures"
    analyst = colleague(ANALYSTS)
    client.force_login(analyst)

    listed = client.get("/admin/exports/").content.decode()
    shown = client.get(screen).content.decode()
    form = client.get(there).context["form"]
    permission = Permission.objects.get(codename="export_staff_profile")
    Group.objects.get(name=ANALYSTS).permissions.remove(permission)
    listed_to_others = client.get("/admin/exports/").content.decode()
    shown_to_others = client.get(screen).content.decode()
    form_of_others = client.get(there).context["form"]

    assert screen in listed
    assert screen in listed_to_others
    assert there in shown
    assert (form["table"].value(), form["profile"].value()) == ("results", "staff")
    assert there not in shown_to_others
    assert form_of_others["profile"].value() == "public"


# Whose it is --------------------------------------------------------------------------------------


def test_an_analyst_exports_nothing_of_another_city_alone(client: Client) -> None:
    alder, puerto = city_pair()
    theirs = make_consultation_to_export(cities=[puerto])
    analyst = colleague(ANALYSTS)
    analyst.edits_for.add(alder)
    client.force_login(analyst)
    ExportLog.objects.create(consultation=theirs, profile="staff", format="csv", tables="comments")

    answers = [client.get(address(theirs)), client.post(address(theirs), STAFF)]
    figures = client.get(f"{address(theirs)}figures/")
    listed = client.get("/admin/exports/").content.decode()

    assert [answer.status_code for answer in (*answers, figures)] == [404, 404, 404]
    assert theirs.title not in listed
    assert ExportLog.objects.count() == 1


@pytest.mark.parametrize("which", [(0,), (0, 1), ()])
def test_an_analyst_exports_what_is_of_ones_own_city_and_what_is_joint(
    client: Client, which: tuple[int, ...]
) -> None:
    cities = city_pair()
    own = make_consultation_to_export(cities=[cities[index] for index in which])
    analyst = colleague(ANALYSTS)
    analyst.edits_for.add(cities[0])
    client.force_login(analyst)

    assert client.post(address(own), STAFF).status_code == 200
    assert own.title in client.get("/admin/exports/").content.decode()


def test_the_places_of_answers_are_as_closed(client: Client) -> None:
    alder, puerto = city_pair()
    analyst = colleague(ANALYSTS)
    analyst.edits_for.add(alder)
    client.force_login(analyst)

    found = [
        client.get(f"/admin/answer-points/{make_consultation_to_export(cities=[city]).pk}/")
        for city in (alder, puerto)
    ]

    assert [answer.status_code for answer in found] == [200, 404]
