"""Large exports: asked for, made by the clock, told, fetched once, and cleared away."""

import errno
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.exports.enums import JobState, Profile
from consultations.exports.models import ExportJob, ExportLog
from consultations.exports.refusals import NotToBeFetched
from consultations.exports.services import (
    Export,
    export,
    may_export,
    refuse_impossible_instant,
    refuse_without_need,
)
from consultations.models import Answer, ConsultationPage, Contribution
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.people.models import Resident
from partnership.refusals import Refused
from partnership.tables.columns import Row, Table
from partnership.tables.writing import private_file

logger = logging.getLogger(__name__)

LIFETIME = timedelta(minutes=10)
#: A process that has not said for so long how far it is was stopped.
SILENCE = timedelta(seconds=90)
ATTEMPTS = 3
ROWS_BETWEEN_SIGNS = 2000
#: What is over is forgotten after so long; the log of exports keeps what left.
FORGOTTEN_AFTER = timedelta(days=30)
NO_ROOM, NOT_ALLOWED, BROKEN, ERASED = "no_room", "not_allowed", "broken", "erased"


class LeftToAnother(Exception):  # noqa: N818 - nothing went wrong
    """Somebody else took this export over, or it is no longer wanted."""


def is_large(consultation: ConsultationPage) -> bool:
    """Whether an export of it is made in the background."""
    return rows_expected(consultation) > int(settings.LARGE_EXPORT)


def rows_expected(consultation: ConsultationPage) -> int:
    """About how many rows an export of everything has; three queries."""
    answers = Answer.objects.filter(response__consultation=consultation).count()
    comments = Contribution.objects.filter(consultation=consultation).count()
    per_statement = City.objects.count() + 1
    return answers + comments + consultation.statements.count() * per_statement


@transaction.atomic
def ask_for(
    consultation: ConsultationPage,
    *,
    file_format: str,
    profile: str,
    tables: Sequence[str],
    by: Resident,
    reason: str = "",
    as_of: datetime | None = None,
) -> ExportJob:
    """Write down that an export is wanted; the clock makes it. Raises what export() raises."""
    refuse_impossible_instant(consultation, as_of)
    if profile == Profile.STAFF:
        refuse_without_need(by, reason)
    return ExportJob.objects.create(
        consultation=consultation,
        asked_by=by,
        format=file_format,
        profile=profile,
        tables=list(tables),
        reason=reason,
        as_of=as_of,
        rows_expected=rows_expected(consultation),
    )


# Making --------------------------------------------------------------------------------------


def make_next() -> ExportJob | None:
    """Make the export that has waited longest; return it, None when none waits.

    Safe to run twice and at the same time: a job is claimed by compare-and-set. One whose
    process died is begun again from its first row, ``ATTEMPTS`` times at most.
    """
    job = _claim()
    if job is None:
        return None
    if job.attempts > ATTEMPTS:
        _fail(job, BROKEN)
        return job
    try:
        _make(job)
    except LeftToAnother:
        logger.warning("The export %s was taken over by another process.", job.key)
    except (PermissionDenied, Refused):
        _fail(job, NOT_ALLOWED)
    except OSError as error:
        logger.exception("The export %s could not be written.", job.key)
        _again_or_fail(job, NO_ROOM if error.errno == errno.ENOSPC else BROKEN)
    except Exception:  # the clock goes on, and whoever asked is told
        logger.exception("The export %s could not be made.", job.key)
        _again_or_fail(job, BROKEN)
    job.refresh_from_db()
    return job


def _claim() -> ExportJob | None:
    now = timezone.now()
    job = ExportJob.objects.to_make(now - SILENCE).first()
    if job is None:
        return None
    unchanged = ExportJob.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts)
    taken = unchanged.filter(alive_at=job.alive_at) if job.alive_at else unchanged
    if taken.update(state=JobState.RUNNING, attempts=job.attempts + 1, alive_at=now) != 1:
        return None
    return ExportJob.objects.select_related("consultation", "asked_by").get(pk=job.pk)


def _make(job: ExportJob) -> None:
    made = _begin(job)
    job.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = job.path.with_name(f"{job.path.name}.part")
    try:
        with private_file(unfinished) as file:
            file.writelines(made.pieces)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(job.path)
        try:
            _tell_ready(job, made)
        except BaseException:  # a file nobody was told of is nobody's
            job.path.unlink(missing_ok=True)
            raise
    finally:
        unfinished.unlink(missing_ok=True)


def _begin(job: ExportJob) -> Export:
    """Begin the export as it was asked for, if whoever asked may still have it."""
    if not may_export(job.asked_by, job.consultation):
        raise PermissionDenied
    made = export(
        job.consultation,
        file_format=job.format,
        profile=job.profile,
        tables=job.tables,
        exported_by=job.asked_by,
        reason=job.reason,
        as_of=job.as_of or job.asked_at,
    )
    ExportJob.objects.filter(pk=job.pk).update(log=made.log)
    _watch(made.tables, lambda rows: _sign_of_life(job, rows))
    return made


def _watch(tables: Sequence[Table], note: Callable[[int], None]) -> None:
    """Have it noted after every so many rows, how many of all tables have gone by."""
    gone_by = 0

    def watched(read: Callable[[], Iterable[Row]]) -> Iterator[Row]:
        nonlocal gone_by
        for row in read():
            gone_by += 1
            if gone_by % ROWS_BETWEEN_SIGNS == 0:
                note(gone_by)
            yield row

    for table in tables:
        table.rows = _bound(watched, table.rows)


def _bound(
    watched: Callable[[Callable[[], Iterable[Row]]], Iterator[Row]],
    read: Callable[[], Iterable[Row]],
) -> Callable[[], Iterator[Row]]:
    return lambda: watched(read)


def _mine(job: ExportJob) -> dict[str, object]:
    """What is true as long as nobody else took it over."""
    return {"pk": job.pk, "state": JobState.RUNNING, "attempts": job.attempts}


def _sign_of_life(job: ExportJob, rows: int) -> None:
    own = ExportJob.objects.filter(**_mine(job))
    if own.update(rows_done=rows, alive_at=timezone.now()) != 1:
        raise LeftToAnother


@transaction.atomic
def _tell_ready(job: ExportJob, made: Export) -> None:
    until = timezone.now() + LIFETIME
    ready = ExportJob.objects.filter(**_mine(job)).update(
        state=JobState.READY,
        filename=made.filename,
        content_type=made.content_type,
        rows_done=sum(table.count for table in made.tables),
        expires_at=until,
    )
    if ready != 1:
        raise LeftToAnother
    _tell(job, is_ready=True)


def _again_or_fail(job: ExportJob, why: str) -> None:
    if job.attempts >= ATTEMPTS:
        _fail(job, why)
    else:
        ExportJob.objects.filter(**_mine(job)).update(state=JobState.WAITING)


@transaction.atomic
def _fail(job: ExportJob, why: str) -> None:
    if ExportJob.objects.filter(**_mine(job)).update(state=JobState.FAILED, why=why) == 1:
        _tell(job, is_ready=False)


def _tell(job: ExportJob, *, is_ready: bool) -> None:
    """A mail to whoever asked; of a file that can be fetched it is worth its minutes only."""
    person = job.asked_by
    with translation.override(person.language_code):
        title = job.consultation.title
    post(
        "export_ready" if is_ready else "export_failed",
        to=person.email,
        language_code=person.language_code,
        template="export_told",
        context={
            "name": person.get_short_name(),
            "title": title,
            "is_ready": is_ready,
            "minutes": LIFETIME.seconds // 60,
            "url": f"{settings.BASE_URL}{reverse('exports:job', args=(job.key,))}",
        },
        about=job.consultation,
        dedup_key=f"export:{job.key}",
        expires_at=timezone.now() + LIFETIME if is_ready else None,
    )


# Fetching and clearing away ------------------------------------------------------------------


def fetch(job: ExportJob, *, by: Resident) -> IO[bytes]:
    """Hand the file over, once, to whoever asked for it; it is gone from the disk then.

    Claimed by compare-and-set: of two clicks one gets it. Raises NotToBeFetched.
    """
    now = timezone.now()
    try:
        file = job.path.open("rb")
    except FileNotFoundError as error:
        raise NotToBeFetched from error
    with transaction.atomic():
        own = ExportJob.objects.filter(pk=job.pk, asked_by=by, state=JobState.READY)
        if own.filter(expires_at__gt=now).update(state=JobState.FETCHED) != 1:
            file.close()
            raise NotToBeFetched
        ExportLog.objects.filter(pk=job.log_id or 0).update(fetched_at=now)
    job.path.unlink(missing_ok=True)  # what is open can still be read
    return file


def clear_away() -> int:
    """Delete every file that nobody may fetch any more; return how many. Safe to run twice."""
    now = timezone.now()
    ExportJob.objects.out_of_time(now).update(state=JobState.EXPIRED)
    over = ExportJob.objects.exclude(state__in=(JobState.WAITING, JobState.RUNNING))
    over.exclude(state=JobState.READY).filter(asked_at__lt=now - FORGOTTEN_AFTER).delete()
    folder = Path(settings.EXPORT_ROOT)
    if not folder.is_dir():
        return 0
    kept = ExportJob.objects.filter(state__in=(JobState.RUNNING, JobState.READY))
    wanted = {job.path.name for job in kept}
    left = [path for path in folder.iterdir() if path.name.removesuffix(".part") not in wanted]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


@transaction.atomic
def throw_away(consultations: Collection[int]) -> None:
    """Let go of every file made of these consultations; what is under way begins again.

    Whoever makes one finds it gone from under the hands (``LeftToAnother``), and the files are
    deleted with the commit. Should that be missed, ``clear_away`` finds them.
    """
    jobs = ExportJob.objects.filter(consultation__in=consultations)
    jobs.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
    jobs.filter(state=JobState.READY).update(state=JobState.EXPIRED, why=ERASED)
    transaction.on_commit(clear_away, robust=True)  # what else follows the commit goes on
