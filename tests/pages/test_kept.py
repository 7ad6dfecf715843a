"""Nobody deletes what residents gave, by deleting the page it was given on."""

import pytest
from django.urls import reverse

from consultations.models import Response
from partnership.pages.models import BasePage
from partnership.people.models import Resident
from tests.factories.consultations import ContributionFactory, make_consultation, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(Resident.objects.create_superuser("admin@example.org", name="Admin"))
    return client


def with_a_comment():
    return ContributionFactory(consultation=make_consultation()).consultation


def with_a_response():
    response = Response(consultation=make_consultation(), participant=make_participant())
    response.language_code = "en"
    response.save()
    return response.consultation


@pytest.mark.parametrize("make", [with_a_comment, with_a_response])
def test_a_page_with_what_people_gave_is_kept_whatever_deletes_it(admin, make):
    page = make()
    ways = (
        (reverse("wagtailadmin_pages:delete", args=(page.pk,)), ""),
        (reverse("wagtailadmin_pages:delete", args=(page.get_parent().pk,)), ""),
        (
            reverse("wagtail_bulk_action", args=("pages", "basepage", "delete")),
            f"?id={page.pk}&next=/admin/",
        ),
    )

    for way, query in ways:
        told = admin.post(f"{way}{query}", {"id": page.pk}, follow=True).content.decode()
        assert "it cannot be deleted. Unpublish it instead." in told

    assert BasePage.objects.filter(pk=page.pk).exists()


def test_a_page_nobody_took_part_in_goes(unwritten, admin):
    page = make_consultation()

    admin.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)))

    assert not BasePage.objects.filter(pk=page.pk).exists()
