"""Every page of the demo, in every language: reachable, well told, without barriers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page, expect

from partnership.demo.people import PASSWORD
from tests.journeys.browser import ARRIVE, DESK, PHONE, barriers, open_everything, sideways_scroll
from tests.journeys.crawl import MOST, Crawl, addresses_in_sitemap, ask
from tests.journeys.demo_server import DemoSite
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.journey

LANGUAGES = ("en", "es")
NARROWEST = 320
#: Until ours have arrived, and for whoever refuses them, letters are as wide as they happen to be.
IN_ANOTHER_FONT = """() => ['--font-text', '--font-display'].forEach(
  each => document.documentElement.style.setProperty(each, 'sans-serif')
)"""
IN_OUR_FONTS = """() => ['--font-text', '--font-display'].forEach(
  each => document.documentElement.style.removeProperty(each)
)"""
#: As the settings of a phone make them; what follows the width of the window alone stays.
IN_LARGE_LETTERS = "() => { document.documentElement.style.fontSize = '200%' }"
#: How many tables have to be pushed sideways within their frame.
TABLES_THAT_SCROLL = """() => [...document.querySelectorAll('.table-scroll')]
  .filter(each => each.scrollWidth > each.clientWidth).length"""


@pytest.fixture(scope="module")
def crawl(demo_site: DemoSite) -> Crawl:
    return Crawl(demo_site.base_url).everything()


# As a machine reads it ------------------------------------------------------------------------


def test_no_link_leads_nowhere(crawl: Crawl):
    broken = {
        answer.asked: answer.status for answer in crawl.answers.values() if answer.status != 200
    }

    assert broken == {}
    assert len(list(crawl.pages())) > 40
    assert len(crawl.answers) < MOST  # so that everything was asked


def test_every_page_is_in_the_language_of_its_address(crawl: Crawl):
    wrong = {
        page.address: page.facts.language
        for page in crawl.pages()
        if language_of(page.address) in LANGUAGES
        and page.facts.language != language_of(page.address)
    }

    assert wrong == {}


def test_every_page_has_one_heading_of_the_first_rank(crawl: Crawl):
    assert {page.address: page.facts.headings for page in crawl.pages()} == {
        page.address: 1 for page in crawl.pages()
    }


def test_twins_answer_and_point_back(crawl: Crawl):
    wrong, ways = {}, set()
    for page in crawl.pages():
        twins = page.facts.twins
        if not page.facts.is_indexed:
            continue
        found = [crawl.answers.get(twins.get(code, "")) for code in LANGUAGES]
        if not all(one and one.status == 200 and one.facts.twins == twins for one in found):
            wrong[page.address] = twins
        ways.add(twins.get("x-default", ""))  # twins have one together

    assert wrong == {}
    answers = {way: crawl.answers.get(way) or ask(way, crawl.answers) for way in ways}
    assert {way for way, answer in answers.items() if answer.status != 200} == set()


def test_the_canonical_address_is_the_pages_own(crawl: Crawl):
    wrong = {
        page.address: page.facts.canonical
        for page in crawl.pages()
        if page.facts.is_indexed and page.facts.canonical != page.address.partition("?")[0]
    }

    assert wrong == {}


def test_every_link_to_a_place_on_a_page_finds_it(crawl: Crawl):
    missing = set()
    for page, link in crawl.fragments:
        address, fragment = urldefrag(link)
        answer = crawl.answers.get(address)
        if answer and answer.facts and fragment not in answer.facts.anchors:
            missing.add((urlsplit(page).path, urlsplit(link).path + "#" + fragment))

    assert missing == set()


def test_every_page_of_the_sitemap_has_its_twin_there(demo_site: DemoSite):
    listed = addresses_in_sitemap(demo_site.base_url)

    assert listed
    assert all(address.startswith(f"{demo_site.base_url}/") for address in listed)
    counts = [sum(language_of(one) == code for one in listed) for code in LANGUAGES]
    assert counts[0] == counts[1]


def language_of(address: str) -> str:
    return urlsplit(address).path.split("/")[1]


# As a person sees it --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_on_a_phone(
    language: str, open_page: Callable[..., Page], demo_site: DemoSite
):
    """With the letters as they are; with large ones and other fonts in one of the languages."""
    page = open_page(width=NARROWEST, drawn=False)
    too_wide = {}
    every = addresses_in_sitemap(demo_site.base_url)
    own = [address for address in every if language_of(address) == language]
    for turn, address in enumerate(own, LANGUAGES.index(language)):
        page.goto(address)
        open_everything(page)
        for how, beyond in widths_on_phones(page, in_all_letters=EVERYBODYS or turn % 2 == 0):
            if beyond:
                too_wide[f"{address}, {how}"] = beyond

    assert too_wide == {}


def widths_on_phones(page: Page, *, in_all_letters: bool) -> Iterator[tuple[str, int]]:
    """How far the page stands out of the narrowest phone, and of one with large letters."""
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    yield "narrowest", sideways_scroll(page)
    yield "tables", page.evaluate(TABLES_THAT_SCROLL)
    if not in_all_letters:
        return
    page.evaluate(IN_ANOTHER_FONT)
    yield "in another font", sideways_scroll(page)
    page.evaluate(IN_OUR_FONTS)
    page.evaluate(IN_LARGE_LETTERS)
    yield "narrowest, in large letters", sideways_scroll(page)
    page.evaluate(IN_ANOTHER_FONT)
    page.set_viewport_size({"width": PHONE, "height": 844})
    yield "in large letters of another font", sideways_scroll(page)
    page.evaluate(IN_OUR_FONTS)
    yield "in large letters", sideways_scroll(page)


#: Each type of page and each state of it, by its address in both languages.
READ = {
    "front page": ("", ""),
    "events": ("events/", "eventos/"),
    "past events": ("events/?when=past", "eventos/?when=past"),
    "no such events": ("events/?kind=exchange&city=nowhere", "eventos/?kind=exchange&city=x"),
    "open event": (
        "events/redrawing-the-school-street/",
        "eventos/redisenar-la-calle-de-la-escuela/",
    ),
    "past event": (
        "events/almond-blossom-and-alder-catkins/",
        "eventos/flor-de-almendro-y-de-aliso/",
    ),
    "sign-up without an account": (
        "events/redrawing-the-school-street/sign-up/",
        "eventos/redisenar-la-calle-de-la-escuela/inscripcion/",
    ),
    "consultations": ("consultations/", "consultas/"),
    "open consultation": (
        "consultations/safe-routes-to-school/",
        "consultas/caminos-seguros-al-colegio/",
    ),
    "closed consultation": ("consultations/a-summer-of-streets/", "consultas/un-verano-de-calles/"),
    "answered consultation": ("consultations/down-to-the-water/", "consultas/bajar-hasta-el-agua/"),
    "roadmaps": ("roadmap/", "hoja-de-ruta/"),
    "stories": ("stories/", "historias/"),
    "story": ("stories/the-ramp-that-kept-its-bench/", "historias/la-rampa-que-conservo-su-banco/"),
    "text": ("about/", "quienes-somos/"),
    "not found": ("nothing-here/", "nada-aqui/"),
}


@dataclass
class Look:
    """Looks at one state of a page after the other: by day at a desk, or in the dark on a phone.

    What one language is asked by day the other one is asked in the dark, and states that follow
    each other are asked in turn; `make bench` asks both of each. None may be wider than the
    narrowest phone.
    """

    page: Page
    language: str
    turn: int = 0
    found: dict[str, list[str]] = field(default_factory=dict)

    def at(self, name: str) -> None:
        """Keep what stands in the way there."""
        open_everything(self.page)
        is_dark = (self.turn + LANGUAGES.index(self.language)) % 2
        if not is_dark or EVERYBODYS:
            self._keep(f"{name}, desk", barriers(self.page))
        if is_dark or EVERYBODYS:
            paint(self.page, "dark")
            self._widen(PHONE)
            self._keep(f"{name}, phone in the dark", barriers(self.page))
            paint(self.page, "light")
        self._widen(NARROWEST)
        if beyond := sideways_scroll(self.page):
            self._keep(f"{name}, narrowest", [f"{beyond} pixels too wide"])
        self._widen(DESK)
        self.turn += 1

    def _keep(self, where: str, lines: list[str]) -> None:
        if lines:
            self.found[where] = lines

    def _widen(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 844 if width < DESK else 900})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_type_of_page_has_a_barrier(language: str, open_page: Callable[..., Page]):
    moves = language == "en"  # in the other one, as for whoever asks for less motion
    page = open_page(moves=moves, may_refuse=True)  # one of them is meant not to be found
    look = Look(page, language)
    for name, addresses in READ.items():
        page.goto(f"/{language}/{addresses[LANGUAGES.index(language)]}")
        look.at(name)

    assert look.found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_roadmap_or_the_search_has_a_barrier(
    language: str, open_page: Callable[..., Page]
):
    visitor = Visitor(open_page(), language)
    visitor.open_front_page()
    visitor.page.locator(".nav-list a:visible").last.click()
    look = Look(visitor.page, language)

    visitor.page.goto(f"/{language}/{READ['roadmaps'][LANGUAGES.index(language)]}")
    visitor.page.locator("#current a").click()
    look.at("roadmap")
    visitor.page.locator(".filters button").click()
    look.at("roadmap, filtered")
    visitor.link("Search").filter(visible=True).first.click()
    look.at("search")
    for name, sought in (("results", "escuela school"), ("no results", "xyzzy"), ("blank", "  ")):
        visitor.page.get_by_role("searchbox").fill(sought)
        visitor.page.get_by_role("searchbox").press("Enter")
        visitor.page.wait_for_url("**?q=*")
        look.at(f"search, {name}")

    assert look.found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doors_have_no_barrier_and_name_what_is_wrong(
    language: str, open_page: Callable[..., Page]
):
    visitor = Visitor(open_page(may_refuse=True), language)
    visitor.open_front_page()
    look = Look(visitor.page, language)

    visitor.link("My participation").click()
    look.at("sign in")
    visitor.button("Sign in").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    look.at("sign in, refused")
    for words in ("Forgotten your password?", "Sign in with a code instead"):
        visitor.link(words).click()
        look.at(words)
        visitor.link("My participation").click()
    visitor.link("No account yet? Join").click()
    look.at("join")
    visitor.button("Join").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    look.at("join, refused")

    assert look.found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_residents_see_has_no_barrier(language: str, open_page: Callable[..., Page]):
    visitor = Visitor(open_page(may_refuse=True), language)
    visitor.open_front_page()
    visitor.sign_in(DEMO.format({"en": "resident.alder", "es": "resident.puerto"}[language]))
    look = Look(visitor.page, language)
    look.at("my participation")

    for words in ("Change your details", "Change your e-mail address", "Change your password"):
        visitor.link(words).click()
        look.at(words)
        visitor.page.locator("main form[method=post] button[type=submit]").first.click()
        look.at(f"{words}, sent")
        visitor.link("My participation").click()
    visitor.link("Change your details").click()
    visitor.link("Erase my account").click()
    visitor.write("Password", PASSWORD)
    visitor.button("Go on").click()
    look.at("erase")
    visitor.button("Erase my account for good").click()
    look.at("erase, refused")
    for name in ("open event", "open consultation", "closed consultation"):
        visitor.page.goto(f"/{language}/{READ[name][LANGUAGES.index(language)]}")
        look.at(f"{name}, signed in")
    visitor.page.goto(f"/{language}/{READ['open consultation'][LANGUAGES.index(language)]}")
    visitor.button("Send for review").click()
    look.at("comment, refused")
    visitor.page.goto(f"/{language}/{READ['open consultation'][LANGUAGES.index(language)]}")
    visitor.page.locator(
        ".comments a[href$='/translate/'], .comments a[href$='/traducir/']"
    ).first.click()
    look.at("translation")
    visitor.button("Send the translation").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    look.at("translation, refused")

    assert look.found == {}


def paint(page: Page, scheme: str) -> None:
    """Change between light and dark, and wait until every colour has arrived."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("() => document.getAnimations().every(one => !one.pending)")
    page.evaluate(ARRIVE)
