"""What the journeys' browser notices: a control, so that its silence means something."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Error

from tests.journeys.browser import AXE, HOW, LOOK, RULES, barriers, sideways_scroll, watched_page
from tests.journeys.keyboard import OnlyKeys

pytestmark = pytest.mark.journey

FRAME = (
    '<!doctype html><html lang="en"><head><title>Control</title>'
    '<link rel="icon" href="data:,"></head><body><main><h1>Control</h1>{}</main></body></html>'
)
PAGES = {
    "/good": "<p>Nothing to complain of.</p>",
    "/talks": "<script>console.log('hello')</script>",
    "/breaks": "<script>throw new Error('broken')</script>",
    "/calls": '<img alt="" src="http://127.0.0.1:9/elsewhere.png">',
    "/lacks": '<img alt="" src="/missing.png">',
    "/silent": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "/pale": "<p style='color:#bbb'>one</p><p style='color:#bbb'>two</p><p style='color:#555'>in "
    "order</p><p style='color:hsl(1turn 20% 75%)'>three</p><div style='background:rgb(0 0 0 / .5)'>"
    "<p style='color:rgb(0 0 0 / 60%)'>four</p><p style='color:#fff'>five</p></div>",
    "/wide": '<div id="wide">wide</div><style>#wide { inline-size: 2000px }</style>',
}


class Control(BaseHTTPRequestHandler):
    """Answers the pages above, and 404 for anything else."""

    def do_GET(self) -> None:
        body = FRAME.format(PAGES.get(self.path, "")).encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def control() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Control)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, control):
    """Return a function that opens a page and gives it with what the watch wrote down."""
    contexts = []

    def open_it(path: str):
        context, page, watch = watched_page(browser, control, width=390)
        contexts.append(context)
        page.goto(path, wait_until="networkidle")
        return page, watch.complaints

    yield open_it
    for context in contexts:
        context.close()


def test_a_good_page_raises_no_complaint(visit):
    page, complaints = visit("/good")

    assert complaints == []
    assert barriers(page) == []
    assert sideways_scroll(page) == 0


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/talks", "console log: hello"),
        ("/breaks", "script error: broken"),
        ("/calls", "request to another host: http://127.0.0.1:9/elsewhere.png"),
    ],
)
def test_a_page_with_a_fault_is_complained_of(visit, path, complaint):
    _page, complaints = visit(path)

    assert complaint in complaints


def test_a_missing_file_is_complained_of(visit, control):
    _page, complaints = visit("/lacks")

    assert f"404: {control}/missing.png" in complaints


def test_a_picture_without_words_is_a_barrier(visit):
    page, _complaints = visit("/silent")

    assert [line.split(" ")[0] for line in barriers(page)] == ["image-alt"]


def test_what_is_found_sooner_is_what_axe_finds_by_itself(visit):
    page, _complaints = visit("/pale")
    page.evaluate(f"() => {{ {AXE} }}")
    options = {"runOnly": list(RULES), **HOW}
    run = "options => axe.run(document, options).then(found => found.violations)"
    by_itself = page.evaluate(run, options)

    found = [page.evaluate(LOOK, options) for _ in range(2)]  # at last every colour is known

    assert found == [by_itself, by_itself]
    assert [line.split(" ")[0] for line in barriers(page)] == ["color-contrast"] * 5


def test_a_barrier_that_goes_while_it_is_written_out_is_told_all_the_same(visit):
    page, _complaints = visit("/silent")
    page.evaluate(f"() => {{ {AXE} }}")
    page.evaluate("""() => {
      const { reset } = axe;
      axe.reset = () => { document.querySelector("img").remove(); reset.call(axe) };
    }""")

    assert [line.split(" ")[0] for line in barriers(page)] == ["image-alt"]


def test_a_page_wider_than_its_window_is_seen(visit):
    page, _complaints = visit("/wide")

    assert sideways_scroll(page) > 1000


# What somebody notices who has only keys ------------------------------------------------------

STOPS = "<a href='#a'>before</a><button>here</button><a href='#b'>after</a><style>{}</style>"


@pytest.mark.parametrize(
    ("style", "complaint"),
    [
        ("", ""),
        ("button:focus-visible { outline: none }", "not marked: <button"),
        ("h1 { position: fixed; inset: 0; margin: 0; background: red }", "out of sight: <a"),
        ("button { position: fixed; inset-inline-start: -9999px }", "out of sight: <button"),
        ("button { display: none }", "Timeout"),
    ],
)
def test_who_has_only_keys_notices_what_is_not_reached_or_not_seen(
    browser: Browser, style: str, complaint: str
):
    page = browser.new_page(java_script_enabled=False)
    page.set_default_timeout(200)
    marks = ":focus-visible { outline: 2px solid }"
    page.set_content(FRAME.format(STOPS.format(marks + style)))

    try:
        OnlyKeys(page, "en").reach(page.locator("button"))
    except (AssertionError, Error) as error:
        noticed = str(error)
    else:
        noticed = ""
    page.close()

    assert complaint in noticed
    assert bool(noticed) is bool(complaint)


def test_who_has_only_keys_gives_up_on_what_is_no_stop(browser: Browser):
    page = browser.new_page(java_script_enabled=False)
    page.set_content(FRAME.format("<button tabindex='-1'>here</button>"))

    with pytest.raises(AssertionError, match="does not reach"):
        OnlyKeys(page, "en").reach(page.locator("button"))
    page.close()
