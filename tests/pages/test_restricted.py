"""Pages that not everybody may read stay closed, whatever makes them so."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import StandardPage
from tests.factories.consultations import StatementFactory, make_consultation, make_question
from tests.factories.events import make_event
from tests.factories.pages import add_page, make_site
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_roadmap

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """A page below another one."""
    above = add_page(make_site(), StandardPage, title="Above")
    return above, add_page(above, StandardPage, title="Below")


@pytest.fixture(params=["an event", "a consultation", "a roadmap"])
def found_at_once(request):
    """A page that its list finds by a query of its own."""
    make = {"an event": make_event, "a consultation": make_consultation, "a roadmap": make_roadmap}
    return make[request.param]()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def answer(client, page):
    return client.get(page.url_in("en")).status_code


def test_without_a_restriction_everybody_reads(client, chain):
    assert [answer(client, page) for page in chain] == [200, 200]


def test_a_restricted_page_and_what_is_below_it_ask_who_is_there(client, chain):
    restrict(chain[0])

    assert [answer(client, page) for page in chain] == [302, 302]


def test_what_is_above_a_restricted_page_stays_open(client, chain):
    restrict(chain[1])

    assert [answer(client, page) for page in chain] == [200, 302]


def test_a_restriction_of_the_front_page_closes_everything(client, chain):
    restrict(make_site())

    assert [answer(client, page) for page in chain] == [302, 302]


def test_what_shows_a_restricted_page_elsewhere_is_as_closed(client, chain):
    alias = chain[1].create_alias(parent=make_site(), update_slug="elsewhere")
    assert answer(client, alias) == 200

    restrict(chain[1])

    assert answer(client, alias) == 302


def test_what_a_list_finds_by_itself_is_as_closed(client, unwritten, found_at_once):
    assert answer(client, found_at_once) == 200

    restrict(found_at_once)

    assert answer(client, found_at_once) == 302


def test_a_restricted_list_closes_what_it_finds(client, found_at_once):
    restrict(found_at_once.get_parent())

    assert answer(client, found_at_once) == 302


@pytest.mark.parametrize("closed_by", ["its own", "that of its list"])
@pytest.mark.parametrize("form", ["vote_url", "answer_url", "comment_url"])
def test_the_forms_of_a_restricted_consultation_are_closed(client, unwritten, form, closed_by):
    consultation = make_consultation()
    StatementFactory(consultation=consultation)
    make_question(consultation)
    address = f"{getattr(consultation, form)}?statement=1"
    assert client.get(address, follow=True).status_code == 200

    restrict(consultation if closed_by == "its own" else consultation.get_parent())

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("kind", ["pages", "collections"])
def test_nothing_is_opened_by_a_password_that_is_passed_around(client, kind):
    """It could be tried without end, in a form that knows neither language nor look."""
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    thing = make_site() if kind == "pages" else Collection.get_first_root_node().add_child(name="x")
    screen = reverse(f"wagtailadmin_{kind}:set_privacy", args=(thing.pk,))
    ways = client.get(screen).context["form"].fields["restriction_type"].choices
    secret = {"restriction_type": "password", "password": "alder", "groups": []}

    client.post(screen, secret)

    assert {"none", "login", "groups"} == {value for value, _words in ways}
    assert not PageViewRestriction.objects.exists()
    assert not CollectionViewRestriction.objects.exists()
