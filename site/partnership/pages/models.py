"""The page every page type builds on: one row in one tree, in all partner languages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.dispatch import Signal
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageViewRestriction, Site
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index
from wagtail.url_routing import RouteResult

from partnership.pages import mail_examples
from partnership.pages.editing import ADDRESS_TAKEN, PageForm
from partnership.pages.languages import CODES, DEFAULT, active, field_names, localized
from partnership.pages.panels import side_by_side, slug_panel, title_panel
from partnership.pages.permissions import CityPagePermissionTester
from partnership.pages.photos import Photo, PhotoRendition
from partnership.pages.signed_versions import unless_signed

__all__ = ("BasePage", "Photo", "PhotoRendition", "localized_path_changed")

#: Sent after commit with ``instance`` and ``changes`` = {code: (old path, new path)}.
localized_path_changed = Signal()

UNICODE_SLUGS = settings.WAGTAIL_ALLOW_UNICODE_SLUGS

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

    base_form_class = PageForm
    content_panels = (title_panel(),)
    promote_panels = (
        MultiFieldPanel(
            [slug_panel(), side_by_side("seo_title"), side_by_side("search_description")],
            heading=_("Address and search engines"),
        ),
        "show_in_menus",
    )
    settings_panels = (
        FieldPanel("cities", widget=CheckboxSelectMultiple),
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

    default_exclude_fields_in_copy = [  # noqa: RUF012 - Wagtail adds a list to it
        *AbstractPage.default_exclude_fields_in_copy,
        *field_names("local_path"),
        "local_path",
    ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # When it starts, Wagtail puts its own form on the base page; page types keep ours.
        cls.base_form_class = cls.base_form_class

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

    def is_taken(self, code: str, slug: str, parent: "BasePage | None" = None) -> bool:
        """Whether another page under the parent answers to this slug in that language."""
        if parent is None and (self.path or getattr(self, "_cached_parent_obj", None)):
            parent = self.get_parent()
        if parent is None:
            return False
        return parent.get_children().exclude(pk=self.pk).filter(_has_slug(code, slug)).exists()

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
        if overwritten := kwargs.get("overwrite_revision"):
            kwargs["overwrite_revision"] = unless_signed(self, overwritten)
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
        stored = BasePage.objects.filter(pk=self.pk).values_list(*names).first()
        return dict(zip(CODES, stored, strict=True)) if stored else None

    def _settle_in(self, parent: "BasePage | None", before: dict[str, str]) -> None:
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
        descendants = BasePage.objects.filter(path__startswith=self.path).exclude(pk=self.pk)
        descendants.update(**moved)
        transaction.on_commit(
            lambda: localized_path_changed.send(sender=type(self), instance=self, changes=changes)
        )

    # Serving ---------------------------------------------------------------------------

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """Wagtail's own, but the front page is read in full only when it is what is asked."""
        if not hasattr(request, "_wagtail_route_for_request"):
            parts = [part for part in path.split("/") if part]
            site = Site.find_for_request(request)
            try:
                root = site.root_page if site else None
                typed = root and (root.specific_deferred if parts else root.specific)
                found = typed.route(request, parts) if typed else None
            except Http404:
                found = None
            request._wagtail_route_for_request = found  # type: ignore[attr-defined] # as Wagtail
        return request._wagtail_route_for_request  # type: ignore[attr-defined] # written above

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        child = self.get_children().filter(_has_slug(active(), slug)).first()
        if child is not None:
            child._cached_parent_obj = self
            # On the way down only the type is needed; the page itself is read in full.
            typed = child.specific_deferred if rest else child.specific
            return typed.route(request, rest)
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
        request.shown_page = self  # type: ignore[attr-defined]  # for language_links()
        if wrong_language_rest is None:
            return super().serve(request, *args, **kwargs)
        page: BasePage = self
        for slug in wrong_language_rest:
            page = page.get_children().live().filter(_has_any_slug(slug)).first()
            if page is None:
                raise Http404
        return redirect(page.get_url(request))

    def get_view_restrictions(self) -> Any:
        """What restricts this page or one above it, in one query: the path names them all."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        above = [self.path[:end] for end in ends]
        own = Q(page__path__in=above) | Q(page__aliases__path__in=above)
        return PageViewRestriction.objects.filter(own).distinct()

    # The admin -------------------------------------------------------------------------

    def get_admin_display_title(self) -> str:
        """The title in the editor's language; Wagtail's ``draft_title`` has only one."""
        return self.title or self.draft_title

    def permissions_for_user(self, user: Any) -> CityPagePermissionTester:
        return CityPagePermissionTester(user, self)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [*settings.LANGUAGES, *mail_examples.modes_of(self)]

    @property
    def default_preview_mode(self) -> str:
        return DEFAULT

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.shown_page = self  # type: ignore[attr-defined]  # for language_links()
        if mode_name in CODES:
            translation.activate(mode_name)
            request.LANGUAGE_CODE = mode_name
        if letter := mail_examples.letter_of(self, mode_name):
            return letter
        return super().serve_preview(request, mode_name)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        twins = [{"location": self.full_url_in(code, request), "lang_code": code} for code in CODES]
        is_front_page = self.url_in(DEFAULT, request) == f"/{DEFAULT}/"
        first = twins[0]["location"] or ""
        default = first.removesuffix(f"{DEFAULT}/") if is_front_page else first
        alternates = [*twins, {"location": default, "lang_code": "x-default"}]
        changed_at = self.last_published_at or self.latest_revision_created_at
        return [
            {"location": twin["location"], "lastmod": changed_at, "alternates": alternates}
            for twin in twins
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
