"""What a moderator finds beside an original: a box for each other language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from consultations.models import Contribution
from consultations.translations.enums import TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest_of
from partnership.pages.languages import CODES, own_name

ATTRIBUTE = "translation_boxes"
SHOWN_HERE = (TranslationStatus.ACCEPTED, TranslationStatus.PROPOSED)


@dataclass(frozen=True, slots=True)
class Box:
    """One language: the text there is, what is true of it, whose proposal waits."""

    code: str
    name: str
    text: str
    state: str
    seen: str
    waiting: Translation | None


def put_boxes(contributions: Iterable[Contribution]) -> None:
    """Give each contribution its ``translation_boxes``; one query for all of them."""
    contributions = list(contributions)
    rows = Translation.objects.filter(status__in=SHOWN_HERE).order_by("created_at", "pk")
    prefetch_related_objects(
        contributions, Prefetch("translations", queryset=rows, to_attr="found_translations")
    )
    for contribution in contributions:
        codes = [code for code in CODES if code != contribution.language_code]
        setattr(contribution, ATTRIBUTE, [_box(contribution, code) for code in codes])


def _box(contribution: Contribution, code: str) -> Box:
    found: list[Translation] = contribution.found_translations  # type: ignore[attr-defined] # put_boxes()
    own = [entry for entry in found if entry.language_code == code]
    shown = next((entry for entry in own if entry.status == TranslationStatus.ACCEPTED), None)
    seen = digest_of(contribution)
    return Box(
        code=code,
        name=own_name(code),
        text=shown.text if shown else "",
        state=_state(shown, seen) if shown else "",
        seen=seen,
        waiting=next((e for e in own if e.status == TranslationStatus.PROPOSED), None),
    )


def _state(shown: Translation, seen: str) -> str:
    if shown.source_digest != seen:
        return _("Not shown any more: the original was another one. Check it and save it again.")
    if shown.by_machine:
        return _("A machine's text, and labelled as such. Correct it to make it yours.")
    return _("Translated by: %(who)s.") % {"who": shown.get_origin_display()}
