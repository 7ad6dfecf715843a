"""Which roles somebody may give: those that allow nothing they may not do themselves.

Otherwise whoever may change people could give anything to anybody, themselves included, or take
over the account of somebody who may do more, by writing another address or password there.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from partnership.people.models import Resident

# What a role allows below a page, or in a collection of files, is a row beside the role.
BELOW = ((GroupPagePermission, "page"), (GroupCollectionPermission, "collection"))


def to_give(by: Resident) -> QuerySet[Group]:
    """Return the roles somebody may give; administrators give all."""
    if by.is_superuser:
        return Group.objects.all()
    held = Permission.objects.filter(Q(group__user=by) | Q(user=by))
    beyond = Permission.objects.exclude(pk__in=held.values("pk"))
    too_much = set(Group.objects.filter(permissions__in=beyond).values_list("pk", flat=True))
    for model, place in BELOW:
        too_much |= _allowing_more(by, model, place)
    return Group.objects.exclude(pk__in=too_much)


def is_above(by: Resident, person: Resident) -> bool:
    """Whether one may do all that the other may, and so change the other's account."""
    if by.is_superuser or person.is_superuser:
        return by.is_superuser
    return not person.groups.exclude(pk__in=to_give(by).values("pk")).exists()


def _allowing_more(by: Resident, model: Any, place: str) -> set[int]:
    """Return the roles that allow something where none of one's own roles does."""
    rows = model.objects.values_list("group", "permission", f"{place}__path")
    own = set(rows.filter(group__user=by).values_list("permission", f"{place}__path"))
    return {
        group
        for group, permission, path in rows
        if not any(permission == each and path.startswith(above) for each, above in own)
    }
