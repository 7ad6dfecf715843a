"""An export of 100,000 contributions costs little memory, and holds all of them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from consultations.models import ConsultationPage
from consultations.question_results import question_results
from tests.factories.cities import city_pair
from tests.factories.exports import make_consultation_to_export, make_many_words

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
MANY = 100_000
LIMITS = {"csv": 20, "xlsx": 60, "package": 20}


def same_database() -> dict[str, str]:
    """The environment of a process that reads the test's own database."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return {"SQLITE_PATH": str(where["NAME"]), "DATABASE_URL": ""}
    host, user = quote(where["HOST"], safe=""), quote(where["USER"])
    who = f"{user}:{quote(where['PASSWORD'])}" if where["PASSWORD"] else user
    port = f"&port={where['PORT']}" if where["PORT"] else ""
    return {"DATABASE_URL": f"postgresql://{who}@/{where['NAME']}?host={host}{port}"}


def measure(small: ConsultationPage, large: ConsultationPage, file_format: str) -> dict[str, Any]:
    """What the export of the large one costs once the small one has warmed everything."""
    script = [sys.executable, "-m", "tests.bench.export_memory"]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "site")))
    done = subprocess.run(
        [*script, str(small.pk), str(large.pk), file_format],
        cwd=ROOT,
        env={**os.environ, **same_database(), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def words_on_the_page(consultation: ConsultationPage) -> int:
    """Published comments, and written answers as the page counts them, city by city."""
    questions = consultation.questions.prefetch_related("options")
    results = question_results(consultation, questions, city_pair())
    answers = sum(size or 0 for result in results for _city, size in result.groups)
    return consultation.contributions.published().count() + answers


def test_an_export_of_many_words_is_light_and_complete(figure: Callable[..., None]) -> None:
    small = make_consultation_to_export("small")
    make_many_words(small, 100)
    large = make_consultation_to_export("large")
    make_many_words(large, MANY)

    for file_format, limit in LIMITS.items():
        measured = measure(small, large, file_format)
        what = f"{file_format.upper()} of {MANY:,} contributions"
        assert measured["rows"] >= words_on_the_page(large) == MANY
        figure(f"{what}: memory", measured["grown"], unit="MB", at_most=limit)
        ratio = measured["seconds"] / measured["bare"]
        figure(f"{what}: time against a cursor and csv.writer", ratio, unit="x")
