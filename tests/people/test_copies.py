"""Everything the site holds about somebody, in one file: nothing missing, nobody else in it."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from consultations.models import AnsweredMark, Contribution, Response, Vote
from consultations.moderation.models import Appeal, Decision
from consultations.services import answer, hide_contribution, vote
from partnership.outbox.models import OutgoingMail
from partnership.people import copies
from partnership.people.copies import everything_about
from partnership.people.copy_files import copy_of
from partnership.people.models import Participant, Resident
from tests.factories.cities import CityFactory
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.conftest import confirm_by_password
from tests.people.test_erasure import (  # noqa: F401 - the fixture of who has done everything
    ADDRESS,
    CLUB,
    HELD,
    NAME,
    OWN,
    PUBLIC,
    resident,
)

pytestmark = pytest.mark.django_db

WORK = "what somebody does for the partnership is the partnership's record, not theirs"
RIGHTS = "what an account may do is for administrators to say"
MACHINE = "of the editing screens, forgotten by itself"
#: Tables that point to people and are in nobody's copy, and why.
LEFT_OUT = {
    **dict.fromkeys(("people.Resident_groups", "people.Resident_user_permissions"), RIGHTS),
    **dict.fromkeys(("people.Resident_edits_for", "wagtailcore.APIToken"), RIGHTS),
    **dict.fromkeys(("wagtailadmin.EditingSession", "wagtailadmin.FormState"), MACHINE),
    **dict.fromkeys(
        (
            "alerts.AlertStep",
            *("analysis.CodedText", "analysis.Quote", "analysis.SavedView"),
            *("codes.CodeSheet", "drills.CorrectiveAction", "drills.DrillItem"),
            *("exports.ExportJob", "exports.ExportLog"),
            *("ledger.Approval", "ledger.ApprovalRequest", "ledger.Conclusion"),
            *("moderation.Removal", "pages.BasePage", "pages.LanguageException", "pages.Photo"),
            "risks.RiskOwner",
            *("registrations.GroupMessage", "registrations.PlacesExport"),
            "snapshots.ResultSnapshot",
            *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.ModelLogEntry"),
            *("wagtailcore.PageLogEntry", "wagtailcore.PageSubscription", "wagtailcore.Revision"),
            *("wagtailcore.TaskState", "wagtailcore.UploadedFile", "wagtailcore.WorkflowState"),
            *("wagtaildocs.Document", "wagtailimages.Image"),
        ),
        WORK,
    ),
}


def test_every_table_that_points_to_people_is_told_or_left_out_for_a_reason():
    pointing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for each in model._meta.local_fields
        if each.related_model in (Participant, Resident)
    }

    left_out = pointing - set(copies._held)

    assert left_out == set(LEFT_OUT)


def test_what_is_told_is_named_in_words_that_can_be_translated():
    nameless = [
        f"{held.model._meta.label}.{each.name}"
        for held in copies._held.values()
        for each in held.fields
        if not isinstance(held.label_of(each), Promise)
    ]

    assert nameless == []


def told_about(person: Participant) -> dict[str, list[dict[str, Any]]]:
    return {
        section.key: [{cell.key: cell.value for cell in row} for row in section.rows]
        for section in everything_about(person)
    }


def test_everything_somebody_did_is_in_it(resident):  # noqa: F811 - the fixture
    told = told_about(resident.participant)

    words = repr(told)
    assert [word for word in (NAME, ADDRESS, CLUB, PUBLIC, HELD, OWN) if word not in words] == []
    assert "51.47779" in words
    assert {key: len(rows) for key, rows in told.items()} == {
        "people.resident": 1,
        "account.emailaddress": 1,
        "people.participant": 1,
        "outbox.outgoingmail": 1,
        "consultations.persontakingpart": 1,
        "consultations.response": 1,
        "consultations.answer": 2,
        "consultations.draft": 1,
        "consultations.vote": 1,
        "consultations.statement": 1,
        "consultations.contribution": 3,
        "consultations.earlierwording": 1,
        "consultations.report": 1,
        "official.answerwish": 1,
        "registrations.registration": 2,
        "translations.translation": 1,
    }


def test_nobody_elses_data_is_in_it(resident):  # noqa: F811 - the fixture
    mine = resident.participant
    moderator = ResidentFactory(name="Marta Vigía", email="marta@vigia.example", is_staff=True)
    reply = Contribution.objects.get(text="A reply of others")
    hidden = Contribution.objects.filter(participant=mine, publication_status="pending").first()
    hide_contribution(hidden, by=moderator, reason="It names somebody.")
    for other in (make_participant(), reply.participant):
        vote(Vote.objects.first().statement, participant=other, choice="disagree")
    OutgoingMail.objects.create(kind="reminder", to="else@example.org", subject="Dear else")

    words = repr(told_about(mine))

    others = ("Marta", "vigia", "else@example.org", "Dear else", "A reply of others")
    assert [word for word in others if word in words] == []
    assert resident.password not in words
    assert reply.participant.name not in words
    assert reply.participant.email not in words
    assert "disagree" not in words
    assert "It names somebody." in words


def test_who_has_done_nothing_has_an_account_and_nothing_of_nobody(client):
    paper = make_consultation()
    Response.objects.create(
        consultation=paper, channel="paper", sheet="17", language_code="en", participant=None
    )
    person = ResidentFactory()

    told = told_about(Participant(resident=person))

    assert set(told) == {"people.resident", "account.emailaddress"}
    assert not Participant.objects.exists()


def test_anonymous_answers_are_not_in_it_and_that_they_were_given_is():
    consultation, me = make_consultation(is_anonymous=True), make_participant()
    make_question(consultation, "long_text")
    answer(
        consultation,
        participant=me,
        answers={"q1": "Nearer to the school."},
        language_code="en",
        form_token=None,
    )

    told = told_about(me)

    assert "Nearer" not in repr(told)
    assert len(told["consultations.answeredmark"]) == AnsweredMark.objects.count() == 1


def test_a_code_in_a_mail_is_not_carried_away():
    me = make_participant()
    OutgoingMail.objects.create(
        kind="code", to=me.email, text="1234-5678", expires_at=me.created_at
    )

    (mail,) = told_about(me)["outbox.outgoingmail"]

    assert (mail["kind"], mail["text"], mail["subject"]) == ("code", "", "")


def test_options_are_told_in_words_and_choices_too():
    consultation, me = make_consultation(), make_participant()
    make_question(consultation)
    answer(consultation, participant=me, answers={"q1": "o2"}, language_code="en", form_token=None)
    vote(StatementFactory(consultation=consultation), participant=me, choice="pass")

    sections = {section.key: section for section in everything_about(me)}

    said = {cell.key: cell.words for cell in sections["consultations.answer"].rows[0]}
    voted = {cell.key: cell.words for cell in sections["consultations.vote"].rows[0]}
    assert said["value"] == "o2: Option 2"
    assert (voted["choice"], voted["statement"]) == ("Not sure", "1. Statement 1 (en)")


def test_a_statement_that_was_hidden_since_is_told_by_its_number():
    me, statement = make_participant(), StatementFactory()
    vote(statement, participant=me, choice="agree")
    statement.publication_status = "hidden"
    statement.save()

    (voted,) = told_about(me)["consultations.vote"]

    assert voted["statement"] == "1"


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number_of_rows(number):
    consultation, me = make_consultation(), make_participant()
    for _each in range(number):
        ContributionFactory(consultation=consultation, participant=me)
        statement = StatementFactory(consultation=consultation)
        vote(statement, participant=me, choice="agree")

    with CaptureQueriesContext(connection) as captured:
        told = everything_about(me)

    rows = {section.key: len(section.rows) for section in told}
    assert (rows["consultations.vote"], rows["consultations.contribution"]) == (number, number)
    assert len(captured) == len(copies._held)


# The page -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "votes"),
    [
        ("en", "everything-this-site-holds-about-me", "Votes"),
        ("es", "todo-lo-que-este-sitio-guarda-sobre-mi", "Votos"),
    ],
)
def test_the_file_is_named_and_written_in_the_readers_language(client, code, name, votes):
    person = ResidentFactory(name="<b>Ana</b> & Co")
    me = Participant.objects.of(person)
    vote(StatementFactory(), participant=me, choice="agree")
    client.login(email=person.email, password=PASSWORD)
    with override(code):
        address = reverse("account_copy")

    confirm_by_password(client)
    page = client.get(address).content.decode()
    sent = client.post(address)

    archive = zipfile.ZipFile(BytesIO(sent.content))
    told = json.loads(archive.read(f"{name}.json"))
    read = archive.read(f"{name}.html").decode()
    titles = {section["key"]: section["title"] for section in told["sections"]}
    assert f'filename="{name}.zip"' in sent["Content-Disposition"]
    assert "no-store" in sent["Cache-Control"]
    assert titles["consultations.vote"] == votes
    assert f'<html lang="{code}"' in read
    assert f"<h2>{votes}</h2>" in read
    assert "&lt;b&gt;Ana&lt;/b&gt; &amp; Co" in read
    assert "JSON" in page


@pytest.mark.parametrize("lives_in", ["Asia/Tokyo", None])
def test_the_file_says_by_which_clock_it_tells(monkeypatch, lives_in):
    city = CityFactory(time_zone=lives_in) if lives_in else None
    person = ResidentFactory(city=city, joined_at=datetime(2026, 5, 1, 20, 30, tzinfo=UTC))
    made_at = datetime(2026, 5, 2, 21, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: made_at)

    archive = zipfile.ZipFile(BytesIO(copy_of(Participant.objects.of(person))))

    page, programs = (archive.read(name).decode() for name in sorted(archive.namelist()))
    joined, made = ("2 May 2026, 05:30", "3 May 2026, 06:00")
    if not lives_in:
        joined, made = ("1 May 2026, 20:30", "2 May 2026, 21:00")
    assert joined in page
    assert f">{made}</time>" in page
    assert f"in the time zone {lives_in or 'UTC'};" in page
    assert '"2026-05-01T20:30:00Z"' in programs


def test_it_is_for_who_is_signed_in_and_made_on_asking(client):
    person = ResidentFactory()
    visitor = client.post(reverse("account_copy"))
    client.login(email=person.email, password=PASSWORD)

    left_open = [client.get(reverse("account_copy")), client.post(reverse("account_copy"))]
    confirm_by_password(client)
    page = client.get(reverse("account_copy"))

    assert left_open[0].url.startswith("/en/account/confirm/")
    assert left_open[1].url == reverse("account_copy")
    assert visitor.status_code == 302
    assert reverse("account_login") in visitor.url
    assert page["Content-Type"].startswith("text/html")
    for way in ("account_details", "my_participation"):
        assert reverse("account_copy") in client.get(reverse(way)).content.decode()


def test_who_asks_again_and_again_is_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "own_copy": "1/h/user"}
    client.login(email=ResidentFactory().email, password=PASSWORD)
    confirm_by_password(client)
    client.post(reverse("account_copy"))

    again = client.post(reverse("account_copy"))

    assert again.status_code == 429
    assert "Wait a few minutes" in again.content.decode()


def test_an_appeal_is_in_it():
    me, moderator = make_participant(), make_participant(is_staff=True)
    said = ContributionFactory(participant=me, publication_status="pending")
    hide_contribution(said, by=moderator.resident, reason="It names somebody.")
    Appeal.objects.create(
        decision=Decision.objects.get(), text="I named nobody.", language_code="en"
    )

    told = told_about(me)

    assert told["moderation.appeal"][0]["text"] == "I named nobody."
    assert len(told["moderation.decision"]) == 1
