"""The groups of a site, which are made once in a test that asks for several of their people."""

from collections.abc import Callable

from django.contrib.auth.models import Group

from partnership.pages.groups import EDITORS


def make_groups(*ensures: Callable[[], None], last: str, group: str = EDITORS) -> None:
    """Call these, unless the group has the last permission they give: half of an editor's cost."""
    if not Group.objects.filter(name=group, permissions__codename=last).exists():
        for ensure in ensures:
            ensure()
