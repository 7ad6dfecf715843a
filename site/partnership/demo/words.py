"""The demo's translations of what its residents wrote, each labelled with whose it is.

No machine has a part in the demo: what is labelled as a machine's was written for it, as
literal as a machine would.
"""

from datetime import timedelta
from random import Random
from typing import Any

from consultations.models import Contribution
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from partnership.demo.people import DemoPeople
from partnership.pages.languages import CODES
from partnership.people.models import Participant

STAFF = "moderator@demo.example"
LATER = timedelta(hours=2)


def translate(contribution: Contribution, row: dict[str, Any], people: DemoPeople) -> None:
    """Keep the translation and the proposal the content has for a comment, if it has any."""
    for entry, status in (
        (row.get("translation"), TranslationStatus.ACCEPTED),
        (row.get("proposal"), TranslationStatus.PROPOSED),
    ):
        if entry is not None:
            _keep(contribution, entry, status, people)


def _keep(
    contribution: Contribution, entry: dict[str, str], status: str, people: DemoPeople
) -> None:
    is_decided = status == TranslationStatus.ACCEPTED
    written_at = contribution.created_at + LATER
    Translation.objects.create(
        contribution=contribution,
        language_code=_other_language(contribution.language_code),
        text=entry["text"],
        origin=entry["origin"],
        author=_author(contribution, entry["origin"], people),
        source_digest=digest_of(contribution),
        status=status,
        created_at=written_at,
        decided_at=written_at if is_decided else None,
    )


def _author(contribution: Contribution, origin: str, people: DemoPeople) -> Participant | None:
    if origin == Origin.MACHINE:
        return None
    if origin == Origin.AUTHOR:
        return contribution.participant
    if origin == Origin.STAFF:
        return Participant.objects.of(people.accounts[STAFF])
    chance = Random(contribution.text)  # noqa: S311 - the same neighbour every time
    neighbours = [entry for city in people.cities for entry in people.participants[city]]
    others = [entry for entry in neighbours if entry.pk != contribution.participant_id]
    return chance.choice(others)


def _other_language(code: str) -> str:
    return next(entry for entry in CODES if entry != code)
