"""Groups too small to be shown, and the second one that keeps them from being worked out."""

from collections.abc import Sequence

SMALLEST_GROUP = 5


def masked_places(sizes: Sequence[int]) -> frozenset[int]:
    """Return the places in ``sizes`` that readers are not shown.

    Every group under five; and when there are people in exactly one of them, the smallest of
    the others too: whoever knew how many there are in all could otherwise take the rest away
    and be left with it. An empty group hides nobody and asks for no second one.
    """
    small = {place for place, size in enumerate(sizes) if size < SMALLEST_GROUP}
    with_people = [place for place in small if sizes[place]]
    others = [place for place in range(len(sizes)) if place not in small]
    if len(with_people) == 1 and others:
        small.add(min(others, key=lambda place: (sizes[place], place)))
    return frozenset(small)


def masked_parts(sizes: Sequence[int]) -> frozenset[int]:
    """Return the places in ``sizes`` that readers are not shown, where they are shown the whole.

    Every part under five; and as long as fewer than five people are left over when the parts
    shown are taken from the whole, the smallest of those too. An empty part hides nobody.
    """
    masked = {place for place, size in enumerate(sizes) if 0 < size < SMALLEST_GROUP}
    shown = sorted((size, place) for place, size in enumerate(sizes) if size >= SMALLEST_GROUP)
    while masked and sum(sizes[place] for place in masked) < SMALLEST_GROUP and shown:
        masked.add(shown.pop(0)[1])
    return frozenset(masked)
