"""For authors: which decision keeps which of their words hidden."""

from collections.abc import Iterable

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.moderation.enums import Outcome
from consultations.moderation.models import Decision


def put_hiding(targets: Iterable[Contribution | Statement]) -> None:
    """Give each its ``hiding``: the decision it is hidden by, or None; one query if any is."""
    targets = list(targets)
    hidden = [
        target
        for target in targets
        if target.publication_status == PublicationStatus.HIDDEN
        and not getattr(target, "duplicate_of_id", None)
    ]
    found: dict[int, Decision] = {}
    if hidden:
        name = hidden[0]._meta.model_name or ""
        rows = Decision.objects.filter(
            outcome=Outcome.HIDDEN, **{f"{name}__in": [target.pk for target in hidden]}
        ).select_related("appeal", name)
        found = {getattr(row, f"{name}_id"): row for row in rows.order_by("decided_at", "pk")}
    for target in targets:
        target.hiding = found.get(target.pk) if target in hidden else None  # type: ignore[union-attr] # shown by the template
