"""What a partner said: what was published of whoever it confirms, the newest first."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.urls import reverse

from consultations.models import Contribution, Statement
from consultations.translations.reading import reading_of
from home.partners.models import Partner
from home.partners.querysets import PartnerQuerySet
from partnership.pages.languages import active

PER_PAGE = 20
#: How the two are told apart in one list.
COMMENT, STATEMENT = "comment", "statement"
COLUMNS = ("said_at", "key", "form")


def with_said() -> PartnerQuerySet:
    """The partners that readers see, each with ``has_said``: whether there is anything."""
    known = {"partner": OuterRef("pk")}
    said = Exists(_comments().filter(**known)) | Exists(_statements().filter(**known))
    found: PartnerQuerySet = Partner.objects.public().annotate(has_said=said)
    return found


def said_by(partner: Partner, number: str | None) -> Page:
    """One page of what it said, as its template wants it; four queries."""
    comments = _comments().filter(partner=partner)
    statements = _statements().filter(partner=partner)
    kinds = (comments, COMMENT), (statements, STATEMENT)
    told, others = (_columns(rows, form) for rows, form in kinds)
    page = Paginator(told.union(others, all=True).order_by("-said_at", "-key"), PER_PAGE)
    shown = page.get_page(number)
    shown.object_list = _as_shown(list(shown.object_list))
    return shown


def _columns(rows: Any, form: str) -> QuerySet:
    # Of what is translated, columns come in any order unless told not to be put in a language.
    told = rows.rewrite(mode=False) if form == STATEMENT else rows
    told = told.order_by().annotate(
        said_at=F("created_at"), key=F("pk"), form=Value(form, CharField())
    )
    found: QuerySet = told.values_list(*COLUMNS)
    return found


def _comments() -> QuerySet:
    return Contribution.objects.public()


def _statements() -> QuerySet:
    return Statement.objects.public()


def _as_shown(rows: list[tuple[Any, int, str]]) -> list[dict[str, Any]]:
    """The few of one page, whole, in their order; a query for either kind that is among them."""
    keys = {form: [pk for _at, pk, each in rows if each == form] for form in (COMMENT, STATEMENT)}
    found: dict[tuple[str, int], Any] = {}
    if keys[COMMENT]:
        comments = Contribution.objects.with_authors().with_translation_into(active())
        comments = comments.select_related("consultation__lead_city")
        comments = comments.filter(pk__in=keys[COMMENT])
        found |= {(COMMENT, each.pk): _comment(each) for each in comments}
    if keys[STATEMENT]:
        statements = Statement.objects.select_related("consultation").filter(pk__in=keys[STATEMENT])
        found |= {(STATEMENT, each.pk): {"statement": each} for each in statements}
    return [found[form, pk] for _at, pk, form in rows if (form, pk) in found]


def _comment(comment: Contribution) -> dict[str, Any]:
    consultation = comment.consultation
    place = (consultation.slug_in(active()), comment.pk)
    return {
        "comment": comment,
        "author": comment.author_name,
        "is_staff": comment.is_by_staff,
        "reading": reading_of(comment),
        "consultation": consultation,
        "url": f"{reverse('consultation_comment_place', args=place)}#{comment.anchor}",
    }
