"""On a living site nobody is told of what readers know already: mails begin with what comes."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from partnership.pages.migrations_for_languages import LanguageMigration


def begin(apps: Any, schema_editor: Any) -> None:
    """Take published answers and public promises as told; of a draft people hear later."""
    now = timezone.now()
    sheets = apps.get_model("official", "AnswerSheet").objects.exclude(published_at=None)
    sheets.filter(consultation__closes_at__lte=now, listed_at=None).update(listed_at=now)
    cites: dict[int, list[int]] = {}
    links = apps.get_model("roadmap", "EvidenceLink").objects.order_by("pk")
    for promise, link in links.values_list("commitment", "pk"):
        cites.setdefault(promise, []).append(link)
    steps = apps.get_model("following", "PromiseStep")
    promises = apps.get_model("roadmap", "Commitment").objects.filter(roadmap__live=True)
    steps.objects.bulk_create(
        steps(
            commitment_id=key,
            status=status,
            due_on=due_on,
            cites=cites.get(key, []),
            noticed_at=now,
            listed_at=now,
        )
        for key, status, due_on in promises.values_list("pk", "status", "due_on")
    )


class Migration(LanguageMigration):
    dependencies = [
        ("following", "0001_first_release"),
        ("official", "0002_told_for_taking_part"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
