"""Roles that are deleted: Wagtail's screen, whose members are ours."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, pre_delete

from partnership.people.models import Resident
from partnership.people.services import keep_staff


def listen() -> None:
    """Keep who is staff in step with roles that go as a whole."""
    pre_delete.connect(_note_members, sender=Group, dispatch_uid="people.role_goes")
    post_delete.connect(_keep_members, sender=Group, dispatch_uid="people.role_is_gone")


def _note_members(instance: Any, **_signal: Any) -> None:
    instance.had_members = list(Resident.objects.filter(groups=instance))


def _keep_members(instance: Any, **_signal: Any) -> None:
    keep_staff(instance.had_members)
