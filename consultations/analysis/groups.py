"""Who codes texts and keeps the codebook."""

from partnership.pages.groups import ANALYSTS, DOOR, EDITORS, grant

CODEBOOK = (
    *(f"analysis.{action}_theme" for action in ("add", "change", "delete", "view")),
    "analysis.add_codedtext",
)


def ensure_groups() -> None:
    """Let analysts and editors read and code; can be run at any time."""
    for group in (ANALYSTS, EDITORS):
        grant(group, DOOR, *CODEBOOK)
