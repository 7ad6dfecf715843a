"""The class of a model's queries in all languages is made once, not anew for each query.

modeltranslation makes a class whenever a manager is asked, which takes a fifth of what it takes to
build a short query, and leaves Python with nothing it may remember about the class before.
"""

from functools import cache
from typing import Any

from modeltranslation import manager

_theirs = manager.multilingual_queryset_factory


def make_their_class_once() -> None:
    """Teach it to all managers; called once, when the apps are ready."""
    manager.multilingual_queryset_factory = their_class


def their_class(old_cls: Any, instantiate: bool = True) -> Any:
    """Return the class made of a plain one, or a query of it, as modeltranslation's own does.

    It is known by its name to queries that are packed.
    """
    made = _made(old_cls)
    return made() if instantiate else made


@cache
def _made(plain: Any) -> Any:
    return _theirs(plain, instantiate=False)
