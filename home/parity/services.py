"""Writes down in which languages a page that goes public is complete for the first time."""

from typing import Any

from home.parity.models import LanguageVersion
from partnership.pages.languages import CODES
from partnership.pages.models import BasePage


def note_languages(instance: BasePage, **_signal: Any) -> None:
    """Note the languages that the version just published completes; each is noted once.

    Of pages that were public before anybody took notes nothing is known, and nothing is written:
    the day of a later version would say that they had waited until then. An alias says what its
    original says.
    """
    complete = [code for code in CODES if code not in instance.follows]
    if instance.alias_of_id or not complete:
        return
    is_first = instance.first_published_at == instance.last_published_at
    if not is_first and not _is_known(instance):
        return
    LanguageVersion.objects.bulk_create(
        (
            LanguageVersion(
                page_id=instance.pk, language_code=code, published_at=instance.last_published_at
            )
            for code in complete
        ),
        ignore_conflicts=True,
    )


def _is_known(page: BasePage) -> bool:
    return LanguageVersion.objects.filter(page_id=page.pk).exists()
