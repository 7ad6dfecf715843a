"""A version that a city has signed, or was passed over for, is not written over."""

from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Revision, TaskState

if TYPE_CHECKING:
    from partnership.pages.models import BasePage

SETTLED = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


def unless_signed(page: "BasePage", revision: Revision) -> Revision | None:
    """Return the revision, or None when somebody has approved it, or was not asked to.

    Autosave writes over the editor's own last revision, and an approval holds on to a
    revision by its number: words changed afterwards would pass as approved, and a city passed
    over would have a part in them without being asked. Locks the page, as approving does; the
    caller has a transaction open.
    """
    pages = apps.get_model("pages", "BasePage").objects
    pages.select_for_update(of=("self",)).get(pk=page.pk)
    settled = TaskState.objects.filter(revision=revision, status__in=SETTLED)
    return None if settled.exists() else revision
