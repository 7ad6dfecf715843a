"""Everything the page of one consultation shows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from consultations import outcomes as known_outcomes
from consultations.disclosure import (
    shows_question_figures,
    shows_statement_figures,
    votes_needed,
)
from consultations.enums import Act
from consultations.forms import CommentForm
from consultations.models import ConsultationPage, PersonTakingPart, Question, Statement
from consultations.presenting import figures, head, question_figures, votes
from consultations.presenting.conversation import conversation
from consultations.presenting.reader import Reader, reader_of
from consultations.proposals.forms import ProposalForm
from consultations.querysets import StatementQuerySet
from consultations.question_results import question_results
from consultations.results import result_of
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.languages import active
from partnership.serving import fresh_until


def consultation_context(consultation: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the template shows; see the modules beside this one for each part."""
    _note_freshness(consultation, request)
    cities = once(request, cities_of_the_site)
    consultation.lead_city = next(city for city in cities if city.pk == consultation.lead_city_id)
    reader = reader_of(request, consultation)
    statements = list(_statements(consultation, reader))
    questions = list(consultation.questions.all())
    people, threads = PersonTakingPart.objects.numbers(consultation)
    outcomes = known_outcomes.of(consultation, cities) if consultation.pk else {}
    talk = conversation(consultation, request.GET, outcomes, total=threads, reader=reader)
    outcomes = talk["outcomes"]
    return {
        "cities": cities,
        "ancestors": head.ancestors(consultation, request),
        "chips": head.chips(consultation),
        "phases": head.phases(consultation),
        "meter": head.meter(consultation, cities, people),
        "meetings": head.next_meetings(consultation),
        "became": _all_outcomes(outcomes),
        "answers_url": talk["answers_url"],
        "reader": reader,
        "admitted_for": _admitted_for(consultation, cities, reader),
        "card": votes.card(consultation, statements, reader, request.GET),
        "has_voted_on_all": _has_voted_on_all(statements, reader),
        **_statement_part(consultation, statements, cities, reader, outcomes),
        **_question_part(consultation, questions, cities, reader, outcomes),
        "conversation": talk,
        "may_comment": consultation.allows(Act.COMMENT),
        "comment_form": _comment_form(consultation, reader),
        "may_propose": consultation.allows(Act.PROPOSE),
        "propose_form": _propose_form(consultation, reader),
    }


def _admitted_for(
    consultation: ConsultationPage, cities: Sequence[City], reader: Reader
) -> City | None:
    """The city whose code this reader has used."""
    if not consultation.asks_for_codes or not reader.is_signed_in:
        return None
    return next((city for city in cities if city.pk == reader.city_id), None)


def _note_freshness(consultation: ConsultationPage, request: HttpRequest) -> None:
    """The page changes by itself when it opens or closes and when a phase does."""
    instants = [consultation.opens_at, consultation.closes_at]
    for phase in consultation.phase_list:
        instants += [phase.starts_at, phase.ends_at]
    fresh_until(request, *instants)


def _statements(consultation: ConsultationPage, reader: Reader) -> StatementQuerySet:
    """Those that readers see; for whoever may be asked, with how often they were shown."""
    published = consultation.statements.published().for_cards()
    if not reader.is_signed_in:
        return published
    return published.with_turns_in(reader.city_id)


def _has_voted_on_all(statements: Sequence[Statement], reader: Reader) -> bool:
    asked = votes.asked_about(statements)
    return bool(asked) and votes.votes_on(asked, reader) == len(asked)


def _all_outcomes(outcomes: dict[str, list[known_outcomes.Outcome]]) -> list[dict[str, Any]]:
    """Every promise this consultation led to, once each, however often it is cited."""
    everything = (outcome for found in outcomes.values() for outcome in found)
    by_url = {outcome.url: outcome for outcome in everything if outcome.is_promise}
    return [{"outcome": outcome, "url": url} for url, outcome in by_url.items()]


def _statement_part(
    consultation: ConsultationPage,
    statements: Sequence[Statement],
    cities: Sequence[City],
    reader: Reader,
    outcomes: dict[str, list[known_outcomes.Outcome]],
) -> dict[str, Any]:
    asked = len(votes.asked_about(statements))
    is_shown = shows_statement_figures(
        consultation, resident=reader.resident, votes=len(reader.votes), statements=asked
    )
    slug = consultation.slug_in(active())
    part: dict[str, Any] = {
        "statements": votes.statement_list(statements, reader, outcomes, slug),
        "shows_statement_figures": is_shown,
        "votes_needed": votes_needed(asked),
    }
    if is_shown:
        results = [result_of(statement, cities) for statement in statements]
        part["ground"] = figures.ground_rows(results, outcomes, slug)
        part["closer_look"] = figures.closer_look(results)
        part["statement_table"] = figures.statement_table(results)
    return part


def _question_part(
    consultation: ConsultationPage,
    questions: Sequence[Question],
    cities: Sequence[City],
    reader: Reader,
    outcomes: dict[str, list[known_outcomes.Outcome]],
) -> dict[str, Any]:
    is_shown = bool(questions) and shows_question_figures(
        consultation, resident=reader.resident, response=reader.response
    )
    if is_shown:
        prefetch_related_objects(questions, "options")
        results = question_results(consultation, questions, cities)
        cards = question_figures.question_cards(results, outcomes)
    else:
        cards = question_figures.questions_without_figures(questions, outcomes)
    return {
        "questions": cards,
        "shows_question_figures": is_shown,
        "may_answer": bool(questions) and consultation.allows(Act.ANSWER),
    }


def _comment_form(consultation: ConsultationPage, reader: Reader) -> CommentForm | None:
    """The form itself for residents; without a session there is only the way to it."""
    if not reader.is_signed_in or not consultation.allows(Act.COMMENT):
        return None
    return CommentForm(consultation=consultation)


def _propose_form(consultation: ConsultationPage, reader: Reader) -> ProposalForm | None:
    """As above; it names its fields in its own way, because both stand on one page."""
    if not reader.is_signed_in or not consultation.allows(Act.PROPOSE):
        return None
    return ProposalForm(auto_id="propose_%s")
