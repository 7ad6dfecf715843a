"""A third language for a database in use: refused, then added without losing a word."""

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.workshop.house import ROOT

SECONDS = 240


@pytest.fixture
def site(tmp_path):
    """Return a function that runs a command of a site of its own, in these languages."""

    def run(languages, *arguments):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "partnership.settings.dev",
            "SQLITE_PATH": str(tmp_path / "db.sqlite3"),
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "",
            "PARTNER_LANGUAGES": languages,
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    return run


def succeeded(result):
    assert result.returncode == 0, result.stderr
    return result.stdout


FILL = """
from tests.factories.pages import add_page, make_site
from partnership.pages.models import BasePage
add_page(make_site(), BasePage, title_en="Events", title_es="Eventos")
"""
READ = """
from partnership.pages.models import BasePage
page = BasePage.objects.get(slug="events")
print(page.title_es, page.title_fr, page.url_in("fr"))
"""
START = "import sys; sys.path.insert(0, 'site'); import partnership.wsgi"


def test_a_language_without_columns_stops_the_site_and_is_added_by_the_command(site, tmp_path):
    succeeded(site("en,es", "manage.py", "migrate", "--noinput", "-v0"))
    succeeded(site("en,es", "manage.py", "shell", "-v0", "-c", FILL))
    succeeded(site("en,es", "-c", START))

    start = site("en,es,fr", "-c", START)
    check = site("en,es,fr", "manage.py", "check", "--database", "default")
    migrate = site("en,es,fr", "manage.py", "migrate", "--noinput")

    for refused in (start, check, migrate):
        assert refused.returncode != 0
        assert "PARTNER_LANGUAGES is en,es,fr, but the database has no columns" in refused.stderr
        assert "python manage.py sync_languages" in refused.stderr

    added = succeeded(site("en,es,fr", "manage.py", "sync_languages"))
    succeeded(site("en,es,fr", "manage.py", "migrate", "--noinput", "-v0"))
    again = succeeded(site("en,es,fr", "manage.py", "sync_languages"))

    assert "Added pages_basepage.title_fr" in added
    assert again == "Nothing to add.\n"
    succeeded(site("en,es,fr", "-c", START))
    read = succeeded(site("en,es,fr", "manage.py", "shell", "-v0", "-c", READ))
    assert read == "Eventos None /fr/events/\n"
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        indexes = database.execute("SELECT sql FROM sqlite_master WHERE type = 'index'")
        assert any("local_slug_fr" in (sql or "") for (sql,) in indexes)
