"""The demo's partners: six, of which one takes no side and one is no partner any more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from consultations.models import Contribution
from consultations.speaking.rules import voice_for
from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from partnership.demo.calendar import DemoCalendar
from partnership.demo.consultations import DemoConsultation, say
from partnership.demo.people import DemoPeople
from partnership.demo.texts import Words, columns, read
from partnership.pages.models import Photo

INK, SEATS = "#4B2A93", ("#3654DC", "#EB4D5B", "#FFBE3D", "#EB4D5B", "#3654DC")


def make_partners(
    people: DemoPeople, calendar: DemoCalendar, consultations: Mapping[str, DemoConsultation]
) -> dict[str, Partner]:
    """Name the partners, and let one speak; return them by key."""
    content = read("partners")
    made = {row["key"]: _partner(row, people, calendar) for row in content["partners"]}
    for row in content["voices"]:
        _let_speak(row, made[row["partner"]], consultations, people)
    return made


def _partner(row: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> Partner:
    words = {name: row[name] for name in ("name", "summary", "neutrality") if name in row}
    return Partner.objects.create(
        kind=row["kind"],
        city=people.cities.get(row.get("city", "")),
        website=row.get("website", ""),
        logo=_logo(row["key"], row["logo"]) if "logo" in row else None,
        starts_on=calendar.day(row["from"]),
        ends_on=calendar.day(row["until"]) if "until" in row else None,
        is_published=True,
        **columns(**words),
    )


def _let_speak(
    row: dict[str, Any],
    partner: Partner,
    consultations: Mapping[str, DemoConsultation],
    people: DemoPeople,
) -> None:
    """Let somebody of the city speak for the partner, and say in its name what the file says."""
    chance = Random(f"voice of {row['partner']}")  # noqa: S311 - the same every time
    person = chance.choice(people.participants[row["city"]])
    only_them = replace(people, participants={row["city"]: [person]})
    first = consultations[row["said"][0]["consultation"]].page.opens_at
    PartnerVoice.objects.create(
        partner=partner,
        participant=person,
        given_by=people.accounts[row["given_by"]],
        given_at=first,
        accepted_at=first,
    )
    for each in row["said"]:
        page = consultations[each["consultation"]]
        at = page.page.opens_at + timedelta(days=each["after"])
        comment = say(page, {**each, "city": row["city"]}, only_them, chance, at)
        Contribution.objects.filter(pk=comment.pk).update(**voice_for(partner)._asdict())


def _logo(key: str, description: Words) -> Photo:
    """A table seen from the side, drawn twice as large as it is kept."""
    image = Image.new("RGB", (960, 480), "#FFFFFF")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((60, 230, 900, 290), 30, INK)
    for x in (160, 760):
        pen.rectangle((x, 280, x + 40, 430), INK)
    for number, ink in enumerate(SEATS):
        x = 140 + number * 170
        pen.ellipse((x - 55, 80, x + 55, 190), ink)
    file = BytesIO()
    image.resize((480, 240), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    kept = ImageFile(file, name=f"{key}.png")
    return Photo.objects.create(title=key, file=kept, **columns(description=description))
