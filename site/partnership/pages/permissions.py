"""Who may do what to a page: Wagtail's own rules, and the editor's city on top of them."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester

from partnership.cities.models import City
from partnership.pages.access import open_to_all

if TYPE_CHECKING:
    from partnership.pages.models import BasePage


class CityKeys:
    """The pages an editor holds the key to: those of their cities, and the joint ones.

    Lives on the request's user. Asks the database once for the editor's cities and once per
    family of sibling pages, so that a listing costs the same for 10 rows and for 1,000. What
    counts is the stored page, never a draft that somebody saved and nobody published.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self._cities_of: dict[int, set[int]] = {}
        self._strangers_below: dict[str, set[str]] = {}

    @cached_property
    def cities(self) -> set[int]:
        """The ids of the cities this person works for."""
        return set(self.user.edits_for.values_list("pk", flat=True))

    @cached_property
    def _names(self) -> dict[int, str]:
        return {city.pk: str(city) for city in City.objects.all()}

    def cities_of(self, page: "BasePage") -> set[int]:
        """Return the ids of the page's cities; none for a joint page."""
        if page.pk not in self._cities_of:
            self._read_family(page)
        return self._cities_of[page.pk]

    def names_of(self, page: "BasePage") -> list[str]:
        """Return the names of the page's cities, in the cities' order."""
        cities = self.cities_of(page)
        return [name for pk, name in self._names.items() if pk in cities]

    def open(self, page: "BasePage") -> bool:
        """Whether the page is of no city (joint) or of one of this person's cities."""
        cities = self.cities_of(page)
        return not cities or not self.cities.isdisjoint(cities)

    def pages(self) -> Any:
        """Return the pages for which ``open`` is true."""
        return _pages().filter(Q(cities=None) | Q(cities__in=self.cities)).distinct()

    def readable(self) -> Any:
        """Return those pages, drafts and private ones too, and what every reader may open."""
        if self.user.is_superuser:
            return _pages()
        own = Q(pk__in=self.pages().values("pk"))
        return _pages().filter(own | Q(open_to_all(), live=True))

    def open_branch(self, page: "BasePage") -> bool:
        """Whether this holds for the page and for every page below it."""
        if not self.open(page):
            return False
        if page.is_leaf():
            return True
        family = _family(page)
        if family not in self._strangers_below:
            self._strangers_below[family] = self._read_strangers(page)
        return page.path not in self._strangers_below[family]

    def _read_family(self, page: "BasePage") -> None:
        siblings = _pages().filter(path__startswith=_family(page), depth=page.depth)
        self._cities_of[page.pk] = set()
        for pk, city in siblings.values_list("pk", "cities"):
            self._cities_of.setdefault(pk, set())
            if city is not None:
                self._cities_of[pk].add(city)

    def _read_strangers(self, page: "BasePage") -> set[str]:
        """Return the paths of the siblings with a page of other cities somewhere below."""
        below = _pages().filter(path__startswith=_family(page), depth__gt=page.depth)
        strangers = below.exclude(cities=None).exclude(cities__in=self.cities)
        return {path[: len(page.path)] for path in strangers.values_list("path", flat=True)}


def city_keys(user: Any) -> CityKeys:
    """Return the keys of this user, the same ones for the whole request."""
    if not hasattr(user, "_city_keys"):
        user._city_keys = CityKeys(user)
    return user._city_keys


def holds_key_to(page: "BasePage", user: Any) -> bool:
    """Whether the page is joint or of a city of this user; costs a list of pages one query."""
    return user.is_superuser or city_keys(user).open(page)


def _family(page: "BasePage") -> str:
    """Return the path that a page and its siblings share."""
    return page.path[: -page.steplen]


def _pages() -> Any:
    return apps.get_model("pages", "BasePage").objects.order_by()


class CityPagePermissionTester(PagePermissionTester):
    """Wagtail's tester that also asks whose page it is.

    A page of one city is for editors who work for it; a joint page for every editor.
    Whoever deletes, moves, copies, closes or takes down a page does it to everything below it,
    so there all of it must be theirs. Superusers pass.
    """

    @cached_property
    def is_own_city(self) -> bool:
        """Whether this person works for one of the page's cities, or the page is joint."""
        return self._holds_every_key or city_keys(self.user).open(self.page)

    @cached_property
    def is_own_branch(self) -> bool:
        """Whether that is true for every page below this one, too."""
        return self._holds_every_key or city_keys(self.user).open_branch(self.page)

    @property
    def _holds_every_key(self) -> bool:
        return self.user.is_superuser

    # Wagtail's answer comes first: it knows visitors and inactive accounts, who have no city.

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and self.is_own_city

    def can_edit(self) -> bool:
        return super().can_edit() and self.is_own_city

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and self.is_own_branch

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self.is_own_branch

    def can_publish(self) -> bool:
        return super().can_publish() and self.is_own_city

    def can_set_view_restrictions(self) -> bool:
        return super().can_set_view_restrictions() and self.is_own_branch

    def can_view_revisions(self) -> bool:
        """As Wagtail's own screen asks it, which refuses everybody else."""
        return super().can_view_revisions() and (self.can_publish() or self.can_edit())

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self.is_own_city

    def can_lock(self) -> bool:
        return super().can_lock() and self.is_own_city

    def can_unlock(self) -> bool:
        return super().can_unlock() and self.is_own_city

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and self.is_own_city

    def can_reorder_children(self) -> bool:
        return super().can_reorder_children() and self.is_own_city

    def can_copy(self) -> bool:
        return super().can_copy() and self.is_own_branch

    def can_move_to(self, destination: "BasePage") -> bool:
        return super().can_move_to(destination) and (
            destination.permissions_for_user(self.user).is_own_city
        )
