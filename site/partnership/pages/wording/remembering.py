"""Things whose texts remember each other across languages."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models

from partnership.pages.wording import memory, slots


class Remembering:
    """What pages and other things do about the texts they have in every partner language."""

    wording: memory.Memory

    #: Texts of which every language must be written before the thing can be published.
    publish_required: tuple[str, ...] = ()
    #: Texts for which another language may stand in, such as an address.
    facts: tuple[str, ...] = ()

    def confirm_wording(
        self,
        *,
        still_right: Iterable[tuple[str, str]] = (),
        is_small_change: bool = False,
        before: memory.Memory | None = None,
    ) -> None:
        """Say of texts that they are right as they are; takes effect when they are remembered.

        ``still_right`` names them by section and key; a small change makes no text stale.
        ``before`` is what they remembered when the editor sat down, if not what they do now.
        """
        self._still_right = tuple(still_right)
        self._is_small_change = is_small_change
        self._wording_before = before

    def remember_wording(
        self, *, by: int | None = None, before: memory.Memory | None = None
    ) -> None:
        """Note which texts agree now, given what was remembered before (else by this object)."""
        if before is None:
            before = getattr(self, "_wording_before", None)
        if before is None:
            before = self.wording_so_far()
        self.wording = memory.remembered(
            slots.of_object(cast(models.Model, self)),
            before,
            by=by,
            confirmed=getattr(self, "_still_right", ()),
            is_small_change=getattr(self, "_is_small_change", False),
            earlier_texts=self.earlier_texts,
        )

    def wording_so_far(self) -> memory.Memory:
        """Return what is remembered; what was stored before there were memories agrees."""
        if self.wording:
            return self.wording
        stored = self.stored_version()
        return memory.remembered(slots.of_object(stored), {}) if stored else {}

    def earlier_texts(self) -> dict[str, Any]:
        """Return the texts of the version before this one, by key."""
        stored = self.stored_version()
        return texts_by_key(stored) if stored else {}

    def stored_version(self) -> models.Model | None:
        """Return the version before this one."""
        thing = cast(models.Model, self)
        return type(thing)._base_manager.filter(pk=thing.pk).first() if thing.pk else None


class RemembersWording(Remembering, models.Model):
    """A setting or another thing that is no page, with texts in every partner language."""

    wording = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.remember_wording()
        super().save(*args, **kwargs)


def texts_by_key(thing: models.Model) -> dict[str, Any]:
    """Return every text of the thing and its parts by its key."""
    return {
        key: slot.values[code]
        for slot in slots.of_object(thing)
        for code, key in slot.keys().items()
    }
