"""Write to those who may decide an appeal that has waited too long: each once about each."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import ConsultationPage
from consultations.moderation.models import Appeal
from consultations.moderation.services.appeals import judges_of
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.people.models import Resident

#: An appeal that waits longer than this is late.
APPEALED_TOO_LONG = timedelta(days=3)


def remind_of_appeals() -> int:
    """Tell moderators of the other cities; safe to run twice and at the same time.

    One mail tells of all late ones of a consultation: its key is the newest of them. Returns how
    many mails were written.
    """
    late: dict[tuple[int, int], list[int]] = {}
    readers: dict[int, Resident] = {}
    for appealed in Appeal.objects.late(timezone.now() - APPEALED_TOO_LONG):
        for reader in judges_of(appealed.decision):
            readers[reader.pk] = reader
            late.setdefault((appealed.decision.consultation_id, reader.pk), []).append(appealed.pk)
    pages = ConsultationPage.objects.in_bulk({page for page, _reader in late})
    return sum(_post(pages[page], readers[reader], keys) for (page, reader), keys in late.items())


@transaction.atomic
def _post(page: ConsultationPage, reader: Resident, appeals: list[int]) -> bool:
    began = timezone.now()
    with translation.override(reader.language_code):
        title = page.title
    mail = post(
        "staff_appeals_late",
        to=reader.email,
        language_code=reader.language_code,
        template="appeals_late",
        context={
            "name": reader.get_short_name(),
            "title": title,
            "number": len(appeals),
            "url": f"{settings.BASE_URL}{reverse('appeals')}",
        },
        about=page,
        dedup_key=f"staff_appeals_late:{page.pk}:{max(appeals)}:{reader.pk}",
        not_before=hour_for(reader.city),
    )
    return mail.created_at >= began
