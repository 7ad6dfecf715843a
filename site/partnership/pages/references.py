"""What a thing with many rows refers to is collected once when it is saved, not with each row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db.models import Model
from modelcluster.fields import ParentalKey

#: What looks through the things saved until now, once everything is; None while nobody collects.
_waiting: ContextVar[dict[tuple[type[Model], Any], Callable[[], None]] | None] = ContextVar(
    "references waiting", default=None
)


@contextmanager
def collected_once() -> Iterator[None]:
    """Look through each thing once for what it refers to, after all of its rows are saved.

    Wagtail looks through a whole page with every row of it: sixty rows are read sixty times.
    Here it happens at the end, and still in the transaction of whoever saves.
    """
    if _waiting.get() is not None:  # whoever began it ends it
        yield
        return
    waiting: dict[tuple[type[Model], Any], Callable[[], None]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for look_through in waiting.values():
        look_through()


def collect_once() -> None:
    """Teach it to Wagtail; called once, before its own app is ready and listens."""
    from wagtail import signal_handlers  # knows models, which pages save with this module

    theirs = signal_handlers.update_reference_index_on_save

    def on_save(instance: Model, **kwargs: Any) -> None:
        waiting = _waiting.get()
        if waiting is None or kwargs.get("raw", False):
            theirs(instance, **kwargs)
        elif whole := _whole(instance):
            waiting[type(whole), whole.pk] = partial(theirs, whole)

    signal_handlers.update_reference_index_on_save = on_save


def _whole(instance: Model) -> Model | None:
    """What a row is a row of, which is at hand while it is saved; None for a row of nothing."""
    keys = (field for field in instance._meta.get_fields() if isinstance(field, ParentalKey))
    key = next(keys, None)
    if key is None:
        return instance
    above = getattr(instance, key.name)
    return _whole(above) if above is not None else None
