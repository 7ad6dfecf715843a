"""A living site in the languages of this run, made once for all tests that read it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from partnership.people.models import Resident
from tests.factories.people import ResidentFactory
from tests.pairs.living_site import make_living_site
from tests.tools import indexing


@pytest.fixture(scope="package")
def living_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """Made in one transaction that is taken back in the end; tests nest inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with indexing.kept():  # readers search it
            made = make_living_site()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def site(living_site: SimpleNamespace, db: None) -> SimpleNamespace:
    """The pages of the site, by name."""
    return living_site


@pytest.fixture
def admin(site: SimpleNamespace, client: Client) -> Resident:
    """Whoever may do everything, signed in."""
    person = ResidentFactory(is_staff=True, is_superuser=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return person
