"""What an editing screen offers in each of its rows is read from the database once a request."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.images.models import AbstractRendition

#: What was read in this request; None where nobody keeps it.
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("choices known", default=None)

#: What is written while a screen is shown, and what no list offers: that somebody has it open,
#: and the small pictures on it.
NEVER_OFFERED = (EditingSession, AbstractRendition)


class ChoicesOnce:
    """Keeps what is read for choices in the editors' rooms until their request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        with kept():
            return self.get_response(request)


@contextmanager
def kept() -> Iterator[None]:
    """Read the same choices once in here."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(key: Hashable, read: Callable[[], Any]) -> Any:
    """What ``read()`` returns; within an editor's request it is asked once, until rows change."""
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]


def bring(found: dict[Hashable, Any]) -> None:
    """Have at hand what ``once()`` would otherwise read one by one."""
    known = _known.get()
    if known is not None:
        known.update(found)


def keep_choices() -> None:
    """Teach it to all lists of rows in forms; called once, when the apps are ready."""
    ModelChoiceIterator.__iter__ = _each  # type: ignore[method-assign]  # on purpose
    for signal in (post_save, post_delete):
        signal.connect(_forget, dispatch_uid="pages.choices_once")


def _each(choices: ModelChoiceIterator) -> Iterator[Any]:
    """In place of Django's, which asks for the same rows again in each row of a form."""
    if choices.field.empty_label is not None:
        yield "", choices.field.empty_label
    for row in _rows(choices.queryset):
        yield choices.choice(row)


def _rows(queryset: Any) -> Any:
    if _known.get() is None:
        return queryset if queryset._prefetch_related_lookups else queryset.iterator()
    return once(key_of(queryset), lambda: list(queryset.all()))


def key_of(queryset: Any) -> Hashable:
    """What makes two lists the same: what they are asked with, and what they bring along."""
    try:
        asked = str(queryset.query)
    except EmptyResultSet:
        asked = ""
    brought = tuple(map(str, queryset._prefetch_related_lookups))
    return queryset.model, queryset._iterable_class, asked, brought


def _forget(sender: type[Model], **_signal: Any) -> None:
    """Read anew what is asked for after something was written."""
    known = _known.get()
    if known and not issubclass(sender, NEVER_OFFERED):
        known.clear()
