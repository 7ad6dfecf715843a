"""Fill the first language of Wagtail's own root rows, whose titles would read '' otherwise."""

from django.db import migrations
from django.db.models import F

from partnership.pages.languages import DEFAULT, localized


def fill(apps, schema_editor):
    page = apps.get_model("pages", "BasePage")
    for field, source in (("title", "title"), ("local_slug", "slug"), ("local_path", "url_path")):
        column = localized(field, DEFAULT)
        page.objects.filter(**{f"{column}__isnull": True}).update(**{column: F(source)})
    page.objects.filter(draft_title="").update(draft_title=F("title"))


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_finalize_page_model")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
