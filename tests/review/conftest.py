"""Pages under review, and the people who may and may not sign them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group

from home.models import StandardPage
from partnership.outbox.models import OutgoingMail
from partnership.pages.groups import EDITORS, MODERATORS, ensure_groups
from partnership.people.models import Resident
from partnership.review.models import CityReview
from partnership.review.services import approve, ensure_review, version_of
from tests.factories.cities import CityFactory, city_pair
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def third_city(cities):
    return CityFactory(code="third", name_en="Thirdham", name_es="Tercera")


@pytest.fixture
def editor(cities):
    """Return a function that makes an editor who works for the cities of these codes."""
    ensure_groups()

    def make(*cities, group=EDITORS, **fields):
        resident = ResidentFactory(is_staff=True, **fields)
        if group:
            resident.groups.add(Group.objects.get(name=group))
        resident.edits_for.set(cities)
        return resident

    return make


@pytest.fixture
def people(cities, editor):
    """Editors of each city, and everybody who is none."""
    alder, puerto = cities
    return SimpleNamespace(
        alder=editor(alder, language_code="en", name="Joan Okafor"),
        puerto=editor(puerto, language_code="es", name="Marta Vidal"),
        both=editor(alder, puerto, language_code="en"),
        nowhere=editor(),
        moderator=editor(puerto, group=MODERATORS),
        resident=ResidentFactory(city=puerto),
        admin=Resident.objects.create_superuser("admin@example.org", name="Admin"),
    )


@pytest.fixture
def site(site_tree, cities):
    """The front page, with the workflow on it."""
    ensure_review(site_tree)
    return site_tree


@pytest.fixture
def send(site):
    """Return a function that writes a page, sends it to review and returns it."""

    def make(author, *cities, page_class=StandardPage, **fields):
        titles = {"title_en": "The harbour", "title_es": "El puerto"}
        page = add_page(site, page_class, cities=list(cities), live=False, **{**titles, **fields})
        return send_again(page, author)

    return make


def send_again(page, author):
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return type(page).objects.get(pk=page.pk)


def review_of(page):
    """The review that waits for an answer now; None when there is none."""
    return CityReview.objects.waiting().filter(workflow_state__object_id=str(page.pk)).first()


def sign(page, by, **options):
    fresh = type(page).objects.get(pk=page.pk)
    return approve(review_of(page), by=by, seen=version_of(fresh), **options)


def mails(kind):
    """Who was written to, and in which language, in the order of the mails."""
    found = OutgoingMail.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("to", "language_code"))
