"""The figures of a review in the reader's words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.reviews.enums import Verdict
from consultations.reviews.figures import Figures
from consultations.roadmap.enums import CommitmentStatus
from home.parity.counting import ELSEWHERE
from home.parity.measures import EVERY
from partnership.interface.templatetags.figures import money, number
from partnership.pages.wording.foreign import in_own_language

#: What is over: the line with its last day says which of the two.
OVER = (CommitmentStatus.COMPLETED, CommitmentStatus.CANCELLED)


def facts_in_words(facts: Figures, names: Mapping[str, str] | None = None) -> list[str]:
    """What was known of a promise, a line each; who led it only with ``names`` by the codes."""
    return [*_leads(facts, names), _status(facts), *_all_but_the_status(facts)]


def facts_beside(verdict: str, facts: Figures) -> list[str]:
    """The same for who reads the verdict above: how it stood only if nothing else says so."""
    is_told = bool(facts["finished_on"]) and facts["status"] in OVER
    is_told |= (facts["status"], verdict) == (CommitmentStatus.CONTINUED, Verdict.CARRIED_OVER)
    return [*([] if is_told else [_status(facts)]), *_all_but_the_status(facts)]


def _status(facts: Figures) -> str:
    return str(CommitmentStatus(facts["status"]).label)


def _all_but_the_status(facts: Figures) -> list[str]:
    return [
        *_days(facts),
        *money_in_words(facts["money"]),
        *(_measured(each) for each in facts["indicators"]),
        *_counted(facts),
    ]


def _leads(facts: Figures, names: Mapping[str, str] | None) -> Iterator[str]:
    if facts["led_by"] and names is not None:
        leads = ", ".join(names.get(code, code) for code in facts["led_by"])
        yield _("Led by %(cities)s") % {"cities": leads}


def _days(facts: Figures) -> Iterator[str]:
    yield _("Due on %(day)s") % {"day": _day(facts["due_on"])}
    if facts["first_due_on"]:
        yield _("First due on %(day)s") % {"day": _day(facts["first_due_on"])}
    if facts["finished_on"]:
        is_done = facts["status"] == CommitmentStatus.COMPLETED
        words = _("Finished on %(day)s") if is_done else _("Stopped on %(day)s")
        yield words % {"day": _day(facts["finished_on"])}
    if facts["late_days"]:
        late = facts["late_days"]
        yield ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}


def money_in_words(sums: Iterable[Figures]) -> list[str]:
    """What was spent of what was planned, in every currency."""
    return [
        _("%(spent)s spent of %(planned)s planned")
        % {name: money(Decimal(each[name]), each["currency"]) for name in ("spent", "planned")}
        for each in sums
    ]


def participation_in_words(figures: Iterable[Figures], names: Mapping[str, str]) -> list[str]:
    """What people did in the year, a line for each measure; small groups are kept back."""
    lines: dict[str, list[str]] = {}
    for each in figures:
        number_said = _("kept back") if each["number"] is None else number(each["number"])
        place = place_in_words(each["city"], names)
        lines.setdefault(each["measure"], []).append(f"{place} {number_said}")
    return [f"{EVERY[key].name}: {', '.join(said)}" for key, said in lines.items()]


def place_in_words(code: str, names: Mapping[str, str]) -> str:
    """The city by its name, or elsewhere."""
    return str(capfirst(_("elsewhere"))) if code == ELSEWHERE else names.get(code, code)


def risks_in_words(figures: Iterable[Figures]) -> list[str]:
    """What threatened promises, and how grave it was."""
    words = _("%(risk)s: score %(score)d, with the measures %(residual_score)d")
    return [words % {**each, "risk": in_own_language(each["event"])} for each in figures]


def _measured(indicator: Figures) -> str:
    value, target = indicator["value"], indicator["target"]
    said = {
        "what": in_own_language(indicator["what"]),
        "unit": in_own_language(indicator["unit"]),
        "value": figure(value),
        "target": figure(target),
    }
    if value is None:
        return _("%(what)s: never measured") % said
    said["day"] = _day(indicator["read_on"])
    if target is None:
        return _("%(what)s: %(value)s %(unit)s on %(day)s") % said
    return _("%(what)s: %(value)s %(unit)s on %(day)s, target %(target)s") % said


def _counted(facts: Figures) -> Iterator[str]:
    evidence, risks = facts["evidence"], facts["open_risks"]
    if evidence:
        words = ngettext("%(count)d link to evidence", "%(count)d links to evidence", evidence)
        yield words % {"count": evidence}
    if risks:
        words = ngettext("%(count)d open risk", "%(count)d open risks", risks)
        yield words % {"count": risks}


def figure(value: str | None) -> str:
    """A figure as the reader writes it, with the decimals it has."""
    if value is None:
        return "–"
    exact = Decimal(value)
    exponent: Any = exact.normalize().as_tuple().exponent
    return number(exact, max(0, -exponent))


def _day(day: str) -> str:
    return date_format(date.fromisoformat(day), "DATE_FORMAT")
