"""The page a web server shows while nothing behind it answers."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command

from partnership.pages.languages import CODES


def test_it_says_so_in_every_language_and_needs_nothing_else(tmp_path):
    call_command("away_page", tmp_path / "away.html", stdout=None)

    page = (tmp_path / "away.html").read_text()
    assert re.findall(r'<section class="page-head" lang="(\w+)">', page) == list(CODES)
    assert "The site is out for a moment" in page
    assert "El sitio se ha parado un momento" in page
    assert "@layer base {" in page
    assert re.findall(r"<link|<img|<script|url\(|@import", page) == []


def test_another_one_says_that_a_body_is_too_large(tmp_path):
    call_command("away_page", tmp_path / "large.html", too_large=True, stdout=None)

    page = (tmp_path / "large.html").read_text()
    assert re.findall(r'<section class="page-head" lang="(\w+)">', page) == list(CODES)
    assert "That is too large to send" in page
    assert "Lo enviado es demasiado grande" in page
    assert re.findall(r"<link|<img|<script|url\(|@import", page) == []


def test_before_static_files_were_collected_it_names_the_command(tmp_path, monkeypatch):
    def unknown(name):
        raise ValueError(f"Missing staticfiles manifest entry for '{name}'")

    monkeypatch.setattr(staticfiles_storage, "url", unknown)

    with pytest.raises(CommandError, match=r"manage\.py collectstatic"):
        call_command("away_page", tmp_path / "away.html")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere/away\.html cannot be written"):
        call_command("away_page", tmp_path / "nowhere" / "away.html")
