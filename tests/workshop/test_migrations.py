"""Migrations: complete, named, reversible."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

OURS = ("partnership", "home", "events", "consultations")


def our_migrations() -> list[Migration]:
    labels = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in OURS}
    graph = MigrationLoader(None).disk_migrations
    return [migration for (label, _name), migration in sorted(graph.items()) if label in labels]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=StringIO())


def test_every_migration_can_be_taken_back():
    one_way = [
        f"{migration}: {operation.describe()}"
        for migration in our_migrations()
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def test_every_migration_says_in_its_name_what_it_does():
    nameless = [
        str(migration) for migration in our_migrations() if re.search(r"_auto_\d", migration.name)
    ]

    assert nameless == []
