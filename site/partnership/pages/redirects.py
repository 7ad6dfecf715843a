"""Permanent redirects from a page's old addresses, one per language in which it moved."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from partnership.pages.languages import localized
from partnership.pages.models import BasePage

KEPT_ON_CONFLICT = ("redirect_page", "redirect_link", "is_permanent", "automatically_created")


@transaction.atomic
def redirect_old_addresses(
    instance: BasePage, changes: dict[str, tuple[str, str]], **_signal: Any
) -> None:
    """Lead every address the page and its descendants had to where they are now.

    Three statements per language, however many pages moved. A redirect from an address that
    belongs to a page again is removed, so that moving to and fro makes no loop.
    """
    parts = instance.get_url_parts()
    if not parts:
        return  # outside of any site
    site = Site.objects.select_related("root_page").get(pk=parts[0])
    for code, (old, new) in changes.items():
        moved = list(_moved_pages(instance, site, code, old, new))
        taken = [now for _pk, _before, now in moved]
        Redirect.objects.filter(site=site, old_path__in=taken).delete()
        Redirect.objects.bulk_create(
            [
                Redirect(
                    site=site,
                    old_path=before,
                    redirect_page_id=pk,
                    is_permanent=True,
                    automatically_created=True,
                )
                for pk, before, now in moved
                if before != now
            ],
            update_conflicts=True,
            unique_fields=("old_path", "site"),
            update_fields=KEPT_ON_CONFLICT,
            batch_size=500,
        )


def formerly_at(pages: QuerySet, slug: str) -> QuerySet:
    """Return those of the pages that had this slug once, in whatever language.

    For addresses below a page that are no pages: its redirects know its own only.
    """
    moved = Redirect.objects.filter(automatically_created=True, old_path__endswith=f"/{slug}")
    return pages.filter(pk__in=moved.values("redirect_page"))


def _moved_pages(
    instance: BasePage, site: Site, code: str, old: str, new: str
) -> Iterator[tuple[int, str, str]]:
    """Yield (page id, old address, new address) of every page readers may have known."""
    column = localized("local_path", code)
    known = Q(live=True) | Q(first_published_at__isnull=False)
    branch = BasePage.objects.filter(known, path__startswith=instance.path)
    for pk, now in branch.values_list("pk", column):
        if now and now.startswith(new):
            before = old + now.removeprefix(new)
            yield pk, _address(before, site, code), _address(now, site, code)


def _address(path: str, site: Site, code: str) -> str:
    """Return the address of a tree path, in the form in which redirects are looked up."""
    shown = path.strip("/").split("/")[site.root_page.depth - 1 :]
    with translation.override(code):
        prefix = reverse("wagtail_serve", args=("",))
    return Redirect.normalise_path(prefix + "/".join(shown))
