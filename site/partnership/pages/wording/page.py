"""The page as a thing in several languages: nothing half goes out, unless somebody signs for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Revision

from partnership.cities.enums import Gate
from partnership.cities.models import City
from partnership.pages.wording import gate, memory, slots
from partnership.pages.wording.models import LanguageException
from partnership.pages.wording.remembering import Remembering
from partnership.pages.wording.standing import note_standing

#: Sent with ``revision`` and ``refusal`` when the clock could not publish what was scheduled.
publication_refused = Signal()
SCHEDULED = "wagtail.publish.scheduled"


@dataclass(frozen=True)
class LanguageNote:
    """That a page is not complete in the reader's language, and what was promised about it."""

    code: str
    due_on: date | None
    is_late: bool


if TYPE_CHECKING:
    from wagtail.models import AbstractPage as Page
else:
    Page = object  # a plain mixin: its fields are the base page's


class PageWording(Remembering, Page):
    """What every page does about its languages when it is saved and when it is published."""

    #: Whether it may stand elsewhere, too, as an alias; not where people take part in something.
    can_be_mirrored = True
    #: Of a published page: the languages it is not complete in, and the day promised, if any.
    follows: dict[str, str | None]

    # Remembering -----------------------------------------------------------------------

    @property
    def is_whole(self) -> bool:
        """Whether all its texts are in memory: another class's row, or a part of one, is not."""
        is_specific = not self.pk or isinstance(self, self.specific_class or type(self))
        return is_specific and not self.get_deferred_fields()

    def stored_version(self) -> Any:
        """Return the version before this one: of a sitting, the one it began with."""
        if not self.pk:
            return None
        base = getattr(self, "_base_revision", None) or self.get_latest_revision()
        return base.as_object() if base else super().stored_version()

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Revision:
        """Keep a version, with what its texts remember and the promises signed with it."""
        overwritten = kwargs.get("overwrite_revision")
        before = self.memory_before(overwritten) if overwritten else None
        self.remember_wording(by=user.pk if user else None, before=before)
        self._keep_signatures(user)
        revision: Revision = super().save_revision(user, *args, **kwargs)
        note_standing(self)
        return revision

    def memory_before(self, overwritten: Revision) -> memory.Memory:
        """Return what was remembered before the editor sat down: saving by itself is one sitting.

        What was confirmed by hand during it stays confirmed.
        """
        earlier = self.revisions.filter(pk__lt=overwritten.pk).order_by("-pk").first()
        self._base_revision = earlier
        by_hand = memory.said_by_hand(overwritten.content.get("wording") or {})
        return memory.overlaid((earlier.content.get("wording") or {}) if earlier else {}, by_hand)

    # Publishing ------------------------------------------------------------------------

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        update_fields = kwargs.get("update_fields")
        if not self.pk and self.alias_of_id and not self.can_be_mirrored:
            raise gate.NotMirrored
        if update_fields is None and self.is_whole:
            self.remember_wording(by=user.pk if user else None)
        if (update_fields is None or "live" in update_fields) and self._goes_live():
            self.refuse_half_a_page()
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if update_fields is None and self.is_whole and not self.latest_revision_id:
            note_standing(self)
        return result

    def publish(
        self, revision: Revision, user: Any = None, changed: bool = True, log_action: Any = True,
        previous_revision: Revision | None = None, skip_permission_checks: bool = False,
    ) -> Any:  # fmt: skip
        """Publish, or raise NotReady; what the clock cannot publish stays a draft."""
        try:
            with transaction.atomic():
                version = revision.as_object()
                version.refuse_half_a_page()
                version.refuse_unfit()
                return super().publish(
                    revision,
                    user=user,
                    changed=changed,
                    log_action=log_action,
                    previous_revision=previous_revision,
                    skip_permission_checks=skip_permission_checks,
                )
        except (gate.NotReady, ValidationError, IntegrityError) as error:
            if log_action != SCHEDULED:
                raise
            self._refuse_the_clock(revision, gate.refusal_of(error))

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy the page; a copy starts as a draft."""
        kwargs["keep_live"] = False
        return super().copy(*args, **kwargs)

    def _refuse_the_clock(self, revision: Revision, refusal: gate.NotReady) -> None:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        publication_refused.send(sender=type(self), revision=revision, refusal=refusal)

    def _goes_live(self) -> bool:
        """Whether readers are about to see a version they have not seen."""
        if not self.live:
            return False
        stored = self._stored("live", "live_revision_id") if self.pk else None
        if stored is None or not stored["live"]:
            return True
        return self.live_revision_id not in {None, stored["live_revision_id"]}

    def _stored(self, *columns: str) -> dict[str, Any] | None:
        return type(self)._base_manager.filter(pk=self.pk).values(*columns).first()

    # The gate --------------------------------------------------------------------------

    def language_problems(self) -> list[gate.Problem]:
        """Return what is missing or out of date in this version, excused or not."""
        return gate.problems_in(slots.of_object(self), self.wording)

    def refuse_half_a_page(self) -> None:
        """Raise NotInEveryLanguage, unless each language it lacks was promised for a day to come.

        Where every city of the page only wants to be warned, and for what readers live with
        already, it passes. Notes which languages are to follow.
        """
        thing = self if self.is_whole else self.specific
        found = thing.language_problems()
        promised = self.promised_days() if found else {}
        refused = self.refused_problems(found, promised)
        if refused and self.is_gate_closed():
            raise gate.NotInEveryLanguage(refused)
        lacking = dict.fromkeys(problem.code for problem in found)
        self.follows = {code: _iso(promised.get(code)) for code in lacking}

    def refuse_unfit(self) -> None:
        """Raise NotReady for what else a kind of page asks of a version before publishing it."""

    def refused_problems(
        self, found: list[gate.Problem], promised: dict[str, date] | None = None
    ) -> list[gate.Problem]:
        """Return those of the problems that nobody signed for and readers do not know yet."""
        if not found:
            return []
        promised = self.promised_days() if promised is None else promised
        today = timezone.localdate()
        open_ones = [each for each in found if promised.get(each.code, date.min) < today]
        return gate.new_problems(open_ones, self._problems_of_readers()) if open_ones else []

    def promised_days(self) -> dict[str, date]:
        """Return the latest day signed for each language, passed or not; an alias's original's."""
        pages = [pk for pk in (self.pk, self.alias_of_id) if pk]
        signed = LanguageException.objects.filter(page__in=pages).order_by("due_on")
        days = dict(signed.values_list("language_code", "due_on")) if pages else {}
        return {**days, **self.__dict__.get("_signed_days", {})}

    def is_gate_closed(self, cities: Iterable[City] | None = None) -> bool:
        """Whether the gate holds: for a page of several cities it does if one of them says so."""
        of_page = self.cities.all() if cities is None else cities
        cities = list(of_page) or list(City.objects.partners())
        return not cities or any(city.translation_gate == Gate.BLOCK for city in cities)

    def language_note(self, code: str) -> LanguageNote | None:
        """Return what a reader of that language is told; None when the page is complete in it."""
        if code not in self.follows:
            return None
        day = self.follows[code]
        due_on = date.fromisoformat(day) if day else None
        return LanguageNote(code, due_on, is_late=bool(due_on and due_on < timezone.localdate()))

    def _problems_of_readers(self) -> list[gate.Problem]:
        """Return the problems of the version that readers see now."""
        seen = self.alias_of_id or self.pk
        live = type(self)._base_manager.filter(pk=seen, live=True).first() if seen else None
        return live.language_problems() if live else []

    # Exceptions ------------------------------------------------------------------------

    def sign_for(self, days: dict[str, date]) -> None:
        """Promise languages by a day; the signature is kept with the next version."""
        self._signed_days = days

    def _keep_signatures(self, user: Any) -> None:
        days = self.__dict__.pop("_signed_days", {})
        LanguageException.objects.bulk_create(
            LanguageException(page_id=self.pk, language_code=code, due_on=day, signed_by=user)
            for code, day in days.items()
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
