"""What editors and analysts may do here; groups are found or made by name."""

from partnership.pages.groups import ANALYSTS, DOOR, EDITORS, grant

EXPORTS = (
    "consultations.export_consultation",
    "consultations.export_staff_profile",
    "exports.view_exportlog",
)
COMMITMENTS = tuple(f"roadmap.{word}_commitment" for word in ("add", "change", "delete", "view"))


def ensure_groups() -> None:
    """Make sure Analysts and Editors exist and may do their work here; takes nothing away."""
    grant(ANALYSTS, DOOR, *EXPORTS)
    grant(EDITORS, DOOR, *COMMITMENTS)
