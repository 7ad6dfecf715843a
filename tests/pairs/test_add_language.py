"""A language joins a site in use: refused in clear words, then added without losing a word.

Every step is a process of its own, as on a server, but for what readers and editors did before.
"""

import pytest
from django.core.management import CommandError, call_command

from home.models import StandardPage
from partnership.pages.models import BasePage
from tests.factories.pages import add_page
from tests.pairs.database import own_site
from tests.tools.turns import both_at_length

PAIR, THREE = "en,es", "en,es,fr"
ADD = ("manage.py", "add_language", "fr")
SEED = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("seed_demo", verbosity=0)
"""
#: On a database without tables the command says no; on this one each of these must, while the
#: columns are missing.
DOORS = """
import sys
sys.path.insert(0, "site")
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from partnership.pages.columns import refuse_to_start_without_columns
held, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], ":memory:"
def try_on_an_empty_one():
    try:
        call_command("add_language", "fr")
    finally:
        connection.settings_dict["NAME"] = held
        connection.close()
for open_door in (
    try_on_an_empty_one,
    refuse_to_start_without_columns,
    lambda: call_command("check", databases=["default"]),
    lambda: call_command("migrate", interactive=False, skip_checks=False),
):
    try:
        open_door()
    except Exception as refusal:
        print(type(refusal).__name__, str(refusal).replace("\\n", " "))
import partnership.wsgi
"""
#: The power goes in the middle: the twentieth column is not begun.
INTERRUPTED = """
import os
from django.core.management import call_command
from partnership.pages import new_language
add, added = new_language.add_column, []
def until_the_power_goes(model, field):
    if len(added) == 20:
        os._exit(9)
    added.append(field)
    add(model, field)
new_language.add_column = until_the_power_goes
call_command("add_language", "fr")
"""
#: The second run; then every kind of page is read, most in the new language, and written in that.
USE = """
from django.core.management import call_command
from django.test import Client
from home.models import StandardPage
from partnership.pages.models import BasePage
call_command("add_language", "fr")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
client = Client(SERVER_NAME="localhost")
kinds = []
for page in BasePage.objects.live().filter(depth__gt=1).specific():
    is_new = type(page) not in kinds
    kinds += [type(page)] if is_new else []
    for code in ("en", "es", "fr"):
        address = page.url_in(code)
        is_read = is_new and code == ("fr", "en", "fr", "es")[len(kinds) % 4]
        print("page", client.get(address).status_code if is_read else "-", code, address)
page = StandardPage.objects.live().filter(local_slug_es="quienes-somos").get()
page = page.get_latest_revision_as_object()
page.title_fr, page.lead_fr = "Qui sommes-nous", "Deux villes"
page.save_revision().publish()
page = StandardPage.objects.get(pk=page.pk)
print("wrote", page.title_fr, page.url_in("fr"), page.url_in("es"))
draft = StandardPage.objects.get(title_es="Borrador").get_latest_revision_as_object()
draft.save_revision()
draft = StandardPage.objects.get(title_es="Borrador").get_latest_revision_as_object()
print("draft", draft.title_en or "-", draft.title_es, draft.title_fr or "-", draft.url_in("fr"))
"""
COUNTS = "pages_languagestanding"
START = "import sys; sys.path.insert(0, 'site'); import partnership.wsgi"


@pytest.fixture
def site(tmp_path, db):
    with own_site(tmp_path) as made:
        yield made


@pytest.mark.django_db
def test_until_a_language_was_added_every_door_is_closed_and_names_the_command(site):
    if not site.copy_migrated():
        site.manage(PAIR, "migrate", "--noinput", "--verbosity=0")
    before = site.content()

    doors = site.run(THREE, "-c", DOORS)
    first = site.run("fr,en,es", *ADD)

    assert_refused(first, "Set PARTNER_LANGUAGES=en,es,fr")
    assert_closed(doors)
    assert site.content() == before


@pytest.mark.django_db
def test_a_language_that_is_there_is_said_to_be_there(capsys):
    call_command("add_language", "es")

    assert capsys.readouterr().out == (
        "Already there. Español can be written now. Set PARTNER_LANGUAGES=en,es and start the "
        "processes again if that is still to be done.\n"
    )


@both_at_length
@pytest.mark.django_db
def test_a_filled_site_gets_a_language_and_keeps_everything(site):
    if not site.copy_seeded():
        site.copy_migrated()  # saves time too
        site.shell(PAIR, SEED)
    with site.in_this_process():
        half_write()
    before = site.content()
    only = {table: columns for table, (columns, _rows) in before.items()}
    assert len(before["consultations_vote"][1]) > 300

    interrupted = site.run(THREE, "manage.py", "shell", "-v0", "-c", INTERRUPTED)
    half_way = site.content(only)
    added = site.manage(PAIR, *ADD[1:])
    after = site.content(only)
    used = site.shell(THREE, USE)

    assert interrupted.returncode == 9
    assert half_way == before
    assert_kept(before, after)
    assert added.count("Added ") > 20  # after the twenty before the interruption
    assert_nothing_is_left(site)
    for said in (added, used):
        assert "Français can be written now." in said
        assert "Set PARTNER_LANGUAGES=en,es,fr" in said
    assert "Added" not in used
    assert_in_use(used.splitlines(), before)


def half_write():
    """Drafts, and texts in the second language only: what a careless copy would spoil."""
    home = BasePage.objects.get(slug="front-page")
    page = add_page(home, StandardPage, title_en="", title_es="Borrador", live=False)
    page.save_revision()
    add_page(home, StandardPage, title_en="Later", title_es="", live=False).save_revision()


def assert_kept(before, after):
    """Every row is what it was; only that the new language is to be written is new."""
    assert {table for table in before if before[table] != after[table]} == {COUNTS}
    (_columns, old), (_columns, now) = before[COUNTS], after[COUNTS]
    assert set(old) < set(now)
    assert all("'fr'" in row for row in set(now) - set(old))


def assert_refused(command, reason):
    assert command.returncode == 1
    assert reason in command.stderr
    assert "Traceback" not in command.stderr


def assert_closed(doors):
    """The site does not start, and neither check nor migrate goes past."""
    assert doors.returncode != 0
    assert "ImproperlyConfigured" in doors.stderr
    said = doors.stdout.splitlines()
    assert "CommandError This database is empty" in said.pop(0)
    assert [line.split()[0] for line in said] == [
        "ImproperlyConfigured",
        "SystemCheckError",
        "SystemCheckError",
    ]
    for line in said:
        assert "PARTNER_LANGUAGES is en,es,fr, but the database has no columns" in line
        assert "python manage.py add_language fr" in line


def assert_nothing_is_left(site):
    assert any("local_slug_fr" in definition for definition in site.indexes())
    [(wanted, filled)] = site.ask(
        "SELECT COUNT(local_path_en), COUNT(local_path_fr) FROM pages_basepage"
    )
    assert wanted == filled > 20


def assert_in_use(used, before):
    pages = [line.split()[1:] for line in used if line.startswith("page")]
    _columns, rows = before["pages_basepage"]
    known = "\n".join(rows)
    read = [(status, code) for status, code, _address in pages if status != "-"]
    assert set(read) == {("200", code) for code in THREE.split(",")}
    assert len(read) > 20
    assert len(pages) > 60
    for _status, code, address in pages:
        # The address of every page is what it was; in the new language it is the first one's.
        path = address.removeprefix("/fr" if code == "fr" else f"/{code}")
        assert f"{path}'" in known, address
    [wrote] = [line for line in used if line.startswith("wrote")]
    [draft] = [line for line in used if line.startswith("draft")]
    assert wrote == "wrote Qui sommes-nous /fr/qui-sommes-nous/ /es/quienes-somos/"
    assert draft == "draft - Borrador - /fr/borrador/"


@pytest.mark.parametrize(
    ("code", "reason"),
    [("xx", "the language 'xx' is unknown"), ("../fr", "'../fr' is not a language code")],
)
def test_what_is_no_language_is_refused(code, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("add_language", code)
