"""What the cities sign: from what to what a promise changes, and why, in every language."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from consultations.roadmap.models import Commitment
from consultations.roadmap.promises.lines import are_there
from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.refusals import ReasonMissing
from consultations.roadmap.promises.telling import facts_in, label_of
from consultations.roadmap.promises.values import LINES, TEXTS, values_of
from partnership.cities.models import City
from partnership.ledger.kinds import cities_of_page
from partnership.ledger.refusals import ContentHasChanged
from partnership.pages.comparing import Cell, Row, cell_of
from partnership.pages.languages import CODES, localized


def content_of(change: PromiseChange) -> dict[str, Any]:
    """Return what is signed.

    Raises ReasonMissing, or ContentHasChanged when something else is promised by now than
    what was to be changed.
    """
    reason = {code: getattr(change, localized("reason", code)) or "" for code in CODES}
    if not all(reason.values()):
        raise ReasonMissing
    refuse_unless_as_before(change, Commitment.objects.get(pk=change.commitment_id))
    return {
        "commitment": change.commitment_id,
        "before": change.before,
        "after": change.after,
        "reason": reason,
    }


def refuse_unless_as_before(change: PromiseChange, commitment: Commitment) -> None:
    """Raise ContentHasChanged when the commitment is not what the change started from."""
    as_before = values_of(commitment, change.before) == change.before
    if not as_before or not are_there(commitment, change.after.get(LINES, [])):
        raise ContentHasChanged


def cities_of(change: PromiseChange) -> list[City]:
    """The roadmap's cities; all of them where it is joint or of one city only."""
    return cities_of_page(change.commitment.roadmap)


def title_of(change: PromiseChange) -> str:
    """What it is called, in the active language."""
    return _("Change of “%(commitment)s”") % {"commitment": change.commitment}


def address_of(change: PromiseChange) -> str:
    """Where the commitment is edited."""
    return reverse("commitments:edit", args=(change.commitment_id,))


def rows_of(content: dict[str, Any], before: dict[str, Any] | None) -> list[Row]:
    """Return what is promised otherwise, each against what it is now, and why.

    No change is ever signed twice, so there is nothing that was signed ``before``.
    """
    then, now = content["before"], content["after"]
    names = {city.code: city.name for city in City.objects.all()}
    facts = [
        Row(fact.label, [Cell(format_html("{} → {}", fact.before, fact.after))])
        for fact in facts_in(then, now, names)
    ]
    texts = [
        Row(label_of(name), [cell_of(now[name], then[name], code) for code in CODES])
        for name in now
        if name in TEXTS
    ]
    why = Row(_("Why"), [cell_of(content["reason"], {}, code) for code in CODES])
    return [*facts, *texts, why]
