"""The page every page type builds on: one row in one tree, in all partner languages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageViewRestriction
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index
from wagtail.url_routing import RouteResult

from partnership.pages import mail_examples
from partnership.pages.addresses import (
    LocalAddresses,
    has_any_slug,
    has_slug,
    localized_path_changed,
)
from partnership.pages.editing import PageForm
from partnership.pages.languages import CODES, DEFAULT, active, field_names
from partnership.pages.panels import LanguagesPanel, side_by_side, slug_panel, title_panel
from partnership.pages.permissions import CityPagePermissionTester
from partnership.pages.photos import Photo, PhotoRendition
from partnership.pages.rows_below import is_all_there
from partnership.pages.signed_versions import unless_signed
from partnership.pages.wording.models import LanguageException, LanguageStanding
from partnership.pages.wording.page import PageWording
from partnership.serving.at_hand import site_of

__all__ = (
    "BasePage",
    "GivenPermission",
    "LanguageException",
    "LanguageStanding",
    "Photo",
    "PhotoRendition",
    "localized_path_changed",
)

SEARCHED_TITLES = tuple(
    entry
    for name in field_names("title")
    for entry in (
        index.SearchField(name, boost=2),
        index.AutocompleteField(name),
        index.FilterField(name),
    )
)


class BasePage(LocalAddresses, PageWording, DefaultBasePageMixin, AbstractPage):
    """One page in every partner language: its addresses, what it says, whose it is."""

    local_slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True, blank=True)
    local_path = models.TextField(blank=True, editable=False)
    wording = models.JSONField(default=dict, blank=True, editable=False)
    follows = models.JSONField(default=dict, blank=True, editable=False)
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

    #: Known for a page that was just routed to; otherwise it is asked.
    is_restricted: bool | None = None
    base_form_class = PageForm
    content_panels = (LanguagesPanel(), title_panel())
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
        # Those of a copy are free ones: what stands in its row is written into its versions.
        *field_names("local_slug"),
        "local_slug",
        "follows",
    ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # When it starts, Wagtail puts its own form on the base page; page types keep ours.
        cls.base_form_class = cls.base_form_class

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        if overwritten := kwargs.get("overwrite_revision"):
            kwargs["overwrite_revision"] = unless_signed(self, overwritten)
        return super().save_revision(*args, **kwargs)

    def unpublish(self, set_expired: bool = False, **kwargs: Any) -> None:
        """Unpublish; at the hour an editor set, only once nobody counts on the page any more."""
        from partnership.pages.keeping import why_public

        if not (set_expired and why_public(self)):
            super().unpublish(set_expired=set_expired, **kwargs)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Read a version; what it points to is asked one by one only where some of it is gone."""
        check_fks = check_fks and not is_all_there(cls, data)
        return super().from_serializable_data(data, check_fks, strict_fks)

    # Serving ---------------------------------------------------------------------------

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """Wagtail's own, but the front page is read in full only when it is what is asked."""
        if not hasattr(request, "_wagtail_route_for_request"):
            parts = [part for part in path.split("/") if part]
            site = site_of(request)
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
        children = self.get_children().filter(has_slug(active(), slug))
        child = self.knowing_restrictions(children).first()
        if child is not None:
            child._cached_parent_obj = self
            # On the way down only the type is needed; the page itself is read in full.
            typed = child.specific_deferred if rest else child.specific
            typed.is_restricted = child.is_restricted
            return typed.route(request, rest)
        # Known under another language's slug? Then send the reader to the right address.
        other = self.get_children().live().filter(has_any_slug(slug)).first()
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
            page = page.get_children().live().filter(has_any_slug(slug)).first()
            if page is None:
                raise Http404
        return redirect(page.get_url(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "language_note": self.language_note(active())}

    def get_view_restrictions(self) -> Any:
        """What restricts this page or one above it, in one query: the path names them all."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        if self.is_restricted is False:
            return PageViewRestriction.objects.none()
        return PageViewRestriction.objects.filter(self._is_about(self._paths_down())).distinct()

    def _paths_down(self) -> list[str]:
        """The paths of the pages above this one, and its own."""
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return [self.path[:end] for end in ends]

    @staticmethod
    def _is_about(paths: list[str]) -> Q:
        return Q(page__path__in=paths) | Q(page__aliases__path__in=paths)

    def knowing_restrictions(self, children: Any) -> Any:
        """Have a query for pages right below this one tell whether anything restricts them."""
        own = Q(page=OuterRef("pk")) | Q(page__aliases=OuterRef("pk"))
        restrictions = PageViewRestriction.objects.filter(self._is_about(self._paths_down()) | own)
        return children.annotate(is_restricted=Exists(restrictions))

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


class GivenPermission(models.Model):
    """That a group was given a permission once: taken away by hand, it stays away."""

    group = models.ForeignKey("auth.Group", on_delete=models.CASCADE, related_name="+")
    permission = models.ForeignKey("auth.Permission", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("given permission")
        verbose_name_plural = _("given permissions")
        constraints = (
            models.UniqueConstraint(fields=("group", "permission"), name="permission_given_once"),
        )

    def __str__(self) -> str:
        return f"{self.group}: {self.permission.codename}"
