"""A version that a city has signed is never written over; the next save makes a new one."""

from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Revision, TaskState

if TYPE_CHECKING:
    from partnership.pages.models import BasePage


def unless_signed(page: "BasePage", revision: Revision) -> Revision | None:
    """Return the revision, or None when somebody has approved it.

    Autosave writes over the editor's own last revision, and an approval holds on to a
    revision by its number: words changed afterwards would pass as approved. Locks the page,
    as approving does; the caller has a transaction open.
    """
    pages = apps.get_model("pages", "BasePage").objects
    pages.select_for_update(of=("self",)).get(pk=page.pk)
    approved = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    return None if approved.exists() else revision
