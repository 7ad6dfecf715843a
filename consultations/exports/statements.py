"""The statements and how each city voted on them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from consultations.exports.enums import Figures, TableName
from consultations.exports.partners import name_of, partner_column
from consultations.exports.scope import ELSEWHERE, Scope, status_column
from consultations.exports.translated import wording_cells, wording_columns
from consultations.results import CityVotes
from consultations.tallies import counted_totals
from consultations.translations.models import Translation
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language


def statements_table(scope: Scope) -> Table:
    """One row per statement and city, and one for everybody who lives elsewhere.

    The public gets no figures before everybody may see them, and none of groups under five.
    No total over cities, from which a masked group could be computed.
    """
    staff = () if scope.is_public else (status_column(),)
    columns = (
        Column("statement", _("statement number"), "integer"),
        *columns_in_every_language("text", _("statement")),
        Column("written_in", _("written in")),
        *wording_columns(),
        scope.city_column,
        Column("agree", _("agree"), "integer"),
        Column("disagree", _("disagree"), "integer"),
        Column("pass", _("not sure"), "integer"),
        Column("votes", _("votes"), "integer"),
        Column("figures", _("figures"), values=tuple(Figures.choices)),
        partner_column(_told(scope)),
        *staff,
    )
    return Table(TableName.STATEMENTS.value, columns, lambda: _rows(scope))


def _rows(scope: Scope) -> Iterator[Row]:
    accepted = Prefetch("translations", queryset=Translation.objects.accepted())
    statements = _told(scope).order_by("number").prefetch_related("tallies", accepted)
    totals = _totals(scope)
    for statement in statements:
        own = None if totals is None else totals[statement.pk]
        result = scope.votes_on(statement, own)
        wording = [getattr(statement, column) or "" for column in field_names("text")]
        for votes in (*result.cities, result.elsewhere):
            city = votes.city.code if votes.city else ELSEWHERE
            written = (statement.language_code, *wording_cells(statement))
            row = (statement.number, *wording, *written, city)
            staff = () if scope.is_public else (statement.publication_status,)
            yield *row, *_figures(scope, votes), name_of(statement.partner_id), *staff


def _told(scope: Scope) -> Any:
    """The statements that this profile gets."""
    statements = scope.consultation.statements.all()
    return statements.published() if scope.is_public else statements


def _totals(scope: Scope) -> dict[int, list[Any]] | None:
    """The totals at the instant of the export; None when the kept ones are those."""
    if not scope.counts_again:
        return None
    found: dict[int, list[Any]] = defaultdict(list)
    for total in counted_totals(scope.consultation, until=scope.as_of):
        found[total.statement_id].append(total)
    return found


def _why_masked(scope: Scope, votes: CityVotes) -> Figures:
    """Why it is kept back; published results say only that it is."""
    if scope.is_final:
        return Figures.KEPT_BACK
    return Figures.WITH_A_SMALL_GROUP if votes.hides_another else Figures.MASKED


def _figures(scope: Scope, votes: CityVotes) -> Row:
    if not scope.tells_votes:
        return None, None, None, None, scope.not_yet.value
    if scope.is_public and votes.is_masked:
        return None, None, None, None, _why_masked(scope, votes).value
    counts = (votes.agree_count, votes.disagree_count, votes.passed_count)
    return *counts, votes.seen, Figures.SHOWN.value
