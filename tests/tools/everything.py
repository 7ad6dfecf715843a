"""`make test`: every check of the house, in order, with what each one took.

python -m tests.tools.everything [--lint-only]
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.tools import machine, postgres, together

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
OURS = ROOT / "var" / f"check-{os.getpid()}"
#: Enough for Django's deployment check; it opens no connection.
AS_ON_A_SERVER = {
    "DJANGO_SETTINGS_MODULE": "partnership.settings.production",
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-only-for-this-check-0123456789",
    "ALLOWED_HOSTS": "partnership.example",
    "BASE_URL": "https://partnership.example",
}
PYTEST = (sys.executable, "-m", "tests.tools.roomy", "-q", "--durations=5", "--durations-min=5")
DEMO = "tests.journeys.demo_server"
#: The journeys that look at every page and screen: a piece of its own, to run beside others.
PAGE_BY_PAGE = tuple(f"tests/journeys/test_{name}.py" for name in ("every_page", "editing_screens"))
#: The rooms of those who take part: a third of all tests, and a piece of its own.
TAKING_PART = ("consultations", "moderation", "registrations", "translations")
#: Walks over whole sites, which nobody has to hurry for: they run beside the others.
WHOLE_SITES = ("tests/demo", "tests/pairs")
#: What reads the code for longest, and asks for no more than what the tests leave over: they wait
#: now and then, for a browser or for each other. Whoever is in a hurry asks `make lint`.
READ_BESIDE = ("types", "catalogues")
SEEDED = OURS / "seeded-demo"
WITH_DEMO = {"SEEDED_DEMO": str(SEEDED)}


#: Other Latin letters, a script that runs from right to left, three languages: `make bench` runs
#: each of them on both databases.
PAIRS = ("de,pl", "fr,ar", "en,es,fr")
#: Here the one that changes most of a page.
PAIRS_HERE = PAIRS[1:2]


@dataclass
class Stage:
    """One check: a name to print, a command, what it needs from the machine."""

    name: str
    command: tuple[str, ...]
    needs: str | None = None
    env: dict[str, str] = field(default_factory=dict)
    on_postgres: bool = False
    after: "Stage | None" = None
    ended: threading.Event = field(default_factory=threading.Event)


def manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "manage.py", *arguments)


def lint_stages() -> list[Stage]:
    """Return what reads the code without running the tests."""
    test_settings = {"DJANGO_SETTINGS_MODULE": "partnership.settings.test"}
    stages = [
        Stage("types", (sys.executable, "-m", "mypy", "--no-error-summary")),
        Stage("style", (str(BIN / "ruff"), "check", "--quiet", ".")),
        Stage("format", (str(BIN / "ruff"), "format", "--quiet", "--check", ".")),
        Stage("catalogues", (sys.executable, "-m", "tests.tools.catalogues", "check"), "gettext"),
        Stage("migrations", manage("makemigrations", "--check", "--dry-run"), env=test_settings),
        Stage("deployment", (sys.executable, "-Wd", *manage("check", "--deploy",
              "--fail-level=WARNING")[1:]), env=AS_ON_A_SERVER),
        Stage("packages", (sys.executable, "-m", "pip", "check")),
    ]  # fmt: skip
    if names := templates():
        djade = (str(BIN / "djade"), "--check", "--target-version=5.2", *names)
        stages.append(Stage("templates", djade))
    return stages


def test_stages() -> list[Stage]:
    """Return the tests in pieces that run side by side, each in one process; the longest first."""
    rooms = [f"tests/{room}" for room in TAKING_PART]
    all_else = [f"--ignore={room}" for room in (*rooms, *WHOLE_SITES)]
    return [
        Stage("tests on SQLite, all else", (*PYTEST, *all_else), env=dict(WITH_DEMO)),
        journeys("people", "tests/journeys", *(f"--ignore={name}" for name in PAGE_BY_PAGE)),
        Stage("tests on SQLite, taking part", (*PYTEST, *rooms)),
        journeys("page by page", *PAGE_BY_PAGE),
        on_postgres("taking part", *files_for_both(rooms)),
        on_postgres("all else", *files_for_both(["tests"], but=rooms)),
    ]


def stages_beside() -> list[Stage]:
    """Return the tests that wait for nothing and measure no time, so that they may run last."""
    command = (*PYTEST, "-m", "pair", "tests/pairs")
    return [
        Stage("tests on SQLite, whole sites", (*PYTEST, *WHOLE_SITES), env=dict(WITH_DEMO)),
        *(
            Stage(f"{pair} on SQLite", command, env={"PARTNER_LANGUAGES": pair})
            for pair in PAIRS_HERE
        ),
    ]


def on_postgres(name: str, *files: str) -> Stage:
    command = (*PYTEST, "-m", "both and not bench", *files)
    name = f"tests on PostgreSQL, {name}"
    return Stage(name, command, "postgresql", on_postgres=True, env=dict(WITH_DEMO))


def journeys(name: str, *files: str) -> Stage:
    command = (*PYTEST, "-m", "journey", *files)
    return Stage(f"journeys, {name}", command, "chromium", env=dict(WITH_DEMO))


def stages_that_prepare() -> list[Stage]:
    """Return what migrates the databases that the tests copy."""
    migrate = (sys.executable, "-m", "tests.tools.template_database")
    return [
        Stage("migrated SQLite", (*migrate, *PAIRS_HERE)),
        Stage("migrated PostgreSQL", migrate, "postgresql", on_postgres=True),
    ]


def stage_that_seeds() -> Stage:
    """Return what makes the demo for all journeys, over the migrated SQLite."""
    return Stage("demo for the journeys", (sys.executable, "-m", DEMO, str(SEEDED)))


def files_for_both(folders: Sequence[str], but: Sequence[str] = ()) -> list[str]:
    """Return the files of tests that run on both databases, so that no other is read."""
    left_out = tuple(f"{folder}/" for folder in but)
    names = [name for folder in folders for name in tracked(f"{folder}/*.py")]
    return [
        name
        for name in names
        if not name.startswith(left_out) and "mark.both" in (ROOT / name).read_text()
    ]


def templates() -> list[str]:
    return tracked("*.html")


def tracked(pattern: str) -> list[str]:
    """Return every file of that name that git knows or would add."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in names.splitlines() if (ROOT / name).exists()]


def environment(stage: Stage) -> dict[str, str]:
    """Return the caller's environment without what would change the outcome or the time.

    VAR_DIR leads to a folder of this run, so that the demo of `make run` is never touched.
    Compiled modules are kept: a hundred processes would each compile every one of ours again.
    """
    ours = (
        "DJANGO_SETTINGS_MODULE",
        "DATABASE_URL",
        "CACHE_URL",
        "SQLITE_PATH",
        "PARTNER_LANGUAGES",
        "PYTHONDONTWRITEBYTECODE",
    )
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "VAR_DIR": str(OURS), **stage.env}


def read_quietly(stage: Stage) -> bool:
    """Run a check that only speaks when something is wrong."""
    result = subprocess.run(
        stage.command, cwd=ROOT, env=environment(stage), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if result.returncode:
        print(result.stdout)
    return result.returncode == 0


def timed(stage: Stage) -> bool:
    """Run it, once what it needs was made; what waits for it goes on whether it passed or not."""
    if stage.after:
        stage.after.ended.wait()
    started = time.monotonic()
    try:
        passed = read_quietly(stage)
    finally:
        stage.ended.set()
    print(
        f"{'passed' if passed else 'FAILED'}  {stage.name}  {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return passed


def every(stages: list[Stage], absent: list[str]) -> bool:
    """Run all of them whatever happens, a few at a time, so that one round shows everything."""
    with ThreadPoolExecutor(max_workers=together.AT_ONCE) as pool:
        return all(list(pool.map(timed, _here(stages, absent))))


def first_failure_stops(
    stages: list[Stage], absent: list[str], beside: Sequence[Stage] = ()
) -> bool:
    """Run tests a few pieces at a time; what a piece printed is shown when it ends."""
    return together.all_pass(_jobs(stages, absent), cwd=ROOT, beside=_jobs(beside, absent))


def _jobs(stages: Sequence[Stage], absent: list[str]) -> list[together.Job]:
    return [
        together.Job(stage.name, stage.command, environment(stage))
        for stage in _here(stages, absent)
    ]


def _here(stages: Sequence[Stage], absent: list[str]) -> list[Stage]:
    return [stage for stage in stages if stage.needs not in absent]


def could_not_run(stages: list[Stage], absent: list[str]) -> bool:
    """Say what was left out and why; return whether anything was."""
    left_out = [stage for stage in stages if stage.needs in absent]
    for stage in left_out:
        print(f"Could not run: {stage.name} (install the package {stage.needs})")
    return bool(left_out)


def main(arguments: list[str]) -> int:
    absent = machine.install_missing()
    checks, tests, beside = lint_stages(), [], []
    if "--lint-only" not in arguments:
        # First of all, so that it goes on beside what reads the code. The demo begins from the
        # tables that are made first.
        prepare, demo = stages_that_prepare(), stage_that_seeds()
        demo.after = next(iter(prepare), None)
        slow = [stage for stage in checks if stage.name in READ_BESIDE]
        quick = [stage for stage in checks if stage not in slow]
        beside = [*slow, *stages_beside()]
        checks = [*prepare, *quick[:1], demo, *quick[1:]]
        tests = test_stages()
    # Said before the tests, whose own summary closes the output.
    incomplete = could_not_run(checks + tests + beside, absent) and os.environ.get("CI") == "true"
    OURS.mkdir(parents=True)
    try:
        with server_for(_here(checks + tests, absent)):
            passed = every(checks, absent) and first_failure_stops(tests, absent, beside=beside)
    finally:
        shutil.rmtree(OURS, ignore_errors=True)
    return 0 if passed and not incomplete else 1


@contextmanager
def server_for(stages: list[Stage]) -> Iterator[None]:
    """Lead the stages that need it to one PostgreSQL, which is there as long as they run."""
    on_postgres = [stage for stage in stages if stage.on_postgres]
    if not on_postgres:
        yield
        return
    with postgres.throw_away_cluster() as url:
        for stage in on_postgres:
            stage.env["DATABASE_URL"] = url
        yield


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started goes with us
    sys.exit(main(sys.argv[1:]))
