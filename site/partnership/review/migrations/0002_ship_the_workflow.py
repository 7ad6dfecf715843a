"""Gives a living site the workflow that a new one starts with."""

from typing import Any

from django.conf import settings
from django.db import migrations

from partnership.pages.migrations_for_languages import LanguageMigration


def ship(apps: Any, schema_editor: Any) -> None:
    """A step for every city, on the front page of every site that has no workflow."""
    cities = list(apps.get_model("cities", "City").objects.order_by("position"))
    sites = apps.get_model("wagtailcore", "Site").objects.all()
    covered = apps.get_model("wagtailcore", "WorkflowPage").objects
    front_pages = [site.root_page_id for site in sites if site.root_page_id]
    if not cities or not front_pages:
        return  # a new site: start_partnership does it
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(
        name=" + ".join(_name(city) for city in cities)
    )
    content_types = apps.get_model("contenttypes", "ContentType").objects
    kind, _made = content_types.get_or_create(app_label="review", model="cityreviewtask")
    steps = [(city, _name(city)) for city in cities]
    steps += [(None, "A partner city")] if len(cities) > 2 else []
    for position, (city, name) in enumerate(steps):
        task = apps.get_model("review", "CityReviewTask").objects.create(
            city=city, name=name, content_type=kind
        )
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=position
        )
    for page_id in front_pages:
        covered.get_or_create(page_id=page_id, defaults={"workflow": workflow})


def take_back(apps: Any, schema_editor: Any) -> None:
    """Remove the steps and the workflows that had no other."""
    tasks = apps.get_model("review", "CityReviewTask").objects
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    ours = list(workflows.filter(workflow_tasks__task__in=tasks.values("pk")).distinct())
    pks = list(tasks.values_list("pk", flat=True))
    tasks.all().delete()
    apps.get_model("wagtailcore", "Task").objects.filter(pk__in=pks).delete()
    for workflow in ours:
        if not workflow.workflow_tasks.exists():
            workflow.delete()


def _name(city: Any) -> str:
    own = getattr(city, f"name_{settings.LANGUAGE_CODE.replace('-', '_')}", "") or city.name
    return own or city.code


class Migration(LanguageMigration):
    dependencies = [
        ("review", "0001_steps_for_every_city"),
        ("cities", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pages", "0005_photos_cities_and_names"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(ship, take_back)]
