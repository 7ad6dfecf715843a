"""Who brings a language of a page up to date."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from wagtail.permissions import policy_registry

from partnership.cities.models import City
from partnership.continuity import every_city
from partnership.pages.alphabet import alphabetical
from partnership.pages.models import BasePage, LanguageStanding
from partnership.pages.permissions import city_keys


def editable_pages(user: Any) -> Any:
    """Return the pages this person may edit: what ``can_edit`` says of each, in one query."""
    policy = policy_registry.get_by_type(BasePage)
    pages = policy.instances_user_has_permission_for(user, "change")
    if user.is_superuser:
        return pages
    return pages.filter(pk__in=city_keys(user).pages().values("pk"))


def may_edit_pages(user: Any) -> bool:
    """Whether there can be a page this person may edit."""
    return bool(policy_registry.get_by_type(BasePage).user_has_permission(user, "change"))


class Responsibility:
    """Who is responsible for what, in the same number of queries for any number of pages.

    The editors of those of the page's cities whose city hall speaks the language; a joint
    page is every city's. Where no such city has an editor it is the page's owner, and
    without an owner the editors of the page's cities, whatever they speak.
    """

    def __init__(self) -> None:
        self._cities_of: dict[int, set[int]] = {}

    @cached_property
    def cities(self) -> list[City]:
        """All cities, in their order."""
        return every_city()

    @cached_property
    def editors(self) -> dict[int, list[Any]]:
        """The editors of each city that has any, by the city's number."""
        policy = policy_registry.get_by_type(BasePage)
        known = policy.users_with_any_permission(["change"]).values("pk")
        works_for = get_user_model().edits_for.through._default_manager
        rows = works_for.filter(resident__in=known, resident__is_active=True)
        found: dict[int, list[Any]] = {}
        for row in rows.select_related("resident").order_by("resident_id"):
            found.setdefault(row.city_id, []).append(row.resident)
        return {city: alphabetical(editors, by=str) for city, editors in found.items()}

    def read(self, standings: Iterable[LanguageStanding]) -> None:
        """Ask whose pages these are; one query."""
        pages = {standing.page_id for standing in standings}
        self._cities_of = {page: set() for page in pages}
        rows = BasePage.cities.through._default_manager.filter(basepage__in=pages)
        for page, city in rows.values_list("basepage", "city"):
            self._cities_of[page].add(city)

    def cities_of(self, standing: LanguageStanding) -> list[City]:
        """Return the cities of a page that was read; none for a joint one."""
        known = self._cities_of[standing.page_id]
        return [city for city in self.cities if city.pk in known]

    def people(self, standing: LanguageStanding) -> list[Any]:
        """Return who is responsible, each person once."""
        cities = self.cities_of(standing) or self.cities
        speaking = [city for city in cities if city.language_code == standing.language_code]
        if found := self._editors_of(speaking):
            return found
        owner = standing.page.owner
        return [owner] if owner and owner.is_active else self._editors_of(cities)

    def narrow(self, standings: Any, user: Any) -> Any:
        """Keep what this person is responsible for."""
        staffed = [city for city in self.cities if city.pk in self.editors]
        own = [city for city in staffed if user in self.editors[city.pk]]
        return standings.in_the_care_of(user, staffed=staffed, own=own)

    def _editors_of(self, cities: list[City]) -> list[Any]:
        return list(
            dict.fromkeys(editor for city in cities for editor in self.editors.get(city.pk, ()))
        )
