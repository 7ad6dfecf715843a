"""Instruments and changes of the partnership's status: the smallest valid ones."""

from datetime import date
from typing import Any

from home.continuity.groups import ensure_groups
from home.continuity.models import Instrument, StatusChange
from home.continuity.services import ask_for_status
from partnership.cities.models import City
from partnership.ledger.models import ApprovalRequest
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.groups import make_groups
from tests.factories.home import in_every_language
from tests.factories.official import editor_of as signer_of
from tests.factories.promises import sign


def make_instrument(title: str = "Partnership ordinance", **fields: Any) -> Instrument:
    """An ordinance of Alder Bay, in force and without an end."""
    texts = {"title": title, "summary": "It keeps an office.", "binds": "The council."}
    words = {
        key: text for name in texts for key, text in in_every_language(name, texts[name]).items()
    }
    values = {
        "city": city_pair()[0],
        "kind": "ordinance",
        "adopted_on": date(2020, 3, 1),
        "valid_from": date(2020, 4, 1),
        **words,
    }
    return Instrument.objects.create(**{**values, **fields})


def keeper_of(*cities: City, **fields: Any) -> Resident:
    """An editor who keeps the instruments of these cities, asks for a status, and signs."""
    editor = signer_of(*cities, **fields)
    make_groups(ensure_groups, last="add_instrument")
    return editor


def ask(status: str, *, by: Resident, reason: str = "A flood.", **fields: Any) -> ApprovalRequest:
    """Ask the cities for another status: ``ask("paused", by=editor)``."""
    words = in_every_language("reason", reason)
    return ask_for_status(StatusChange(status=status, **{**words, **fields}), by=by)


def let_it_stand(status: str, **fields: Any) -> StatusChange:
    """Have both cities sign that the partnership stands so."""
    alder, puerto = city_pair()
    request = ask(status, by=keeper_of(alder), **fields)
    sign(request, by=keeper_of(puerto), city=puerto)
    return StatusChange.objects.get(pk=request.object_id)
