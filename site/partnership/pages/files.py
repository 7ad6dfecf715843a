"""Whose a photograph or a document is: what another city shows is not changed behind its back."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from partnership.pages.models import BasePage
from partnership.pages.own_city import of_own_pages
from partnership.pages.permissions import city_keys
from partnership.pages.photos import Photo

#: What changes a file for everybody who shows it; choosing it does not.
CHANGES = frozenset(("change", "delete"))


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rule, and on top of it the cities whose pages show the file."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        wanted = set(actions)
        if harmless := wanted - CHANGES:
            if super().user_has_any_permission_for_instance(user, harmless, instance):
                return True
            wanted &= CHANGES
        if not super().user_has_any_permission_for_instance(user, wanted, instance):
            return False
        return may_change(user, instance)


def ask_for_the_city() -> None:
    """Have every screen ask so; for exactly these models, which goes before Wagtail's own."""
    for model, asked_as in ((Photo, "wagtailimages.Image"), (Document, "wagtaildocs.Document")):
        policy = FilePolicy(model, auth_model=asked_as, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)


def may_change(user: Any, file: Any) -> bool:
    """Whether no other city shows it, or a colleague of this person has brought it in."""
    if user.is_superuser or not is_shown_elsewhere(file, user):
        return True
    owner = file.uploaded_by_user
    if owner is None:
        return False
    colleagues = owner.edits_for.filter(pk__in=city_keys(user).cities)
    return bool(owner == user or colleagues.exists())


def is_shown_elsewhere(file: Any, user: Any) -> bool:
    """Whether it is part of something that this person may not change, as it is stored."""
    references = ReferenceIndex.get_references_to(file)
    places: dict[int, set[str]] = {}
    for kind, key in references.values_list("base_content_type", "object_id"):
        places.setdefault(kind, set()).add(key)
    return any(_has_strangers(_model_of(kind), keys, user) for kind, keys in places.items())


def _model_of(kind: int) -> type[Model]:
    model: type[Model] = ContentType.objects.get_for_id(kind).model_class() or BasePage
    return model


def _has_strangers(model: type[Model], keys: set[str], user: Any) -> bool:
    rows = model._default_manager.filter(pk__in=keys)
    return rows.exclude(pk__in=_own(rows, user).values("pk")).exists()


def _own(rows: QuerySet, user: Any) -> QuerySet:
    """Those of the rows whose city, or whose page's, is this person's; all where none is asked."""
    if issubclass(rows.model, BasePage):
        return rows.filter(pk__in=city_keys(user).pages().values("pk"))
    if hasattr(rows.model, "page_paths"):
        return of_own_pages(rows, user)
    of_editor = getattr(rows.model._default_manager, "of_editor", None)
    return rows.filter(pk__in=of_editor(user).values("pk")) if of_editor else rows
