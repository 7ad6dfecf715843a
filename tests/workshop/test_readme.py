"""The tables of the README say what is true."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.workshop.house import ROOT, files, product_modules, text

README = text(Path("README.md"))


def rows(heading: str, cell: str, told: str = "") -> list[str]:
    """Return what the pattern finds in the first cells of the table below a heading.

    Only in rows whose second cell begins with what is ``told``.
    """
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(rf"^\| `{cell}` \| {told}", section, re.MULTILINE)


def variables_in(path: Path) -> set[str]:
    """Return the names a file reads from the environment, with a literal first argument."""
    if "env" not in text(path):
        return set()
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and re.search(r"\benv_\w+$|environ\.get$", ast.unparse(node.func))
    }


def test_every_variable_is_in_the_table_and_nothing_else():
    readers = [*product_modules(), Path("gunicorn.conf.py")]

    read = set().union(*(variables_in(path) for path in readers))

    assert sorted(rows("Variables", "([A-Z_]+)")) == sorted(read)


def test_settings_are_read_through_one_door():
    others = [
        str(path)
        for path in product_modules()
        if re.search(r"environ\.get|environ\[|getenv", text(path)) and path.name != "env.py"
    ]

    assert others == []


def test_every_command_of_ours_is_in_the_table_and_nothing_else():
    commands = {path.stem for path in files("*/management/commands/*.py")} - {"__init__"}

    assert sorted(rows("Commands of the site", r"manage\.py (\w+)")) == sorted(commands)


def test_commands_that_a_server_lacks_are_marked():
    of_the_demo = {path.stem for path in files("site/partnership/demo/management/commands/*.py")}

    marked = rows("Commands of the site", r"manage\.py (\w+)", "of the demo: ")

    assert sorted(marked) == sorted(of_the_demo - {"__init__"})


def block(after: str) -> str:
    """Return the first block of code below some words."""
    return README.split(after, 1)[1].split("```\n")[1]


def as_systemd_reads(lines: str) -> dict[str, str]:
    """What an EnvironmentFile= of these lines sets: a comment is a line that begins as one."""
    pairs = [
        line.split("=", 1)
        for line in lines.splitlines()
        if line and not line.startswith(("#", ";"))
    ]
    return {
        name: value[1:-1] if re.fullmatch(r"'[^']*'", value) else value.rstrip()
        for name, value in pairs
    }


def as_the_shell_reads(path: Path) -> dict[str, str]:
    """What is set by the command that the README gives."""
    (command,) = re.findall(r"`umask 027; (set -a; .*?)`", README)
    told = subprocess.run(
        ["sh", "-ec", f"{command}; env -0".replace("/etc/partnership.env", str(path))],
        env={},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    shells_own = {"PWD", "OLDPWD", "SHLVL", "_"}
    pairs = (line.split("=", 1) for line in told.split("\0") if line)
    return {name: value for name, value in pairs if name not in shells_own}


def test_the_shell_and_systemd_read_the_same_variables(tmp_path):
    lines = block("`/etc/partnership.env`")
    path = tmp_path / "partnership.env"
    path.write_text(lines)

    read = as_the_shell_reads(path)

    assert read == as_systemd_reads(lines)
    assert set(read) <= {*rows("Variables", "([A-Z_]+)"), "DJANGO_SETTINGS_MODULE"}
    assert read["DEFAULT_FROM_EMAIL"] == "Sister cities <site@partnership.example>"


def test_nginx_shows_the_pages_that_the_set_up_writes():
    written = re.findall(r"away_page (?:--too-large )?/srv/partnership/var/(\S+)", README)

    assert written == ["away.html", "too-large.html"]
    assert sorted(re.findall(r"location = /(\S+) \{", README)) == written
    assert set(re.findall(r"error_page [^/;]*/(\S+);", README)) == set(written)


def test_every_make_target_is_in_the_table_and_nothing_else():
    targets = re.findall(r"^(\w+):.*## ", text(Path("Makefile")), re.MULTILINE)

    assert sorted(rows("Two commands", r"make (\w+)")) == sorted(targets)


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_papers_point_only_to_files_that_exist(paper):
    links = re.findall(r"\]\(([^)#:]+)\)", text(Path(paper)))

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_licence_is_the_one_the_papers_name():
    assert text(Path("LICENSE")).startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "license: EUPL-1.2" in text(Path("publiccode.yml"))
    assert "[EUPL-1.2](LICENSE)" in README
