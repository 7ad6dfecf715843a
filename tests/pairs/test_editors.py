"""What editors meet in any pair of languages: every screen opens, with all languages on it."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from consultations.exports.services import export
from consultations.models import Statement
from consultations.roadmap.models import Commitment
from home.models import PartnershipSettings
from partnership.cities.models import City
from partnership.pages.languages import CODES, field_names, localized, own_name
from partnership.pages.models import BasePage
from tests.pairs.words import say

pytestmark = [pytest.mark.django_db, pytest.mark.pair]

PAGE_TYPES = [
    model for model in apps.get_models() if issubclass(model, BasePage) and model.is_creatable
]


def has_every_language(screen, field):
    """Whether the field is there once per language, each labelled with the language's name."""
    return all(
        f'name="{name}"' in screen and f"({own_name(code)})" in screen
        for name, code in zip(field_names(field), CODES, strict=True)
    )


def test_every_page_opens_with_its_languages_beside_each_other(site, client, admin):
    pages = BasePage.objects.filter(depth__gt=1)

    for page in pages:
        answer = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        assert answer.status_code == 200
        assert has_every_language(answer.content.decode(), "title"), page.specific
    assert {page.specific_class for page in pages} >= {
        model for model in PAGE_TYPES if model._meta.app_label != "pages"
    }


@pytest.mark.both
def test_every_type_of_page_can_be_begun(site, client, admin):
    begun = set()
    for parent in BasePage.objects.filter(depth__gt=1).specific():
        for model in type(parent).creatable_subpage_models():
            if model.__name__ in begun or not model.can_create_at(parent):
                continue
            place = (model._meta.app_label, model._meta.model_name, parent.pk)
            answer = client.get(reverse("wagtailadmin_pages:add", args=place))
            assert answer.status_code == 200
            begun.add(model.__name__)
    assert {"StandardPage", "StoryPage", "FestivalPage", "ConsultationPage"} <= begun


def test_settings_and_cities_and_promises_have_every_language(site, client, admin):
    settings = client.get(
        reverse("wagtailsettings:edit", args=("home", "partnershipsettings")), follow=True
    )

    assert has_every_language(settings.content.decode(), "partnership_name")
    for model, field in ((City, "name"), (Commitment, "title"), (Statement, "text")):
        address = edit_address(model)
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert has_every_language(answer.content.decode(), field), address
    assert PartnershipSettings.objects.count() == 1


def edit_address(model):
    """Where the admin edits the first row of the model."""
    from wagtail.admin.admin_url_finder import AdminURLFinder

    return AdminURLFinder().get_edit_url(model.objects.first())


def test_lists_and_the_front_door_of_the_admin_open(site, client, admin):
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=(site.festival.get_parent().pk,)),
        reverse("moderation_queue"),
    ):
        assert client.get(address).status_code == 200


@pytest.mark.both
def test_an_export_has_a_row_of_headings_per_language(site):
    made = b"".join(export(site.consultation, file_format="csv", tables=["comments"]).pieces)
    whole = b"".join(export(site.consultation, file_format="json").pieces)

    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(CODES) + len(CODES)  # the keys, the headings, a comment for each
    for code in CODES:
        assert f"{say('lead', code)} ({code})" in made.decode()
    assert json.loads(whole)


def test_the_migrations_fit_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.both
def test_every_translated_column_is_there_and_can_be_written(site):
    page = BasePage.objects.get(pk=site.text.pk).specific

    for code in CODES:
        setattr(page, localized("title", code), f"{code}: Łęgi, Ñandú, ساحة")
    page.save_revision().publish()

    page.refresh_from_db()
    assert [getattr(page, name) for name in field_names("title")] == [
        f"{code}: Łęgi, Ñandú, ساحة" for code in CODES
    ]
