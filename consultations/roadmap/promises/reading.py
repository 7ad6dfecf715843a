"""What readers of the open ledger are told of changed promises."""

from collections.abc import Iterable

from consultations.roadmap.promises.models import PromiseChange
from consultations.roadmap.promises.signing import title_of
from partnership.ledger.kinds import Shown
from partnership.ledger.models import ApprovalRequest


def shown_in_the_log(requests: Iterable[ApprovalRequest]) -> dict[int, Shown]:
    """Return those of promises that readers can see, with the way to each; one query."""
    asked = {each.pk: each.object_id for each in requests}
    readable = PromiseChange.objects.made().readable().filter(pk__in=asked.values())
    found = {change.pk: change for change in readable.select_related("commitment__roadmap")}
    return {
        pk: Shown(title_of(found[change]), found[change].commitment.get_absolute_url())
        for pk, change in asked.items()
        if change in found
    }
