"""The groups people in the admin belong to; which city they work for is asked beside them."""

from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from partnership.pages.models import BasePage, GivenPermission

EDITORS, MODERATORS, ANALYSTS = "Editors", "Moderators", "Analysts"
PAGE_PERMISSIONS = ("pages.add_basepage", "pages.change_basepage", "pages.publish_basepage")
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
    """Make the groups, and bring back which pages and files they may change; can be run again.

    Editors write and publish pages with pictures and files; moderators and analysts only get
    through the door here, and what they do there from ``grant()``. Wagtail's migrations make
    groups of the same names that publish pages: that is taken from all but the editors.
    """
    groups = [grant(name, DOOR) for name in (EDITORS, MODERATORS, ANALYSTS)]
    root, collection = BasePage.get_first_root_node(), Collection.get_first_root_node()
    for model, there, names in (
        (GroupPagePermission, {"page": root}, PAGE_PERMISSIONS),
        (GroupCollectionPermission, {"collection": collection}, FILE_PERMISSIONS),
    ):
        model.objects.filter(group__in=groups).delete()
        model.objects.bulk_create(
            model(group=groups[0], permission=permission, **there)
            for permission in _permissions(names)
        )


@transaction.atomic
def grant(group_name: str, *permissions: str) -> Group:
    """Give the group, made if need be, permissions named ``app.codename``; return the group.

    Each is given once: what somebody has taken away by hand since then is not given again.
    """
    group, _created = Group.objects.get_or_create(name=group_name)
    wanted = _permissions(permissions)
    known = GivenPermission.objects.filter(group=group, permission__in=wanted)
    given = set(known.values_list("permission_id", flat=True))
    if new := [permission for permission in wanted if permission.pk not in given]:
        group.permissions.add(*new)
        rows = [GivenPermission(group=group, permission=permission) for permission in new]
        GivenPermission.objects.bulk_create(rows, ignore_conflicts=True)
    return group


def groups_are_there() -> bool:
    """Whether the site has its groups: one that nobody has started yet has only Wagtail's."""
    ours = (EDITORS, MODERATORS, ANALYSTS)
    return Group.objects.filter(name__in=ours).count() == len(ours)


def _permissions(names: Sequence[str]) -> list[Permission]:
    """Return what is named ``app.codename``, in one query.

    Raises Permission.DoesNotExist when one of them is not there (yet).
    """
    apps, codenames = zip(*(name.split(".") for name in names), strict=True)
    found = Permission.objects.filter(
        content_type__app_label__in=set(apps), codename__in=set(codenames)
    ).annotate(app=F("content_type__app_label"))
    by_name = {f"{each.app}.{each.codename}": each for each in found}
    if missing := set(names) - set(by_name):
        raise Permission.DoesNotExist(", ".join(sorted(missing)))
    return [by_name[name] for name in names]
