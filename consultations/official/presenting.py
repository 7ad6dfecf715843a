"""The page "we asked, you said, we did": what was asked, what was said, what the cities answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import outcomes as known
from consultations.analysis.models import Quote
from consultations.conversation.headed import headed
from consultations.enums import PublicationStatus
from consultations.models import ConsultationPage, Contribution, PersonTakingPart
from consultations.official.models import PublishedAnswer
from consultations.official.reading import coverage_of, shown, words_of
from consultations.presenting.head import ancestors, people_told
from consultations.presenting.votes import statement_address
from consultations.translations.reading import reading_of
from partnership.cities.models import City
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.interface.templatetags.figures import number
from partnership.ledger.models import Approval
from partnership.pages.languages import active
from partnership.serving import fresh_until

PER_PAGE = 20


def answers_context(consultation: ConsultationPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return what the template shows, in a number of queries that never grows.

    None as long as no answer is published.
    """
    coverage = coverage_of(consultation)
    if not coverage.answers:
        return None
    fresh_until(request, consultation.closes_at)
    cities = once(request, cities_of_the_site)
    url = consultation.get_url(request)
    above = ancestors(consultation, request)
    answers = PublishedAnswer.objects.current().of(consultation).with_targets()
    paginator = Paginator(answers.with_promises(), PER_PAGE)
    paginator.count = coverage.answers
    page = paginator.get_page(request.GET.get("page"))
    comments = _comments(consultation, page.object_list)
    return {
        "consultation": consultation,
        "url": url,
        "ancestors": [*above, {"title": consultation.title, "url": url}],
        "steps": _steps(consultation, url, cities, coverage.answers),
        "promises": known.promises(known.of(consultation, cities)),
        "coverage": coverage,
        "shares": words_of(coverage.shares),
        "rest": consultation.answer_sheet.published_rest,
        "page": page,
        "entries": list(_entries(consultation, page.object_list, comments)),
        "quotes": [_quoted(consultation, each) for each in comments.values() if each.is_quoted],
        "signatures": _signatures(page.object_list),
    }


def _steps(
    consultation: ConsultationPage, url: str, cities: Sequence[City], answered: int
) -> list[dict[str, Any]]:
    told = people_told(cities, PersonTakingPart.objects.by_city(consultation))
    counts = [
        _("%(city)s: %(number)s") % {"city": city.name, "number": _number_of(told[city.pk])}
        for city in cities
    ]
    did = ngettext("%(count)s answer of the cities", "%(count)s answers of the cities", answered)
    return [
        {"icon": "chat", "title": _("We asked"), "text": consultation.lead},
        {
            "icon": "people",
            "title": _("You said"),
            "text": _("People who voted or answered. %(counts)s.") % {"counts": "; ".join(counts)},
            "url": url,
            "label": _("What people said"),
        },
        {
            "icon": "flag",
            "title": _("We did"),
            "text": _("%(answers)s, each signed by every city.")
            % {"answers": did % {"count": number(answered)}},
            "url": "#answers",
            "label": _("Read the answers"),
        },
    ]


def _number_of(people: int | None) -> str:
    return _("too few to show") if people is None else number(people)


def _entries(
    consultation: ConsultationPage,
    answers: Iterable[PublishedAnswer],
    comments: dict[int, Any],
) -> Iterable[dict[str, Any]]:
    for published in answers:
        yield {
            "answer": {**shown(published), "theme": ""},
            "said": _said(consultation, published, comments),
        }


def _comments(consultation: ConsultationPage, answers: Iterable[PublishedAnswer]) -> dict[int, Any]:
    """The comments answered on this page and those that are quoted, translated; one query."""
    keys = [each.answer.contribution_id for each in answers if each.answer.contribution_id]
    is_quoted = Q(quote__consultation=consultation)
    wanted = Contribution.objects.readable().filter(Q(pk__in=keys) | is_quoted)
    spoken = wanted.annotate(is_quoted=Exists(Quote.objects.filter(contribution=OuterRef("pk"))))
    told = spoken.with_authors().with_translation_into(active()).order_by("pk")
    return {entry.pk: entry for entry in told}


def _quoted(consultation: ConsultationPage, comment: Contribution) -> dict[str, Any]:
    """One quote with its translation and the way to it."""
    slug = consultation.slug_in(active())
    place = reverse("consultation_comment_place", args=(slug, comment.pk))
    return {
        "comment": comment,
        "reading": reading_of(comment),
        "url": f"{place}#{comment.anchor}",
    }


def _said(
    consultation: ConsultationPage,
    published: PublishedAnswer,
    comments: dict[int, Any],
) -> dict[str, Any]:
    """What is answered, with the way back to it."""
    answer, slug = published.answer, consultation.slug_in(active())
    if answer.statement and answer.statement.publication_status != PublicationStatus.PUBLISHED:
        return {"name": _("A statement that is no longer shown"), "text": "", "url": ""}
    if answer.statement:
        name = _("Statement %(number)s") % {"number": answer.statement.number}
        text, url = answer.statement.text, statement_address(slug, answer.statement)
        return {"name": name, "text": text, "url": url}
    if answer.question:
        url = f"{consultation.get_url()}#{answer.question.anchor}"
        return {"name": _("Texts to a question"), "text": answer.question.text, "url": url}
    if answer.theme:
        texts: int = published.texts  # type: ignore[attr-defined]  # with_targets() adds it
        name = ngettext("Theme of %(count)s text", "Theme of %(count)s texts", texts)
        text = answer.theme.title
        return {"name": name % {"count": number(texts)}, "text": text, "url": ""}
    comment = comments.get(answer.contribution_id or 0)
    if comment is None:
        return {"name": _("A comment that is no longer shown"), "text": "", "url": ""}
    place = reverse("consultation_comment_place", args=(slug, comment.pk))
    reading = reading_of(comment)
    return {
        "name": headed(comment),
        "text": reading.text or comment.text,
        "reading": reading,
        "written_in": comment.language_code,
        "url": f"{place}#{comment.anchor}",
    }


def _signatures(answers: Iterable[PublishedAnswer]) -> list[dict[str, Any]]:
    """Who signed the newest of these answers, for which city, on which day; one query."""
    newest = max(answers, key=lambda each: each.published_at, default=None)
    if newest is None:
        return []
    given = Approval.objects.filter(request=newest.request_id)
    given = given.select_related("city", "request__entry")
    return [
        {
            "city": each.city,
            "day": each.given_at,
            "digest": each.digest,
            "entry": getattr(each.request, "entry", None),
        }
        for each in given.order_by("city__position")
    ]
