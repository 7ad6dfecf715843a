"""Let PostgreSQL's search find caminos under "camínos", as SQLite's does by itself."""

from django.db import migrations, transaction
from django.db.utils import DatabaseError

NAME = "sister_cities"  # in the settings: SEARCH_CONFIG
NEEDED = (
    "The search needs PostgreSQL's extension unaccent, which this account may not create. "
    "Give it the CREATE privilege on the database (GRANT CREATE ON DATABASE name TO account), "
    "or run CREATE EXTENSION unaccent; once as a superuser, and migrate again."
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    except DatabaseError as error:
        raise RuntimeError(NEEDED) from error
    schema_editor.execute(f"CREATE TEXT SEARCH CONFIGURATION {NAME} (COPY = simple)")
    schema_editor.execute(
        f"ALTER TEXT SEARCH CONFIGURATION {NAME} "
        "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple"
    )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_photos_cities_and_names")]
    operations = [migrations.RunPython(create, drop)]
