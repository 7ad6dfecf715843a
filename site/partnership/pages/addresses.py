"""Addresses in every language: a slug and a path each, kept right through moves and renames."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.dispatch import Signal
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify

from partnership.pages.editing import ADDRESS_TAKEN
from partnership.pages.languages import CODES, DEFAULT, active, field_names, localized

#: Sent after commit with ``instance`` and ``changes`` = {code: (old path, new path)}.
localized_path_changed = Signal()

UNICODE_SLUGS = settings.WAGTAIL_ALLOW_UNICODE_SLUGS


if TYPE_CHECKING:
    from wagtail.models import AbstractPage as Page
else:
    Page = object  # a plain mixin: its fields are the base page's


class LocalAddresses(Page):
    """What a page answers to in each language.

    ``slug`` and ``url_path`` stay Wagtail's own: canonical and equal to the first
    language's. ``local_slug_xx`` and ``local_path_xx`` are what readers' addresses use.
    """

    # Addresses -------------------------------------------------------------------------

    def slug_in(self, code: str) -> str:
        """Return this page's own part of the address in that language."""
        return getattr(self, localized("local_slug", code)) or self.slug

    def path_in(self, code: str) -> str:
        """Return the path from the root of the tree in that language."""
        return getattr(self, localized("local_path", code)) or self.url_path

    def url_in(self, code: str, request: HttpRequest | None = None) -> str | None:
        """Return the address of this page in that language."""
        with translation.override(code):
            return self.get_url(request)

    def full_url_in(self, code: str, request: HttpRequest | None = None) -> str | None:
        """Return the address with scheme and host in that language."""
        with translation.override(code):
            return self.get_full_url(request)

    def set_url_path(self, parent: "LocalAddresses | None") -> str:
        super().set_url_path(parent)
        for code in CODES:
            path = "/" if parent is None else f"{parent.path_in(code)}{self.slug_in(code)}/"
            setattr(self, localized("local_path", code), path)
        return self.url_path

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        parts = super().get_url_parts(request)
        if not parts or parts[2] is None:
            return parts
        site_id, _root_url, _path = parts
        roots = self._get_relevant_site_root_paths(request)
        root = next(entry for entry in roots if entry.site_id == site_id)
        depth = len([part for part in root.root_path.split("/") if part])
        own = self.path_in(active()).strip("/").split("/")[depth:]
        path = "".join(f"{part}/" for part in own)
        try:
            # The host is a setting, as in every mail; the site's row would be a second truth.
            return site_id, settings.BASE_URL, reverse("wagtail_serve", args=(path,))
        except NoReverseMatch:
            return site_id, None, None

    # Saving ----------------------------------------------------------------------------

    def _set_core_field_defaults(self) -> None:
        # Under the first language: an editor whose interface is Spanish must not make
        # Spanish columns out of English text, or the other way round.
        with translation.override(DEFAULT):
            super()._set_core_field_defaults()
        setattr(self, localized("local_slug", DEFAULT), self.slug)
        if self.path:
            self._fill_local_slugs()

    def _fill_local_slugs(self) -> None:
        for code in CODES[1:]:
            name, title = localized("local_slug", code), getattr(self, localized("title", code))
            written = getattr(self, name)
            if written and self.pk:
                continue  # a stored slug is never touched; clean() reports a clash
            wanted = written or slugify(title or "", allow_unicode=UNICODE_SLUGS)
            if wanted or self.is_taken(code, self.slug):
                setattr(self, name, self._free_slug(code, wanted or self.slug))

    def _free_slug(self, code: str, wanted: str) -> str:
        candidate, number = wanted, 1
        while self.is_taken(code, candidate):
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate

    def is_taken(self, code: str, slug: str, parent: "LocalAddresses | None" = None) -> bool:
        """Whether another page under the parent answers to this slug in that language."""
        if parent is None and (self.path or getattr(self, "_cached_parent_obj", None)):
            parent = self.get_parent()
        if parent is None:
            return False
        return parent.get_children().exclude(pk=self.pk).filter(has_slug(code, slug)).exists()

    def _check_slug_is_unique(self) -> None:
        super()._check_slug_is_unique()
        taken = {
            localized("local_slug", code): ADDRESS_TAKEN
            for code in CODES[1:]
            if self.is_taken(code, self.slug_in(code))
        }
        if taken:
            raise ValidationError(taken)

    def minimal_clean(self) -> None:
        # A draft may have a title in one language only: what Wagtail reads as the title is
        # then the other language's, and must not be written down as the first one's.
        titles = {name: getattr(self, name) for name in field_names("title")}
        with translation.override(DEFAULT):
            super().minimal_clean()
        for name, title in titles.items():
            setattr(self, name, title)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        with translation.override(DEFAULT):
            return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "LocalAddresses":
        page = super().with_content_json(content)
        if self.alias_of_id:  # an alias keeps its own addresses
            for name in field_names("local_slug"):
                setattr(page, name, getattr(self, name))
        return page

    @transaction.atomic
    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        before = self._stored_paths(kwargs.get("update_fields"))
        if before:
            if clean:
                self._set_core_field_defaults()
            self._settle_in(self.get_parent(), before)
        elif not self.pk:
            setattr(self, localized("local_slug", DEFAULT), self.slug)
            self._fill_local_slugs()
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if before:
            self._move_descendants(before)
        return result

    def _stored_paths(self, update_fields: Iterable[str] | None) -> dict[str, str] | None:
        """Return the stored path per language, or None when this save cannot change it."""
        slugs = {"slug", *field_names("local_slug")}
        if not self.pk or (update_fields is not None and slugs.isdisjoint(update_fields)):
            return None
        names = field_names("local_path")
        stored = _pages().filter(pk=self.pk).values_list(*names).first()
        return dict(zip(CODES, stored, strict=True)) if stored else None

    def _settle_in(self, parent: "LocalAddresses | None", before: dict[str, str]) -> None:
        """Take the paths under the parent; after a move a slug may need a number there."""
        for code in CODES[1:]:
            old_parent_path = (before[code] or self.url_path).rstrip("/").rpartition("/")[0] + "/"
            moved = parent is not None and old_parent_path != parent.path_in(code)
            if moved and self.is_taken(code, self.slug_in(code)):
                setattr(
                    self, localized("local_slug", code), self._free_slug(code, self.slug_in(code))
                )
        self.set_url_path(parent)

    def _move_descendants(self, before: dict[str, str]) -> None:
        changes = {
            code: (old, self.path_in(code))
            for code, old in before.items()
            if old and old != self.path_in(code)
        }
        if not changes:
            return
        moved = {
            localized("local_path", code): Concat(
                Value(new), Substr(localized("local_path", code), len(old) + 1)
            )
            for code, (old, new) in changes.items()
        }
        descendants = _pages().filter(path__startswith=self.path).exclude(pk=self.pk)
        descendants.update(**moved)
        transaction.on_commit(
            lambda: localized_path_changed.send(sender=type(self), instance=self, changes=changes)
        )


def _pages() -> Any:
    return apps.get_model("pages", "BasePage").objects


def has_slug(code: str, slug: str) -> Q:
    name = localized("local_slug", code)
    unset = Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return Q(**{name: slug}) | (Q(slug=slug) & unset)


def has_any_slug(slug: str) -> Q:
    condition = Q(slug=slug)
    for name in field_names("local_slug"):
        condition |= Q(**{name: slug})
    return condition
