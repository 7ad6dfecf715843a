"""Which figures of a year readers are not shown, so that no other one of the board gives them away.

Whoever reads is taken to know more than the board says: how many there are in all cities together.
What is kept back is told by one sign, whether it is small itself or protects another. How many
there are with those elsewhere is told of some things and nowhere of others; of these, a few people
elsewhere are kept back alone, or no two cities could ever be compared.

Pages tell city by city, too, and keep few people back. Where all that they keep back of a figure
are fewer than five, the figure is kept back as if there were nobody else (``Figure.group``).
"""

from collections.abc import Iterable, Mapping

from partnership.masking import masked_parts


def kept_back(people: Mapping[str, int]) -> frozenset[str]:
    """Return what is not shown of a line whose sum may be known, by the people behind each cell.

    Where a group under five is, the smallest of the others too, until five people at least are
    kept back; and then what nobody is behind, because that would leave one cell alone.
    """
    masked = masked_parts(people)
    empty = {cell for cell, size in people.items() if masked and not size}
    return masked | empty


def kept_back_apart(people: Mapping[str, int], apart: Iterable[str]) -> frozenset[str]:
    """The same where nobody is told one number of what is ``apart`` and the others."""
    alone = {cell: people[cell] for cell in apart}
    others = {cell: size for cell, size in people.items() if cell not in alone}
    return kept_back(alone) | kept_back(others)
