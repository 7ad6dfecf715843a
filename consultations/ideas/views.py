"""Where ideas are written and read: the form, the list, and the page of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.conversation.pages import frame
from consultations.enums import Act
from consultations.ideas.filters import IdeaFilters
from consultations.ideas.forms import IdeaForm
from consultations.ideas.presenting import idea_context, list_context
from consultations.ideas.refusals import SimilarIdeas
from consultations.ideas.services import DECIMALS, POINT, write_idea
from consultations.ideas.similarity import similar_ideas
from consultations.limits import IDEAS
from consultations.maps.picking import offer
from consultations.maps.pressing import FormMaps
from consultations.maps.views import fill_in_pressed
from consultations.models import ConsultationPage
from consultations.models.ideas import joined, title_of
from consultations.presenting.reader import reader_of
from consultations.speaking.confirmed import partners_here
from consultations.taking_part import acting
from consultations.translations.reading import reading_of
from consultations.typed import fill_in_again
from consultations.views import (
    ask_who,
    at_own_address,
    find_consultation,
    say_language,
    show,
    speaker_of,
    what_happens,
)
from consultations.visiting.forms import form_for
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


def _with_ideas(slug: str) -> ConsultationPage:
    consultation = find_consultation(slug)
    if not consultation.takes_ideas:
        raise Http404
    return consultation


@require_safe
def ideas_page(request: HttpRequest, slug: str) -> HttpResponse:
    """List the ideas of a consultation, twenty to a page."""
    consultation = _with_ideas(slug)
    filters = IdeaFilters(request, consultation)
    request.form_is_about = filters.kept  # for language_links()
    context = list_context(request, consultation, filters)
    return render(
        request, "consultations/ideas/list.html", {**frame(request, consultation), **context}
    )


@require_safe
def idea_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one idea: its words, who supports it, what became of it, what was said to it."""
    consultation = find_consultation(slug)
    reader = reader_of(request, consultation)
    shown = consultation.contributions.shown().ideas().of_residents()
    told = shown.with_authors().select_related("neighbourhood")
    told = told.with_translation_into(active()).with_answer_of(reader.participant)
    idea = get_object_or_404(told, pk=pk)
    idea.consultation = consultation
    context = idea_context(request, consultation, idea, reader)
    page = frame(request, consultation)
    page["ancestors"].append({"title": _("Residents’ ideas"), "url": consultation.ideas_url})
    return render(request, "consultations/ideas/idea.html", {**page, **context})


@at_own_address("write_idea_url")
def write(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; on POST what is there already, then keep the idea."""
    if not consultation.takes_ideas:
        raise Http404
    maps = FormMaps(request, (POINT,), decimals=DECIMALS)
    form = _form(request, consultation, maps)
    similar: list[dict[str, str]] = []
    done = None
    if maps.is_pressed:
        done = fill_in_pressed(request, consultation, form, consultation.write_idea_url)
    elif not form.is_bound:
        fill_in_again(request, form, consultation)
    else:
        participant = acting(request, consultation)
        if participant is None:
            done = ask_who(request, consultation, form, consultation.write_idea_url)
        else:
            done = _keep(request, consultation, form, participant)
        similar = [] if done else _like_it(consultation, form)
    if done is not None:
        return done
    offer(maps, form, lead=consultation.lead_city, is_public=True)
    context = {"form": form, "similar": similar, "next": consultation.write_idea_url}
    return show(request, consultation, Act.PROPOSE, context, template="ideas/write")


def _form(request: HttpRequest, consultation: ConsultationPage, maps: FormMaps) -> Any:
    """The form, bound to what was sent; a press on the map sends nothing."""
    is_sent = request.method == "POST" and not maps.is_pressed
    return form_for(
        request,
        consultation,
        IdeaForm,
        request.POST if is_sent else None,
        consultation=consultation,
        has_maps=bool(maps.maps),
        speaker=speaker_of(request),
        partners=partners_here(request),
    )


def _keep(
    request: HttpRequest, consultation: ConsultationPage, form: Any, participant: Participant
) -> HttpResponse | None:
    """Keep the idea and say what happens to it; None when it is refused."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    service = IDEAS.guarding(write_idea, request)
    try:
        idea = form.attempt(service, consultation, participant=participant, **given)
    except TokenAlreadySpent as refusal:
        words = joined(given["title"], given["text"])
        if not participant.contributions.filter(text=words).exists():
            form.ask_again()
            return None
        messages.info(request, str(refusal))
        return redirect(consultation.ideas_url)
    if idea is None:
        return None
    messages.success(request, what_happens(idea, participant))
    say_language(request, idea)
    return redirect(consultation.ideas_url)


def _like_it(consultation: ConsultationPage, form: Any) -> list[dict[str, str]]:
    """What is shown beside the form when it was refused for being much like something."""
    if not form.has_error(SimilarIdeas.field):
        return []
    form.ask_about()
    given = form.cleaned_data
    language_code = given.get("language_code") or active()
    found = similar_ideas(consultation, given["title"], language_code=language_code)
    readings = [(idea, reading_of(idea)) for idea in found]
    return [
        {
            "title": title_of(reading.text),
            "lang": "" if reading.language_code == active() else reading.language_code,
            "url": idea.replies_url,
        }
        for idea, reading in readings
    ]
