"""What the tests need from the machine itself, and how to get it."""

import os
import shutil
import subprocess
from pathlib import Path

#: Debian's package, and the programs we look for; one of them is enough.
NEEDED = {
    "chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "gettext": ("msgfmt",),
    "postgresql": ("initdb",),
}
#: Packages that serve as well and are tried first: this one draws no windows.
TRIED_FIRST = {"chromium": "chromium-headless-shell"}
#: What only the benchmarks ask for: it is as large as all the others together.
FOR_BENCHMARKS = {"libreoffice-calc": ("soffice", "localc")}


def find(package: str) -> str | None:
    """Return the path of the package's program, None when the machine has none."""
    for name in (NEEDED | FOR_BENCHMARKS)[package]:
        if path := shutil.which(name):
            return path
    if package == "postgresql":
        # Debian keeps the server's programs out of PATH, a folder for each version.
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
        return str(found[-1]) if found else None
    return None


def _version(path: Path) -> float:
    return float(path.parent.parent.name)


def missing(*more: str) -> list[str]:
    """Return the packages the machine lacks."""
    return [package for package in (*NEEDED, *more) if find(package) is None]


def install_missing(*more: str) -> list[str]:
    """Install what is missing where we may; return what is missing all the same."""
    wanted = missing(*more)
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(wanted)} from the system's packages")
        _apt_get("update")
        for package in wanted:
            if package in TRIED_FIRST:
                _apt_get("install", TRIED_FIRST[package])
        _apt_get("install", *missing(*more))
    return missing(*more)


def _apt_get(command: str, *packages: str) -> None:
    if command == "update" or packages:
        options = ("-y", "--no-install-recommends") if packages else ()
        subprocess.run(
            ["apt-get", command, "-qq", *options, *packages],
            check=False,
            stdout=subprocess.DEVNULL,
            env=_without_questions(),
        )


def _without_questions() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
