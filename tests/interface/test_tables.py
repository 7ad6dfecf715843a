"""Tables that are lists on a phone: browsers would forget that they are tables."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from partnership.interface.templatetags.looks import under

TEMPLATES = Path(settings.SITE_DIR) / "templates"
STACKED = {
    str(path.relative_to(TEMPLATES)): path.read_text()
    for path in TEMPLATES.rglob("*.html")
    if '"result-table stacks' in path.read_text()
}
#: All but those that lay out a mail.
TABLES = {
    str(path.relative_to(TEMPLATES)): path.read_text()
    for path in TEMPLATES.rglob("*.html")
    if "<table" in path.read_text() and "emails" not in path.parts
}
ROLE = {
    "table": {"table"},
    "thead": {"rowgroup"},
    "tbody": {"rowgroup"},
    "tfoot": {"rowgroup"},
    "tr": {"row"},
    "th": {"columnheader", "rowheader"},
    "td": {"cell"},
}
#: For staff at the door, who print it.
NEVER_ON_A_PHONE = {"registrations/door/table.html"}


@pytest.mark.parametrize("name", sorted(STACKED))
def test_every_part_of_a_stacked_table_says_its_role(name: str):
    wrong = [
        tag
        for tag, kind in re.findall(r"(<(table|thead|tbody|tfoot|tr|th|td)\b[^>]*>)", STACKED[name])
        if not any(f'role="{role}"' in tag for role in ROLE[kind])
    ]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(STACKED))
def test_every_stacked_table_has_a_name(name: str):
    """Readers who list the tables of a page hear which one is which."""
    nameless = [
        tag
        for tag in re.findall(r"<table\b[^>]*>", STACKED[name])
        if not re.search(r"aria-label(ledby)?=\"[^\"]", tag)
    ]

    assert nameless == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_has_a_name_and_heads_that_say_what_they_head(name: str):
    """On the screens of editors and on paper, too."""
    text = TABLES[name]
    tables = re.findall(r"<table\b[^>]*>\s*(?:<caption)?", text)

    assert [one for one in tables if not re.search(r"<caption|aria-label", one)] == []
    assert [head for head in re.findall(r"<th\b[^>]*>", text) if "scope=" not in head] == []


def test_every_table_for_readers_is_stacked():
    tables = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if '"result-table' in path.read_text()
    }

    assert tables - set(STACKED) == NEVER_ON_A_PHONE


def test_a_cell_is_told_with_its_column():
    assert under([1, 2], ["agree", "voted"]) == [("agree", 1), ("voted", 2)]
