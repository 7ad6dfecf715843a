"""Write to staff about what is late: each of them once about each thing."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import ConsultationPage
from consultations.reminders.late import (
    cities_of,
    comments_held_too_long,
    staff_with,
    statements_held_too_long,
    with_answers_due,
    with_broken_promise,
)
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.people.models import Resident

ANSWERING, MODERATING = "official.change_officialanswer", "consultations.moderate_contribution"


def remind() -> int:
    """Tell staff what is late; safe to run twice and at the same time. Returns how many mails.

    Nobody is told twice of the same thing: each mail has a key that the outbox keeps. Of
    what is held the key is the newest late one, so that one mail tells of all of them.
    """
    now = timezone.now()
    return _of_answers_due(now) + _of_broken_promises(now) + _of_what_is_held(now)


def _of_answers_due(now: datetime) -> int:
    return sum(
        _write(
            "answers_due" if page.has_phase else "answers_asked",
            page,
            ANSWERING,
            reverse("answer_sheet", args=(page.pk,)),
            day=page.hear_back_on,
        )
        for page in with_answers_due(now)
    )


def _of_broken_promises(now: datetime) -> int:
    return sum(
        _write(
            "answer_overdue",
            page,
            ANSWERING,
            reverse("answer_sheet", args=(page.pk,)),
            day=page.hear_back_on,
            key=f"{page.hear_back_on:%Y-%m-%d}",
        )
        for page in with_broken_promise(now)
    )


def _of_what_is_held(now: datetime) -> int:
    comments, statements = comments_held_too_long(now), statements_held_too_long(now)
    return _of_held("comments_held", comments) + _of_held("statements_held", statements)


def _of_held(kind: str, held: QuerySet[Any]) -> int:
    late: dict[int, list[int]] = {}
    for key, consultation in held.values_list("pk", "consultation_id"):
        late.setdefault(consultation, []).append(key)
    pages = ConsultationPage.objects.in_bulk(list(late))
    return sum(
        _write(
            kind,
            pages[consultation],
            MODERATING,
            f"{reverse('moderation_queue')}?consultation={consultation}",
            number=len(keys),
            key=str(max(keys)),
        )
        for consultation, keys in late.items()
    )


def _write(
    kind: str, page: ConsultationPage, permission: str, path: str, *, key: str = "", **words: Any
) -> int:
    written = 0
    for reader in staff_with(permission, cities_of(page)):
        written += _post(kind, page, reader, path, key, words)
    return written


@transaction.atomic
def _post(
    kind: str,
    page: ConsultationPage,
    reader: Resident,
    path: str,
    key: str,
    words: dict[str, Any],
) -> bool:
    began = timezone.now()
    with translation.override(reader.language_code):
        title = page.title
    mail = post(
        f"staff_{kind}",
        to=reader.email,
        language_code=reader.language_code,
        template="staff_reminder",
        context={
            "name": reader.get_short_name(),
            "kind": kind,
            "title": title,
            "url": f"{settings.BASE_URL}{path}",
            **words,
        },
        about=page,
        dedup_key=f"staff_{kind}:{page.pk}:{key}:{reader.pk}",
        not_before=hour_for(reader.city),
    )
    return mail.created_at >= began
