"""Large exports: made by the clock, told, fetched once by their owner, and gone in minutes."""

import hashlib
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from consultations.exports import jobs
from consultations.exports.enums import JobState
from consultations.exports.models import ExportJob, ExportLog
from consultations.exports.refusals import (
    InstantToCome,
    NotForStaff,
    NotToBeFetched,
    ReasonMissing,
)
from consultations.models import ConsultationPage
from consultations.roadmap.groups import ANALYSTS, ensure_groups
from partnership.outbox.models import OutgoingMail
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.exports import make_comment, make_consultation_to_export, make_people
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Everything is large, and files go to a folder of the test."""
    settings.LARGE_EXPORT = 2
    settings.EXPORT_ROOT = tmp_path / "exports"
    return settings.EXPORT_ROOT


@pytest.fixture
def consultation() -> ConsultationPage:
    consultation = make_consultation_to_export()
    for person in make_people(5, city_pair()[0]):
        make_comment(consultation, person)
    return consultation


def analyst() -> Resident:
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=ANALYSTS))
    return person


def asked(consultation: ConsultationPage, **choice: Any) -> ExportJob:
    values = {"file_format": "package", "profile": "public", "tables": (), "by": analyst()}
    return jobs.ask_for(consultation, **{**values, **choice})


def test_a_large_one_is_asked_for_made_told_and_fetched_once(
    client: Client, consultation: ConsultationPage, folder: Path
) -> None:
    person = analyst()
    client.force_login(person)
    form = {"table": "", "file_format": "package", "profile": "public", "reason": ""}

    sent = client.post(f"/admin/exports/{consultation.pk}/", form)
    waiting = client.get(sent.url).content.decode()
    job = jobs.make_next()
    ready = client.get(sent.url).content.decode()
    (path,) = folder.iterdir()
    mode = path.stat().st_mode & 0o777
    file = client.post(sent.url)
    data = b"".join(file.streaming_content)
    again = client.post(sent.url)

    assert "It is being made." in waiting
    assert "Fetch the file" in ready
    assert (mode, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert job is not None
    assert job.rows_done == ExportLog.objects.get().rows == 5
    assert "safe-routes-all-public-package.zip" in file.headers["Content-Disposition"]
    assert "no-store" in file.headers["Cache-Control"]
    log = ExportLog.objects.get()
    assert (log.exported_by, log.sha256) == (person, hashlib.sha256(data).hexdigest())
    assert log.fetched_at is not None
    assert again.status_code == 410
    assert list(folder.iterdir()) == []
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind, mail.expires_at is not None) == (person.email, "export_ready", True)
    assert sent.url in mail.text


def test_what_is_small_comes_at_once(
    client: Client, consultation: ConsultationPage, settings: Any
) -> None:
    settings.LARGE_EXPORT = 10_000
    client.force_login(analyst())
    form = {"table": "words", "file_format": "csv", "profile": "public", "reason": ""}

    answer = client.post(f"/admin/exports/{consultation.pk}/", form)

    assert answer.streaming
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_is_told_that_it_exists(
    method: str, client: Client, consultation: ConsultationPage, folder: Path
) -> None:
    job = asked(consultation)
    jobs.make_next()
    address = f"/admin/exports/made/{job.key}/"

    client.force_login(analyst())
    colleague = getattr(client, method)(address)
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    administrator = getattr(client, method)(address)
    client.force_login(ResidentFactory())
    resident = getattr(client, method)(address)

    assert (colleague.status_code, administrator.status_code) == (404, 404)
    assert resident.status_code in {302, 403}
    assert len(list(folder.iterdir())) == 1


def test_a_reader_of_names_needs_the_right_a_reason_and_both_still_when_it_is_made_and_fetched(
    client: Client, consultation: ConsultationPage
) -> None:
    person = analyst()
    with pytest.raises(NotForStaff):
        asked(consultation, profile="staff", by=ResidentFactory(), reason="Why")
    with pytest.raises(ReasonMissing):
        asked(consultation, profile="staff", by=person)
    job = asked(consultation, profile="staff", by=person, reason="To answer by name.")
    late = asked(consultation, profile="staff", by=person, reason="To answer by name.")
    jobs.make_next()

    person.groups.clear()
    client.force_login(person)
    fetched = client.post(f"/admin/exports/made/{job.key}/")
    made = jobs.make_next()

    assert fetched.status_code in {302, 403}
    assert made == late
    assert (made.state, made.why) == (JobState.FAILED, jobs.NOT_ALLOWED)
    assert OutgoingMail.objects.filter(kind="export_failed").count() == 1


def test_who_may_export_no_more_gets_nothing_that_was_asked_for(
    consultation: ConsultationPage, folder: Path
) -> None:
    person = analyst()
    asked(consultation, by=person)
    person.groups.clear()

    made = jobs.make_next()

    assert (made.state, made.why) == (JobState.FAILED, jobs.NOT_ALLOWED)
    assert not ExportLog.objects.exists()
    assert not folder.exists()


def test_who_lost_the_right_to_names_alone_does_not_fetch_them(
    client: Client, consultation: ConsultationPage
) -> None:
    person = analyst()
    job = asked(consultation, profile="staff", by=person, reason="To answer by name.")
    jobs.make_next()
    Group.objects.get(name=ANALYSTS).permissions.remove(
        Permission.objects.get(codename="export_staff_profile")
    )
    client.force_login(person)

    refused = client.post(f"/admin/exports/made/{job.key}/")

    job.refresh_from_db()
    assert (refused.status_code, job.state) == (403, JobState.READY)


def test_only_who_asked_for_a_file_fetches_it(consultation: ConsultationPage) -> None:
    asked(consultation)
    job = jobs.make_next()

    with pytest.raises(NotToBeFetched):
        jobs.fetch(job, by=analyst())

    assert jobs.fetch(job, by=job.asked_by).read()


def test_the_list_names_the_files_of_its_reader_only(
    client: Client, consultation: ConsultationPage
) -> None:
    job = asked(consultation)
    lists = []

    for person in (analyst(), job.asked_by):
        client.force_login(person)
        lists.append(client.get("/admin/exports/").content.decode())

    assert [str(job.key) in shown for shown in lists] == [False, True]


def test_after_its_minutes_it_is_gone(consultation: ConsultationPage, folder: Path) -> None:
    job = asked(consultation)
    jobs.make_next()
    ExportJob.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    job.refresh_from_db()

    with pytest.raises(NotToBeFetched):
        jobs.fetch(job, by=job.asked_by)
    cleared = jobs.clear_away()

    job.refresh_from_db()
    assert (cleared, job.state) == (1, JobState.EXPIRED)
    assert list(folder.iterdir()) == []


def test_files_that_belong_to_nothing_are_cleared_away_and_others_stay(
    consultation: ConsultationPage, folder: Path
) -> None:
    asked(consultation)
    jobs.make_next()
    (folder / "left-behind.1.part").write_bytes(b"half")

    assert jobs.clear_away() == 1
    assert len(list(folder.iterdir())) == 1


def test_what_is_being_written_is_not_cleared_away(
    consultation: ConsultationPage, folder: Path
) -> None:
    job = asked(consultation)
    ExportJob.objects.update(state=JobState.RUNNING, attempts=1, alive_at=timezone.now())
    job.refresh_from_db()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{job.path.name}.part").write_bytes(b"half")

    assert jobs.clear_away() == 0


def test_what_was_erased_takes_an_export_from_under_the_hands_of_whoever_makes_it(
    consultation: ConsultationPage,
) -> None:
    job = asked(consultation)
    ExportJob.objects.update(state=JobState.RUNNING, attempts=1, alive_at=timezone.now())

    jobs.throw_away([consultation.pk])

    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_one_that_a_stop_left_behind_is_made_again_the_same(
    consultation: ConsultationPage, folder: Path
) -> None:
    job = asked(consultation)
    whole = jobs.make_next()
    assert whole is not None
    before = whole.path.read_bytes()
    # As a kill -9 leaves it: running, half a file, and then nothing more is heard.
    whole.path.unlink()
    (folder / f"{job.key}.1.part").write_bytes(before[:100])
    silent = timezone.now() - jobs.SILENCE - timedelta(seconds=1)
    make_comment(consultation, make_people(1, None, "late")[0], "Came in between")

    ExportJob.objects.update(state=JobState.RUNNING, alive_at=timezone.now())
    assert jobs.make_next() is None  # somebody may still be at it
    ExportJob.objects.update(alive_at=silent)
    again = jobs.make_next()

    assert again is not None
    assert (again.state, again.attempts) == (JobState.READY, 2)
    assert again.path.read_bytes() == before


def test_what_cannot_be_written_is_tried_three_times_and_then_told(
    client: Client, consultation: ConsultationPage, folder: Path
) -> None:
    folder.write_text("A file where the folder should be.")
    job = asked(consultation)

    states = [jobs.make_next().state for _attempt in range(3)]
    client.force_login(job.asked_by)
    page = client.get(f"/admin/exports/made/{job.key}/").content.decode()

    assert states == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    assert jobs.make_next() is None
    assert "It could not be made, three times in a row." in page
    assert OutgoingMail.objects.get().kind == "export_failed"
    assert set(ExportLog.objects.values_list("rows", flat=True)) == {None}


def test_a_large_one_is_of_the_instant_that_was_asked_for(consultation: ConsultationPage) -> None:
    as_of = consultation.opens_at + timedelta(days=1)

    asked(consultation, as_of=as_of)
    made = jobs.make_next()

    assert (made.rows_done, made.log.as_of) == (0, as_of)
    with pytest.raises(InstantToCome):
        asked(consultation, as_of=timezone.now() + timedelta(hours=1))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_clocks_make_one_file_and_two_clicks_fetch_it_once(
    consultation: ConsultationPage, run_in_threads: Callable[..., list[Any]]
) -> None:
    job = asked(consultation)

    made = run_in_threads(lambda _number: jobs.make_next(), times=4)
    job.refresh_from_db()

    def click(_number: int) -> int:
        try:
            with jobs.fetch(job, by=job.asked_by) as file:
                return len(zipfile.ZipFile(file).namelist())
        except NotToBeFetched:
            return 0

    fetched = run_in_threads(click, times=8)

    assert [each for each in made if each is not None] == [job]
    assert (job.state, job.attempts) == (JobState.READY, 1)
    assert sorted(fetched) == [0] * 7 + [10]


def test_progress_is_told_while_rows_go_by_and_a_lost_job_is_given_up(
    consultation: ConsultationPage, folder: Path
) -> None:
    job = asked(consultation)
    claimed = jobs._claim()
    seen = []

    def stolen(rows: int) -> None:
        jobs._sign_of_life(claimed, rows)
        seen.append(ExportJob.objects.get().rows_done)
        ExportJob.objects.update(attempts=9)

    jobs._sign_of_life(claimed, 3)
    assert ExportJob.objects.get().percent == 60
    stolen(4)
    with pytest.raises(jobs.LeftToAnother):
        jobs._sign_of_life(claimed, 5)

    assert seen == [4]
    assert claimed == job


def test_nobody_gets_what_became_another_citys_meanwhile(
    client: Client, consultation: ConsultationPage
) -> None:
    alder, puerto = city_pair()
    person = analyst()
    person.edits_for.add(alder)
    waiting, ready = (asked(consultation, by=person) for _job in range(2))
    jobs.make_next()
    consultation.cities = [puerto]
    consultation.save()
    client.force_login(person)

    fetched = [client.post(f"/admin/exports/made/{job.key}/") for job in (waiting, ready)]
    jobs.make_next()

    assert {answer.status_code for answer in fetched} == {403}
    states = set(ExportJob.objects.values_list("state", flat=True))
    assert states == {JobState.READY, JobState.FAILED}
