"""Bring the addresses of guardians who are still to answer into the one spelling of their mailbox.

What a guardian has answered keeps no address, and links carry none: nothing that was sent changes.
"""

from typing import Any

from django.db import migrations

from partnership.mailboxes import spelled


def respell(apps: Any, _schema_editor: Any) -> None:
    places = apps.get_model("registrations", "Registration").objects
    waiting = places.exclude(guardian_email="").order_by("pk")
    for key, email in waiting.values_list("pk", "guardian_email").iterator():
        if email != spelled(email):
            places.filter(pk=key, guardian_email=email).update(guardian_email=spelled(email))


class Migration(migrations.Migration):
    dependencies = (("registrations", "0004_how_it_ended"),)

    operations = (migrations.RunPython(respell, migrations.RunPython.noop),)
