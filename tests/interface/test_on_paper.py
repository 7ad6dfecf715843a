"""What is printed has something to read under every heading: files and buttons are not printed."""

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.test import Client
from django.urls import reverse

from tests.factories.cities import city_pair

pytestmark = pytest.mark.django_db

#: What css/print.css leaves out, as far as it stands in the text of a page.
NOT_PRINTED = ".no-print, .downloads, .btns, .btn, .crumbs, form, nav"
HEADINGS = ["h1", "h2", "h3", "h4"]


def headings_over_nothing(address: str) -> list[str]:
    page = BeautifulSoup(Client().get(address).content, "html.parser")
    for one in page.select(NOT_PRINTED):
        one.extract()
    assert page.main is not None
    empty = [one.get_text() for one in page.main.find_all(HEADINGS)]
    last = ""
    for one in page.main.descendants:
        if one.name in HEADINGS:
            last = one.get_text()
        elif isinstance(one, NavigableString) and one.strip() and not one.find_parent(HEADINGS):
            empty = [words for words in empty if words != last]
    return empty


@pytest.mark.parametrize("name", ["open_data", "emergency"])
def test_no_heading_stands_on_paper_over_nothing(name):
    city_pair()

    assert headings_over_nothing(reverse(name)) == []
