"""What a reader sees of a roadmap: the bridge, the figures, the commitments by quarter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from consultations.results import percents
from consultations.roadmap.chips import chain
from consultations.roadmap.delivery.models import Milestone, cost_lines
from consultations.roadmap.delivery.presenting import (
    at_a_glance,
    facts_of_money,
    lanes,
    measured,
    milestone_rows,
    rates_of,
    share_of_year,
    sums_of,
    tables_of_money,
)
from consultations.roadmap.enums import (
    STATES_BY_LOOK,
    CommitmentStatus,
    Look,
)
from consultations.roadmap.promises.telling import lines_of
from consultations.roadmap.reviewed import links_to_reviews, verdict_on
from consultations.roadmap.voices import people_behind_lately
from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.interface import framing
from partnership.interface.context import cities as shown_cities
from partnership.interface.context import may_have_messages, once
from partnership.interface.narrowing import chosen_fields
from partnership.interface.templatetags.figures import number, percent
from partnership.pages.alphabet import alphabetical
from partnership.pages.languages import CODES, localized

if TYPE_CHECKING:
    from consultations.roadmap.models import Commitment, RoadmapPage
    from consultations.roadmap.querysets import RoadmapQuerySet

FRONT_PAGE_DEPTH = 2
TOGETHER = "together"
YEAR_FILE = "year_file"
#: What every page knows where the register of risks has something to read.
RISK_REGISTER = "has_risk_register_link"
STOPPED = STATES_BY_LOOK[Look.STOPPED]


def look_of(state: str) -> Look:
    """How a state looks on the bridge."""
    return next(look for look, states in STATES_BY_LOOK.items() if state in states)


def bridge(commitments: Iterable["Commitment"]) -> dict[str, list[dict[str, Any]]]:
    """The arches, by number, and the key that counts them; looks nobody has are left out."""
    in_order = sorted(commitments, key=lambda commitment: commitment.number)
    spans = [
        {"number": entry.number, "state": entry.state, "label": entry.state_label}
        for entry in in_order
    ]
    key = []
    for look, states in STATES_BY_LOOK.items():
        count = sum(entry.state in states for entry in in_order)
        if count:
            key.append({"state": states[0], "label": look.counted(count), "count": count})
    return {"spans": spans, "key": key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked to see; anything unknown counts as not asked."""

    led_by: str = ""
    theme: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        """Read them from the address."""
        return cls(**{name: query.get(name, "") for name in cls.__slots__})

    def in_words_of(self, commitments: Iterable["Commitment"]) -> "Filters":
        """The same in the reader's language, where its theme was asked for in another one."""
        for each in commitments if self.theme else ():
            if self.theme in {getattr(each, localized("theme", code)) for code in CODES}:
                return replace(self, theme=each.theme)
        return self

    @property
    def is_active(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.led_by or self.theme or self.state)

    def address_without(self, url: str, name: str) -> str:
        """The address of the same, but for one of them."""
        asked = {each: getattr(self, each) for each in self.__slots__ if each != name}
        query = urlencode({each: value for each, value in asked.items() if value})
        return f"{url}?{query}#commitments" if query else f"{url}#commitments"

    def match(self, commitment: "Commitment") -> bool:
        """Whether the commitment is among what was asked for."""
        return (
            self._matches_lead([city.code for city in commitment.led_by.all()])
            and self.theme in {"", commitment.theme}
            and (not self.state or self.state == look_of(commitment.state))
        )

    def _matches_lead(self, codes: list[str]) -> bool:
        if self.led_by == TOGETHER:
            return len(codes) > 1
        return not self.led_by or self.led_by in codes


def filter_fields(
    filters: Filters, commitments: Iterable["Commitment"], cities: Iterable[City]
) -> list[dict[str, Any]]:
    """The three selects of the filter form: name, label, chosen value, (value, words) pairs."""
    themes = alphabetical({entry.theme for entry in commitments if entry.theme})
    looks = {look_of(entry.state) for entry in commitments}
    by_city = [(city.code, city.name) for city in cities]
    rows = (
        ("led_by", _("Led by"), _("Any city"), [*by_city, (TOGETHER, _("Several together"))]),
        ("theme", _("Theme"), _("All themes"), [(theme, theme) for theme in themes]),
        (
            "state",
            _("State"),
            _("Any state"),
            [(look.value, str(look.label).capitalize()) for look in Look if look in looks],
        ),
    )
    return [
        {
            "name": name,
            "label": label,
            "chosen": getattr(filters, name),
            "choices": [("", anything), *choices],
        }
        for name, label, anything, choices in rows
    ]


def item(commitment: "Commitment", cities: Iterable[City], currency: str = "") -> dict[str, Any]:
    """One commitment as its component wants it; ``cities`` are those of the partnership.

    Money is told in ``currency``, the reader's own, else in that of the city that leads it.
    """
    label, day = _day(commitment)
    leads = [city.currency for city in commitment.led_by.all()]
    sums = sums_of(commitment)
    return {
        "commitment": commitment,
        "state": commitment.state,
        "state_label": commitment.state_label,
        "cities": commitment.led_by.all(),
        "chain": chain(commitment.evidence.all()),
        "date_label": label,
        "date": day,
        "was_due": commitment.due_on if _quarter(day) != _quarter(commitment.due_on) else None,
        "sums": sums,
        "spent": at_a_glance(sums, currency or next(iter(leads), "")),
        "lines": commitment.budget_lines.all(),
        "measures": measured(commitment.measures, cities),
        "verdict": verdict_on(commitment),
        "changes": [
            {"change": change, "lines": lines_of(change, cities)}
            for change in commitment.promise_changes.all()
        ],
    }


def _day(commitment: "Commitment") -> tuple[str, date]:
    """The day that matters in this state, and what it is called."""
    if commitment.finished_on and commitment.status == CommitmentStatus.COMPLETED:
        return _("Finished"), commitment.finished_on
    if commitment.finished_on and commitment.status in STOPPED:
        return _("Stopped"), commitment.finished_on
    return (_("New date") if commitment.was_moved else _("Due")), commitment.due_on


def _quarter(day: date) -> tuple[int, int]:
    """The year, and which of its four quarters, from 0 on."""
    return day.year, (day.month - 1) // 3


def quarters(
    commitments: Iterable["Commitment"], year: int, cities: Iterable[City], currency: str = ""
) -> list[dict[str, Any]]:
    """The commitments under the quarter they are due in; other years' quarters say so."""

    def quarter(commitment: "Commitment") -> tuple[int, int]:
        return _quarter(commitment.due_on)

    in_order = sorted(commitments, key=lambda entry: (quarter(entry), entry.number))
    return [
        {
            "first_month": MONTHS[3 * index + 1],
            "last_month": MONTHS[3 * index + 3],
            "year": due_year if due_year != year else None,
            "id": f"quarter-{due_year}-{index + 1}",
            "entries": [item(entry, cities, currency) for entry in entries],
        }
        for (due_year, index), entries in groupby(in_order, key=quarter)
    ]


def moneys_of(listed: Iterable[dict[str, Any]]) -> set[str]:
    """The currencies in which the commitments of these quarters are told at a glance."""
    entries = [entry for quarter in listed for entry in quarter["entries"]]
    return {total.currency for entry in entries for total in entry["spent"]}


def facts(
    page: "RoadmapPage", commitments: list["Commitment"], cities: list[City], currency: str = ""
) -> list[dict[str, str]]:
    """The figures under the bridge; a figure that would say nothing is left out."""
    first = currency or next((city.currency for city in cities), "")
    money = facts_of_money(commitments, first)
    return [*_people(page, commitments), *money, *_shares(commitments, cities)]


def own_currency(request: HttpRequest, cities: Iterable[City]) -> str:
    """The money of the reader's home city; empty for whoever has none here, or no session."""
    user = getattr(request, "user", None) if may_have_messages(request) else None
    home = getattr(user, "city_id", None)
    return next((city.currency for city in cities if city.pk == home), "")


def _people(page: "RoadmapPage", commitments: list["Commitment"]) -> list[dict[str, str]]:
    people = people_behind_lately(page, commitments)
    label = _("people whose words are linked below")
    return [{"figure": number(people), "label": label}] if people else []


def _shares(commitments: list["Commitment"], cities: list[City]) -> list[dict[str, str]]:
    """What part of the planned money each city leads; what several lead is split evenly."""
    lines = [(entry, line) for entry in commitments for line in cost_lines(entry) if line.planned]
    paid = [(entry.led_by.all(), line) for entry, line in lines if entry.led_by.all()]
    if len({line.currency for _leads, line in paid}) != 1:
        return []  # two currencies have no sum
    shares = dict.fromkeys((city.pk for city in cities), Decimal())
    for leads, line in paid:
        for city in leads:
            shares[city.pk] += line.planned / len(leads)
    whole = percents([int(100 * amount) for amount in shares.values()])
    return [
        {
            "figure": percent(share),
            "label": _("of the planned money is in items led by %(city)s") % {"city": city.name},
        }
        for city, share in zip(cities, whole, strict=True)
    ]


def roadmap_context(page: "RoadmapPage", request: HttpRequest) -> dict[str, Any]:
    """Everything the page of one year shows, in a number of queries that never grows."""
    cities = once(request, shown_cities)
    found = page.commitments.with_state(today_in(cities)).with_evidence().with_threats()
    commitments = found.with_changes().with_decisions().with_delivery()
    commitments = commitments.with_verdicts().with_initiatives().with_disagreements()
    commitments = commitments.led_among(cities)
    filters = Filters.from_query(request.GET).in_words_of(commitments)
    shown = [entry for entry in commitments if filters.match(entry)]
    own_url = page.get_url()
    currency = own_currency(request, cities)
    listed = quarters(shown, page.year, cities, currency)
    fields = filter_fields(filters, commitments, cities)
    return {
        **bridge(commitments),
        "ancestors": ancestors(page),
        "page_url": own_url,
        # With filters on, an arch may lead to a commitment that is not listed here.
        "bridge_url": own_url if filters.is_active else "",
        "facts": facts(page, commitments, cities, currency),
        "filter_fields": fields,
        "is_narrowed": filters.is_active,
        "chosen": chosen_fields(fields, partial(filters.address_without, own_url)),
        "has_commitments": bool(commitments),
        "shown_count": len(shown),
        "quarters": listed,
        "has_several_moneys": not currency and len(moneys_of(listed)) > 1,
        "changes": list(page.changes.all()),
        "downloads": downloads(page, today_in(cities)),
        "has_risks": framing.is_known(cities, RISK_REGISTER),
        "delivery_url": delivery_url(page, commitments),
        "reviews": links_to_reviews(page, page.years),
    }


def delivery_url(page: "RoadmapPage", commitments: Iterable["Commitment"]) -> str:
    """Where money and milestones of the year stand together; nothing while there are none."""
    if any(entry.has_milestones or cost_lines(entry) for entry in commitments):
        return reverse("roadmap_delivery", args=(page.year,))
    return ""


def ancestors(page: Any) -> list[Any]:
    """The published pages above this one, the front page first; a routed page knows them."""
    above: list[Any] = []
    while page.depth > FRONT_PAGE_DEPTH:
        page = page.get_parent()
        above.insert(0, page)
    return [parent for parent in above if parent.live]


def downloads(page: "RoadmapPage", today: date) -> list[dict[str, Any]]:
    """The roadmap as open data, and everything public of its year once that has begun."""
    found = [
        ("roadmap_commitments_csv", _("Commitments (CSV)")),
        ("roadmap_json", _("The roadmap as JSON")),
    ]
    if page.year <= today.year:
        whole = _("Everything public of %(year)s (zip)") % {"year": page.year}
        found.append((YEAR_FILE, whole))
    return [
        {
            "url": reverse(name, args=(page.year,)),
            "label": label,
            "icon": "down",
            "is_large": name == YEAR_FILE,
        }
        for name, label in found
    ]


def delivery_context(page: "RoadmapPage", request: HttpRequest) -> dict[str, Any]:
    """The money and the milestones of a year, in a number of queries that never grows."""
    cities = once(request, shown_cities)
    today = today_in(cities)
    commitments = list(page.commitments.with_money().order_by("number"))
    lines = [line for entry in commitments for line in cost_lines(entry)]
    milestones = list(Milestone.objects.of(page))
    return {
        "page": page,
        "ancestors": [*ancestors(page), page],
        "tables": tables_of_money(lines, cities),
        "rates": rates_of(lines),
        "milestones": milestone_rows(milestones, today),
        "lanes": lanes(milestones, cities, page.year),
        "today": share_of_year(today, page.year) if today.year == page.year else None,
        "downloads": [
            {
                "url": reverse("roadmap_table_csv", args=(page.year, name)),
                "label": label,
                "icon": "down",
            }
            for name, label in (
                ("money", _("Money (CSV)")),
                ("indicators", _("Indicators (CSV)")),
                ("readings", _("Readings (CSV)")),
                ("milestones", _("Milestones (CSV)")),
            )
        ],
    }


def index_context(page: Any, roadmaps: "RoadmapQuerySet", request: HttpRequest) -> dict[str, Any]:
    """The current roadmap with its bridge, then the others, the latest first."""
    today = today_in(once(request, shown_cities))
    current = roadmaps.current(today)
    others = roadmaps.newest_first().with_commitment_counts(today)
    context: dict[str, Any] = {
        "ancestors": ancestors(page),
        "current": current,
        "others": [entry for entry in others if entry != current],
    }
    return {**context, **bridge(current.commitments.with_state(today))} if current else context
