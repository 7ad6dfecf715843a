"""How far those who code texts agree, beyond what chance alone would bring about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any


def krippendorffs_alpha(units: Iterable[Mapping[Any, int]]) -> float | None:
    """Return Krippendorff's alpha for nominal data; None where there is nothing to agree about.

    ``units`` says for each text how many people gave it which value; texts that fewer than two
    people have read are left out. 1 is perfect agreement and 0 what chance would bring about.
    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C, in
    the form 1 - observed / expected disagreement of the pairable values. It is None when all
    pairable values are the same, because then no disagreement can be expected.
    """
    observed, values = 0.0, Counter[Any]()
    for unit in units:
        readers = sum(unit.values())
        if readers < 2:
            continue
        pairs = readers**2 - sum(number**2 for number in unit.values())
        observed += pairs / (readers - 1)
        values.update(unit)
    total = sum(values.values())
    different = total**2 - sum(number**2 for number in values.values())
    return 1 - observed * (total - 1) / different if different else None
