"""The rooms of the house: what stands where, and the trap under site/."""

import subprocess
import sys

import pytest

from tests.workshop.house import ROOT, files

ROOMS = {"site", "home", "events", "consultations", "locale", "tests", ".ci"}
PAPERS = {
    ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
    "SECURITY.md", "gunicorn.conf.py", "manage.py", "publiccode.yml", "pyproject.toml",
    "requirements-dev.txt", "requirements.txt",
}  # fmt: skip


def test_nothing_else_stands_at_the_top():
    at_the_top = {path.parts[0] for path in files()}

    assert at_the_top == ROOMS | PAPERS


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_a_folder_that_python_must_not_import_is_no_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_the_standard_library_keeps_its_site_module():
    where = "import site; print(site.__file__)"

    answer = subprocess.run(
        [sys.executable, "-c", where], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()

    assert not answer.startswith(str(ROOT / "site"))
    assert answer.endswith("site.py")


@pytest.mark.parametrize(
    "path", ["site/partnership/env.py", "site/new/file.css", "locale/es/LC_MESSAGES/django.mo"]
)
def test_git_does_not_hide_our_files(path):
    answer = subprocess.run(
        ["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT, check=False
    )

    assert answer.returncode == 1


@pytest.mark.parametrize("path", ["var/db.sqlite3", ".venv/bin/python", "home/__pycache__/x.pyc"])
def test_git_hides_what_is_made_at_run_time(path):
    answer = subprocess.run(
        ["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT, check=False
    )

    assert answer.returncode == 0
