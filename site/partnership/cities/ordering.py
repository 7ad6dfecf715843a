"""Whose city comes first: the reader's own, where something is made for one reader."""

from collections.abc import Iterable

from partnership.cities.models import City


def own_first(cities: Iterable[City], own: int | None) -> list[City]:
    """The cities in their order, after the one with this key; nobody's is first for no key.

    Never for what is signed, exported or the same for everybody.
    """
    return sorted(cities, key=lambda city: city.pk != own)
