"""A practice is worth what its cases show: none is published without them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.knowledge.enums import CaseOutcome, Evidence
from home.knowledge.models import CaseStudyPage, PracticePage
from home.knowledge.refusals import NotMeasured, NotTriedEverywhere, WithoutCase
from partnership.pages import keeping
from tests.factories.cities import city_pair
from tests.factories.days import todays_date
from tests.factories.delivery import make_indicator
from tests.factories.knowledge import make_case, make_list, make_practice
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

SAID = "Choose at least one published case study before publishing the practice"


@pytest.fixture(autouse=True)
def _site(site_tree):
    make_list()


def publish(practice):
    practice.save_revision().publish()


def test_a_practice_without_a_case_is_not_published():
    with pytest.raises(WithoutCase, match=SAID):
        publish(make_practice())


def test_a_case_that_is_a_draft_does_not_count():
    with pytest.raises(WithoutCase):
        publish(make_practice(make_case(live=False)))


@pytest.mark.both
def test_tried_in_every_city_asks_for_a_case_of_each():
    alder, puerto = city_pair()
    one = make_case(cities=[alder])
    practice = make_practice(one, evidence=Evidence.EVERYWHERE)
    with pytest.raises(NotTriedEverywhere, match="No chosen case study is from: Puerto Almendro"):
        publish(practice)

    practice.cases = [one, make_case("The other", cities=[puerto])]
    publish(practice)
    publish(make_practice(make_case("Of both"), evidence=Evidence.EVERYWHERE, title="Joint"))

    assert PracticePage.objects.filter(has_unpublished_changes=False).count() == 2


@pytest.mark.both
def test_measured_asks_for_a_reading_readers_can_see():
    promise = make_commitment()
    practice = make_practice(make_case(commitment=promise), evidence=Evidence.MEASURED)
    with pytest.raises(NotMeasured):
        publish(practice)

    make_indicator(promise, 4)
    publish(practice)
    promise.roadmap.live = False
    promise.roadmap.save()

    with pytest.raises(NotMeasured):
        publish(practice)


def form(practice, **fields):
    """Return what the editor's browser sends for a practice."""
    names = ("title", "theme", "summary", "used_by")
    words = {f"{name}_{code}": "Words" for name in names for code in ("en", "es")}
    bodies = {f"body_{code}": streamfield([("heading", "How")]) for code in ("en", "es")}
    values = {
        **words,
        **bodies,
        "slug": practice.slug,
        "local_slug_es": practice.slug_in("es"),
        "evidence": Evidence.IDEA,
        "comments": inline_formset([]),
    }
    return {**nested_form_data(values), **fields, "action-publish": "yes"}


def test_the_form_says_it_beside_the_cases_and_takes_the_one_chosen_now(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    case, practice = make_case(), make_practice()
    address = reverse("wagtailadmin_pages:edit", args=(practice.pk,))

    refused = client.post(address, form(practice)).context["form"]
    answer = client.post(address, form(practice, cases=[case.pk]))

    assert list(refused.errors) == ["cases"]
    assert refused.errors["cases"][0].startswith(SAID)
    assert answer.status_code == 302
    assert [each.pk for each in PracticePage.objects.get().cases.all()] == [case.pk]


def test_a_case_that_carries_a_published_practice_stays():
    case = make_case()
    practice = make_practice(case)
    told = "A published practice stands on this case study"

    assert keeping.why_kept(case).startswith(told)
    assert keeping.why_public(case).startswith(told)
    assert not keeping.why_kept(make_case("Alone"))
    assert not keeping.why_public(make_list(), with_descendants=True)
    PracticePage.objects.filter(pk=practice.pk).update(live=False)
    assert not keeping.why_kept(case)


def test_the_page_tells_how_it_is_done_and_what_its_cases_came_to(client):
    failed = make_case("The bus", outcome=CaseOutcome.FAILED, ended_on=todays_date())
    older = make_case("The ferry", ended_on=todays_date() - timedelta(days=9))
    make_practice(older, failed, make_case("A draft", live=False), evidence=Evidence.ONCE)

    page = client.get("/en/learned/two-offers/").content.decode()

    assert "Tried once" in page
    assert "How to do it" in page
    assert page.index("The bus") < page.index("The ferry")
    assert "A draft" not in page
    assert CaseStudyPage.objects.count() == 3
