"""What every test may ask for."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.template import Context, Template
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from partnership.garbage import look_rarely
from partnership.outbox import clock
from partnership.pages.models import BasePage
from tests.factories.consultations import make_index
from tests.factories.events import make_event_index
from tests.factories.pages import make_site
from tests.tools import beginning, drawing, indexing, template_database

look_rarely()  # as the commands and the web server do
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(settings.VAR_DIR) / "cache" / "hypothesis")
#: So deep lies the context of a template that was asked for by itself, not by another one.
WHOLE = 2


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Give this process a database of its own, so that two runs never share one."""
    test_settings = connection.settings_dict["TEST"]
    name = test_settings["NAME"] or f"test_{connection.settings_dict['NAME']}"
    test_settings["NAME"] = f"{name}-{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[bool]:
    """Start from a copy of a database that was migrated before, where there is one."""
    with django_db_blocker.unblock():
        copied = template_database.copy_to(connection)
    yield copied or bool(request.config.getvalue("reuse_db"))
    if copied:
        with django_db_blocker.unblock():
            template_database.remove_copy(connection)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any
) -> Iterator[None]:
    """Keep the migrated database for the runs to come; the tests find a site on theirs.

    It has its lists of events and of consultations, which most tests would make for themselves.
    After a test that committed the database is what it was at the beginning.
    """
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            template_database.keep(connection)
        make_site()
        make_index()
        make_event_index()
        beginning.keep(connection)
    with patch.object(TransactionTestCase, "_fixture_teardown", begin_again):
        yield
    with django_db_blocker.unblock():
        beginning.remove(connection)


def begin_again(case: TransactionTestCase) -> None:
    beginning.restore(connection)


@pytest.fixture(scope="session", autouse=True)
def whole_pages_only(django_test_environment: None) -> Iterator[None]:
    """Let the test client note the context of whole templates, not of each they include.

    Nobody asks for those, and every one would be copied: 5 of 100 parts of a page's time.
    """
    noting = Template._render

    def render(template: Template, context: Context) -> str:
        if len(context.render_context.dicts) > WHOLE:
            return template.nodelist.render(context)
        return noting(template, context)

    with patch.object(Template, "_render", render):
        yield


@pytest.fixture(scope="session", autouse=True)
def files_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads and demo mail go to a folder that is gone after the run."""
    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder / "media", DEMO_MAIL_DIR=folder / "mail"):
        yield


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Commands and page rendering leave their language active, and pages stay in the cache."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()


@pytest.fixture(scope="module")
def shared_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For premises that all tests of a module begin from: rolled back after the last of them.

    Every test still has a transaction of its own inside this one. The rows are shared, and so
    are the objects a fixture returns: a test that changes one reads its own by ``pk``.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site_tree(db: None) -> BasePage:
    """Return the front page of the only site."""
    return make_site()


@pytest.fixture
def bare_site(site_tree: BasePage) -> BasePage:
    """Return the front page without the lists under it."""
    for page in site_tree.get_children():
        page.delete()
    return BasePage.objects.get(pk=site_tree.pk).specific


@pytest.fixture(scope="session", autouse=True)
def unindexed() -> Iterator[None]:
    """Most tests neither search nor ask where a thing is used."""
    with indexing.left_out():
        yield


@pytest.fixture
def indexed() -> Iterator[None]:
    """For tests that search, or ask where a thing is used: things are indexed as they are saved."""
    with indexing.kept():
        yield


@pytest.fixture
def unwritten() -> Iterator[None]:
    """Pages are made but not drawn, which is nine tenths of their time; their context is noted."""
    with drawing.left_out():
        yield


@pytest.fixture
def tick(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what runs every task of the clock once, as right after its start."""

    def run() -> None:
        for entry in clock.entries():
            monkeypatch.setattr(entry, "ran_at", None)
        call_command("tick")

    return run


@pytest.fixture
def run_in_threads() -> Callable[..., list[object]]:
    """Return a function that does the same work many times at once, for races.

    ``run_in_threads(work, times=4)`` calls ``work(0)`` to ``work(3)``, all starting at the
    same moment on connections of their own, and returns what each returned or raised, in
    that order. The test must be marked ``django_db(transaction=True)``.
    """

    def race(work: Callable[[int], object], *, times: int) -> list[object]:
        outcomes: list[object] = [None] * times
        start = threading.Barrier(times, timeout=30)

        def one(number: int) -> None:
            start.wait()
            try:
                outcomes[number] = work(number)
            except Exception as error:  # noqa: BLE001 - the test looks at it
                outcomes[number] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return race
