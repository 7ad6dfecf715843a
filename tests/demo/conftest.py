"""The demo partnership of today, made once for all tests that read it."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from partnership.demo.models import DemoSeed
from tests.factories.pages import leave_as_migrated
from tests.tools import beginning


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any, files_of_this_run: None) -> Iterator[None]:
    """Seeded in one transaction that is taken back in the end; tests nest inside it.

    Where the journeys' demo was seeded already, it is taken over.
    """
    seeded = connection.vendor == "sqlite" and os.environ.get("SEEDED_DEMO")
    with django_db_blocker.unblock():
        if seeded:
            shutil.copytree(Path(seeded) / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
            beginning.take_over(connection, Path(seeded) / "db.sqlite3")
            beginning.forget_what_was_read()
        with transaction.atomic():
            if not seeded:
                leave_as_migrated()
                call_command("seed_demo", verbosity=0)
            yield
            transaction.set_rollback(True)
        if seeded:
            beginning.restore(connection)
            beginning.forget_what_was_read()


@pytest.fixture
def its_day(demo: None, db: None) -> date:
    """The day its dates are counted from: yesterday, where midnight has passed since."""
    return DemoSeed.objects.get().today
