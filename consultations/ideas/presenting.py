"""The list of ideas and the page of one, as their templates want them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations import answered
from consultations import outcomes as known_outcomes
from consultations.deciding import deciding, there_at_the_close
from consultations.enums import Act
from consultations.ideas.enums import SUPPORTED_WHILE, IdeaOrder
from consultations.ideas.filters import IdeaFilters
from consultations.ideas.mapping import map_of_idea, maps_with_ideas
from consultations.ideas.ordering import in_order
from consultations.models import ConsultationPage, Contribution, PersonTakingPart, Support
from consultations.models.ideas import apart
from consultations.outcomes import Outcome
from consultations.presenting.conversation import entry_of, whole_thread
from consultations.presenting.reader import Reader, reader_of
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.masking import SMALLEST_GROUP, masked_parts
from partnership.pages.languages import active

PER_PAGE = 20
#: The key under which people of no partner city are counted.
ELSEWHERE = 0
#: How many support an idea, by the key of their city.
Sizes = dict[int, int]


def list_context(
    request: HttpRequest, consultation: ConsultationPage, filters: IdeaFilters
) -> dict[str, Any]:
    """Return one page of the ideas that were asked for; the same queries however many."""
    reader = reader_of(request, consultation)
    ideas = consultation.contributions.published().ideas().threads()
    ideas = filters.narrow(ideas.with_translation_into(active()))
    people: Mapping[int | None, int] = {}
    if filters.order == IdeaOrder.SHARED:
        known = PersonTakingPart.objects.by_city(consultation)
        there = there_at_the_close(consultation, filters.cities)
        people = {key: known.get(key, 0) for key in sorted(deciding(consultation, there))}
    told = in_order(ideas, filters.order, people).with_authors().select_related("neighbourhood")
    paginator = Paginator(told.with_answer_of(reader.participant), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    outcomes = known_outcomes.of(consultation, filters.cities)
    return {
        "filters": filters,
        "maps": maps_with_ideas(filters, ideas, consultation.ideas_url),
        "page": page,
        "here": f"{filters.leading}page={page.number}" if page.number > 1 else filters.leading,
        "cities": filters.cities,
        "feeds": known_outcomes.promises({"": outcomes.get("", [])}),
        "entries": _entries(consultation, list(page.object_list), filters.cities, reader, outcomes),
        "may_write": consultation.allows(Act.PROPOSE),
        "may_support": any(map(consultation.allows, SUPPORTED_WHILE)),
    }


def _entries(
    consultation: ConsultationPage,
    ideas: Sequence[Contribution],
    cities: Sequence[City],
    reader: Reader,
    outcomes: Mapping[str, Sequence[Outcome]],
) -> list[dict[str, Any]]:
    answers = answered.on_page(consultation, [idea.pk for idea in ideas])
    sizes = _supporters(ideas)
    slug = consultation.slug_in(active())
    return [
        {
            **_with_title(entry_of(idea, outcomes, slug, reader)),
            "answers": answers.to_comments.get(idea.pk, []),
            "support": support_by_city(sizes[idea.pk], cities),
        }
        for idea in ideas
    ]


def idea_context(
    request: HttpRequest, consultation: ConsultationPage, idea: Contribution, reader: Reader
) -> dict[str, Any]:
    """Return an idea with a page of what was said to it."""
    cities = once(request, cities_of_the_site)
    thread = whole_thread(consultation, idea, request.GET.get("page"), reader)
    return {
        "idea": idea,
        "place": map_of_idea(request, idea),
        "page": thread["page"],
        "entry": {
            **_with_title(thread["entry"]),
            "support": support_by_city(_supporters([idea])[idea.pk], cities),
        },
        "may_comment": consultation.allows(Act.COMMENT),
        "may_support": any(map(consultation.allows, SUPPORTED_WHILE)),
    }


def _with_title(entry: dict[str, Any]) -> dict[str, Any]:
    """The words as this reader gets them, taken apart; a session's note has no title."""
    comment, reading = entry["comment"], entry["reading"]
    title, body = apart(reading.text) if comment.is_idea else ("", reading.text)
    return {
        **entry,
        "title": title,
        "body": body,
        "is_foreign": reading.language_code != active(),
        "url": comment.replies_url,
    }


# Support -----------------------------------------------------------------------------------


def _supporters(ideas: Iterable[Contribution]) -> defaultdict[int, Sizes]:
    """How many people of each city support each of these; one query."""
    rows = Support.objects.filter(contribution__in=[idea.pk for idea in ideas], supports=True)
    counted = rows.order_by().values_list("contribution_id", "city_id").annotate(Count("pk"))
    sizes: defaultdict[int, Sizes] = defaultdict(dict)
    for pk, city_id, number in counted:
        sizes[pk][city_id or ELSEWHERE] = number
    return sizes


def support_by_city(sizes: Sizes, cities: Sequence[City]) -> dict[str, Any]:
    """Return how many support it, and how many of each city unless they are too few to show.

    The whole is shown, so a second group is kept back where the first could be worked out, and
    of fewer than five nothing is said: that one city has none would tell the other's number.
    """
    kept_back = masked_parts(sizes)
    whole = sum(sizes.values())
    names = {city.pk: city.name for city in cities} | {ELSEWHERE: _("elsewhere")}
    parts = [
        {"name": names[key], "count": None if key in kept_back else sizes.get(key, 0)}
        for key in names
        if key != ELSEWHERE or sizes.get(key)
    ]
    if whole < SMALLEST_GROUP:
        parts = []
    is_kept_back = bool(parts) and all(part["count"] is None for part in parts)
    return {"whole": whole, "parts": parts, "is_kept_back": is_kept_back}
