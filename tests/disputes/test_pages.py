"""What readers see of disagreements: everything, their existence, or nothing at all."""

import re

import pytest
from wagtail.models import PageViewRestriction

from home.disputes.services import move_on, settle
from partnership.pages import finding
from tests.factories.committees import days_ago, make_committee, make_contacts_page, make_mediator
from tests.factories.disputes import due, make_dispute, step_of, words
from tests.factories.protocols import make_protocol
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LIST = {"en": "/en/disagreements/", "es": "/es/desacuerdos/"}
MATTER = ("Who pays the bus", "Alder Bay paid twice.", "Both pay half.", "Settled")


def text_of(response):
    assert response.status_code == 200
    plain = re.sub(r"<(style|script|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def move(dispute, people, cities):
    seen = step_of(dispute).pk
    return move_on(dispute, by=people.alder, city=cities[0], seen=seen, agreed=words())


def end(dispute, people, cities):
    seen = step_of(dispute).pk
    how = {"kind": "settled", "outcome": words()}
    return settle(dispute, by=people.puerto, city=cities[1], seen=seen, **how)


def test_the_page_tells_the_step_its_clock_and_what_was_agreed(client, people, cities):
    dispute = make_dispute(title_es="Quién paga el autobús", raised_on=days_ago(30))
    move(dispute, people, cities)
    due(dispute, days_ago(-2))

    english = client.get(dispute.get_absolute_url())
    spanish = client.get(f"{LIST['es']}{dispute.key}/")

    page = text_of(english)
    assert "Who pays the bus" in page
    assert "1. We talk to each other Gone through" in page
    assert "What was agreed Both pay half." in page
    assert "2. The committee takes it up It is here now day 12 of 14" in page
    assert "3. A mediator helps Not reached 45 days at most" in page
    assert english.content.decode().count('aria-current="step"') == 1
    assert "Quién paga el autobús" in text_of(spanish)
    assert f'hreflang="es" href="http://testserver{LIST["es"]}' in english.content.decode()


def test_the_last_day_ends_by_the_clock_of_who_raised_it_and_is_told_by_both(client, cities):
    dispute = make_dispute()
    puerto = cities[1]
    puerto.time_zone = "Pacific/Auckland"
    puerto.save()

    page = client.get(dispute.get_absolute_url()).content.decode()

    moments = re.findall(r'Until <time datetime="([^"]+)">.*?</time> in (\w+)', page)
    last, later = (moment for moment, _city in moments)
    assert last.startswith(f"{step_of(dispute).due_on}T23:59")
    assert not later.startswith(str(step_of(dispute).due_on))


def test_of_an_existence_readers_learn_when_and_which_step_and_no_word_more(client, people, cities):
    dispute = make_dispute(confidentiality="existence", raised_on=days_ago(30))
    move(dispute, people, cities)

    pages = [text_of(client.get(one)) for one in (LIST["en"], dispute.get_absolute_url())]

    assert all("A disagreement since" in page for page in pages)
    assert all("The committee takes it up" in page for page in pages)
    assert "begun today, 30 days at most" in pages[1]
    end(dispute, people, cities)
    pages += [text_of(client.get(one)) for one in (LIST["en"], dispute.get_absolute_url())]
    assert "Over since" in pages[3]
    assert not any(word in page for page in pages for word in MATTER)


def test_a_closed_one_is_nowhere(client):
    dispute = make_dispute(confidentiality="closed")
    make_contacts_page()

    assert client.get(dispute.get_absolute_url()).status_code == 404
    assert "No disagreement is shown" in text_of(client.get(LIST["en"]))
    assert LIST["en"] not in client.get("/en/contacts/").content.decode()
    assert finding.find("bus", language="en") == []


def test_the_agreed_way_on_the_page_of_contacts_leads_to_what_there_is(client):
    make_dispute(confidentiality="existence")

    assert f'href="{LIST["en"]}"' in client.get("/en/contacts/").content.decode()


def test_how_it_ended_is_told_with_the_city_that_wrote_it(client, people, cities):
    dispute = make_dispute()

    end(dispute, people, cities)

    page = text_of(client.get(dispute.get_absolute_url()))
    assert "How it ended Settled Both pay half. Written down by Puerto Almendro on" in page
    assert "2. The committee takes it up It ended before this step" in page


def test_links_lead_to_what_readers_may_open_and_name_whom_they_may_know(client):
    promise = make_commitment(make_roadmap(2026), title="Two drinking fountains")
    protocol, committee = make_protocol(), make_committee()
    links = {"commitment": promise, "protocol": protocol, "committee": committee}
    dispute = make_dispute(mediator=make_mediator(), **links)
    hidden = make_dispute(mediator=make_mediator("Iris Past", consent_on=None), **links)

    page = text_of(client.get(dispute.get_absolute_url()))

    for words_of in ("2026: 1. Two drinking fountains", "Class exchanges", "Joint committee"):
        assert words_of in page
    assert "Mediator: Lucía Paz" in page
    for each in (promise.roadmap, protocol, committee):
        PageViewRestriction.objects.create(page=each, restriction_type="login")
    page = text_of(client.get(hidden.get_absolute_url()))
    assert not any(word in page for word in ("fountains", "Class exchanges", "Iris Past"))


def test_a_promise_leads_to_what_the_cities_disagree_about_while_readers_may_know(
    client, people, cities
):
    promise = make_commitment(make_roadmap(2026))
    for known in ("closed", "existence"):
        make_dispute(commitment=promise, confidentiality=known)
    roadmap = promise.roadmap.get_url()
    before = text_of(client.get(roadmap))
    dispute = make_dispute(commitment=promise)

    told = client.get(f"{roadmap}?again=1").content.decode()
    end(dispute, people, cities)
    after = text_of(client.get(f"{roadmap}?later=1"))

    link = f'<a href="{dispute.get_absolute_url()}">The cities disagree about this</a>'
    assert link in told
    assert "disagree" not in before + after


@pytest.mark.both
def test_the_search_finds_those_of_which_everything_is_told():
    dispute = make_dispute()
    make_dispute("The bus again", confidentiality="existence")

    (kind,) = finding.find("bus", language="en")

    assert (kind.source.name, kind.number) == ("disputes", 1)
    assert (kind.told[0].title, kind.told[0].url) == (dispute.title, dispute.get_absolute_url())


@pytest.mark.both
def test_the_list_shows_the_most_urgent_first_and_what_is_over_last(
    client, people, cities, django_assert_num_queries
):
    end(make_dispute("Past"), people, cities)
    client.get(LIST["en"])
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(LIST["en"])
    make_dispute("Later")
    due(make_dispute("Late"), days_ago(3))

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = text_of(client.get(LIST["en"]))

    assert page.index("Late") < page.index("3 days past") < page.index("Later")
    assert page.index("Later") < page.index("Past")


def test_of_what_is_over_the_latest_comes_first(client, people, cities):
    for title in ("Long over", "Just over"):
        end(make_dispute(title), people, cities)

    page = text_of(client.get(LIST["en"]))

    assert page.index("Just over") < page.index("Long over")


def test_a_page_costs_few_queries(client, people, cities, django_assert_num_queries):
    dispute = make_dispute(
        committee=make_committee(),
        protocol=make_protocol(),
        commitment=make_commitment(make_roadmap(2026)),
        mediator=make_mediator(),
    )
    move(dispute, people, cities)
    client.get(dispute.get_absolute_url())

    with django_assert_num_queries(QUERIES_OF_A_PAGE):
        client.get(dispute.get_absolute_url())


QUERIES_OF_THE_LIST = 8
QUERIES_OF_A_PAGE = 12
