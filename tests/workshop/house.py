"""What the tests of the house read: its files, as git knows them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Folders that hold code, and where their import names start.
IMPORT_ROOTS = {"site": ROOT / "site", "home": ROOT, "events": ROOT, "consultations": ROOT}


def files(*patterns: str) -> list[Path]:
    """Return the files git knows or would add, relative to the root, sorted."""
    listing = [
        "git",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        *patterns,
    ]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = {Path(name) for name in names.split("\0") if name and (ROOT / name).is_file()}
    return sorted(found)


def text(path: Path) -> str:
    return (ROOT / path).read_text("utf-8")


def written_by_hand(path: Path) -> bool:
    """Migrations come from a command."""
    return "migrations" not in path.parts


def product_modules() -> list[Path]:
    """Return the Python files of the product: everything but the tests and the tools."""
    return [path for path in files("*.py") if path.parts[0] in IMPORT_ROOTS]


def import_name(path: Path) -> str:
    """Return how the file is imported: ``site/partnership/env.py`` is ``partnership.env``."""
    parts = list(path.with_suffix("").parts)
    if parts[0] == "site":
        parts.pop(0)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


@cache
def imports(path: Path) -> set[str]:
    """Return the full names a module imports at run time; what only types need is left out."""
    tree = ast.parse(text(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            node.body = []
    package = import_name(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found
