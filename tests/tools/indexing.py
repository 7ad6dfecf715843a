"""The indexes of search and of references, which cost half of what saving a page does."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from modelsearch import signal_handlers as search
from wagtail import signal_handlers as references

#: The work that is done after something was saved: the module and the name it has there.
TASKS: tuple[tuple[ModuleType, str], ...] = (
    (search, "insert_or_update_object_task"),
    (references, "update_reference_index_task"),
)
REAL = {name: getattr(module, name) for module, name in TASKS}


def _nothing(*_arguments: Any, **_named: Any) -> None:
    """In place of what is left out."""


@contextmanager
def left_out() -> Iterator[None]:
    """Save without them, in every thread."""
    with _instead({name: SimpleNamespace(enqueue=_nothing) for name in REAL}):
        yield


@contextmanager
def kept() -> Iterator[None]:
    """Save with them, also where they are left out."""
    with _instead(REAL):
        yield


@contextmanager
def _instead(tasks: dict[str, Any]) -> Iterator[None]:
    with ExitStack() as patches:
        for module, name in TASKS:
            patches.enter_context(patch.object(module, name, tasks[name]))
        yield
