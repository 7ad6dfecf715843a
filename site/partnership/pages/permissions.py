"""Who may do what to a page: Wagtail's own rules, and the editor's city on top of them."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester


class CityPagePermissionTester(PagePermissionTester):
    """Wagtail's tester that also asks whose page it is.

    A page of one city is for editors who work for it; a joint page for editors of any of
    its cities; a page of no city for every editor. Superusers pass.
    """

    @cached_property
    def is_own_city(self) -> bool:
        """Whether this person works for one of the page's cities."""
        if self.user.is_superuser:
            return True
        page_cities = {city.pk for city in self.page.cities.all()}
        if not page_cities:
            return True
        return not page_cities.isdisjoint(_cities_of(self.user))

    def can_edit(self) -> bool:
        return self.is_own_city and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.is_own_city and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return self.is_own_city and super().can_unpublish()

    def can_publish(self) -> bool:
        return self.is_own_city and super().can_publish()

    def can_lock(self) -> bool:
        return self.is_own_city and super().can_lock()

    def can_unlock(self) -> bool:
        return self.is_own_city and super().can_unlock()

    def can_move(self) -> bool:
        return self.is_own_city and super().can_move()

    def can_copy(self) -> bool:
        return self.is_own_city and super().can_copy()


def _cities_of(user: Any) -> set[int]:
    """Return the ids of the cities an editor works for, asked once per request's user."""
    if not hasattr(user, "_city_ids"):
        user._city_ids = set(user.edits_for.values_list("pk", flat=True))
    return user._city_ids
