"""What became of what people said: told by whoever keeps promises, shown by consultations.

The roadmap stands above this room and registers itself when the site starts, so that a
consultation can show its outcomes without knowing the roadmap.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership.cities.models import City

if TYPE_CHECKING:
    from consultations.models import ConsultationPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One promise that goes back to something said in a consultation.

    ``anchor`` is what it goes back to (statement-3, comment-12, question-q1; empty for the
    consultation as a whole), ``title`` and ``url`` the promise, in the reader's language;
    ``disposition`` is the evidence link's value and ``status`` the commitment's; ``place`` is the
    promise's year and number. An official answer is told here, too, and is no promise.
    """

    anchor: str
    title: str
    url: str
    disposition: str
    disposition_label: str
    status: str
    status_label: str
    note: str = ""
    is_promise: bool = True
    place: tuple[int, int] = (0, 0)

    @property
    def sign(self) -> tuple[str, str]:
        """The icon and the tone of the pill that tells it; never the yellow of common ground."""
        return SIGNS.get(self.disposition, UNKNOWN)


#: The sign and the tone of how it ended, by the disposition of a promise or an answer.
SIGNS = {
    "adopted": ("check", "yes"),
    "partly": ("half", "yes"),
    "parked": ("clock", ""),
    "declined": ("x", "no"),
    "accepted": ("check", "yes"),
    "partly_accepted": ("half", "yes"),
    "under_consideration": ("clock", ""),
}
UNKNOWN = ("flag", "")

Finder = Callable[["ConsultationPage", Iterable[City]], Iterable[Outcome]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Ask this function, too, what became of a consultation; called from AppConfig.ready()."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def of(
    consultation: "ConsultationPage", cities: Iterable[City] | None = None
) -> dict[str, list[Outcome]]:
    """Every known outcome, under the anchor it goes back to; a finder may use two queries.

    ``cities`` are those of the partnership, for callers that have them at hand.
    """
    known = City.objects.all() if cities is None else cities
    found: dict[str, list[Outcome]] = defaultdict(list)
    for finder in _finders:
        for outcome in finder(consultation, known):
            found[outcome.anchor].append(outcome)
    return dict(found)


def promises(found: Mapping[str, Iterable[Outcome]]) -> list[dict[str, Any]]:
    """Every promise among these outcomes, once each, however often it is cited; in their order."""
    everything = (outcome for outcomes in found.values() for outcome in outcomes)
    by_url = {outcome.url: outcome for outcome in everything if outcome.is_promise}
    in_order = sorted(by_url.values(), key=lambda outcome: outcome.place)
    return [{"outcome": outcome, "url": outcome.url} for outcome in in_order]
