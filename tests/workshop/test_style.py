"""The style of the house, as far as a machine can see it."""

import ast
import re
from pathlib import Path

import pytest

from tests.workshop.house import ROOT, files, text, written_by_hand

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 40, 80
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")
NAMED_EXCUSE = re.compile(
    r"#\s*noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w.+|#\s*type: ignore\[[\w, -]+\] +# \w.+"
)
MACHINE_PATH = re.compile(r"/(?:work|farm|root)/|/bash" + r"_jobs")
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\b(?:src=|application/ld\+json))"
)


def code() -> list[Path]:
    return [path for path in files("*.py") if written_by_hand(path)]


def templates() -> list[Path]:
    return files("*.html")


def lines_matching(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_files_stay_short():
    limits = [(code() + files("*.css", "*.js"), LONGEST_FILE), (templates(), LONGEST_TEMPLATE)]

    too_long = [
        f"{path}: {length}"
        for paths, limit in limits
        for path in paths
        if (length := len(text(path).splitlines())) > limit
    ]

    assert too_long == []


def test_functions_stay_short_and_a_module_starts_with_a_sentence():
    too_long, silent = [], []
    for path in code():
        tree = ast.parse(text(path))
        if text(path).strip() and not (ast.get_docstring(tree) or "").strip():
            silent.append(str(path))
        too_long += [
            f"{path}:{node.lineno} {node.name}: {length}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
        ]

    assert (too_long, silent) == ([], [])


def test_there_are_rooms_and_no_drawers():
    drawers = [
        str(path) for path in files() if DRAWERS & {part.split(".")[0] for part in path.parts}
    ]

    assert drawers == []


def test_every_excuse_names_its_rule_and_its_reason():
    nameless = [
        line for line in lines_matching(code(), EXCUSE)
        if not NAMED_EXCUSE.search(line) and "test_style.py" not in line
    ]  # fmt: skip

    assert nameless == []


def test_no_file_knows_the_machine_it_was_written_on():
    readable = [
        path
        for path in files("*.py", "*.html", "*.md", "*.toml", "*.txt", "*.yml", "*.po", "Makefile")
        if path != Path(__file__).relative_to(ROOT)
    ]

    assert lines_matching(readable, MACHINE_PATH) == []


def test_no_database_sorts_words_and_no_address_knows_only_latin_slugs():
    product = [path for path in code() if path.parts[0] != "tests"]
    words = re.compile(r"(?:order_by\(|ordering = ).*[\"'_](?:title|name|theme|label)[\"']")

    assert lines_matching(product, words) == []
    assert lines_matching(files("*urls.py"), re.compile("<slug:slug>")) == []


def test_templates_hold_no_inline_style_or_script():
    pages = [path for path in templates() if "emails" not in path.parts]

    assert lines_matching(pages, INLINE) == []


def test_translated_blocks_are_trimmed():
    untrimmed = re.compile(r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)")

    assert lines_matching(templates(), untrimmed) == []


def test_a_component_says_what_to_give_it():
    silent = [
        str(path)
        for path in templates()
        if "components" in path.parts and "{#" not in "".join(text(path).splitlines()[:3])
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("x  # noqa: S603 - our own commands", True),
        ("x  # type: ignore[attr-defined]  # no public door", True),
        ("x  # noqa: S603", False),
        ("x  # noqa", False),
        ("x  # type: ignore", False),
    ],
)
def test_an_excuse_without_a_reason_is_seen(line, named):
    assert EXCUSE.search(line)
    assert bool(NAMED_EXCUSE.search(line)) is named


def test_messages_are_marked_by_names_that_makemessages_knows():
    renamed = re.compile(r"gettext(?:_lazy|_noop)? as (?!_\b)\w+")

    assert [str(path) for path in code() if renamed.search(text(path))] == []
