"""Run by test_exports in a process of its own: what an export costs, as one line of JSON."""

import csv
import json
import os
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

COMMENTS = """SELECT id, kind, parent_id, city_id, language_code, created_at, text
FROM consultations_contribution WHERE consultation_id = %s AND publication_status = 'published'"""
ANSWERS = """SELECT a.id, a.question_id, r.city_id, r.language_code, r.changed_at, a.value
FROM consultations_answer a JOIN consultations_response r ON r.id = a.response_id
WHERE r.consultation_id = %s"""


def peak() -> float:
    """The most memory this process has ever held, in MB.

    Not from getrusage: there a new process starts with the peak of the one it came from.
    """
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def timed(work: Callable[[], None]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(query: str, consultation_id: int) -> None:
    """Rows through a cursor and csv.writer, and nothing else."""
    from django.db import connection

    with Path(os.devnull).open("w") as file, connection.chunked_cursor() as cursor:
        cursor.execute(query, [consultation_id])
        while rows := cursor.fetchmany(2000):
            csv.writer(file).writerows(rows)


def main(small: int, large: int, file_format: str) -> None:
    from partnership.garbage import look_rarely

    look_rarely()  # as the commands and the web server
    django.setup()
    from consultations.exports.models import ExportLog
    from consultations.exports.services import export
    from consultations.models import ConsultationPage

    def write(consultation_id: int) -> None:
        consultation = ConsultationPage.objects.get(pk=consultation_id)
        tables = ["words"] if file_format == "csv" else []
        with Path(os.devnull).open("wb") as file:
            # Staff get every word; to the public no answer in somebody's own words is told.
            made = export(consultation, file_format=file_format, profile="staff", tables=tables)
            file.writelines(made.pieces)

    write(small)  # everything is imported and every cache is warm
    before = peak()
    seconds = timed(lambda: write(large))
    grown = peak() - before
    rows = ExportLog.objects.latest("pk").rows
    measured = {"grown": grown, "seconds": seconds, "rows": rows}
    measured["bare"] = sum(timed(partial(bare, query, large)) for query in (COMMENTS, ANSWERS))
    print(json.dumps(measured))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
