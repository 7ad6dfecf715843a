"""A browser page that notices whatever a visitor would be right to complain about."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

#: Nothing a browser does by itself may reach another host; no sandbox, as tests may run as root.
#: No page stays for long enough to make up for compiling its scripts, and axe, more than simply.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--no-turbofan --no-maglev",
)
#: Nothing is put together to be seen, so that no frame comes, for which a click would wait.
UNDRAWN = "--disable-threaded-compositing"
PHONE, DESK = 390, 1280
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Brings whatever fades or glides to its end at once; what never ends goes on.
ARRIVE = """() => document.getAnimations().forEach(each => {
  try { each.finish() } catch { /* it has no end */ }
})"""
#: Without the texts of the style sheets, which no rule of ours reads and axe would fetch again,
#: and without what nobody looks at: what is in order, and selectors of what is not.
HOW = {
    "reporter": "no-passes",
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": {"assets": ["media"], "timeout": 10_000},
}
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LOOK = Path(__file__).with_name("look_for_barriers.js").read_text("utf-8")


class Watch:
    """Writes down every console message, script error, failed answer and foreign request."""

    def __init__(self, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.complaints: list[str] = []
        self.may_refuse = False
        self.may_be_offline = False

    def follow(self, page: Page) -> None:
        page.on("console", self.heard)
        page.on("pageerror", self.broke)

    def heard(self, message: ConsoleMessage) -> None:
        # A form shown again answers 4xx, which the browser reports as if a file had failed.
        if self.may_refuse and "status of 4" in message.text:
            return
        if self.may_be_offline and "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        self.complaints.append(f"console {message.type}: {message.text}")

    def broke(self, error: object) -> None:
        # Said by the browser when a page that glides leads to one that does not, as the admin.
        if "ViewTransition opt-in disabled" not in str(error):
            self.complaints.append(f"script error: {error}")

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.home:
            self.complaints.append(f"request to another host: {request.url}")

    def answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and not self.may_refuse):
            self.complaints.append(f"{response.status}: {response.url}")


def watched_page(
    browser: Browser, home: str, *, width: int = DESK, moves: bool = False, **options: object
) -> tuple[BrowserContext, Page, Watch]:
    """Open a page of its own; relative addresses start at ``home``.

    Its visitor asks for less motion, since drawing what glides takes longer than all else;
    one who ``moves`` does not.
    """
    height = 844 if width < 600 else 900
    context = browser.new_context(
        base_url=home,
        viewport={"width": width, "height": height},
        reduced_motion="no-preference" if moves else "reduce",
        **options,
    )
    watch = Watch(home)
    context.on("request", watch.asked)
    context.on("response", watch.answered)
    context.on("page", watch.follow)
    return context, context.new_page(), watch


def barriers(page: Page, rules: Sequence[str] = RULES, *, but: Sequence[str] = ()) -> list[str]:
    """Return a line for every barrier axe-core finds on the page as it is now.

    ``rules`` names rules or groups of them; ``but`` takes single ones out again.
    """
    page.wait_for_load_state()  # a form that was just sent may still be on its way
    page.evaluate(ARRIVE)
    # Evaluated, not added as a script: the content security policy rightly refuses those.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    options = {"runOnly": list(rules), "rules": {one: {"enabled": False} for one in but}, **HOW}
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: "
        f"{(node['html'] or 'gone by now')[:160]}"
        for violation in page.evaluate(LOOK, options)
        for node in violation["nodes"]
    ]


def open_everything(page: Page) -> None:
    """Unfold whatever a reader can unfold, so that nothing hides from a check."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => (one.open = true))")


def sideways_scroll(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
