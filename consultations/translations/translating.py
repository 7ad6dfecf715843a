"""What the clock does for a machine translator: a few published comments at a time."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.models import Contribution
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.machine import (
    NothingTranslated,
    Translator,
    TranslatorUnavailable,
    translator,
)
from consultations.translations.models import Translation
from consultations.translations.services import keep_machine_text, note_that_machine_failed
from consultations.translations.words_of import digest_in_database, digest_of
from partnership.pages.languages import CODES

logger = logging.getLogger(__name__)

#: The same clock delivers the mail: a round is short, and a translator in trouble rests.
ROUND_SECONDS, ROUND_TEXTS = 5, 20
REST = 5 * 60
RESTING = "translations:translator-is-resting"
TRY_AGAIN_AFTER = timedelta(days=1)


def translate_waiting() -> int:
    """Have comments translated that no one has; return how many were. Never in a request."""
    machine = translator()
    if machine is None or cache.get(RESTING):
        return 0
    ends_at = time.monotonic() + ROUND_SECONDS
    done = 0
    try:
        for contribution, code in untranslated():
            done += _translate(machine, contribution, code)
            if time.monotonic() > ends_at:
                break
    except TranslatorUnavailable as error:
        logger.warning("The translator cannot be used (%s); it rests for a while.", error)
        cache.set(RESTING, True, REST)
    return done


def untranslated() -> Iterator[tuple[Contribution, str]]:
    """Published comments without a translation of what they say now, the latest first."""
    said = OuterRef("digest")
    for code in CODES:
        own = Translation.objects.filter(
            contribution=OuterRef("pk"), language_code=code, source_digest=said
        )
        failed = own.filter(
            origin=Origin.MACHINE,
            status=TranslationStatus.REFUSED,
            decided_at__gt=timezone.now() - TRY_AGAIN_AFTER,
        )
        found = (
            Contribution.objects.published()
            .filter(consultation__live=True, language_code__in=CODES)
            .exclude(language_code=code)
            .annotate(digest=digest_in_database())
            .exclude(Exists(own.accepted()))
            .exclude(Exists(failed))
            .order_by("-created_at", "-pk")
        )
        for contribution in found[:ROUND_TEXTS]:
            yield contribution, code


def _translate(machine: Translator, contribution: Contribution, code: str) -> bool:
    """Ask for one text outside any transaction; True when readers have it now."""
    made_from = digest_of(contribution)
    try:
        text = machine.translate(contribution.text, source=contribution.language_code, target=code)
    except NothingTranslated as error:
        logger.warning("Nothing was made of comment %s: %s", contribution.pk, error)
        note_that_machine_failed(contribution, language_code=code, source_digest=made_from)
        return False
    kept = keep_machine_text(contribution, language_code=code, text=text, source_digest=made_from)
    return kept is not None
