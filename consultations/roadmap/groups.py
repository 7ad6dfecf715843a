"""What editors and analysts may do here; groups are found or made by name."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

ANALYSTS = "Analysts"
EDITORS = "Editors"

ANALYST_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "consultations.export_consultation",
    "consultations.export_staff_profile",
    "exports.view_exportlog",
)
EDITOR_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "roadmap.add_commitment",
    "roadmap.change_commitment",
    "roadmap.delete_commitment",
    "roadmap.view_commitment",
)


def ensure_groups() -> None:
    """Make sure Analysts and Editors exist and may do their work here; takes nothing away."""
    _grant(ANALYSTS, ANALYST_PERMISSIONS)
    _grant(EDITORS, EDITOR_PERMISSIONS)


def _grant(name: str, permissions: tuple[str, ...]) -> None:
    wanted = Q()
    for permission in permissions:
        app_label, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(wanted))
