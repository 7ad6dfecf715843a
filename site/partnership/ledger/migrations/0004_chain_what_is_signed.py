"""What every city has signed so far enters the public log, in the order it was signed."""

from typing import Any

from django.db import migrations

from partnership.ledger import append_only
from partnership.ledger.chain import values_after
from partnership.pages.migrations_for_languages import LanguageMigration


def enter(apps: Any, schema_editor: Any) -> None:
    append_only.protect(schema_editor.connection)
    requests = apps.get_model("ledger", "ApprovalRequest").objects
    entries = apps.get_model("ledger", "LedgerEntry").objects
    signed = requests.filter(conclusion__outcome="signed", entry=None)
    last = entries.order_by("-number").first()
    for request in signed.order_by("conclusion__concluded_at", "pk"):
        last = entries.create(**values_after(last, request))


class Migration(LanguageMigration):
    dependencies = [("ledger", "0003_the_public_log")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
