"""What the tests need from the machine itself, and how to get it."""

import os
import shutil
import subprocess
from pathlib import Path

#: Debian's package, and the programs we look for; one of them is enough.
NEEDED = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "gettext": ("msgfmt",),
    "postgresql": ("initdb",),
}
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
        quietly = {"stdout": subprocess.DEVNULL, "env": _without_questions()}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quietly)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
            check=False,
            **quietly,
        )
    return missing(*more)


def _without_questions() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
