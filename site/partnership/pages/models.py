"""The page every page type builds on: one row in one tree, in all partner languages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index
from wagtail.url_routing import RouteResult

from partnership.pages.languages import CODES, DEFAULT, active, field_names, localized
from partnership.pages.panels import side_by_side, slug_panel, title_panel
from partnership.pages.permissions import CityPagePermissionTester
from partnership.pages.photos import Photo, PhotoRendition

__all__ = ("BasePage", "Photo", "PhotoRendition", "localized_path_changed")

#: Sent after commit with ``instance`` and ``changes`` = {code: (old path, new path)}.
localized_path_changed = Signal()

SEARCHED_TITLES = tuple(
    entry
    for name in field_names("title")
    for entry in (
        index.SearchField(name, boost=2),
        index.AutocompleteField(name),
        index.FilterField(name),
    )
)


class BasePage(DefaultBasePageMixin, AbstractPage):
    """One page in every partner language.

    ``slug`` and ``url_path`` stay Wagtail's own: canonical and equal to the first
    language's. ``local_slug_xx`` and ``local_path_xx`` are what readers' addresses use.
    """

    local_slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True, blank=True)
    local_path = models.TextField(blank=True, editable=False)
    cities = ParentalManyToManyField(
        "cities.City",
        verbose_name=_("cities"),
        blank=True,
        related_name="+",
        help_text=_("Whose page this is. None means the page of all cities together."),
    )
    cover_photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a photo the page gets a printed cover of its own."),
    )

    content_panels = (title_panel(),)
    promote_panels = (
        MultiFieldPanel(
            [slug_panel(), side_by_side("seo_title"), side_by_side("search_description")],
            heading=_("Address and search engines"),
        ),
        "show_in_menus",
    )
    settings_panels = (
        FieldPanel("cities"),
        *AbstractPage.settings_panels,
    )
    search_fields = (
        *(
            entry
            for entry in (*AbstractPage.search_fields, *DefaultBasePageMixin.search_fields)
            if getattr(entry, "field_name", "") != "title"
        ),
        index.FilterField("title"),
        *SEARCHED_TITLES,
    )
    #: Fields of which every language must be written before the page can be published.
    publish_required: tuple[str, ...] = ("title",)
    #: The kind of printed cover: exchange, festival, charrette, consultation or drill.
    cover_kind = "charrette"

    class Meta(AbstractPageMeta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    default_exclude_fields_in_copy = (
        *AbstractPage.default_exclude_fields_in_copy,
        *field_names("local_path"),
        "local_path",
    )

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

    def set_url_path(self, parent: "BasePage | None") -> str:
        super().set_url_path(parent)
        for code in CODES:
            path = "/" if parent is None else f"{parent.path_in(code)}{self.slug_in(code)}/"
            setattr(self, localized("local_path", code), path)
        return self.url_path

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        parts = super().get_url_parts(request)
        if not parts or parts[2] is None:
            return parts
        site_id, root_url, _path = parts
        roots = self._get_relevant_site_root_paths(request)
        root = next(entry for entry in roots if entry.site_id == site_id)
        depth = len([part for part in root.root_path.split("/") if part])
        own = self.path_in(active()).strip("/").split("/")[depth:]
        path = "".join(f"{part}/" for part in own)
        try:
            return site_id, root_url, reverse("wagtail_serve", args=(path,))
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
            if (written and self.pk) or not (written or title):
                continue  # a stored slug is never touched; clean() reports a clash
            setattr(self, name, self._free_slug(code, written or slugify(title) or self.slug))

    def _free_slug(self, code: str, wanted: str) -> str:
        candidate, number = wanted, 1
        while self._sibling_has(code, candidate):
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate

    def _sibling_has(self, code: str, slug: str) -> bool:
        known = self.path or getattr(self, "_cached_parent_obj", None)
        parent = self.get_parent() if known else None
        if parent is None:
            return False
        return parent.get_children().exclude(pk=self.pk).filter(_has_slug(code, slug)).exists()

    def _check_slug_is_unique(self) -> None:
        super()._check_slug_is_unique()
        taken = {
            localized("local_slug", code): _("Another page beside this one has this address.")
            for code in CODES[1:]
            if self._sibling_has(code, self.slug_in(code))
        }
        if taken:
            raise ValidationError(taken)

    def minimal_clean(self) -> None:
        with translation.override(DEFAULT):
            super().minimal_clean()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        with translation.override(DEFAULT):
            return super().save_revision(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
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
            self.set_url_path(self.get_parent())
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
        stored = BasePage.objects.filter(pk=self.pk).values_list(*names).first()
        return dict(zip(CODES, stored, strict=True)) if stored else None

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
        descendants = BasePage.objects.filter(path__startswith=self.path).exclude(pk=self.pk)
        descendants.update(**moved)
        transaction.on_commit(
            lambda: localized_path_changed.send(sender=type(self), instance=self, changes=changes)
        )

    # Serving ---------------------------------------------------------------------------

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        child = self.get_children().filter(_has_slug(active(), slug)).first()
        if child is not None:
            child._cached_parent_obj = self
            return child.specific.route(request, rest)
        # Known under another language's slug? Then send the reader to the right address.
        other = self.get_children().live().filter(_has_any_slug(slug)).first()
        if other is None:
            raise Http404
        return RouteResult(other.specific, kwargs={"wrong_language_rest": rest})

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        wrong_language_rest: list[str] | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if wrong_language_rest is None:
            return super().serve(request, *args, **kwargs)
        page: BasePage = self
        for slug in wrong_language_rest:
            page = page.get_children().live().filter(_has_any_slug(slug)).first()
            if page is None:
                raise Http404
        return redirect(page.get_url(request))

    # The admin -------------------------------------------------------------------------

    def permissions_for_user(self, user: Any) -> CityPagePermissionTester:
        return CityPagePermissionTester(user, self)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return DEFAULT

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name in CODES:
            translation.activate(mode_name)
            request.LANGUAGE_CODE = mode_name
        return super().serve_preview(request, mode_name)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        alternates = [
            {"location": self.full_url_in(code, request), "lang_code": code} for code in CODES
        ]
        changed_at = self.last_published_at or self.latest_revision_created_at
        return [
            {"location": entry["location"], "lastmod": changed_at, "alternates": alternates}
            for entry in alternates
        ]


def _has_slug(code: str, slug: str) -> Q:
    name = localized("local_slug", code)
    unset = Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return Q(**{name: slug}) | (Q(slug=slug) & unset)


def _has_any_slug(slug: str) -> Q:
    condition = Q(slug=slug)
    for name in field_names("local_slug"):
        condition |= Q(**{name: slug})
    return condition
