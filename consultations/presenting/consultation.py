"""Everything the page of one consultation shows."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from consultations import outcomes as known_outcomes
from consultations.deciding import deciding, there_at_the_close
from consultations.disclosure import (
    shows_question_figures,
    shows_statement_figures,
    votes_needed,
)
from consultations.drafts.presenting import panel_rows
from consultations.enums import Act
from consultations.forms import CommentForm
from consultations.joined import with_joined
from consultations.models import ConsultationPage, PersonTakingPart, Question, Statement
from consultations.presenting import figures, head, places, question_figures, votes
from consultations.presenting.conversation import conversation
from consultations.presenting.narrowing import Begun
from consultations.presenting.reader import Reader, reader_of
from consultations.presenting.ways_in import to_count, ways_in_rows
from consultations.proposals.forms import ProposalForm
from consultations.querysets import StatementQuerySet
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import counted_cities, latest, statement_figures
from consultations.snapshots.reading import question_figures as frozen_or_counted
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.languages import active
from partnership.serving import fresh_until


def consultation_context(consultation: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the template shows; see the modules beside this one for each part."""
    cities = _cities(consultation, request)
    decide = deciding(consultation, cities)
    fresh_until(request, *consultation.turning_points)
    reader = reader_of(request, consultation)
    statements = with_joined(_statements(consultation, reader), "tallies")
    questions = _questions(consultation, reader)
    snapshot = latest(consultation)
    also = to_count(consultation, snapshot)
    people, threads, came_in = PersonTakingPart.objects.numbers(consultation, also)
    begun = Begun(threads, cities)
    outcomes = known_outcomes.of(consultation, cities) if consultation.pk else {}
    talk = conversation(consultation, request.GET, outcomes, begun=begun, reader=reader)
    outcomes = talk["outcomes"]
    above = head.ancestors(consultation, request)
    return {
        "cities": cities,
        "ancestors": above,
        "chips": [*head.chips(consultation), *places.chips(consultation, cities, above)],
        "phases": head.phases(consultation),
        "meter": head.meter(consultation, _taking_part(cities, decide, people), people),
        "meetings": head.next_meetings(consultation),
        "became": known_outcomes.promises(outcomes),
        "answers_url": talk["answers_url"],
        "reader": reader,
        "held": reader.waits.waits if reader.waits and not reader.may_act else "",
        "admitted_for": _admitted_for(consultation, cities, reader),
        "card": votes.card(consultation, statements, reader, request.GET),
        "has_voted_on_all": _has_voted_on_all(statements, reader),
        **_statement_part(consultation, statements, cities, decide, reader, outcomes, snapshot),
        **_asked(consultation, questions, cities, decide, reader, outcomes, request.GET, snapshot),
        "results": _final_results(consultation, snapshot),
        "ways_in": ways_in_rows(came_in),
        "draft_texts": panel_rows(consultation),
        "conversation": talk,
        "may_comment": consultation.allows(Act.COMMENT),
        "comment_form": _comment_form(consultation, reader),
        **_propose_part(consultation, statements, reader),
    }


def _cities(consultation: ConsultationPage, request: HttpRequest) -> list[City]:
    """The cities its page speaks of; the one that leads is at hand from then on."""
    everyone = once(request, cities_of_the_site)
    consultation.lead_city = next(city for city in everyone if city.pk == consultation.lead_city_id)
    return there_at_the_close(consultation, everyone)


def _taking_part(
    cities: Iterable[City], decide: Container[int], people: Mapping[int | None, int]
) -> list[City]:
    """The cities it waits for, and any other of which somebody has come."""
    return [city for city in cities if city.pk in decide or people.get(city.pk)]


def _final_results(
    consultation: ConsultationPage, snapshot: ResultSnapshot | None
) -> dict[str, Any] | None:
    """The way to the final results, and the day on which they were published."""
    if snapshot is None:
        return None
    address = reverse("consultation_results", args=(consultation.slug_in(active()),))
    zone = ZoneInfo(consultation.lead_city.time_zone)
    return {"url": address, "day": snapshot.frozen_at.astimezone(zone)}


def _admitted_for(
    consultation: ConsultationPage, cities: Sequence[City], reader: Reader
) -> City | None:
    """The city whose code this reader has used."""
    if not consultation.asks_for_codes or not reader.is_signed_in:
        return None
    return next((city for city in cities if city.pk == reader.city_id), None)


def _statements(consultation: ConsultationPage, reader: Reader) -> StatementQuerySet:
    """Those that readers see; for whoever may be asked, with how often they were shown."""
    published = consultation.statements.published().for_cards()
    if not reader.is_signed_in:
        return published
    return published.with_turns_in(reader.city_id)


def _questions(consultation: ConsultationPage, reader: Reader) -> list[Question]:
    """The questions; with their options, where figures are shown by them."""
    questions: Any = consultation.questions.all()
    if not _shows_question_figures(consultation, reader):
        return list(questions)
    if isinstance(questions, QuerySet):
        return with_joined(questions, "options")
    return list(questions)  # a preview has them at hand


def _shows_question_figures(consultation: ConsultationPage, reader: Reader) -> bool:
    return shows_question_figures(consultation, resident=reader.resident, response=reader.response)


def _has_voted_on_all(statements: Sequence[Statement], reader: Reader) -> bool:
    asked = votes.asked_about(statements)
    return bool(asked) and votes.votes_on(asked, reader) == len(asked)


def _statement_part(
    consultation: ConsultationPage,
    statements: Sequence[Statement],
    cities: Sequence[City],
    decide: Container[int],
    reader: Reader,
    outcomes: dict[str, list[known_outcomes.Outcome]],
    snapshot: ResultSnapshot | None,
) -> dict[str, Any]:
    asked = len(votes.asked_about(statements))
    is_shown = shows_statement_figures(
        consultation, resident=reader.resident, votes=len(reader.votes), statements=asked
    )
    slug = consultation.slug_in(active())
    # What was adopted sways as figures do.
    told = outcomes if is_shown or consultation.is_over else {}
    part: dict[str, Any] = {
        "statements": votes.statement_list(statements, reader, told, slug),
        "shows_statement_figures": is_shown,
        "votes_needed": votes_needed(asked),
    }
    if is_shown:
        results = statement_figures(snapshot, statements, cities, decide=decide)
        part["ground_cities"] = counted_cities(snapshot, cities)
        part["ground"] = figures.ground_rows(results, outcomes, slug)
        part["closer_look"] = figures.closer_look(results)
        part["statement_table"] = figures.statement_table(results)
    return part


def _asked(
    consultation: ConsultationPage,
    questions: Sequence[Question],
    cities: Sequence[City],
    decide: Container[int],
    reader: Reader,
    outcomes: dict[str, list[known_outcomes.Outcome]],
    query: Mapping[str, str],
    snapshot: ResultSnapshot | None,
) -> dict[str, Any]:
    """What it asks, with the figures where they are shown."""
    speakers: list[dict[str, Any]] = []
    is_shown = bool(questions) and _shows_question_figures(consultation, reader)
    if is_shown:
        speaking = question_figures.speaking_asked_for(query)
        results = frozen_or_counted(snapshot, consultation, questions, cities, speaking)
        speakers = question_figures.speaker_choices(results, speaking)
        cards = question_figures.question_cards(results, outcomes, decide=decide)
    else:
        told = outcomes if consultation.is_over else {}
        cards = question_figures.questions_without_figures(questions, told)
    return {
        "questions": cards,
        "speakers": speakers,
        "shows_question_figures": is_shown,
        "may_answer": bool(questions) and consultation.allows(Act.ANSWER),
    }


def _comment_form(consultation: ConsultationPage, reader: Reader) -> CommentForm | None:
    """The form itself for residents; without a session there is only the way to it."""
    if not reader.is_signed_in or not consultation.allows(Act.COMMENT):
        return None
    return CommentForm(consultation=consultation, speaker=reader.resident, partners=reader.partners)


def _propose_part(
    consultation: ConsultationPage, statements: Sequence[Statement], reader: Reader
) -> dict[str, Any]:
    """The way to propose a statement, and to residents' ideas; one query where there are any.

    The form is as above, and names its fields in its own way, because both stand on one page.
    Where people write ideas and nothing is voted on, they are not asked for statements besides.
    """
    allows = consultation.allows(Act.PROPOSE)
    may_propose = allows and bool(statements or not consultation.takes_ideas)
    form = None
    if may_propose and reader.is_signed_in:
        form = ProposalForm(auto_id="propose_%s", speaker=reader.resident, partners=reader.partners)
    part = {"may_propose": may_propose, "propose_form": form}
    if not consultation.takes_ideas:
        return part
    ideas = consultation.contributions.published().ideas().threads().count()
    return {**part, "ideas": ideas, "may_write_idea": allows}
