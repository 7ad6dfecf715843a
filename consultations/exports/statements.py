"""The statements and how each city voted on them."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from consultations.disclosure import shows_figures_to
from consultations.exports.enums import TableName
from consultations.exports.scope import ELSEWHERE, Scope
from consultations.exports.translated import wording_cells, wording_columns
from consultations.results import CityVotes, result_of
from consultations.translations.models import Translation
from partnership.pages.languages import field_names
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

SHOWN, NOT_YET = "shown", "after_the_close"
#: The second is kept back because the others and it would give the first away.
MASKED, WITH_A_SMALL_GROUP = "under_5", "with_a_small_group"


def statements_table(scope: Scope) -> Table:
    """One row per statement and city, and one for everybody who lives elsewhere.

    The public gets no figures before everybody may see them, and none of groups under five.
    No total over cities, from which a masked group could be computed.
    """
    staff = () if scope.is_public else (Column("publication_status", _("visibility")),)
    columns = (
        Column("statement", _("statement number")),
        *columns_in_every_language("text", _("statement")),
        Column("written_in", _("written in")),
        *wording_columns(),
        Column("city", _("city")),
        Column("agree", _("agree")),
        Column("disagree", _("disagree")),
        Column("pass", _("not sure")),
        Column("votes", _("votes")),
        Column("figures", _("figures")),
        *staff,
    )
    return Table(TableName.STATEMENTS.value, columns, lambda: _rows(scope))


def _rows(scope: Scope) -> Iterator[Row]:
    accepted = Prefetch("translations", queryset=Translation.objects.accepted())
    statements = scope.consultation.statements.order_by("number").prefetch_related(
        "tallies", accepted
    )
    are_told = not scope.is_public or shows_figures_to(scope.consultation, None)
    for statement in statements.published() if scope.is_public else statements:
        result = result_of(statement, scope.cities)
        wording = [getattr(statement, column) or "" for column in field_names("text")]
        for votes in (*result.cities, result.elsewhere):
            city = votes.city.code if votes.city else ELSEWHERE
            written = (statement.language_code, *wording_cells(statement))
            row = (statement.number, *wording, *written, city)
            staff = () if scope.is_public else (statement.publication_status,)
            yield *row, *_figures(scope, votes, are_told=are_told), *staff


def _figures(scope: Scope, votes: CityVotes, *, are_told: bool) -> Row:
    if not are_told:
        return None, None, None, None, NOT_YET
    if scope.is_public and votes.is_masked:
        return None, None, None, None, WITH_A_SMALL_GROUP if votes.hides_another else MASKED
    return votes.agree_count, votes.disagree_count, votes.passed_count, votes.seen, SHOWN
