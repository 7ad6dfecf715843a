"""The interface without a catalogue: other people's words, ours in English, and all of it said."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from partnership.interface import catalogues
from partnership.interface.templatetags.clocks import day
from partnership.interface.templatetags.figures import money, percent
from partnership.pages.languages import CODES, own_name
from tests.factories.events import at

pytestmark = [pytest.mark.django_db, pytest.mark.pair]

#: Ours, which no catalogue but the two that ship has.
OURS = {"en": "My participation", "es": "Mi participación"}
NO_BREAK = "\u00a0"


class Languages(HTMLParser):
    """Collects each piece of text with the language it is in."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.open.append((tag, given.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if text.strip():
            self.found.setdefault(text.strip(), set()).add(self.open[-1][1])


@pytest.mark.parametrize("code", CODES)
def test_our_sentences_come_in_english_and_say_so(site, client, code):
    page = client.get(site.home.url_in(code)).content.decode()

    wanted = OURS.get(code, OURS["en"])
    assert Languages(page).found[wanted] == {code if code in OURS else "en"}
    head = page.partition("</head>")[0]
    assert "<span" not in head
    assert not re.search(r'="[^"]*<span', page)


@pytest.mark.parametrize("code", CODES)
def test_words_of_django_and_wagtail_are_the_languages_own(site, client, admin, code):
    known = {"en": "Search", "es": "Buscar", "de": "Suche", "pl": "Szukaj", "fr": "Recherche"}
    with translation.override(code):
        page = client.get(reverse("search")).content.decode()

    words = Languages(page).found
    assert any(code in words.get(word, ()) for word in (known.get(code, "بحث"), "Rechercher"))


@pytest.mark.parametrize("code", CODES)
def test_dates_and_figures_follow_the_language(code):
    wanted = {
        "en": ("3 May 2027", "€12,345", "45%"),
        "es": ("3 de mayo de 2027", f"12{NO_BREAK}345{NO_BREAK}€", f"45{NO_BREAK}%"),
        "de": ("3. Mai 2027", f"12.345{NO_BREAK}€", f"45{NO_BREAK}%"),
        "pl": ("3 maja 2027", f"12{NO_BREAK}345{NO_BREAK}€", f"45{NO_BREAK}%"),
        "fr": ("3 mai 2027", f"12{NO_BREAK}345{NO_BREAK}€", f"45{NO_BREAK}%"),
        "ar": ("3 مايو، 2027", f"12345{NO_BREAK}€", f"45{NO_BREAK}%"),
    }

    with translation.override(code):
        said = (re.sub("<[^>]+>", "", day(at(2027, 5, 3), "UTC")), money(12345, "EUR"), percent(45))

    assert said == wanted[code]


def test_a_language_without_a_catalogue_is_named_by_a_check_and_in_the_admin(site, client, admin):
    lacking = [code for code in CODES if code not in OURS]

    warnings = catalogues.check_catalogues()
    dashboard = client.get(reverse("wagtailadmin_home")).content.decode()

    assert [warning.id for warning in warnings] == ["interface.W001"] * len(lacking)
    for code, warning in zip(lacking, warnings, strict=True):
        assert warning.msg.startswith(f"{own_name(code)} ({code}) has words for 0 of the ")
        assert "CONTRIBUTING.md" in warning.hint
        assert warning.msg in dashboard
    assert ("has words for" in dashboard) is bool(lacking)
