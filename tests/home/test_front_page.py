"""The front page: what is asked, what comes up, what became of what was said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.roadmap.enums import CommitmentStatus
from home.models import HomePage
from home.templatetags.front_page import in_inks
from tests.factories.cities import CityFactory, city_pair
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.events import add_venue, make_event, make_past_event
from tests.factories.home import add_step, make_text
from tests.factories.pages import make_site
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


@pytest.fixture
def front_page() -> HomePage:
    return make_site()


def text_of(client, code: str = "en") -> str:
    response = client.get(f"/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def make_everything(front_page: HomePage, *, times: int) -> None:
    alder, puerto = city_pair()
    for _time in range(times):
        event = make_event(capacity=20)
        add_venue(event, alder)
        add_venue(event, puerto)
        add_step(front_page, page=event)
        make_commitment(make_roadmap() if not _time else None)
    consultation = make_consultation()
    StatementFactory.create_batch(times, consultation=consultation)


@pytest.mark.parametrize("times", [1, 3])
def test_the_front_page_costs_the_same_for_one_and_three_of_everything(
    client, front_page, times, django_assert_max_num_queries
):
    make_everything(front_page, times=times)
    client.get("/en/")  # content types and sites are remembered from here on

    with django_assert_max_num_queries(MOST_QUERIES) as queries:
        text = text_of(client)

    assert len(queries) == MOST_QUERIES
    assert text.count("card-title") == times
    assert text.count('class="gate-icon"') == times
    assert text.count("#item-") >= times


def test_without_any_content_the_front_page_still_says_where_one_is(client, front_page):
    city_pair()

    text = text_of(client)

    assert "Nothing is planned right now" in text
    assert "Have your say" not in text
    assert "so far" not in text


def test_the_open_consultation_that_closes_first_is_asked(client, front_page):
    make_consultation(title="Later", closes_in=timedelta(days=20))
    make_consultation(title="Sooner", closes_in=timedelta(days=2))

    text = text_of(client)

    assert "Sooner" in text
    assert "Later" not in text


def test_the_consultation_an_editor_chose_comes_first(client, front_page):
    make_consultation(title="Sooner", closes_in=timedelta(days=2))
    chosen = make_consultation(title="Chosen", closes_in=timedelta(days=20))
    HomePage.objects.update(featured_consultation=chosen)

    text = text_of(client)

    assert "Chosen" in text
    assert "Sooner" not in text


def test_a_chosen_consultation_that_was_unpublished_gives_way(client, front_page):
    chosen = make_consultation(title="Chosen")
    HomePage.objects.update(featured_consultation=chosen)
    chosen.unpublish()
    make_consultation(title="Open one")

    assert "Open one" in text_of(client)


def test_the_vote_leads_to_the_form_of_the_consultation_without_a_token(client, front_page):
    statement = StatementFactory()

    text = text_of(client)

    assert f'action="{statement.consultation.vote_url}" method="get"' in text
    assert "csrfmiddlewaretoken" not in text
    assert client.get("/en/").cookies == {}


def test_a_consultation_that_is_over_is_shown_without_a_vote(client, front_page):
    over = make_consultation(closes_in=timedelta(days=-1), title="Over")
    StatementFactory(consultation=over)
    HomePage.objects.update(featured_consultation=over)

    text = text_of(client)

    assert "See what was said" in text
    assert 'class="vote"' not in text


def test_only_the_next_three_events_are_shown_and_none_that_is_over(client, front_page):
    for number in (4, 1, 3, 2):
        starts_at = timezone.now() + timedelta(days=number)
        make_event(title=f"In {number} days", starts_at=starts_at)
    make_past_event(title="Last week")

    text = text_of(client)

    assert [text.find(f"In {number} days") > 0 for number in (1, 2, 3, 4)] == [True] * 3 + [False]
    assert text.find("In 1 days") < text.find("In 2 days") < text.find("In 3 days")
    assert "Last week" not in text


def test_a_step_leads_nowhere_when_its_page_was_unpublished(client, front_page):
    page = make_text()
    add_step(front_page, page=page)
    assert f'href="{page.get_url()}"' in text_of(client)

    page.unpublish()

    assert f'class="more" href="{page.get_url()}"' not in text_of(client)


def test_the_latest_kept_promise_and_the_latest_late_one_stand_beside_each_other(
    client, front_page
):
    last_year = timezone.localdate() - timedelta(days=400)
    roadmap = make_roadmap()
    for title, days in (("Kept early", 30), ("Kept last", 2)):
        finished_on = timezone.localdate() - timedelta(days=days)
        make_commitment(
            roadmap, title=title, status=CommitmentStatus.COMPLETED, finished_on=finished_on
        )
    make_commitment(roadmap, title="Overdue", due_on=last_year)

    text = text_of(client)

    assert "Kept last" in text
    assert "Kept early" not in text
    assert "Overdue" in text


def test_the_page_is_in_the_readers_language(client, front_page):
    HomePage.objects.update(
        hero_heading_en="Two cities, one plan", hero_heading_es="Dos ciudades, un plan"
    )
    city_pair()

    text = text_of(client, "es")

    assert '<html lang="es"' in text
    assert '<span class="a">Dos</span> <span class="b">ciudades,</span> un plan' in text


def test_the_page_is_made_again_when_the_consultation_closes(rf, front_page):
    consultation = make_consultation(closes_in=timedelta(days=1))
    request = rf.get("/en/")

    front_page.get_context(request)

    assert request.fresh_until == consultation.closes_at


def test_the_feed_and_the_account_are_offered(client, front_page):
    text = text_of(client)

    assert f'href="{reverse("feed")}"' in text
    assert f'href="{reverse("account_signup")}"' in text


# The inks -------------------------------------------------------------------------------


def test_each_city_prints_one_word_and_three_cities_print_three():
    cities = [CityFactory(position=number) for number in range(3)]

    assert in_inks("Two cities, one plan", cities[:2]) == (
        '<span class="a">Two</span> <span class="b">cities,</span> one plan'
    )
    assert '<span class="c">one</span> plan' in in_inks("Two cities, one plan", cities)


def test_a_short_heading_stays_plain_and_markup_in_it_is_shown():
    cities = city_pair()

    assert in_inks("Two cities", cities) == "Two cities"
    assert in_inks("<b>a</b> <i>b</i> c", cities).startswith('<span class="a">&lt;b&gt;')
