"""The message catalogues: are they complete, and bring them up to date.

python -m tests.tools.catalogues check
python -m tests.tools.catalogues update
"""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
#: English is what the code is written in, so its catalogue says the same again.
SAME_AS_CODE = "en"
ENGLISH = "site/partnership/interface/wagtail_english.py"
OPTIONS = (
    "--extension=py,html,txt,xml",
    "--ignore=tests/*",
    "--ignore=var/*",
    "--ignore=.venv/*",
    "--ignore=requirements*.txt",
    "--add-location=file",
    "--no-obsolete",
    "--no-wrap",
)
READ = ("*.py", "*.html", "*.txt", "*.xml", "locale", ":!tests")
GATHER = Path(__file__).with_name("gathering.py")
#: What tells two messages apart.
Key = tuple[str | None, str, str]


def languages(root: Path = ROOT) -> list[str]:
    """Return the languages that have a folder for their catalogue."""
    return sorted(path.parent.name for path in root.glob("locale/*/LC_MESSAGES"))


def catalogue(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def complaints(root: Path = ROOT) -> list[str]:
    """Return a line for every message the committed catalogues of that tree lack."""
    found = [] if languages(root) else ["locale/ has no catalogue."]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "tree"
        copy_tree(root, fresh)
        collect(fresh)
        for language in languages(root):
            committed = polib.pofile(catalogue(root, language))
            wanted = {key(entry) for entry in polib.pofile(catalogue(fresh, language))}
            found += [f"{language}: {line}" for line in differences(committed, wanted)]
            found += [f"{language}: {line}" for line in unfinished(committed)]
            found += [f"{language}: {line}" for line in stale(root, language, committed)]
    return found


def differences(committed: polib.POFile, wanted: set[Key]) -> Iterator[str]:
    """Yield what the code says and the catalogue does not, and the other way round."""
    have = {key(entry) for entry in committed if not entry.obsolete}
    yield from (
        f"not in the catalogue: {message!r}" for _, message, _ in sorted(wanted - have, key=str)
    )
    yield from (
        f"no longer in the code: {message!r}" for _, message, _ in sorted(have - wanted, key=str)
    )


def unfinished(committed: polib.POFile) -> Iterator[str]:
    yield from (f"untranslated: {entry.msgid!r}" for entry in committed.untranslated_entries())
    yield from (f"fuzzy: {entry.msgid!r}" for entry in committed.fuzzy_entries())
    wanted = forms(committed)
    for entry in committed:
        if entry.msgid_plural and len(entry.msgstr_plural) != wanted:
            yield f"{len(entry.msgstr_plural)} of {wanted} forms: {entry.msgid!r}"


def forms(entries: polib.POFile) -> int:
    """Return how many forms of a counted message the heading promises; gettext begins with two."""
    said = re.match(r"nplurals=(\d+)", entries.metadata.get("Plural-Forms", ""))
    return int(said[1]) if said else 2


def stale(root: Path, language: str, committed: polib.POFile) -> Iterator[str]:
    """Yield a line when the compiled catalogue does not say what the readable one says."""
    compiled = catalogue(root, language).with_suffix(".mo")
    if not compiled.exists():
        yield f"{compiled.relative_to(root)} is missing."
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "django.mo"
        compile_to(catalogue(root, language), fresh)
        if messages_in(fresh) != messages_in(compiled):
            yield f"{compiled.relative_to(root)} is not what the .po file says."


def messages_in(compiled: Path) -> dict[object, str]:
    """Return what a reader gets; the heading, which holds a date, left out."""
    with compiled.open("rb") as file:
        messages = dict(GNUTranslations(file)._catalog)  # type: ignore[attr-defined]  # no public door
    messages.pop("", None)
    return messages


def compile_to(readable: Path, compiled: Path) -> None:
    """Compile one catalogue; msgfmt refuses one with a wrong placeholder."""
    command = ["msgfmt", "--check-format", "-o", compiled, readable]
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"msgfmt refuses {readable}; its reason is above.")


def copy_tree(root: Path, target: Path) -> None:
    """Copy what has messages and git knows or would add: nothing is written beside the code."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *READ]
    names = subprocess.run(listing, cwd=root, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, target / name)


def collect(root: Path) -> None:
    """Gather the messages of the tree into its own catalogues."""
    wanted = [f"--locale={language}" for language in languages(root)]
    result = subprocess.run(
        [sys.executable, GATHER, "--verbosity=0", *wanted, *OPTIONS],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "partnership.settings.test"},
    )
    if result.returncode:
        sys.exit(f"makemessages failed: {result.stderr.strip()[-600:]}")


def update(root: Path = ROOT) -> None:
    """Gather, fill the language of the code, compile, and say what is left to translate."""
    collect(root)
    for language in languages(root):
        path = catalogue(root, language)
        entries = polib.pofile(path, wrapwidth=0)
        write_heading(entries, language)
        offer_every_form(entries)
        if language == SAME_AS_CODE:
            repeat_the_code(entries)
        entries.save(path)
        compile_to(path, path.with_suffix(".mo"))
        left = len(entries.untranslated_entries()) + len(entries.fuzzy_entries())
        print(f"{path.relative_to(root)}: {left} left to translate")


def write_heading(entries: polib.POFile, language: str) -> None:
    """Say what the file is; without dates, which would change it at every run."""
    entries.header = "The texts of the interface; CONTRIBUTING.md says how to change them."
    entries.metadata_is_fuzzy = False
    entries.metadata = {
        "Project-Id-Version": "Sister cities",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": entries.metadata["Plural-Forms"],
    }


def offer_every_form(entries: polib.POFile) -> None:
    """Give counted messages as many forms as the language has; gettext begins with two."""
    wanted = range(forms(entries))
    for entry in entries:
        if entry.msgid_plural:
            empty = dict.fromkeys(wanted, "")
            entry.msgstr_plural = {**empty, **entry.msgstr_plural}


def repeat_the_code(entries: polib.POFile) -> None:
    """Say what the code says, but for what Wagtail says and we otherwise."""
    otherwise = runpy.run_path(str(ROOT / ENGLISH))["SAID"]
    for entry in entries:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = otherwise.get(entry.msgid, entry.msgid)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        print(__doc__)
        return 2
    found = complaints()
    print("\n".join(found[:40]) or "The catalogues are complete.")
    if len(found) > 40:
        print(f"... and {len(found) - 40} more. `make messages` brings them up to date.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
