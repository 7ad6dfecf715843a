"""The score of a comment becomes the sum over the cities, which a city that joins leaves true."""

from typing import Any

from django.db import migrations
from django.db.models import F

from partnership.pages.migrations_for_languages import LanguageMigration


def to_sums(apps: Any, schema_editor: Any) -> None:
    """What was the mean of all cities is multiplied by their number."""
    cities = apps.get_model("cities", "City").objects.count()
    _scored(apps).update(support_score=F("support_score") * cities)


def to_means(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    cities = apps.get_model("cities", "City").objects.count()
    _scored(apps).update(support_score=F("support_score") / float(cities))


def _scored(apps: Any) -> Any:
    return apps.get_model("consultations", "Contribution").objects.exclude(support_score=0)


class Migration(LanguageMigration):
    dependencies = [
        ("consultations", "0011_which_money"),
        ("cities", "0005_a_city_has_its_own_mark"),
    ]

    operations = [migrations.RunPython(to_sums, to_means)]
