"""`make bench`: the full volumes, all pairs of languages on both databases, every journey and door.

The figures go to tests/bench/RESULTS.md.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.tools import everything, machine, postgres

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "tests" / "bench" / "RESULTS.md"
PYTEST = (sys.executable, "-m", "tests.tools.roomy", "-q", "-m")
NO_TESTS = 5  # pytest's status when nothing was marked
#: What `make test` walks in turn, beside the journeys.
WALKED = (
    "tests/demo/test_crafted_forms.py",
    "tests/demo/test_offered_links.py",
    "tests/demo/test_reading.py",
    "tests/demo/test_who_may.py",
    "tests/pages/test_huge_numbers.py",
    "tests/pairs/test_not_for_readers.py",
)

HEADING = """# What was measured

Written by `make bench` on {day}: {cores} cores, {memory} GB of memory, Python {python}. A speed is
a ratio to a baseline of the same run; seconds are for orientation only.

| what | measured | at most | database |
|---|---|---|---|
"""


def run(marked: str, figures: Path, *files: str, **extra: str) -> bool:
    """Run the tests with that mark; return whether all kept their limits."""
    env = {**os.environ, "BENCH_FIGURES": str(figures), **extra}
    command = [*PYTEST, marked, *files]
    status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    return status in {0, NO_TESTS}


def run_on_sqlite(figures: Path) -> bool:
    return all([run("bench", figures), *run_in_pairs("pair", figures)])


def run_on_postgres(url: str, figures: Path) -> bool:
    """Ask it the volumes, and all that `make test` asks it of some ways alone, of every one."""
    there = {"DATABASE_URL": url, "EVERY_TURN": "yes"}
    passed = [run(marked, figures, **there) for marked in ("bench and both", "both and not bench")]
    return all([*passed, *run_in_pairs("pair and both", figures, **there)])


def walk_every_turn(figures: Path) -> bool:
    """Walk and look in each language, and let each account try each address: else in turn."""
    tried = run("not bench", figures, *WALKED, EVERY_TURN="yes")
    return run("journey", figures, "tests/journeys", EVERY_TURN="yes") and tried


def run_in_pairs(marked: str, figures: Path, **database: str) -> list[bool]:
    """Run these tests in other languages; return of each pair whether all passed."""
    return [
        run(marked, figures, "tests/pairs", PARTNER_LANGUAGES=pair, **database)
        for pair in everything.PAIRS
    ]


def write_page(figures: Path) -> None:
    """Write the page from the recorded lines, in their order."""
    lines = [json.loads(line) for line in figures.read_text().splitlines()]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    page = HEADING.format(
        day=datetime.now(UTC).date(),
        cores=os.cpu_count(),
        memory=round(memory),
        python=platform.python_version(),
    )
    RESULTS.write_text(page + "".join(map(row, lines)))


def row(line: dict[str, object]) -> str:
    limit = "" if line["at_most"] is None else f"{line['at_most']:g} {line['unit']}"
    measured = f"{line['measured']:.4g} {line['unit']}"
    return f"| {line['what']} | {measured} | {limit} | {line['database']} |\n"


def main() -> int:
    absent = machine.install_missing(*machine.FOR_BENCHMARKS)
    if "libreoffice-calc" in absent:
        print("Could not run: files read by LibreOffice (install the package libreoffice-calc)")
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.jsonl"
        figures.touch()
        passed = run_on_sqlite(figures)
        if "chromium" in absent:
            print("Could not run: journeys in every language (install the package chromium)")
        else:
            passed = walk_every_turn(figures) and passed
        if "postgresql" in absent:
            print("Could not run: benchmarks on PostgreSQL (install the package postgresql)")
        else:
            with postgres.throw_away_cluster() as url:
                passed = run_on_postgres(url, figures) and passed
        write_page(figures)
    print(f"The figures are in {RESULTS.relative_to(ROOT)}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
