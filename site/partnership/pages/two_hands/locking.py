"""One after the other, where two would take the same number or undo each other's work."""

from typing import Any

from django.db.models import Model


def lock(model: type[Model], key: Any) -> None:
    """Lock a row until the transaction ends; what only points to it need not wait."""
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk=key))
