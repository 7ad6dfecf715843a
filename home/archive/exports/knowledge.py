"""What a year added to what the cities know: practices, and the cases they stand on."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from home.archive.exports.cells import AT_A_TIME, TITLE, URL, addresses, codes, utc, words
from home.knowledge.enums import CaseOutcome, Evidence
from home.knowledge.models import CaseStudyPage, PracticePage
from home.partners.models import Partner
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

PRACTICES = (
    Column("number", _("number"), "integer"),
    Column("published_at", _("first published at"), "datetime"),
    Column("evidence", _("evidence"), values=tuple(Evidence.choices)),
    Column("cities", _("cities; all where none is named")),
    *TITLE,
    *columns_in_every_language("theme", _("theme")),
    *columns_in_every_language("summary", _("what it is")),
    *columns_in_every_language("used_by", _("used by")),
    Column("used_in", _("cities that work like this")),
    *columns_in_every_language("partners", _("partners that work like this")),
    Column("cases", _("numbers of its case studies")),
    *URL,
)
CASES = (
    Column("number", _("number"), "integer"),
    Column("ended_on", _("ended on"), "date"),
    Column("outcome", _("outcome"), values=tuple(CaseOutcome.choices)),
    Column("cities", _("cities; all where none is named")),
    Column("cost", _("what it cost"), "number"),
    Column("currency", _("currency")),
    *TITLE,
    *columns_in_every_language("theme", _("theme")),
    *columns_in_every_language("summary", _("in short")),
    *columns_in_every_language("context", _("context")),
    *columns_in_every_language("time_needed", _("time it took")),
    *columns_in_every_language("differently", _("what we would do differently")),
    *URL,
)


def practices_table(since: datetime, until: datetime) -> Table:
    """The practices that readers can open and that were first published then."""
    return Table("practices", PRACTICES, lambda: _practices(since, until), _("Practices"))


def cases_table(year: int) -> Table:
    """The case studies that readers can open of what ended in the year, failures among them."""
    return Table("cases", CASES, lambda: _cases(year), _("Case studies"))


def _practices(since: datetime, until: datetime) -> Iterator[Row]:
    begun = {"first_published_at__gte": since, "first_published_at__lt": until}
    found = PracticePage.objects.published().filter(**begun).order_by("first_published_at", "pk")
    public = CaseStudyPage.objects.published().order_by("ended_on", "pk")
    cases = Prefetch("cases", queryset=public, to_attr="told_cases")
    partners = Prefetch("partners", queryset=Partner.objects.public(), to_attr="told_partners")
    known = found.prefetch_related("cities", "used_in", cases, partners)
    for each in known.iterator(chunk_size=AT_A_TIME):
        yield (
            each.pk,
            utc(each.first_published_at),
            each.evidence,
            codes(each.cities),
            *words(each, "title", "theme", "summary", "used_by"),
            codes(each.used_in),
            *_named(each.told_partners),
            "|".join(str(case.pk) for case in each.told_cases),
            *addresses(each),
        )


def _named(partners: Iterable[Partner]) -> list[str]:
    """Their names in every language."""
    return [
        "|".join(getattr(each, name) or "" for each in partners) for name in field_names("name")
    ]


def _cases(year: int) -> Iterator[Row]:
    found = CaseStudyPage.objects.published().filter(ended_on__year=year)
    in_order = found.order_by("ended_on", "pk").prefetch_related("cities")
    for each in in_order.iterator(chunk_size=AT_A_TIME):
        yield (
            each.pk,
            each.ended_on,
            each.outcome,
            codes(each.cities),
            each.cost,
            each.currency if each.cost is not None else "",
            *words(each, "title", "theme", "summary", "context", "time_needed", "differently"),
            *addresses(each),
        )
