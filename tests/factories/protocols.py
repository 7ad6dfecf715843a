"""Protocols for tests: a page in the list, versions with steps, signed by every city."""

from datetime import date
from typing import Any

from home.protocols.groups import ensure_groups
from home.protocols.models import LegalBasis, ProtocolIndexPage, ProtocolPage, ProtocolVersion
from home.protocols.services import ask_to_sign, begin_version
from partnership.cities.models import City
from partnership.ledger.kinds import cities_of_page
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language
from tests.factories.groups import make_groups
from tests.factories.official import editor_of as signer_of
from tests.factories.pages import add_page, in_languages, make_site
from tests.factories.promises import sign


def editor_of(*cities: City, **fields: Any) -> Resident:
    """Somebody who writes protocols, and signs, for these cities."""
    editor = signer_of(*cities, **fields)
    make_groups(ensure_groups, last="add_protocolversion")
    return editor


def make_protocol(title: str = "Class exchanges", **fields: Any) -> ProtocolPage:
    """A published protocol without a version, at /en/protocols/ and /es/protocolos/."""
    city_pair()
    index = ProtocolIndexPage.objects.first()
    if index is None:
        slugs = in_languages("local_slug", en="protocols", es="protocolos")
        titles = in_languages("title", en="Protocols", es="Protocolos")
        index = add_page(make_site(), ProtocolIndexPage, **titles, **slugs, slug="protocols")
    return add_page(index, ProtocolPage, title=title, **fields)


def write(version: ProtocolVersion, *steps: str, **more: str) -> ProtocolVersion:
    """Give a draft these steps in every language; those it has already keep their keys."""
    known = {step.what: step for step in version.steps.all()}
    for step in version.steps.all():
        if step.what not in steps:
            step.delete()
    for number, text in enumerate(steps):
        if text in known:
            type(known[text]).objects.filter(pk=known[text].pk).update(sort_order=number)
        else:
            words = {**in_every_language("what", text), **in_every_language("who", "The schools")}
            version.steps.model.objects.create(version=version, sort_order=number, **words, **more)
    fresh = ProtocolVersion.objects.get(pk=version.pk)
    fresh.save()
    return fresh


def make_draft(protocol: ProtocolPage, *steps: str, **more: str) -> ProtocolVersion:
    """The next version, with these steps."""
    return write(begin_version(protocol), *(steps or ("Write a letter",)), **more)


def sign_by_all(version: ProtocolVersion) -> ProtocolVersion:
    """Have every city of the protocol sign it, the first of them asking."""
    first, *others = cities_of_page(version.protocol)
    request = ask_to_sign(version, by=editor_of(first))
    for city in others:
        sign(request, by=editor_of(city), city=city)
    return ProtocolVersion.objects.get(pk=version.pk)


def make_version(
    protocol: ProtocolPage, *steps: str, since: date | None = None, **more: str
) -> ProtocolVersion:
    """A version that every city has signed, in force since today or an earlier day."""
    version = sign_by_all(make_draft(protocol, *steps, **more))
    if since is not None:
        ProtocolVersion.objects.filter(pk=version.pk).update(in_force_from=since)
    return ProtocolVersion.objects.get(pk=version.pk)


def put_into_law(version: ProtocolVersion, *cities: City) -> ProtocolVersion:
    """Write all that a version about mutual aid says more than others."""
    for code in CODES:
        for name in ("who_may_ask", "what_is_offered", "cost_rule"):
            setattr(version, localized(name, code), "The duty officer.")
    version.save()
    for city in cities:
        LegalBasis.objects.create(version=version, city=city, **in_every_language("text", "Act 7"))
    return ProtocolVersion.objects.get(pk=version.pk)
