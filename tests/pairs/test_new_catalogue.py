"""The steps of CONTRIBUTING.md for a new language of the interface, walked with made-up words."""

import json
import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.tools import catalogues
from tests.workshop.house import ROOT

#: How many forms a counted sentence has, by Django's own rules.
FORMS = {"pl": 4, "ar": 6}
ASK = """
import json
from django.core import checks
from django.utils import translation
from django.utils.translation import gettext, ngettext
from events.models import EventIndexPage
found = {"warnings": [one.msg for one in checks.run_checks() if one.id == "interface.W001"]}
for code in ("pl", "ar"):
    with translation.override(code):
        counted = [
            ngettext("%(days)s day left", "%(days)s days left", number)[0]
            for number in (0, 1, 2, 3, 5, 11, 22, 100)
        ]
        found[code] = [gettext("My participation"), *counted]
print(json.dumps(found))
"""


@pytest.mark.bench
def test_a_catalogue_made_by_the_steps_of_the_papers_is_taken_up(tmp_path):
    papers = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    step = r"`mkdir -p locale/de/LC_MESSAGES`, then `make messages`, translate, `make messages`"
    assert re.search(step, " ".join(papers.split()))
    catalogues.copy_tree(ROOT, tmp_path)
    shutil.rmtree(tmp_path / "locale")  # whose own languages would only be gathered again
    for code in FORMS:
        (tmp_path / "locale" / code / "LC_MESSAGES").mkdir(parents=True)

    catalogues.update(tmp_path)
    for code in FORMS:
        translate(tmp_path, code)
    catalogues.update(tmp_path)
    found = ask(tmp_path)

    assert found["warnings"] == []
    for code in FORMS:
        committed = polib.pofile(catalogues.catalogue(tmp_path, code))
        assert list(catalogues.unfinished(committed)) == []
        assert list(catalogues.stale(tmp_path, code, committed)) == []
    assert found["pl"] == ["pl: words", *"20112212"]
    assert found["ar"] == ["ar: words", *"01233445"]


def translate(root, code):
    """Write words into the fresh catalogue; each form of a counted sentence says its number."""
    path = catalogues.catalogue(root, code)
    entries = polib.pofile(path, wrapwidth=0)
    for entry in entries:
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == FORMS[code]
            entry.msgstr_plural = {n: f"{n}: {entry.msgid_plural}" for n in range(FORMS[code])}
        else:
            entry.msgstr = entry.msgid
    entries.find("My participation").msgstr = f"{code}: words"
    entries.save(path)


def ask(root):
    """Ask a site of these languages, served from that tree, what it says."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.dev",
        "PARTNER_LANGUAGES": "pl,ar",
        "DATABASE_URL": "",
        "VAR_DIR": str(root / "var"),
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASK],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout.splitlines()[-1])
