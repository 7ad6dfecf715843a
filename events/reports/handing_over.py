"""Where the notes of a session go: told by whoever takes them in, asked by the report.

Events know no consultations. Who joins the two (``home``) registers itself when the site
starts, so that a report can hand over its notes without knowing where they stand.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.reports.models import ClosingReport

Taker = Callable[["ClosingReport"], int]
_takers: list[Taker] = []


def register(taker: Taker) -> Taker:
    """Hand notes over to this function, too; called from AppConfig.ready()."""
    if taker not in _takers:
        _takers.append(taker)
    return taker


def take_notes(report: "ClosingReport") -> int:
    """Hand the notes over; return how many stand where everybody can read them."""
    return sum(taker(report) for taker in _takers)
