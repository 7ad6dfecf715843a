"""A case study tells what it cost, what it came from, and what was learned."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.archive.models import Debrief
from home.knowledge.enums import CaseOutcome
from home.knowledge.models import CaseStudyPage
from partnership.pages.wording.gate import NotInEveryLanguage
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.cities import city_pair
from tests.factories.days import todays_date
from tests.factories.events import in_every_language, make_past_event
from tests.factories.knowledge import make_case, make_list, make_practice
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site_tree):
    make_list()


def body(client, url="/en/learned/the-night-bus/"):
    return " ".join(client.get(url).content.decode().split())


def test_it_tells_what_it_cost_and_what_would_be_done_differently(client):
    alder, _puerto = city_pair()
    make_case(
        outcome=CaseOutcome.FAILED,
        cost=Decimal(3000),
        cities=[alder],
        **in_every_language("time_needed", "Three months"),
        **in_every_language("differently", "Ask for a second offer."),
        **in_every_language("context", "Fuel was dear."),
    )

    page = body(client)

    assert "</svg> Failed</span>" in page
    assert "€3,000" in page
    assert "Three months" in page
    assert "Fuel was dear." in page
    assert "Ask for a second offer." in page
    assert re.search('class="chip chip-a">\\s?Alder Bay', page)
    assert "Puerto Almendro</h2>" in page  # in the foot, which knows every city all the same


def test_it_leads_to_its_event_its_promise_and_their_lessons(client):
    event, promise = make_past_event(title="The drawing day"), make_commitment()
    add_lesson(make_debrief(event), "Children draw first.")
    add_lesson(make_debrief(make_past_event()), "Of another day.")
    case = make_case(event=event.eventpage_ptr, commitment=promise)
    make_practice(case)

    page = body(client)

    assert event.get_url() in page
    assert promise.get_absolute_url() in page
    assert "Children draw first." in page
    assert "Of another day." not in page
    assert "/en/learned/two-offers/" in page


def test_it_leads_nowhere_readers_cannot_go(client):
    event, promise = make_past_event(title="A secret day", live=False), make_commitment()
    add_lesson(make_debrief(event), "A secret lesson.")
    promise.roadmap.live = False
    promise.roadmap.save()
    make_case(event=event.eventpage_ptr, commitment=promise)
    Debrief.objects.update(is_published=False)

    page = body(client)

    assert "A secret" not in page
    assert promise.title not in page


def test_the_event_leads_to_its_case_study(client, django_assert_num_queries):
    event = make_past_event(title="The drawing day")
    address = event.get_url()
    assert "What became of it" not in body(client, address)
    make_case(event=event.eventpage_ptr, outcome=CaseOutcome.MIXED)
    make_case("Of no event")

    page = body(client, address)

    assert 'href="/en/learned/the-night-bus/"' in page
    assert "</svg> Mixed</span>" in page
    assert "Of no event" not in page


def test_the_feed_of_news_tells_of_it(client):
    make_case("The bus that failed", **in_every_language("summary", "It never ran."))

    feed = body(client, "/en/feed.atom")

    assert "The bus that failed" in feed
    assert "It never ran." in feed


def test_it_is_not_published_without_saying_what_would_be_done_differently():
    case = make_case()
    case.differently_es = ""

    with pytest.raises(NotInEveryLanguage):
        case.save_revision().publish()


def test_it_has_ended_and_cost_no_less_than_nothing(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    case = make_case()
    names = ("title", "theme", "summary", "differently")
    words = {f"{name}_{code}": "Words" for name in names for code in ("en", "es")}
    others = {f"{name}_{code}": "" for name in ("context", "time_needed") for code in ("en", "es")}
    values = {
        **words,
        **others,
        **{f"body_{code}": streamfield([]) for code in ("en", "es")},
        "slug": case.slug,
        "local_slug_es": case.slug_in("es"),
        "outcome": "worked",
        "ended_on": (todays_date() + timedelta(days=3)).isoformat(),
        "cost": "-1",
        "currency": "EUR",
        "event": "",
        "commitment": "",
        "comments": inline_formset([]),
    }

    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=(case.pk,)), nested_form_data(values)
    )

    assert answer.context["form"].errors["ended_on"] == ["This day has not come yet."]
    assert answer.context["form"].errors["cost"] == ["Money cannot be less than nothing."]
    assert CaseStudyPage.objects.get().cost is None
