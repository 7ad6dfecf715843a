"""The demo's codes on paper: a sheet for each city, some of it used."""

from datetime import timedelta
from random import Random
from typing import Any

from consultations.codes.enums import CodeStatus
from consultations.codes.models import CodeSheet, EntryCode
from consultations.codes.services import MOST_AT_A_TIME, make_codes
from consultations.models import Admission, ConsultationPage
from partnership.demo.people import DemoPeople
from partnership.people.models import Participant, Resident

#: Letters are printed before it opens.
PRINTED_BEFORE = timedelta(days=6)


def let_in(
    page: ConsultationPage, entry: dict[str, Any], people: DemoPeople, voters: list[Participant]
) -> None:
    """Make the sheets the content tells of, and let everybody in who took part."""
    codes = entry["codes"]
    for code, note in codes["note"].items():
        city = people.cities[code]
        own = [voter for voter in voters if voter.resident and voter.resident.city_id == city.pk]
        staff = Resident.objects.filter(is_staff=True, is_superuser=False, edits_for=city)
        by, left = staff.order_by("pk")[0], len(own)
        for number in sizes(max(codes["number"], len(own))):
            made = make_codes(page, city=city, number=number, note=note, by=by, form_token=None)
            CodeSheet.objects.filter(pk=made.sheet.pk).update(
                made_at=page.opens_at - PRINTED_BEFORE
            )
            _spend(made.sheet, min(left, number))
            left -= min(left, number)
        Admission.objects.bulk_create(
            Admission(consultation=page, participant=voter, city=city) for voter in own
        )


def sizes(number: int) -> list[int]:
    """How many codes each sheet has: as many as are made at a time, and the rest."""
    whole, rest = divmod(number, MOST_AT_A_TIME)
    return [MOST_AT_A_TIME] * whole + ([rest] if rest else [])


def _spend(sheet: CodeSheet, number: int) -> None:
    """Which slips came back is chance, as it is at a counter."""
    chance = Random(f"slips of {sheet.city_id}")  # noqa: S311 - the same every time
    slips = list(sheet.codes.order_by("number").values_list("pk", flat=True))
    spent = chance.sample(slips, number)
    EntryCode.objects.filter(pk__in=spent).update(status=CodeStatus.SPENT)
