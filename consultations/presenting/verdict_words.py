"""What the figures of a statement say, in sentences."""

from math import ceil, floor

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from consultations.results import ENOUGH_PER_CITY, Difference, StatementResult, Verdict
from partnership.interface.templatetags.figures import percent


def in_words(result: StatementResult) -> list[str]:
    """One sentence for the verdict, and one for each pair of cities that differ."""
    return [_verdict(result), *(_difference(pair) for pair in result.differences)]


def beside_the_pill(result: StatementResult) -> list[str]:
    """The same beside a pill that names the verdict: the sentence does not name it again."""
    if result.verdict == Verdict.EARLY:
        return [_missing(result)]
    if result.verdict == Verdict.COMMON:
        return [_sure(result)]
    return in_words(result)


def _missing(result: StatementResult) -> str:
    """How many have voted where too few have; of a city that is kept back only that it is so."""
    few = [votes for votes in result.deciding if votes.city and votes.seen < ENOUGH_PER_CITY]
    if not few or any(votes.is_masked for votes in few):
        return _("Fewer than %(number)s people have voted in %(cities)s.") % {
            "number": ENOUGH_PER_CITY,
            "cities": _too_few(result),
        }
    found = [
        _("%(votes)s in %(city)s") % {"votes": votes.seen, "city": votes.city.name}
        for votes in few
        if votes.city
    ]
    told = {"number": ENOUGH_PER_CITY, "found": get_text_list(found, _("and"))}
    if _speaks_of_all(result):
        return _("It takes %(number)s votes from each city; there are %(found)s.") % told
    told["cities"] = _deciding(result)
    return _("It takes %(number)s votes each from %(cities)s; there are %(found)s.") % told


def _too_few(result: StatementResult) -> str:
    return get_text_list([city.name for city in result.too_few], _("and"))


def _sure_share(result: StatementResult) -> str:
    return percent(floor(100 * result.score))


def _verdict(result: StatementResult) -> str:
    if result.verdict == Verdict.EARLY:
        return _("Too early to say: fewer than %(number)s people have voted in %(cities)s.") % {
            "number": ENOUGH_PER_CITY,
            "cities": _too_few(result),
        }
    told = {"share": _sure_share(result), "cities": _deciding(result)}
    is_of_all = _speaks_of_all(result)
    if result.verdict == Verdict.COMMON and is_of_all:
        return _("Common ground: at least %(share)s agree in every city.") % told
    if result.verdict == Verdict.COMMON:
        return _("Common ground: at least %(share)s agree in each of %(cities)s.") % told
    if is_of_all:
        words = _(
            "No common ground so far: we can only be sure that %(share)s agree in every city."
        )
    else:
        words = _(
            "No common ground so far: we can only be sure that %(share)s agree in each of "
            "%(cities)s."
        )
    return words % told


def _sure(result: StatementResult) -> str:
    told = {"share": _sure_share(result), "cities": _deciding(result)}
    if _speaks_of_all(result):
        return _("At least %(share)s agree in every city.") % told
    return _("At least %(share)s agree in each of %(cities)s.") % told


def _speaks_of_all(result: StatementResult) -> bool:
    """Whether the verdict is of every city there is, so that none has to be named."""
    return len(result.deciding) == len(result.cities)


def _deciding(result: StatementResult) -> str:
    return get_text_list([votes.city.name for votes in result.deciding if votes.city], _("and"))


def _difference(pair: Difference) -> str:
    """The ends are rounded outwards: the sentence never claims more than the interval."""
    return _(
        "%(more)s wants this more than %(less)s, by %(low)s to %(high)s percentage points."
    ) % {
        "more": pair.more.name,
        "less": pair.less.name,
        "low": max(1, floor(100 * pair.low)),
        "high": ceil(100 * pair.high),
    }
