"""Static files as readers get them: the style sheet's parts pasted into one file.

The style sheet is written as one small file per component, joined by ``@import``. A browser
would fetch some fifty files one after another, so collectstatic pastes them together first.
In development the imports work as they are.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(
    r'^@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;$', re.MULTILINE
)
#: Written for whoever changes the sheet; a seventh of what its readers would load.
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class PastedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's hashed and compressed files, with the style sheet as one file."""

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, Any]]:
        """Put the pasted sheet in the place of the list of imports, then do the usual."""
        if SHEET in paths and not dry_run:
            storage, name = paths[SHEET]

            def read(path: str) -> str:
                folder = posixpath.dirname(name)
                with storage.open(posixpath.join(folder, path)) as part:
                    return part.read().decode()

            pasted = InMemoryStorage()
            sheet = paste(read(posixpath.basename(name)), read)
            pasted.save(SHEET, ContentFile(sheet.encode()))
            paths = {**paths, SHEET: (pasted, SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def paste(sheet: str, read: Callable[[str], str]) -> str:
    """Replace each ``@import`` by the part it names, inside its layer and without comments.

    A part in a folder of its own must not use ``url()``: pasted, it would point elsewhere.
    """

    def part(found: re.Match[str]) -> str:
        content = read(found["path"])
        if "/" in found["path"] and "url(" in content:
            raise ValueError(f"{found['path']} must not use url().")
        return f"@layer {found['layer']} {{\n{content}}}" if found["layer"] else content

    return COMMENT.sub("", IMPORT.sub(part, sheet))
