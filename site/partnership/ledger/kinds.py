"""What can be signed: each room says what its things hold and what follows from a signature.

In an app's ``AppConfig.ready()``::

    from partnership.ledger import kinds
    kinds.register(AnswerSheet, kinds.Kind(content=..., title=..., ...))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from partnership.cities.models import City


def every_city(subject: Any) -> Iterable[City]:
    """All cities of the partnership that have not left it."""
    return City.objects.partners()


def cities_of_page(page: Any, everybody: Iterable[City] | None = None) -> list[City]:
    """The page's cities; all of them (``everybody``) where it is joint or of one city only.

    Who has left is asked nothing any more, or what the others promised could never change.
    """
    own: list[City] = [city for city in page.cities.all() if not city.has_left]
    return own if len(own) > 1 else list(every_city(page) if everybody is None else everybody)


def nothing_follows(subject: Any) -> None:
    """Nothing has to be done."""


def quotes_nobody(subject: Any) -> Mapping[str, str]:
    """Nothing that could be asked back."""
    return {}


@dataclass(frozen=True)
class Shown:
    """What readers of the public log are told of something that was signed.

    ``address`` is where they read it. The content itself may be handed out unless it says
    more than they may know.
    """

    title: str
    address: str
    has_content: bool = True


def shown_to_nobody(requests: Iterable[Any]) -> Mapping[int, Shown]:
    """Nothing that readers could see."""
    return {}


def read_by_every_signer(subject: Any, person: Any) -> bool:
    """Whoever may sign for any city may read what another one is asked."""
    return True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the ledger asks of a model whose things are signed.

    ``content`` returns what is signed, in every language, of what ``digests`` allows; it may
    raise a refusal when the thing is not ready. ``title`` names it for the reader, ``address``
    is where it is edited. ``rows`` shows content, against what was signed before, with a
    column for each language (``partnership.pages.comparing``). ``approved`` is called in the
    transaction of the last signature, with the thing and ``request=`` its request;
    ``called_off`` in that in which a city asks for changes or calls it off. ``quotes`` locks
    what residents wrote and is quoted, and returns the words by ``quotes.name_of``; the
    content holds their ``quotes.digests`` only. ``shown`` returns what readers are told of these
    requests in their language, by the requests' keys, and leaves out what they cannot see; it
    asks the same number of queries for any number of them. ``may_read`` says whether a person
    who signs for some city may open a request at all.
    """

    content: Callable[[Any], dict[str, Any]]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    rows: Callable[[dict[str, Any], dict[str, Any] | None], list[Any]]
    approved: Callable[..., Any]
    called_off: Callable[[Any], Any] = nothing_follows
    cities: Callable[[Any], Iterable[City]] = every_city
    quotes: Callable[[Any], Mapping[str, str]] = quotes_nobody
    shown: Callable[[Iterable[Any]], Mapping[int, Shown]] = shown_to_nobody
    may_read: Callable[[Any, Any], bool] = read_by_every_signer


_kinds: dict[type[models.Model], Kind] = {}


def register(model: type[models.Model], kind: Kind) -> None:
    """Let things of this model be signed."""
    _kinds[model] = kind


def kind_of(subject: models.Model) -> Kind:
    """Return what was registered; raises KeyError for a model that nobody signs."""
    return _kinds[type(subject)]


def kind_of_model(model: type[models.Model] | None) -> Kind | None:
    """Return what was registered for the model; None for one that nobody signs any more."""
    return _kinds.get(model) if model else None


def signed_content(subject: models.Model) -> dict[str, Any]:
    """Return all that a signature covers: which thing, which cities, and what it holds.

    The cities are part of it, so that a city that joins has to be asked, too.
    """
    kind = kind_of(subject)
    return {
        "about": f"{subject._meta.label_lower}:{subject.pk}",
        "cities": sorted(city.code for city in kind.cities(subject)),
        "content": kind.content(subject),
        "version": 1,
    }
