"""What readers meet in any pair of languages: every page answers, in each, and says so."""

import re
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from icalendar import Calendar

from partnership.pages.languages import CODES, own_name
from partnership.pages.models import BasePage
from partnership.pages.search import search_pages
from tests.journeys.crawl import SITEMAP, Facts
from tests.pairs.words import say
from tests.tools.turns import taken

pytestmark = [pytest.mark.django_db, pytest.mark.pair]

VIEWS = ("search", "account_login", "account_signup", "account_reset_password")
SWITCH = re.compile(r'<a href="([^"]+)" lang="([^"]+)" hreflang="[^"]+"(?: aria-current="true")?>')


def addresses(code):
    """Every public page in that language, and the views that are no pages."""
    pages = BasePage.objects.live().filter(depth__gt=1).specific()
    with translation.override(code):
        return [page.get_url() for page in pages] + [reverse(name) for name in VIEWS]


def direction(code):
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


@pytest.mark.both
@pytest.mark.parametrize("code", taken(CODES, CODES[-1]))
def test_every_page_answers_in_its_language_and_names_its_twins(site, client, code):
    for address in addresses(code):
        answer = client.get(address)
        text = answer.content.decode()
        facts = Facts(text)

        assert answer.status_code == 200, address
        assert f'<html lang="{code}" dir="{direction(code)}">' in text
        assert answer.headers["Content-Language"] == code
        assert set(facts.twins) == {*CODES, "x-default"}, address
        assert [found for _url, found in SWITCH.findall(text)] == list(CODES)
        assert all(f">{own_name(each)}</a>" in text for each in CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_switcher_leads_to_the_same_page_in_each_language(site, client, code):
    text = client.get(site.festival.url_in(code)).content.decode()

    links = {found: url for url, found in SWITCH.findall(text)}
    assert links == {each: site.festival.url_in(each) for each in CODES}
    for each, url in links.items():
        assert say("festival", each) in client.get(url).content.decode()


@pytest.mark.both
@pytest.mark.parametrize("code", CODES)
def test_an_address_is_written_in_the_letters_of_its_language(site, client, code):
    wanted = {
        "en": "street-festival",
        "es": "fiesta-de-la-calle-nandu",
        "de": "strassenfest-in-grunau",
        "pl": "swieto-ulicy-w-legach",
        "fr": "fete-de-la-rue-a-lete",
        "ar": "مهرجان-الشارع",
    }

    path = unquote(urlsplit(site.festival.url_in(code)).path)

    assert path.rstrip("/").rpartition("/")[2] == wanted[code]
    assert client.get(site.festival.url_in(code)).status_code == 200


@pytest.mark.parametrize("code", CODES)
def test_another_languages_address_leads_to_the_right_one(site, client, code):
    for other in (each for each in CODES if each != code):
        slug = site.festival.slug_in(other)
        wrong = site.festival.url_in(code).rstrip("/").rpartition("/")[0] + f"/{slug}/"

        answer = client.get(wrong, follow=True)

        assert answer.status_code == 200
        assert quote(answer.wsgi_request.path) == site.festival.url_in(code)


def test_the_sitemap_names_every_page_in_every_language(site, client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own

    listed = [urlsplit(place.text).path.split("/")[1] for place in tree.iter(f"{SITEMAP}loc")]
    assert set(listed) == set(CODES)
    assert len({listed.count(code) for code in CODES}) == 1
    assert listed.count(CODES[0]) >= 10


@pytest.mark.parametrize("code", CODES)
def test_the_feed_and_the_calendar_speak_the_language(site, client, code):
    with translation.override(code):
        feed = client.get(reverse("feed")).content.decode()
        calendar = client.get(reverse("event_calendar", args=(site.festival.slug_in(code),)))

    assert f'xml:lang="{code}"' in feed
    assert say("festival", code) in feed
    [event] = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == say("festival", code)
    assert event["SUMMARY"].params.get("LANGUAGE", code) == code


@pytest.mark.both
@pytest.mark.parametrize("code", CODES)
def test_the_search_finds_words_of_the_language(site, client, code):
    words = say("festival", code)

    assert [page.pk for page in search_pages(words, language=code)] == [site.festival.pk]
    with translation.override(code):
        answer = client.get(reverse("search"), {"q": words}).content.decode()
    assert site.festival.url_in(code) in answer


@pytest.mark.parametrize("code", CODES)
def test_the_door_leads_a_browser_of_the_language_home(site, client, code):
    assert client.get("/", HTTP_ACCEPT_LANGUAGE=code).url == f"/{code}/"


@pytest.mark.parametrize("code", CODES)
def test_what_is_not_found_is_told_in_the_frame_of_the_language(site, client, code):
    answer = client.get(f"/{code}/nothing-here/")

    assert answer.status_code == 404
    assert f'<html lang="{code}" dir="{direction(code)}">' in answer.content.decode()


@pytest.mark.parametrize("code", CODES)
def test_words_of_another_language_are_marked(site, client, code):
    text = client.get(site.consultation.url_in(code)).content.decode()

    for other in (each for each in CODES if each != code):
        comment = f"{say('lead', other)} ({other})"
        assert f'class="comment-text" lang="{other}" dir="auto"><p>{comment}' in text
