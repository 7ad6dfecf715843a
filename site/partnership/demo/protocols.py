"""The demo's protocols, with versions that both cities signed."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from home.protocols.models import (
    LegalBasis,
    ProtocolIndexPage,
    ProtocolPage,
    ProtocolStep,
    ProtocolVersion,
)
from home.protocols.services import ask_to_sign
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.publishing import publish
from partnership.demo.signatures import asked_for, sign
from partnership.demo.texts import columns, read
from partnership.pages.models import BasePage

ABOUT = ("who_may_ask", "what_is_offered", "cost_rule")
SIGNERS = ("editor.alder@demo.example", "editor.puerto@demo.example")


def make_protocols(
    home: BasePage, people: DemoPeople, calendar: DemoCalendar
) -> dict[str, ProtocolPage]:
    """Publish the protocols with what is signed of them; return them by key."""
    content = read("protocols")
    index = ProtocolIndexPage(**columns(**content["index"]))
    publish(index, under=home, calendar=calendar)
    made = {}
    for entry in content["protocols"]:
        words = {name: entry[name] for name in ("title", "purpose")}
        page = ProtocolPage(kind=entry["kind"], **columns(**words))
        since = calendar.noon(calendar.day(entry["versions"][0]["since"]))
        publish(page, under=index, calendar=calendar, since=since)
        for number, row in enumerate(entry["versions"], 1):
            _sign(_version(page, number, row, people), row, people, calendar)
        made[entry["key"]] = page
    return made


def _version(
    page: BasePage, number: int, row: dict[str, Any], people: DemoPeople
) -> ProtocolVersion:
    words = {name: row[name] for name in ABOUT if name in row}
    version: Any = ProtocolVersion(protocol=page, number=number, **columns(**words))
    version.steps = [
        ProtocolStep(
            sort_order=place,
            key=uuid5(NAMESPACE_URL, f"{page.slug}/{step['key']}"),
            **columns(what=step["what"], who=step["who"], when=step["when"]),
        )
        for place, step in enumerate(row["steps"])
    ]
    version.legal_bases = [
        LegalBasis(sort_order=place, city=people.cities[law["city"]], **columns(text=law["text"]))
        for place, law in enumerate(row.get("laws", ()))
    ]
    version.save()
    return ProtocolVersion.objects.get(pk=version.pk)


def _sign(
    version: ProtocolVersion, row: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> None:
    """Have both cities sign it on the day it has been in force since."""
    day = calendar.day(row["since"])
    at = calendar.noon(day)
    with asked_for(at):
        request = ask_to_sign(version, by=people.accounts[row["asked_by"]])
    others = [email for email in SIGNERS if email != row["asked_by"]]
    sign(request, others, people, at=at)
    ProtocolVersion.objects.filter(pk=version.pk).update(signed_at=at, in_force_from=day)
