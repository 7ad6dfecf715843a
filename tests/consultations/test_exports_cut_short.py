"""A file that waits, or is being made, when somebody erases the account or the clock is killed."""

import os
import signal
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from consultations.exports import jobs
from consultations.exports.enums import JobState
from consultations.exports.models import ExportJob
from consultations.exports.refusals import NotToBeFetched
from consultations.models import ConsultationPage
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.consultations.test_export_jobs import asked
from tests.factories.cities import city_pair
from tests.factories.exports import make_comment, make_consultation_to_export, make_people

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


def erased(person: Resident) -> None:
    erase(person, keep_words=False, email=person.email, form_token=issue(ERASE))


def test_no_file_that_holds_somebody_outlives_their_account(
    client: Client,
    consultation: ConsultationPage,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    job = asked(consultation, profile="staff", reason="To answer by name.")
    jobs.make_next()
    person = Resident.objects.get(email__startswith="person0")
    before = zipfile.ZipFile(next(folder.iterdir())).read("comments.csv").decode()

    with django_capture_on_commit_callbacks(execute=True):
        erased(person)
    client.force_login(job.asked_by)
    page = client.get(f"/admin/exports/made/{job.key}/").content.decode()
    fetched = client.post(f"/admin/exports/made/{job.key}/")

    assert person.email in before
    assert list(folder.iterdir()) == []
    assert "This file was thrown away" in page
    assert fetched.status_code == 410


def test_a_file_that_cannot_be_deleted_keeps_nothing_else_from_following_an_erasure(
    consultation: ConsultationPage,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    folder.mkdir()
    (folder / "left.zip").touch()
    person = Resident.objects.get(email__startswith="person0")
    followed = []

    def not_ours(path: Path, **_options: Any) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "unlink", not_ours)

    with django_capture_on_commit_callbacks(execute=True):
        erased(person)
        transaction.on_commit(lambda: followed.append(person))

    assert followed == [person]


def test_one_under_way_is_made_again_without_them(
    consultation: ConsultationPage, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    asked(consultation, profile="staff", reason="To answer by name.")
    person = Resident.objects.get(email__startswith="person0")
    claimed = jobs._claim()
    made = jobs._begin(claimed)
    pieces = list(made.pieces)
    folder.mkdir()
    claimed.path.with_name(f"{claimed.path.name}.part").write_bytes(b"".join(pieces))

    with django_capture_on_commit_callbacks(execute=True):
        erased(person)
    left = list(folder.iterdir())
    with pytest.raises(jobs.LeftToAnother):
        jobs._tell_ready(claimed, made)
    again = jobs.make_next()

    assert left == []
    assert (again.state, again.attempts) == (JobState.READY, 2)
    assert person.email not in zipfile.ZipFile(again.path).read("comments.csv").decode()


def test_one_begun_while_the_account_is_being_erased_is_begun_again(
    consultation: ConsultationPage, django_capture_on_commit_callbacks: Any
) -> None:
    job = asked(consultation, profile="staff", reason="To answer by name.")
    person = Resident.objects.get(email__startswith="person0")

    with django_capture_on_commit_callbacks() as after_the_commit:
        erased(person)
        jobs._claim()  # it reads what is not erased yet
    for callback in after_the_commit:
        callback()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)


def test_what_holds_others_only_is_left_alone(
    consultation: ConsultationPage, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    job = asked(consultation, profile="staff", reason="To answer by name.")
    jobs.make_next()
    elsewhere = make_consultation_to_export(slug="elsewhere")
    (person,) = make_people(1, None, "late")
    make_comment(elsewhere, person)

    with django_capture_on_commit_callbacks(execute=True):
        erased(person.resident)
    job.refresh_from_db()

    assert (job.state, len(list(folder.iterdir()))) == (JobState.READY, 1)


def test_a_slow_maker_that_was_overtaken_leaves_no_file(
    consultation: ConsultationPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(consultation)
    tell = jobs._tell_ready

    def late(job: ExportJob, made: Any) -> None:
        ExportJob.objects.update(attempts=9)
        tell(job, made)

    monkeypatch.setattr(jobs, "_tell_ready", late)
    jobs.make_next()

    assert list(folder.iterdir()) == []


HALF_AND_THEN_NOTHING = """
import sys, time
import django
django.setup()
from pathlib import Path
from django.conf import settings
from consultations.exports import jobs
settings.EXPORT_ROOT = Path(sys.argv[1])
private = jobs.private_file
class Slow:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *error): self.file.close()
    def writelines(self, pieces):
        self.file.write(next(iter(pieces))); self.file.flush()
        print("half", flush=True); time.sleep(60)
jobs.private_file = lambda path: Slow(private(path))
jobs.make_next()
"""


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_killed_midway_leaves_half_a_file_that_nobody_gets(
    consultation: ConsultationPage, folder: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the other process finds the database by its path")
    job = asked(consultation)
    clock = subprocess.Popen(
        [sys.executable, "-c", HALF_AND_THEN_NOTHING, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "partnership.settings.test",
            "SQLITE_PATH": str(connection.settings_dict["NAME"]),
            "PYTHONPATH": "site",
        },
        stdout=subprocess.PIPE,
        text=True,
    )

    said = clock.stdout.readline()
    os.kill(clock.pid, signal.SIGKILL)
    clock.wait()
    job.refresh_from_db()
    left = [path.suffix for path in folder.iterdir()]
    with pytest.raises(NotToBeFetched):
        jobs.fetch(job, by=job.asked_by)
    ExportJob.objects.update(alive_at=timezone.now() - jobs.SILENCE - timedelta(seconds=1))
    again = jobs.make_next()
    jobs.clear_away()

    assert (said, job.state, left) == ("half\n", JobState.RUNNING, [".part"])
    assert (again.state, again.attempts) == (JobState.READY, 2)
    assert list(folder.iterdir()) == [again.path]
    assert zipfile.ZipFile(again.path).testzip() is None
