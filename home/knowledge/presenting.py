"""What readers see of practices, cases and rules."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.roadmap.models import Commitment
from events.models import EventPage
from home.archive.models import Lesson
from home.archive.presenting import origin_of
from home.committees.models import ContactsPage
from home.knowledge.enums import CaseOutcome, Gap, RuleArea
from home.knowledge.models import (
    CaseStudyPage,
    HarmonisedRulePage,
    KnowledgeIndexPage,
    PracticePage,
)
from partnership.cities.models import City
from partnership.interface.context import cities, once
from partnership.interface.narrowing import chosen_links
from partnership.ledger.kinds import cities_of_page
from partnership.pages.access import open_to_all
from partnership.pages.alphabet import alphabetical


def index_context(page: KnowledgeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Practices and cases by theme, how many ended how, and the rules by area."""
    asked = request.GET.get("outcome", "")
    cases = list(CaseStudyPage.objects.published().latest_first().of_each_city())
    counts = Counter(case.outcome for case in cases)
    is_filtered = asked in CaseOutcome.values
    practices, city = _practices(is_filtered, request)
    shown = [case for case in cases if not is_filtered or case.outcome == asked]
    themes = _by_theme(practices, () if city else shown)
    outcomes = _choices(counts, asked if is_filtered else "") if cases else []
    users = _users(practices, city, request)
    return {
        "outcomes": outcomes,
        "users": users,
        "chosen": chosen_links(outcomes, users),
        "themes": themes,
        "invitation": None if themes else _invitation(asked if is_filtered else "", request),
        "areas": _by_area(HarmonisedRulePage.objects.published().order_by("path")),
    }


def _practices(
    is_filtered: bool, request: HttpRequest
) -> tuple[Sequence[PracticePage], City | None]:
    """The practices, and the city of which only these are asked for."""
    if is_filtered:
        return (), None
    asked = request.GET.get("used_in", "")
    city = next((each for each in once(request, cities) if each.code == asked), None)
    found = PracticePage.objects.published().knowing_users()
    return list(found.used_in_city(asked) if city else found), city


def _users(
    practices: Sequence[PracticePage], asked: City | None, request: HttpRequest
) -> list[dict[str, Any]]:
    """Each city as a link to the practices it works by, where any practice names one."""
    if asked is None and not any(each.is_used for each in practices):
        return []
    return [
        {"label": _("All cities"), "url": "?", "current": asked is None},
        *(
            {"label": each.name, "url": f"?used_in={each.code}", "current": each == asked}
            for each in once(request, cities)
        ),
    ]


def _choices(counts: Counter[str], asked: str) -> list[dict[str, Any]]:
    """How many cases ended how, each as a link to those."""
    said = {
        CaseOutcome.WORKED: ngettext("%(count)s worked", "%(count)s worked", counts["worked"]),
        CaseOutcome.MIXED: ngettext("%(count)s mixed", "%(count)s mixed", counts["mixed"]),
        CaseOutcome.FAILED: ngettext("%(count)s failed", "%(count)s failed", counts["failed"]),
    }
    every = {"label": _("All outcomes"), "url": "?", "current": not asked}
    return [
        every,
        *(
            {
                "label": words % {"count": counts[outcome]},
                "url": f"?outcome={outcome}",
                "current": outcome == asked,
            }
            for outcome, words in said.items()
        ),
    ]


def _by_theme(
    practices: Iterable[PracticePage], cases: Iterable[CaseStudyPage]
) -> list[dict[str, Any]]:
    """Each theme with its practices by title and its cases, the latest first."""
    themes: dict[str, dict[str, Any]] = {}
    rows: list[tuple[str, Any]] = [
        *(("practices", each) for each in alphabetical(practices, by=lambda each: each.title)),
        *(("cases", each) for each in cases),
    ]
    for kind, page in rows:
        key = str(page.theme).casefold()
        theme = themes.setdefault(key, {"title": page.theme, "practices": [], "cases": []})
        theme[kind].append({"page": page, "url": page.get_url()})
    return alphabetical(themes.values(), by=lambda theme: theme["title"])


def _invitation(asked: str, request: HttpRequest) -> dict[str, str]:
    """What stands where nothing was found: tell us, and whom to write to."""
    title = _("No failure told yet") if asked == CaseOutcome.FAILED else _("Nothing told here yet")
    contacts = ContactsPage.objects.live().filter(open_to_all()).first()
    return {"title": title, "url": contacts.get_url(request) if contacts else ""}


def _by_area(rules: Iterable[HarmonisedRulePage]) -> list[dict[str, Any]]:
    """Each area that has rules: how many gaps of each width there are, and the rules."""
    known = list(rules)
    areas = []
    for area in RuleArea:
        found = [rule for rule in known if rule.area == area]
        counts = Counter(rule.gap_kind for rule in found)
        areas.append(
            {
                "name": area,
                "title": area.label,
                "gaps": [{"gap": gap, "count": counts[gap]} for gap in Gap if counts[gap]],
                "rules": [{"rule": rule, "url": rule.get_url()} for rule in found],
            }
        )
    return [area for area in areas if area["rules"]]


def _rows(cases: Iterable[CaseStudyPage]) -> list[dict[str, Any]]:
    return [{"page": case, "url": case.get_url()} for case in cases]


def practice_context(practice: PracticePage, *, within: str) -> dict[str, Any]:
    """What a practice stands on, the latest case first, and who works like this.

    ``within`` is the address of the list it stands in.
    """
    partners = [each for each in practice.partners.all() if each.is_published]
    chosen = [case.pk for case in practice.cases.all()]
    public = CaseStudyPage.objects.published().filter(pk__in=chosen)
    return {
        "chips": [
            {"text": practice.theme},
            {"text": practice.get_evidence_display(), "tone": "line"},
        ],
        "cases": _rows(public.latest_first().of_each_city()),
        "used_in": [
            {"city": each, "url": f"{within}?used_in={each.code}"}
            for each in sorted(practice.used_in.all(), key=lambda city: city.position)
        ],
        "partners": alphabetical(partners, by=lambda partner: partner.name),
    }


def cases_about(event: Any) -> list[dict[str, Any]]:
    """The cases that tell of an event; one query."""
    return _rows(CaseStudyPage.objects.published().about(event).latest_first())


def case_context(case: CaseStudyPage, request: HttpRequest) -> dict[str, Any]:
    """What the case leads to: the event, the promise, their lessons, and the practices."""
    practices = PracticePage.objects.published().filter(cases=case.pk) if case.pk else ()
    outcome = case.outcome_kind
    return {
        "chips": [
            {"text": outcome.label, "tone": outcome.tone, "icon": outcome.icon},
            {"text": case.theme},
            *({"text": city.name, "tone": city.letter} for city in case.cities.all()),
        ],
        "links": [*_event_link(case, request), *_promise_link(case)],
        "lessons": _lessons(case),
        "practices": [
            {"page": each, "url": each.get_url(request)}
            for each in alphabetical(practices, by=lambda each: each.title)
        ],
    }


def _event_link(case: CaseStudyPage, request: HttpRequest) -> Sequence[dict[str, str]]:
    known = EventPage.objects.live().filter(open_to_all(), pk=case.event_id)
    event = known.first() if case.event_id else None
    return ({"title": event.title, "url": event.get_url(request), "icon": "cal"},) if event else ()


def _promise_link(case: CaseStudyPage) -> Sequence[dict[str, str]]:
    public = Commitment.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
    known = public.filter(pk=case.commitment_id).select_related("roadmap")
    promise = known.first() if case.commitment_id else None
    if promise is None:
        return ()
    return ({"title": promise.title, "url": promise.get_absolute_url(), "icon": "flag"},)


def _lessons(case: CaseStudyPage) -> list[dict[str, Any]]:
    """What was learned in the debriefs of its event and its promise."""
    about = Q()
    if case.event_id:
        about |= Q(debrief__event=case.event_id)
    if case.commitment_id:
        about |= Q(debrief__commitment=case.commitment_id)
    if not about:
        return []
    learned = Lesson.objects.public().with_versions().with_origins().filter(about)
    return [{"lesson": lesson, **origin_of(lesson.debrief)} for lesson in learned]


def rule_context(rule: HarmonisedRulePage) -> dict[str, Any]:
    """The rule of each city in the cities' order, and whether the next step is late."""
    cities = cities_of_page(rule)
    told = {each.city_id: each for each in rule.city_rules.all()}
    day = rule.next_step_on
    is_open = rule.gap != Gap.NONE
    gap = rule.gap_kind
    return {
        "chips": [
            {"text": rule.get_area_display()},
            {"text": gap.label, "tone": gap.tone, "icon": gap.icon},
        ],
        "columns": [{"city": city, "rule": told.get(city.pk)} for city in cities],
        "leads": _led_by(rule, cities),
        "has_next_step": is_open and bool(rule.next_step),
        "is_late": is_open and day is not None and day < timezone.localdate(),
    }


def _led_by(rule: HarmonisedRulePage, cities: Iterable[City]) -> City | None:
    known = {city.pk: city for city in cities}
    return known.get(rule.lead_city_id) or rule.lead_city
