"""What a journey may ask for: the demo, a browser, a page at the width of a phone or a desk."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browser import DESK, FLAGS, PHONE, UNDRAWN, barriers, watched_page
from tests.journeys.demo_server import DemoSite, copy_of_the_demo, running_demo
from tests.journeys.editing_screens import addresses_of
from tests.tools import machine


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """The demo partnership, seeded once, served by gunicorn with the clock beside it."""
    ours = tmp_path_factory.getbasetemp()
    # The processes of one run have their folders beside each other.
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder = copy_of_the_demo(shared, tmp_path_factory.mktemp("demo"))
    with running_demo(folder) as site:
        yield site


@pytest.fixture(scope="session")
def editing_screens(demo_site: DemoSite) -> dict[str, str]:
    """The address of every editing screen by its name; the command takes seconds."""
    return addresses_of(demo_site)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Return a function that starts Chromium, with more flags than all have."""
    program = machine.find("chromium")
    assert program, "Chromium is missing: install the package chromium."
    with sync_playwright() as playwright:
        browsers = []

        def start(*more: str) -> Browser:
            browsers.append(
                playwright.chromium.launch(executable_path=program, args=[*FLAGS, *more])
            )
            return browsers[-1]

        yield start
        for browser in browsers:
            browser.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()


@pytest.fixture(scope="session")
def measuring_browser(launch: Callable[..., Browser]) -> Browser:
    """Lays a page out and never draws it: for what is measured, and nothing that is clicked."""
    return launch(UNDRAWN)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def width(request: pytest.FixtureRequest) -> int:
    """Every journey is walked on a phone and at a desk.

    ``@pytest.mark.parametrize("width", [320])`` asks for another one.
    """
    return request.param


@pytest.fixture
def open_page(request: pytest.FixtureRequest, demo_site: DemoSite) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of a new visitor; the test fails on what it complains of.

    ``open_page(width=320, color_scheme="dark", java_script_enabled=False)``; any option of a
    browser context. ``may_refuse=True`` for a visitor who is meant to be refused (4xx),
    ``may_be_offline=True`` for one whose network is taken away, ``moves=True`` for one who likes
    what glides, ``drawn=False`` for one who only measures.
    """
    opened, watches = [], []

    def new_visitor(
        *,
        may_refuse: bool = False,
        may_be_offline: bool = False,
        drawn: bool = True,
        **options: object,
    ) -> Page:
        browser = request.getfixturevalue("browser" if drawn else "measuring_browser")
        context, page, watch = watched_page(browser, demo_site.base_url, **options)
        watch.may_refuse, watch.may_be_offline = may_refuse, may_be_offline
        opened.append(context)
        watches.append(watch)
        return page

    yield new_visitor
    for context in opened:
        context.close()
    assert [complaint for watch in watches for complaint in watch.complaints] == []


@pytest.fixture
def page(open_page: Callable[..., Page], width: int) -> Page:
    """A visitor without a session, at the width of the test."""
    return open_page(width=width)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that fails the test when the page has a barrier."""

    def no_barriers(page: Page) -> None:
        assert barriers(page) == []

    return no_barriers
