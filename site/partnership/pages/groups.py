"""The groups people in the admin belong to; which city they work for is asked beside them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from partnership.pages.models import BasePage

EDITORS, MODERATORS, ANALYSTS = "Editors", "Moderators", "Analysts"
PAGE_PERMISSIONS = ("pages.add_basepage", "pages.change_basepage", "pages.publish_basepage")
#: Wagtail asks about its own image model, whatever model the photos are kept in.
#: Asked of Wagtail's own image model, whatever model stores the photographs.
FILE_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
DOOR = "wagtailadmin.access_admin"


@transaction.atomic
def ensure_groups() -> None:
    """Make the groups, or bring them back to what they may do; can be run at any time.

    Editors write and publish pages with pictures and files; moderators and analysts only get
    through the door here, and what they do there from ``grant()``. Wagtail's migrations make
    groups of the same names that publish pages: that is taken from all but the editors.
    """
    root = BasePage.get_first_root_node()
    collection = Collection.get_first_root_node()
    for name in (EDITORS, MODERATORS, ANALYSTS):
        group = grant(name, DOOR)
        GroupPagePermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.filter(group=group).delete()
    editors = Group.objects.get(name=EDITORS)
    for permission in map(_permission, PAGE_PERMISSIONS):
        GroupPagePermission.objects.create(group=editors, page=root, permission=permission)
    for permission in map(_permission, FILE_PERMISSIONS):
        GroupCollectionPermission.objects.create(
            group=editors, collection=collection, permission=permission
        )


def grant(group_name: str, *permissions: str) -> Group:
    """Give the group, made if need be, permissions named ``app.codename``; return the group."""
    group, _created = Group.objects.get_or_create(name=group_name)
    group.permissions.add(*map(_permission, permissions))
    return group


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
