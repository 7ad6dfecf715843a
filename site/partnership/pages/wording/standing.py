"""How far each language of a page is, kept where lists can read it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from partnership.pages.enums import TextState
from partnership.pages.languages import CODES
from partnership.pages.wording.memory import Memory, state_of
from partnership.pages.wording.models import LanguageStanding
from partnership.pages.wording.slots import Slot, of_object

COUNTED = ("current", "missing", "stale", "machine", "behind_since")


def note_standing(page: Any, codes: Iterable[str] = CODES) -> None:
    """Write down how far each of the languages of this version is; one query to write."""
    relevant = [
        slot for slot in of_object(page) if not slot.is_fact and (slot.is_required or slot.keys())
    ]
    LanguageStanding.objects.bulk_create(
        [_standing(page, code, relevant) for code in codes],
        update_conflicts=True,
        unique_fields=("page", "language_code"),
        update_fields=COUNTED,
    )


def _standing(page: Any, code: str, relevant: list[Slot]) -> LanguageStanding:
    states = [(slot, state_of(slot, code, page.wording)) for slot in relevant]
    counts = Counter(state.value for _slot, state in states)
    behind = [
        behind_since(slot, code, page.wording)
        for slot, state in states
        if state != TextState.CURRENT
    ]
    return LanguageStanding(
        page_id=page.pk,
        language_code=code,
        behind_since=min(behind) if behind else None,
        **{state.value: counts[state.value] for state in TextState},
    )


def behind_since(slot: Slot, code: str, wording: Memory) -> datetime:
    """Return since when a text is behind: when another language changed, or was first written."""
    records = wording.get(slot.section, {})
    keys = slot.keys()
    own = records.get(keys.get(code, ""), {})
    others = [records[key].get("at") for key in keys.values() if key in records]
    moment = own.get("stale_at") or next((at for at in others if at), None)
    return (parse_datetime(moment) if moment else None) or timezone.now()
