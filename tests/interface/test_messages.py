"""What became of the last action: heard first, and never between a page and its heading."""

import pytest
from bs4 import BeautifulSoup, Tag

from consultations.conversation.services import REPORT
from partnership.people.tokens import issue
from tests.factories.consultations import ContributionFactory
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thanked(client) -> BeautifulSoup:
    """The page after the details of an account were saved."""
    resident = ResidentFactory()
    client.force_login(resident)
    address = "/en/account/details/"
    form = client.get(address).context["form"]
    given = {field.html_name: field.value() or "" for field in form}
    page = client.post(address, given, follow=True)
    return BeautifulSoup(page.content, "html.parser")


def test_a_page_opens_at_the_thanks(thanked: BeautifulSoup):
    thanks = thanked.select_one(".messages")

    assert "Your details are saved." in thanks.get_text()
    assert thanks["role"] == "status"
    assert thanks["tabindex"] == "-1"
    assert thanks.has_attr("autofocus")


def test_the_thanks_stand_before_the_main_part_which_begins_with_its_heading(thanked):
    main = thanked.main

    assert main.select_one(".messages") is None
    assert first_heading(main).name == "h1"
    assert thanked.select_one(".messages").find_next("main") is main


def test_a_page_that_is_opened_at_a_place_of_its_own_is_not_opened_at_the_thanks(client):
    comment = ContributionFactory()
    client.force_login(ResidentFactory())
    address = f"{comment.consultation.comment_url}{comment.pk}/report/"
    sent = client.post(address, {"reason": "spam", "form_token": issue(REPORT)}, follow=True)
    page = BeautifulSoup(sent.content, "html.parser")

    assert f"#{comment.anchor}" in sent.redirect_chain[-1][0]
    assert page.select_one(".messages").get_text(strip=True)
    assert not page.select_one(".messages").has_attr("autofocus")


def first_heading(main: Tag) -> Tag:
    return main.find(["h1", "h2", "h3", "h4", "h5", "h6"])
