"""The workflow comes with every site: a new one, a living one, one that grows."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Task, Workflow, WorkflowPage

from home.models import HomePage
from home.new_site import NewCity, start_partnership
from partnership.cities.models import City
from partnership.review.models import CityReviewTask
from partnership.review.services import ensure_review
from tests.factories.cities import city_pair
from tests.factories.pages import leave_as_migrated, make_site
from tests.tools.turns import taken

pytestmark = [pytest.mark.django_db, pytest.mark.both]

migration = import_module("partnership.review.migrations.0002_ship_the_workflow")
CITIES = (
    NewCity(code="a", name="Aarlem", language_code="en", time_zone="UTC"),
    NewCity(code="b", name="Borgo", language_code="es", time_zone="UTC"),
    NewCity(code="c", name="Caleta", language_code="es", time_zone="UTC"),
)


TWO = (2, ["Aarlem", "Borgo"])
THREE = (3, ["Aarlem", "Borgo", "Caleta", "A partner city"])


@pytest.mark.parametrize(
    ("number", "steps"),
    taken([TWO, THREE], THREE),
)
def test_a_new_partnership_has_it(number, steps):
    leave_as_migrated()
    start_partnership(CITIES[:number])

    front_page = HomePage.objects.get()
    assert [task.name for task in front_page.get_workflow().tasks] == steps


def test_a_living_site_gets_it_by_migrating():
    city_pair()
    front_page = make_site()

    migration.ship(apps, None)

    assert WorkflowPage.objects.get(page=front_page).workflow.name == "Alder Bay + Puerto Almendro"
    assert [task.specific.city.code for task in front_page.get_workflow().tasks] == [
        "alder",
        "puerto",
    ]
    assert ensure_review(front_page) == front_page.get_workflow()
    assert CityReviewTask.objects.count() == 2


def test_migrating_back_leaves_what_others_made():
    city_pair()
    front_page = make_site()
    others = set(Task.objects.values_list("pk", flat=True))
    migration.ship(apps, None)

    migration.take_back(apps, None)

    assert set(Task.objects.values_list("pk", flat=True)) == others
    assert not WorkflowPage.objects.filter(page=front_page).exists()
    assert not Workflow.objects.filter(name__contains="+").exists()


def test_an_empty_site_is_left_alone_by_migrating():
    City.objects.all().delete()

    migration.ship(apps, None)

    assert CityReviewTask.objects.count() == 0


def test_a_page_with_a_workflow_of_its_own_keeps_it():
    city_pair()
    front_page = make_site()
    own = Workflow.objects.create(name="Ours")
    WorkflowPage.objects.create(page=front_page, workflow=own)

    ensure_review(front_page)

    assert front_page.get_workflow() == own
