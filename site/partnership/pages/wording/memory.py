"""What each text remembers: the words in the other languages it was last known to agree with.

A memory is a dictionary that is stored with its page, so that drafts, schedules, copies, aliases
and older versions carry their own: ``{section: {key: record}}``. The key is a text's language and
fingerprint, so that a memory survives rows being added, moved and deleted. A record holds

- ``of``: the keys of the texts in other languages it was confirmed against,
- ``at`` and ``by``: when that was, and by whom,
- ``confirmed``: that somebody said so without changing it,
- ``stale_at`` and ``was``: since when another language says something else, and what it said,
- ``machine``: that no person has read it yet.
"""

import copy
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from partnership.pages.enums import TextState
from partnership.pages.wording import reading
from partnership.pages.wording.slots import Slot

Record = dict[str, Any]
Memory = dict[str, dict[str, Record]]
#: Of a text that was replaced so much is kept to show what changed.
LONGEST_KEPT = 10_000


def state_of(slot: Slot, code: str, memory: Memory) -> TextState:
    """Return the state of a slot's text in one language.

    A text nobody has remembered yet is taken for current.
    """
    keys = slot.keys()
    if code not in keys:
        return TextState.MISSING
    record = memory.get(slot.section, {}).get(keys[code])
    if record is None:
        return TextState.CURRENT
    if disagreeing(record, keys, code):
        return TextState.STALE
    return TextState.MACHINE if record.get("machine") else TextState.CURRENT


def disagreeing(record: Record, keys: dict[str, str], code: str) -> list[str]:
    """Return the languages whose texts changed since this record was confirmed."""
    return [other for other, key in keys.items() if other != code and key not in record["of"]]


def remembered(
    slots: Iterable[Slot],
    before: Memory,
    *,
    by: int | None = None,
    confirmed: Iterable[tuple[str, str]] = (),
    is_small_change: bool = False,
    earlier_texts: Callable[[], dict[str, Any]] = dict,
) -> Memory:
    """Return what is to be remembered now, given what was remembered before.

    Changing one language makes the others stale; changing several confirms those; bringing a
    stale or missing text up to date confirms it against the one it follows. ``confirmed``
    names (section, key) of texts that are still right as they are; a small change confirms
    all. ``earlier_texts`` tells the texts by key as they were, and is asked only when a text
    has become stale.
    """
    marks = set(confirmed)
    now = timezone.now().isoformat(timespec="seconds")
    after: Memory = {}
    for section, rows in _by_section(slots).items():
        visit = _Visit(rows, before.get(section, {}), earlier_texts, at=now, by=by)
        for keys in rows:
            by_hand = {code for code, key in keys.items() if (section, key) in marks}
            visit.remember(keys, set(keys) if is_small_change and visit.edited(keys) else by_hand)
        after[section] = visit.records
    return after


def _by_section(slots: Iterable[Slot]) -> dict[str, list[dict[str, str]]]:
    """Return the keys of every slot in which anything is written."""
    sections: dict[str, list[dict[str, str]]] = {}
    for slot in slots:
        if keys := slot.keys():
            sections.setdefault(slot.section, []).append(keys)
    return sections


def language_of(key: str) -> str:
    """Return the language of a key."""
    return key.partition(":")[0]


def said_by_hand(memory: Memory) -> Memory:
    """Return only the records that somebody confirmed without changing the text."""
    by_hand = {
        section: {key: record for key, record in records.items() if record.get("confirmed")}
        for section, records in memory.items()
    }
    return {section: records for section, records in by_hand.items() if records}


def overlaid(below: Memory, above: Memory) -> Memory:
    """Return the first memory with the records of the second in place of its own."""
    sections = {*below, *above}
    return {each: {**below.get(each, {}), **above.get(each, {})} for each in sections}


class _Visit:
    """One section's rows being remembered: every row is the keys of one text's languages."""

    def __init__(
        self,
        rows: list[dict[str, str]],
        known: dict[str, Record],
        earlier_texts: Callable[[], dict[str, Any]],
        *,
        at: str,
        by: int | None,
    ) -> None:
        self.known, self.earlier_texts, self.at, self.by = known, earlier_texts, at, by
        self.present = {key for row in rows for key in row.values()}
        self.records = {key: copy.deepcopy(known.get(key, {"of": []})) for key in self.present}

    def edited(self, keys: dict[str, str]) -> set[str]:
        """Return the languages of a row whose texts are new."""
        return {code for code, key in keys.items() if key not in self.known}

    def remember(self, keys: dict[str, str], by_hand: set[str]) -> None:
        """Note for every language of a row what it agrees with now."""
        edited = self.edited(keys)
        for code in keys:
            if code in edited | by_hand:
                self._confirm(keys, code, by_hand=code in by_hand)
            else:
                self._forget_absent(keys, code)
                self._follow(keys, code, edited)

    def _confirm(self, keys: dict[str, str], code: str, *, by_hand: bool) -> None:
        """Agree with what stands beside it; another row with the same words keeps its own."""
        record = self.records[keys[code]]
        others = {key for other, key in keys.items() if other != code}
        shared = self.present.intersection(record["of"])
        record.clear()
        record.update(of=sorted(others | shared), at=self.at)
        if self.by is not None:
            record["by"] = self.by
        if by_hand:
            record["confirmed"] = True

    def _forget_absent(self, keys: dict[str, str], code: str) -> None:
        """A language without a text agrees with nothing: written again, it is a new text."""
        record = self.records[keys[code]]
        record["of"] = [
            key for key in record["of"] if key in self.present or language_of(key) in keys
        ]

    def _follow(self, keys: dict[str, str], code: str, edited: set[str]) -> None:
        """Bring an unchanged text's record up to date with the texts that changed beside it."""
        record = self.records[keys[code]]
        for other in sorted(edited):
            if _is_catching_up(record, keys[code], other, self.known):
                record["of"] = sorted({*record["of"], keys[other]})
        if not disagreeing(record, keys, code):
            record.pop("was", None)
            record.pop("stale_at", None)
        elif "stale_at" not in record:
            record["stale_at"] = self.at
            record["was"] = _what_it_was(record, edited, self.earlier_texts())


def _is_catching_up(record: Record, own: str, other: str, known: dict[str, Record]) -> bool:
    """Whether the changed text followed ours: before, it was missing or out of date against it.

    A text that ours agreed with and that is no longer known was changed without ours: then
    it is ours that is behind.
    """
    seen = [key for key in record["of"] if language_of(key) == other]
    if not seen:
        return True
    return any(key in known and own not in known[key]["of"] for key in seen)


def _what_it_was(record: Record, edited: set[str], texts: dict[str, Any]) -> dict[str, str]:
    was = {}
    for key in record["of"]:
        code = language_of(key)
        if code in edited and key in texts:
            was[code] = "\n".join(reading.lines(texts[key]))[:LONGEST_KEPT]
    return was
