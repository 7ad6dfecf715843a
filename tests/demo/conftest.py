"""The demo partnership of today, made once for all tests that read it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.factories.pages import leave_as_migrated


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Seeded in one transaction that is taken back in the end; tests nest inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        leave_as_migrated()
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
