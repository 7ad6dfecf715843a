"""Groups too small to be shown, and the second one that keeps them from being worked out.

The same figures stand on a page, in a file and in an export, each in an order of its own. So
of equal groups the key decides which one is kept back, never the place: were it another one
in another order, both together would show everything.
"""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST_GROUP = 5

Key = TypeVar("Key", str, int)


def masked_places(sizes: Mapping[Key, int]) -> frozenset[Key]:
    """Return the groups in ``sizes`` that readers are not shown.

    Every group under five; and when there are people in exactly one of them, the smallest of
    the others too: whoever knew how many there are in all could otherwise take the rest away
    and be left with it. An empty group hides nobody and asks for no second one.
    """
    small = {key for key, size in sizes.items() if size < SMALLEST_GROUP}
    with_people = [key for key in small if sizes[key]]
    others = [(size, key) for key, size in sizes.items() if key not in small]
    if len(with_people) == 1 and others:
        small.add(min(others)[1])
    return frozenset(small)


def masked_parts(sizes: Mapping[Key, int]) -> frozenset[Key]:
    """Return the parts in ``sizes`` that readers are not shown, where they are shown the whole.

    Every part under five; and as long as fewer than five people are left over when the parts
    shown are taken from the whole, the smallest of those too. An empty part hides nobody.
    """
    masked = {key for key, size in sizes.items() if 0 < size < SMALLEST_GROUP}
    shown = sorted((size, key) for key, size in sizes.items() if size >= SMALLEST_GROUP)
    while masked and sum(sizes[key] for key in masked) < SMALLEST_GROUP and shown:
        masked.add(shown.pop(0)[1])
    return frozenset(masked)
